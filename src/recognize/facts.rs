//! What the whole document shows, collected once before single names are judged.

use super::context::Context;
use super::cues::Cue;
use super::find::Hit;
use super::person::acts;
use crate::gazetteer::{NameId, NameKind, PlaceType};
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
    /// Countries that the document names.
    countries: Vec<[u8; 2]>,
    /// First-order divisions that the document names, with their name.
    divisions: Vec<(usize, u32)>,
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
        let from = self.acting.partition_point(|acting| *acting < hash);
        let count = self.acting[from..].iter().take_while(|acting| **acting == hash).count();
        count > usize::from(here)
    }

    /// Collects the names with evidence and the large areas named.
    pub(super) fn survey(&mut self, context: &Context) {
        self.located.clear();
        self.countries.clear();
        self.divisions.clear();
        for hit in context.hits {
            if after_preposition(context, hit) {
                self.located.push(hit.name);
            }
            self.note_areas(context, hit);
        }
        self.located.sort_unstable();
    }

    fn note_areas(&mut self, context: &Context, hit: &Hit) {
        let Some(place) = context.place(hit) else { return };
        match place.entry.place_type() {
            PlaceType::Country => self.countries.push(place.entry.country()),
            PlaceType::Admin1 if place.how <= NameKind::Abbreviation => {
                self.divisions.extend(place.entry.admin1_index().map(|index| (hit.name.layer(), index)));
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
        let from = self.located.partition_point(|name| *name < hit.name);
        self.located[from..].iter().take_while(|name| **name == hit.name).count()
    }

    /// Tells whether the document names the division (first) or country (second) of one of a hit's likeliest places.
    pub(super) fn supports(&self, context: &Context, hit: &Hit) -> (bool, bool) {
        let places = context.meanings(hit).filter(|m| m.entry.is_place() && m.how <= NameKind::Alternate);
        let (mut division, mut country) = (false, false);
        for place in places.take(SUPPORTED) {
            let smaller = !matches!(place.entry.place_type(), PlaceType::Country | PlaceType::Admin1 | PlaceType::Region);
            let of = |index: u32| self.divisions.contains(&(hit.name.layer(), index));
            division |= smaller && place.entry.admin1_index().is_some_and(of);
            country |= smaller && self.countries.contains(&place.entry.country());
        }
        (division, country)
    }
}

/// How many of a name's places are looked at for support.
const SUPPORTED: usize = 8;

/// Tells whether a preposition of place stands before a hit.
pub(super) fn after_preposition(context: &Context, hit: &Hit) -> bool {
    let before = context.before(hit.first as usize);
    before.is_some_and(|at| context.marks[at].end.has(Cue::PlacePrep) && context.gap(hit.first as usize) != Gap::Line)
}
