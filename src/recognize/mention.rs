//! A mention: a recognised name at a span, before it is known what it refers to.

use super::find::Hit;
use crate::gazetteer::NameKind;
use std::ops::Range;

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// A place by its name.
    Place,
    /// A place by an adjective or a word for its people.
    Demonym,
    /// A person.
    Person,
    /// A thing of a kind that a user's gazetteer declares.
    Other,
}

/// A set of ways in which a name may name an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readings(u8);

impl Readings {
    /// Returns the set of the ways for which `holds` is true.
    pub fn of(holds: impl Fn(NameKind) -> bool) -> Readings {
        Readings(
            (0..8)
                .filter_map(NameKind::from_code)
                .filter(|how| holds(*how))
                .fold(0, |set, how| set | 1 << how as u8),
        )
    }

    /// Tells whether the way is in the set.
    #[inline]
    pub fn has(self, how: NameKind) -> bool {
        self.0 >> how as u8 & 1 == 1
    }
}

/// A recognised name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// What it names.
    pub kind: MentionKind,
    /// The field, by its number in [`crate::document::FIELDS`].
    pub field: u8,
    /// Byte range in the field as read.
    pub start: u32,
    /// End of the byte range (exclusive).
    pub end: u32,
    /// The first word.
    pub first: u32,
    /// The first word after it.
    pub end_word: u32,
    /// The ways in which its names may name an entry, given how the text writes it.
    pub readings: Readings,
    /// The names of the gazetteer that match it: a range of the hits.
    pub hits: Range<u32>,
    /// Whether these match only a part of it, because the gazetteer lacks the whole.
    pub nested: bool,
    /// How sure the recogniser is: log-odds.
    pub log_odds: f32,
    /// For a surname, the mention of the full name (an index); else its own index.
    pub full_name: u32,
}

/// What the recogniser found in one document.
#[derive(Default)]
pub struct Mentions {
    /// All names of the gazetteer in the text, overlapping ones too.
    pub hits: Vec<Hit>,
    /// The mentions, in text order, none overlapping.
    pub list: Vec<Mention>,
}

impl Mentions {
    /// Returns the names of the gazetteer that match a mention, or a part of it where none matches the whole.
    pub fn hits(&self, mention: &Mention) -> &[Hit] {
        self.hits.get(mention.hits.start as usize..mention.hits.end as usize).unwrap_or_default()
    }
}
