//! What the whole document shows, collected once before single names are judged.

use super::context::Context;
use super::cues::Cue;
use super::find::Hit;
use super::name::acts;
use super::place::is_anchored;
use crate::gazetteer::{EntryId, NameId, NameKind, PlaceType};
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape};

/// The facts of one document.
#[derive(Default)]
pub(super) struct Facts {
    /// Each word's hash and whether it is written small, sorted.
    words: Vec<(u64, bool)>,
    /// Capitalised words that have a title, speak or have an age, sorted.
    acting: Vec<u64>,
    /// Names that stand after a preposition of place somewhere, sorted.
    located: Vec<NameId>,
    /// Names that stand in the dateline or before their container somewhere, sorted.
    anchored: Vec<NameId>,
    /// Countries that the document names, sorted.
    countries: Vec<[u8; 2]>,
    /// First-order divisions that the document names, by layer and number, sorted.
    divisions: Vec<EntryId>,
}

impl Facts {
    /// Collects how often words stand in the text, small and capitalised.
    pub(super) fn count_words(&mut self, text: &Text) {
        self.words.clear();
        self.words.extend(text.words.iter().map(|word| (word.hash, word.shape == Shape::Lower)));
        self.words.sort_unstable();
    }

    /// Collects the words that do what persons do.
    pub(super) fn watch(&mut self, context: &Context) {
        self.acting.clear();
        let words = &context.text.words;
        let acting = |at: &usize| context.is_capital(*at) && acts(context, &(*at..*at + 1));
        self.acting.extend((0..words.len()).filter(acting).map(|at| words[at].hash));
        self.acting.sort_unstable();
    }

    /// Tells whether a word acts as a person elsewhere; `here` tells whether it does where it is asked for.
    pub(super) fn acts(&self, hash: u64, here: bool) -> bool {
        count_of(&self.acting, hash) > usize::from(here)
    }

    /// Collects the names with evidence and the large areas named.
    pub(super) fn survey(&mut self, context: &Context) {
        self.located.clear();
        self.anchored.clear();
        self.countries.clear();
        self.divisions.clear();
        for hit in context.hits {
            if after_preposition(context, hit) {
                self.located.push(hit.name);
            }
            if is_anchored(context, hit) {
                self.anchored.push(hit.name);
            }
            self.note_areas(context, hit);
        }
        self.countries.sort_unstable();
        self.countries.dedup();
        self.divisions.sort_unstable();
        self.divisions.dedup();
        self.located.sort_unstable();
        self.anchored.sort_unstable();
    }

    fn note_areas(&mut self, context: &Context, hit: &Hit) {
        let Some(place) = context.place(hit) else { return };
        match place.entry.place_type() {
            PlaceType::Country => self.countries.push(place.entry.country()),
            PlaceType::Admin1 if place.how <= NameKind::Abbreviation => {
                self.divisions.extend(context.layers.admin1(place.id));
            }
            _ => {}
        }
    }

    /// Returns how many times a word is written with a capital, and how many times small.
    pub(super) fn count(&self, hash: u64) -> (usize, usize) {
        let from = self.words.partition_point(|word| *word < (hash, false));
        let middle = self.words.partition_point(|word| *word < (hash, true));
        let small = self.words[middle..].iter().take_while(|word| word.0 == hash).count();
        (middle - from, small)
    }

    /// Returns how many times a name stands after a preposition of place.
    pub(super) fn located(&self, hit: &Hit) -> usize {
        count_of(&self.located, hit.name)
    }

    /// Returns how many times a name stands in the dateline or before its container.
    pub(super) fn anchored(&self, hit: &Hit) -> usize {
        count_of(&self.anchored, hit.name)
    }

    /// Tells whether the document names the division (first) or country (second) of one of a hit's likeliest places.
    pub(super) fn supports(&self, context: &Context, hit: &Hit) -> (bool, bool) {
        let places = context.meanings(hit).filter(|m| m.entry.is_place() && m.how <= NameKind::Alternate);
        let (mut division, mut country) = (false, false);
        for place in places.take(SUPPORTED) {
            let smaller = !matches!(
                place.entry.place_type(),
                PlaceType::Country | PlaceType::Admin1 | PlaceType::Region
            );
            let named = |id: EntryId| self.divisions.binary_search(&id).is_ok();
            division |= smaller && context.layers.admin1(place.id).is_some_and(named);
            country |= smaller && self.countries.binary_search(&place.entry.country()).is_ok();
        }
        (division, country)
    }
}

/// Returns how many times a value stands in a sorted list.
fn count_of<T: Ord>(sorted: &[T], value: T) -> usize {
    let from = sorted.partition_point(|other| *other < value);
    sorted[from..].iter().take_while(|other| **other == value).count()
}

/// How many of a name's places are looked at for support.
const SUPPORTED: usize = 8;

/// Tells whether a preposition of place stands before a hit.
pub(super) fn after_preposition(context: &Context, hit: &Hit) -> bool {
    let before = context.before(hit.first as usize);
    before.is_some_and(|at| {
        context.marks[at].end.has(Cue::PlacePrep) && context.gap(hit.first as usize) != Gap::Line
    })
}
