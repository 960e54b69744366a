//! What the judges of names look at: one document's words with everything that is known of each.

use super::cues::Marks;
use super::facts::Facts;
use super::find::Hit;
use super::known::Known;
use super::runs::Within;
use crate::document::Document;
use crate::gazetteer::{Entry, EntryId, Layers, NameKind, WordUse};
use crate::normalize::words::{Gap, Shape};
use crate::normalize::{Style, Text};
use std::ops::Range;

/// The evidence of one document.
pub(super) struct Context<'a> {
    pub(super) layers: &'a Layers,
    pub(super) document: &'a Document,
    pub(super) text: &'a Text,
    pub(super) marks: &'a [Marks],
    pub(super) uses: &'a [WordUse],
    pub(super) within: &'a [Within],
    pub(super) hits: &'a [Hit],
    pub(super) known: &'a [Known],
    pub(super) facts: &'a Facts,
}

/// The likeliest thing of one sort that a name may mean.
#[derive(Clone, Copy)]
pub(super) struct Meaning<'g> {
    pub(super) id: EntryId,
    pub(super) entry: Entry<'g>,
    pub(super) how: NameKind,
}

/// The longest name, in words, that is looked for backwards.
pub(super) const LONGEST: usize = 6;

impl Meaning<'_> {
    /// Tells whether the entry is of a kind that a user's gazetteer declares.
    pub(super) fn is_of_own_kind(&self) -> bool {
        !self.entry.is_place() && !self.entry.is_person()
    }
}

impl<'a> Context<'a> {
    /// Returns the word before `at` on the same soft line, if there is one.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (at > 0 && self.text.words[at].gap.is_soft()).then(|| at - 1)
    }

    /// Returns the word at `end` if a soft gap leads to it.
    pub(super) fn after(&self, end: usize) -> Option<usize> {
        self.text.words.get(end).filter(|word| word.gap.is_soft()).map(|_| end)
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        self.text.words[at].shape
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.shape(at).is_capital()
    }

    pub(super) fn style(&self, at: usize) -> Style {
        self.text.styles[at]
    }

    /// Returns the characters of the field from the end of word `last`.
    pub(super) fn rest(&self, last: usize) -> &'a str {
        let word = &self.text.words[last];
        &self.document.field(word.field)[word.end as usize..]
    }

    /// Tells whether the hit may be read as `how`, given how the text writes it.
    pub(super) fn is_written_as(&self, words: &Range<usize>, how: NameKind) -> bool {
        let last = words.end - 1;
        let (shape, single) = (self.shape(last), words.len() == 1);
        let loud = self.style(last) == Style::Capitals;
        let in_dateline = self.text.dateline.as_ref().is_some_and(|d| d.contains(last));
        match how {
            // `US$` is money.
            NameKind::Abbreviation if self.rest(last).starts_with('$') => false,
            NameKind::Abbreviation => match shape {
                Shape::Dotted => true,
                Shape::Upper => !loud || !single || self.gap(words.start) == Gap::Comma,
                Shape::Title | Shape::Mixed => {
                    self.rest(last).starts_with('.')
                        && matches!(self.gap(words.start), Gap::Comma | Gap::Hyphen)
                }
                _ => false,
            },
            NameKind::Canonical | NameKind::Alternate | NameKind::Demonym if single => match shape {
                Shape::Dotted => false,
                // `US` or `WHO` in prose is no village that is written `Us` or `Who`.
                Shape::Upper => loud || in_dateline || self.length(last) > 4,
                Shape::Initial => false,
                _ => true,
            },
            _ => true,
        }
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.text.words[at].gap
    }

    fn length(&self, at: usize) -> u32 {
        self.text.words[at].fold_end - self.text.words[at].fold_start
    }

    /// Returns what a hit may mean, likeliest first, as the text writes it.
    pub(super) fn meanings(&self, hit: &Hit) -> impl Iterator<Item = Meaning<'a>> + use<'a, '_> {
        let words = hit.words();
        let layers = self.layers;
        layers
            .candidates(hit.name)
            .filter(move |(_, how)| self.is_written_as(&words, *how))
            .filter_map(move |(id, how)| Some(Meaning { id, entry: layers.entry(id)?, how }))
    }

    /// Returns what the gazetteers say of one of the hits.
    pub(super) fn known(&self, hit: &Hit) -> Known {
        self.hits.element_offset(hit).map(|at| self.known[at]).unwrap_or_default()
    }

    /// Returns what the gazetteers say of all hits with exactly these words.
    pub(super) fn known_as(&self, words: &Range<usize>) -> Known {
        self.known[self.hits_at(words)].iter().fold(Known::default(), Known::or)
    }

    /// Returns the likeliest place that one of the hits may mean.
    pub(super) fn place(&self, hit: &Hit) -> Option<Meaning<'a>> {
        self.place_of(&self.known(hit))
    }

    /// Returns the likeliest place of what is known.
    pub(super) fn place_of(&self, known: &Known) -> Option<Meaning<'a>> {
        let (id, how) = known.place?;
        Some(Meaning { id, entry: self.layers.entry(id)?, how })
    }

    /// Tells whether the gazetteer has these words as a place by a name, and whether by a demonym.
    pub(super) fn placed(&self, words: &Range<usize>) -> (bool, bool) {
        let named = |known: &Known| known.place.is_some_and(|(_, how)| how != NameKind::Demonym);
        let known = &self.known[self.hits_at(words)];
        (known.iter().any(named), known.iter().any(|known| known.demonym))
    }

    /// Returns the hits with exactly these words.
    pub(super) fn hits_at(&self, words: &Range<usize>) -> Range<usize> {
        let from = self.hits.partition_point(|hit| (hit.first as usize) < words.start);
        let same = |hit: &&Hit| hit.first as usize == words.start;
        let of_start = self.hits[from..].iter().take_while(same);
        let skip = of_start.clone().take_while(|hit| hit.end.0 as usize > words.end).count();
        let count = of_start.skip(skip).take_while(|hit| hit.end.0 as usize == words.end).count();
        from + skip..from + skip + count
    }

    /// Returns the hits whose first word is `at`.
    pub(super) fn hits_starting(&self, at: usize) -> impl Iterator<Item = &'a Hit> + use<'a> {
        let from = self.hits.partition_point(|hit| (hit.first as usize) < at);
        self.hits[from..].iter().take_while(move |hit| hit.first as usize == at)
    }

    /// Returns the hits that end before the word at `end`, of up to [`LONGEST`] words.
    pub(super) fn hits_ending(&self, end: usize) -> impl Iterator<Item = &'a Hit> + use<'a> {
        let from = self.hits.partition_point(|hit| (hit.first as usize) + LONGEST < end);
        let before = self.hits[from..].iter().take_while(move |hit| (hit.first as usize) < end);
        before.filter(move |hit| hit.end.0 as usize == end)
    }

    /// Tells whether a word is surely one of grammar, a month, a day or the like.
    pub(super) fn is_plain(&self, at: usize) -> bool {
        self.marks[at].priors.plain >= SURELY
    }
}

/// From which prior a word counts as what its cue says where that is a yes or no: 90 %, on the scale of the priors.
const SURELY: f32 = 0.47;
