//! Cue phrases: the words around a name that tell what it is.
//!
//! The reviewed table `gazetteers/cues.csv` lists some eight thousand phrases (titles, heads and tails of organisations
//! and sites, prepositions before places, agencies, months). Those of one word are looked up by its hash; those of
//! several are found in one pass over the folded text with the `aho-corasick` crate.

use crate::error::{Error, ErrorKind, Result};
use crate::normalize::Text;
use crate::normalize::words::hash_word;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;

const TABLE: &str = include_str!("../../gazetteers/cues.csv");

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a phrase tells about a name beside it or within it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Cue {
            $($(#[$doc])* $name,)*
        }

        impl Cue {
            const ALL: &[(&str, Cue)] = &[$(($word, Cue::$name),)*];
        }
    };
}

cues! {
    /// Stands before a person's name: `president`, `mr`.
    Title = "title",
    /// Stands after a person's name: `said`.
    Speech = "speech",
    /// Ends an organisation's name: `corp`.
    OrgTail = "org_tail",
    /// Begins an organisation's name: `bank of`.
    OrgHead = "org_head",
    /// Ends a facility's name: `airport`.
    SiteTail = "site_tail",
    /// Begins a facility's name: `university of`.
    SiteHead = "site_head",
    /// Ends a geographic name: `river`.
    GeoTail = "geo_tail",
    /// Begins a geographic name: `lake`.
    GeoHead = "geo_head",
    /// Stands before a place: `near`.
    PlacePrep = "place_prep",
    /// A news agency.
    Agency = "agency",
    /// A month.
    Month = "month",
    /// A day of the week.
    Weekday = "weekday",
    /// A holiday or season.
    Calendar = "calendar",
    /// A particle within a person's name: `bin`.
    Particle = "particle",
    /// Stands after a person's name and belongs to it: `jr`.
    Suffix = "suffix",
    /// A word of grammar.
    Function = "function",
    /// A capitalised word that is no place though a village may be called so: `police`.
    NotPlace = "not_place",
}

/// A set of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CueSet(u32);

impl CueSet {
    /// Tells whether the cue is in the set.
    #[inline]
    pub fn has(self, cue: Cue) -> bool {
        self.0 >> cue as u8 & 1 == 1
    }

    /// Tells whether one of the cues is in the set.
    #[inline]
    pub fn has_any(self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }

    /// Returns the set as a number.
    #[inline]
    pub fn bits(self) -> u32 {
        self.0
    }

    fn add(&mut self, other: CueSet) {
        self.0 |= other.0;
    }
}

/// How sure cues are, each on a scale from 0 (no cue, or as likely a place as not) to 1 (99 % and more).
///
/// The table gives the chance that a word written with a capital is what the cue says and not a place; here it is that
/// chance's log-odds over those of 99 %, since evidence adds up in log-odds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Priors {
    /// That it is a word of grammar, a month, a day or a holiday.
    pub plain: f32,
    /// That it is one of the words that are no place.
    pub not_place: f32,
    /// That what begins with the phrase is an organisation.
    pub org_head: f32,
    /// That what ends in the phrase is an organisation.
    pub org_tail: f32,
}

impl Priors {
    fn of(cue: Cue, prior: f32) -> Priors {
        let mut priors = Priors::default();
        let value = scaled(prior);
        match cue {
            Cue::Function | Cue::Month | Cue::Weekday | Cue::Calendar => priors.plain = value,
            Cue::NotPlace => priors.not_place = value,
            Cue::OrgHead => priors.org_head = value,
            Cue::OrgTail => priors.org_tail = value,
            _ => {}
        }
        priors
    }

    fn add(&mut self, other: Priors) {
        self.plain = self.plain.max(other.plain);
        self.not_place = self.not_place.max(other.not_place);
        self.org_head = self.org_head.max(other.org_head);
        self.org_tail = self.org_tail.max(other.org_tail);
    }
}

/// The chance that counts as certain.
const CERTAIN: f32 = 0.99;

fn scaled(prior: f32) -> f32 {
    let log_odds = |chance: f32| (chance / (1.0 - chance)).ln();
    (log_odds(prior.min(CERTAIN)) / log_odds(CERTAIN)).max(0.0)
}

/// What the phrases say of one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    /// How sure the cues of the word alone are, and those of phrases that begin (heads) or end (tails) with it.
    pub priors: Priors,
    /// Cues of the word alone.
    pub alone: CueSet,
    /// Cues of phrases, of one word or more, that begin with it.
    pub begin: CueSet,
    /// Cues of phrases that end with it.
    pub end: CueSet,
}

