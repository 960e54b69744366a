//! What a compiled gazetteer says about itself.

use serde::{Deserialize, Serialize};

/// The gazetteer's version, sources and counts, and the tables that its records point into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Name and version: `world 2026-11`.
    pub version: String,
    /// Where the data comes from.
    pub sources: Vec<SourceCredit>,
    /// Kinds of entry; the first two are `place` and `person`.
    pub kinds: Vec<String>,
    /// Feature codes; the first is the empty one.
    pub feature_codes: Vec<String>,
    /// Prefixes of numbered ids: `geonames:`, `wikidata:Q`.
    pub id_schemes: Vec<String>,
    /// Sources of entries: the package or table that each was first read from.
    pub entry_sources: Vec<String>,
    /// Number of entries.
    pub entries: usize,
    /// Number of places.
    pub places: usize,
    /// Number of persons.
    pub persons: usize,
    /// Number of distinct folded names.
    pub names: usize,
    /// Number of (name, entry) pairs.
    pub candidates: usize,
    /// Names that were empty after folding or longer than a key may be.
    pub names_left_out: usize,
}

/// The credit of one source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceCredit {
    /// The package or table.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The licence of the data.
    pub licence: String,
    /// The words to credit it with.
    pub credit: String,
}

impl Metadata {
    /// Returns the metadata of a gazetteer that is about to be compiled.
    pub fn new(version: impl Into<String>, sources: Vec<SourceCredit>) -> Metadata {
        Metadata {
            version: version.into(),
            sources,
            kinds: vec!["place".into(), "person".into()],
            feature_codes: vec![String::new()],
            ..Metadata::default()
        }
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers always serialize")
    }
}
