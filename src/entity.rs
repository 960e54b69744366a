//! An entity: a mention with the entry that it refers to.

use crate::gazetteer::EntryId;
use std::ops::Range;

/// What decided a referent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The name means one entry only.
    Unambiguous,
    /// A place beside it contains it or is contained in it: `Paris, Texas`.
    Containment,
    /// The word beside it says what sort of place it is: `Washington state`.
    PlaceType,
    /// Countries and divisions that the document names.
    CountryContext,
    /// Other places of the document are near.
    Nearness,
    /// Where the source is at home, or what it means by the name.
    SourcePrior,
    /// The largest place of the name.
    Population,
    /// A place whose name is a part of it: `Kandahar airport`.
    Nested,
    /// The place that follows it, of a site that the gazetteer lacks: `Karam camp, Idlib`.
    Container,
    /// The full name is in the gazetteer.
    FullName,
    /// A surname that stands for a full name of the document.
    Surname,
    /// A user's own gazetteer declares it.
    UserGazetteer,
    /// Recognised by its shape and context, and not linked.
    Shape,
}

impl Rule {
    /// Returns the word in the column `rule`.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::Unambiguous => "unambiguous",
            Rule::Containment => "containment",
            Rule::PlaceType => "place-type",
            Rule::CountryContext => "country-context",
            Rule::Nearness => "nearness",
            Rule::SourcePrior => "source-prior",
            Rule::Population => "population",
            Rule::Nested => "nested",
            Rule::Container => "container",
            Rule::FullName => "full-name",
            Rule::Surname => "surname",
            Rule::UserGazetteer => "user-gazetteer",
            Rule::Shape => "shape",
        }
    }
}

/// A mention with its referent.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The entry that it refers to; none when it was recognised but not linked.
    pub referent: Option<EntryId>,
    /// How likely the tag is right, 0 to 1.
    pub score: f32,
    /// What decided.
    pub rule: Rule,
    /// Its candidates: a range in [`Entities::candidates`].
    pub candidates: Range<u32>,
}

/// A candidate with what spoke for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The entry.
    pub entry: EntryId,
    /// The share of probability among the candidates of its mention, 0 to 1.
    pub share: f32,
    /// The parts of its log-odds: a range in [`Entities::parts`].
    pub parts: Range<u32>,
}

/// The entities of one document, in the order of its mentions, and their candidates, best first.
#[derive(Default)]
pub struct Entities {
    /// One a mention.
    pub list: Vec<Entity>,
    /// The candidates of all, each mention's together.
    pub candidates: Vec<Candidate>,
    /// What speaks for and against each candidate: name of the feature and contribution to the log-odds.
    pub parts: Vec<(&'static str, f32)>,
}

impl Entities {
    /// Returns what speaks for and against a candidate.
    pub fn parts(&self, candidate: &Candidate) -> &[(&'static str, f32)] {
        &self.parts[candidate.parts.start as usize..candidate.parts.end as usize]
    }

    /// Returns the candidates of an entity, best first.
    pub fn candidates(&self, entity: &Entity) -> &[Candidate] {
        &self.candidates[entity.candidates.start as usize..entity.candidates.end as usize]
    }

    /// Empties all, keeping the memory.
    pub fn clear(&mut self) {
        let Entities { list, candidates, parts } = self;
        list.clear();
        candidates.clear();
        parts.clear();
    }
}