/// Finds cue phrases.
pub struct Cues {
    words: HashMap<u64, (CueSet, Priors)>,
    phrases: AhoCorasick,
    phrase_cues: Vec<(CueSet, Priors)>,
}

impl Cues {
    /// Returns the cues of the table that is part of the program.
    ///
    /// # Errors
    /// The table holds a cue that is not known.
    pub fn new() -> Result<Cues> {
        let mut words: HashMap<u64, (CueSet, Priors)> = HashMap::new();
        let mut phrases: Vec<(&str, (CueSet, Priors))> = Vec::new();
        for line in TABLE.lines().skip(1) {
            let (phrase, cue, prior) = parse(line).ok_or_else(|| bad(line))?;
            let (set, priors) = (CueSet(1 << cue as u8), Priors::of(cue, prior));
            if phrase.contains(' ') {
                phrases.push((phrase, (set, priors)));
            } else {
                let known = words.entry(hash_word(phrase)).or_default();
                known.0.add(set);
                known.1.add(priors);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(phrases.iter().map(|(phrase, _)| phrase))
            .map_err(|cause| Error::new(ErrorKind::Internal, "cannot build the cues").because(cause))?;
        Ok(Cues { words, phrases: automaton, phrase_cues: phrases.into_iter().map(|(_, cue)| cue).collect() })
    }

    /// Fills `marks` with what the cues say of each word of `text`.
    pub fn mark(&self, text: &Text, marks: &mut Vec<Marks>) {
        marks.clear();
        marks.extend(text.words.iter().map(|word| {
            let (alone, priors) = self.words.get(&word.hash).copied().unwrap_or_default();
            Marks { priors, alone, begin: alone, end: alone }
        }));
        for found in self.phrases.find_overlapping_iter(&text.folded) {
            let (start, end) = (found.start() as u32, found.end() as u32);
            let first = text.words.binary_search_by_key(&start, |word| word.fold_start);
            let last = text.words.binary_search_by_key(&end, |word| word.fold_end);
            if let (Ok(first), Ok(last)) = (first, last) {
                let (cue, priors) = self.phrase_cues[found.pattern().as_usize()];
                marks[first].begin.add(cue);
                marks[last].end.add(cue);
                // A phrase tells of its words only as far as it is a head or a tail.
                let Priors { org_head, org_tail, .. } = priors;
                marks[first].priors.add(Priors { org_head, ..Priors::default() });
                marks[last].priors.add(Priors { org_tail, ..Priors::default() });
            }
        }
    }
}

/// Returns phrase, cue and prior of a row; cues without a prior are as sure as can be.
fn parse(line: &str) -> Option<(&str, Cue, f32)> {
    let (phrase, rest) = line.split_once(',')?;
    let (cue, prior) = rest.split_once(',')?;
    let cue = Cue::ALL.iter().find(|(word, _)| *word == cue)?.1;
    let prior = if prior.is_empty() { Some(1.0) } else { prior.parse().ok() };
    Some((phrase, cue, prior.filter(|prior| (0.0..=1.0).contains(prior))?))
}

fn bad(line: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("gazetteers/cues.csv: `{line}` has no known cue, or no prior"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::normalize::Normalizer;

    #[test]
    fn priors_are_log_odds() {
        for (prior, value) in [(1.0, 1.0), (0.99, 1.0), (0.9, 0.478), (0.5, 0.0), (0.2, 0.0)] {
            assert!((scaled(prior) - value).abs() < 1e-3, "{prior}: {}", scaled(prior));
        }
        assert_eq!(parse("nice,function,0.5").map(|(_, _, prior)| prior), Some(0.5));
        assert!(parse("nice,function,5").is_none() && parse("nice,function").is_none());
    }

    #[test]
    fn phrases_mark_their_ends() {
        let mut text = Text::default();
        Normalizer
            .normalize(&Document::from_text("d", "The prime minister of the Bank of China said"), &mut text);
        let mut marks = Vec::new();
        Cues::new().unwrap().mark(&text, &mut marks);
        assert!(marks[0].alone.has(Cue::Function));
        assert!(marks[1].begin.has(Cue::Title) && marks[2].end.has(Cue::Title));
        assert!(marks[5].begin.has(Cue::OrgHead) && marks[6].end.has(Cue::OrgHead));
        assert!(marks[8].alone.has(Cue::Speech));
    }
}
