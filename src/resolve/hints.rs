//! Hints: countries and divisions that stand within other names (`University of Idaho`, `Transport for London`), which are
//! no mentions and still say where a story plays.

use super::Subject;
use super::choice::{Choice, Place};
use super::feature::Feature;
use crate::gazetteer::{EntryId, NameId, NameKind, PlaceType};
use crate::recognize::{Mention, MentionKind};

/// How many meanings of a name are hinted at: `Georgia` is a country and a state.
const MEANINGS: usize = 2;

/// The countries and divisions that a document hints at, each with the number of names.
#[derive(Default)]
pub(super) struct Hints {
    names: Vec<NameId>,
    countries: Vec<([u8; 2], f32)>,
    divisions: Vec<(EntryId, f32)>,
}

impl Hints {
    /// Collects the names of countries and divisions that stand in no mention, each name once.
    pub(super) fn collect(&mut self, subject: Subject) {
        let Hints { names, countries, divisions } = self;
        (names.clear(), countries.clear(), divisions.clear());
        let mut mentions = subject.mentions.list.iter().peekable();
        let mut free = 0;
        for hit in &subject.mentions.hits {
            let words = hit.words();
            while mentions.next_if(|mention| mention.end_word as usize <= words.start).is_some() {}
            let named = |mention: &&Mention| {
                (mention.first as usize) < words.end && mention.kind != MentionKind::Other
            };
            if words.start < free || mentions.peek().is_some_and(named) || names.contains(&hit.name) {
                continue;
            }
            let places = subject.layers.candidates(hit.name).take(MEANINGS);
            for (id, how) in places.filter(|(_, how)| matches!(how, NameKind::Canonical | NameKind::Demonym)) {
                let Some(place) = Place::of(subject.layers, id) else { continue };
                match place.kind {
                    PlaceType::Country => add(countries, place.country),
                    PlaceType::Admin1 => {
                        add(countries, place.country);
                        add(divisions, id);
                    }
                    _ => continue,
                }
                free = words.end;
                names.push(hit.name);
            }
        }
    }

    /// Fills in what is hinted at for the choices of a name.
    pub(super) fn apply(&self, choices: &mut [Choice]) {
        for choice in choices {
            let Some(place) = choice.place else { continue };
            choice.set(Feature::CountryHinted, count(&self.countries, place.country));
            let division = place.admin1.map_or(0.0, |admin1| count(&self.divisions, admin1));
            choice.set(Feature::DivisionHinted, division);
        }
    }
}

fn add<K: PartialEq>(sums: &mut Vec<(K, f32)>, key: K) {
    match sums.iter_mut().find(|(known, _)| *known == key) {
        Some((_, sum)) => *sum += 1.0,
        None => sums.push((key, 1.0)),
    }
}

/// Returns ln(1 + count).
fn count<K: PartialEq>(sums: &[(K, f32)], key: K) -> f32 {
    sums.iter().find(|(known, _)| *known == key).map_or(0.0, |(_, sum)| sum.ln_1p())
}
