//! Tallies: how many documents of each source name which entries.

use super::{Profile, domain};
use crate::gazetteer::{EntryId, Layers, NameId};
use crate::recognize::MentionKind;
use crate::resolve::{Counts, Home};
use crate::tagger::Tagged;
use std::collections::BTreeMap;

/// The least score of a tag that counts.
const CONFIDENT: f32 = 0.7;
/// From how many documents on a source is known.
const LEAST: u32 = 3;

/// Counts of what the documents of each source refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub(super) sources: BTreeMap<String, Source>,
}

/// The counts of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Source {
    pub(super) documents: u32,
    pub(super) counts: Counts,
}

/// Returns what a document refers to for sure: each name and entry once.
pub(super) fn referents(tagged: &Tagged) -> Vec<(NameId, EntryId)> {
    let sure = tagged.tags().filter(|(mention, entity)| {
        mention.kind == MentionKind::Place && !mention.nested && entity.score >= CONFIDENT
    });
    let pair = sure.filter_map(|(mention, entity)| {
        Some((tagged.mentions.hits(mention).first()?.name, entity.referent?))
    });
    let mut pairs: Vec<_> = pair.collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Tally {
    /// Counts what a document of a source refers to.
    pub fn add(&mut self, source: &str, tagged: &Tagged) {
        self.add_referents(source, referents(tagged));
    }

    pub(super) fn add_referents(&mut self, source: &str, referents: Vec<(NameId, EntryId)>) {
        if !self.sources.contains_key(source) {
            self.sources.insert(source.to_owned(), Source::default());
        }
        let Some(known) = self.sources.get_mut(source) else { return };
        known.documents += 1;
        for (name, entry) in referents {
            *known.counts.entry((Some(name), entry)).or_default() += 1;
        }
    }

    /// Returns how many sources were counted.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Tells whether no source was counted.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Returns the homes that the counts show, of sources with three documents or more.
    pub fn profile(&self, layers: &Layers) -> Profile {
        let known = self.sources.iter().filter(|(_, source)| source.documents >= LEAST);
        let home = |(name, source): (&String, &Source)| {
            (name.clone(), Home::learnt(layers, &source.counts, domain::country(name)))
        };
        Profile { homes: known.map(home).collect(), by_hand: None }
    }
}
