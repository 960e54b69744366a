//! Stage 4, [`Mentions`] → [`Entities`]: which entry each mention refers to.
//!
//! Mentions of one name in one document have one referent, unless a neighbour says otherwise (`Paris, Texas`), so they
//! are resolved as a group. `prior` gives the candidates and what the gazetteer says of them, `neighbour` what
//! stands beside the name, `home` what is known of the publisher, and, round by round, `votes` what the rest of
//! the document says; the `ranker` weighs it all. `person` links persons, `focus` says what the document is about,
//! `filed` where it was filed.

mod choice;
mod feature;
mod filed;
mod focus;
mod home;
mod neighbour;
mod person;
mod prior;
mod ranker;
mod verdict;
mod votes;

use crate::document::Document;
use crate::entity::{Candidate, Entities, Entity, Rule};
use crate::gazetteer::{Layers, NameId};
use crate::normalize::Text;
use crate::recognize::{Mention, MentionKind, Mentions, Readings};
pub use choice::{Choice, Values};
pub use feature::{FEATURES, Feature};
pub use focus::Focus;
pub use home::{Counts, Home};
use neighbour::Outers;
pub use ranker::{Ranker, Rounds, log_odds};
use std::collections::HashMap;
use std::ops::Range;
use verdict::{Verdict, linked};
use votes::Votes;

/// How many candidates of a mention are kept.
const KEPT: usize = 5;
/// How often the document is asked: once from the first round, then from the result of that.
pub const ROUNDS: usize = 2;

/// Decides what mentions refer to.
pub struct Resolver {
    ranker: Ranker,
}

/// What is resolved: a document with its words and what they name.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The gazetteers.
    pub layers: &'a Layers,
    /// The document.
    pub document: &'a Document,
    /// Its words.
    pub text: &'a Text,
    /// What it names.
    pub mentions: &'a Mentions,
    /// What is known of its source.
    pub home: Option<&'a Home>,
}

/// Memory that resolving reuses from document to document.
#[derive(Default)]
pub struct Scratch {
    groups: Vec<Group>,
    group_of: Vec<Option<usize>>,
    outers: Vec<Outers>,
    choices: Vec<Choice>,
    votes: Votes,
}

/// The mentions of one name with one container, or none.
struct Group {
    name: NameId,
    has_outer: bool,
    /// The first mention of the group, and how many there are.
    first: usize,
    mentions: usize,
    /// The greatest chance that it is a name.
    chance: f32,
    in_dateline: bool,
    /// The groups of the mentions before and after the first.
    beside: [Option<usize>; 2],
    choices: Range<usize>,
}

/// A group of mentions with its choices, for training.
pub struct Observed {
    /// The mentions, by their index.
    pub mentions: Vec<usize>,
    /// What they may refer to.
    pub choices: Vec<Choice>,
}

impl Resolver {
    /// Returns a resolver with a ranker.
    pub fn new(ranker: Ranker) -> Resolver {
        Resolver { ranker }
    }

    /// Fills `entities` with the referent of each mention and returns the document's focus.
    pub fn resolve(&self, subject: Subject, scratch: &mut Scratch, entities: &mut Entities) -> Focus {
        self.rank(subject, scratch, ROUNDS);
        self.write(subject, scratch, entities);
        focus::focus(subject, entities)
    }

    /// Returns the groups of a document with the values of their features after so many rounds, for training.
    pub fn observe(&self, subject: Subject, scratch: &mut Scratch, rounds: usize) -> Vec<Observed> {
        self.rank(subject, scratch, rounds);
        let of_group = |number: usize| {
            let members = scratch.group_of.iter().enumerate().filter(|(_, group)| **group == Some(number));
            members.map(|(mention, _)| mention).collect()
        };
        let observed = |(number, group): (usize, &Group)| Observed {
            mentions: of_group(number),
            choices: scratch.choices[group.choices.clone()].to_vec(),
        };
        scratch.groups.iter().enumerate().map(observed).collect()
    }

    fn rank(&self, subject: Subject, scratch: &mut Scratch, rounds: usize) {
        scratch.group(subject);
        scratch.collect(subject);
        scratch.contain();
        let weights = self.weights(subject);
        let Scratch { groups, choices, votes, .. } = scratch;
        for group in groups.iter() {
            let choices = &mut choices[group.choices.clone()];
            if let Some(home) = subject.home {
                home::apply(home, group.name, choices);
            }
            ranker::share(choices, &weights.first);
        }
        for _ in 0..rounds {
            votes.collect(groups, choices);
            for (number, group) in groups.iter().enumerate() {
                let choices = &mut choices[group.choices.clone()];
                votes.apply(groups, number, choices);
                ranker::share(choices, &weights.second);
            }
        }
        groups.iter().for_each(|group| verdict::rank(&mut choices[group.choices.clone()]));
    }

    /// Returns the weights for a document.
    fn weights(&self, subject: Subject) -> &Rounds {
        if subject.home.is_some() { &self.ranker.sourced } else { &self.ranker.alone }
    }

    /// Writes an entity for each mention.
    fn write(&self, subject: Subject, scratch: &mut Scratch, entities: &mut Entities) {
        let mentions = subject.mentions;
        entities.clear();
        let mut written: Vec<Verdict> = Vec::with_capacity(scratch.groups.len());
        let weights = &self.weights(subject).second;
        for group in &scratch.groups {
            written.push(Verdict::of(&scratch.choices[group.choices.clone()], weights, entities));
        }
        for (at, mention) in mentions.list.iter().enumerate() {
            let confidence = 1.0 / (1.0 + (-mention.log_odds).exp());
            let entity = match (scratch.group_of[at], mention.kind) {
                (Some(group), _) => written[group].entity(entities, confidence),
                (None, MentionKind::Person) => linked(entities, 0..0, Rule::Shape, confidence),
                (None, _) => own(subject, mention, confidence, entities),
            };
            entities.list.push(entity);
        }
        scratch.place_sites(subject, entities);
        person::link(subject, entities);
    }
}

impl Scratch {
    /// Sorts the mentions of places into groups.
    fn group(&mut self, subject: Subject) {
        let Subject { text, mentions, .. } = subject;
        self.groups.clear();
        self.group_of.clear();
        neighbour::find(text, &mentions.list, &mut self.outers);
        let mut known: HashMap<(NameId, Readings, Option<NameId>), usize> = HashMap::new();
        for (at, mention) in mentions.list.iter().enumerate() {
            let hit = mentions.hits(mention).first();
            let place = matches!(mention.kind, MentionKind::Place | MentionKind::Demonym);
            let Some(hit) = hit.filter(|_| place) else {
                self.group_of.push(None);
                continue;
            };
            let outer =
                self.outers[at].each().find_map(|(outer, _)| mentions.hits(&mentions.list[outer]).first());
            let outer = outer.map(|hit| hit.name);
            let group = *known.entry((hit.name, mention.readings, outer)).or_insert_with(|| {
                self.groups.push(Group::new(hit.name, outer.is_some(), at));
                self.groups.len() - 1
            });
            let in_dateline = text.dateline.as_ref().is_some_and(|d| d.contains(mention.first as usize));
            let known = &mut self.groups[group];
            known.mentions += 1;
            known.chance = known.chance.max(1.0 / (1.0 + (-mention.log_odds).exp()));
            known.in_dateline |= in_dateline && mention.kind == MentionKind::Place;
            self.group_of.push(Some(group));
        }
        for group in &mut self.groups {
            let before = self.group_of[..group.first].iter().rev().flatten().next();
            let after = self.group_of[group.first + 1..].iter().flatten().next();
            group.beside = [before.copied(), after.copied()];
        }
    }

    /// Collects candidates with what the gazetteer and the words beside the name say of them.
    fn collect(&mut self, subject: Subject) {
        let Subject { layers, document, text, mentions, .. } = subject;
        self.choices.clear();
        for group in &mut self.groups {
            let mention = &mentions.list[group.first];
            let first = self.choices.len();
            let surface = &document.field(mention.field)[mention.start as usize..mention.end as usize];
            let hits = mentions.hits(mention);
            prior::choices(layers, hits, mention.readings, surface, mention.nested, &mut self.choices);
            group.choices = first..self.choices.len();
        }
        for (mention, group) in mentions.list.iter().zip(&self.group_of) {
            if let Some(group) = group {
                let choices = &mut self.choices[self.groups[*group].choices.clone()];
                neighbour::type_by_words(text, mention, choices);
            }
        }
    }

    /// Puts a site that the gazetteer lacks where the place beside it is.
    fn place_sites(&self, subject: Subject, entities: &mut Entities) {
        let Subject { text, mentions, .. } = subject;
        for (at, mention) in mentions.list.iter().enumerate() {
            let lacking = mention.kind == MentionKind::Place && mentions.hits(mention).is_empty();
            let mut outers = self.outers[at].each().map(|(outer, _)| outer);
            let outer = outers.find(|outer| entities.list[*outer].referent.is_some());
            if let Some(outer) = outer.filter(|_| lacking && neighbour::is_site(text, mention)) {
                let score = entities.list[at].score * entities.list[outer].score;
                entities.list[at] = Entity { score, rule: Rule::Container, ..entities.list[outer].clone() };
            }
        }
    }

    /// Raises the candidates of neighbours of which one contains the other.
    fn contain(&mut self) {
        for at in 0..self.outers.len() {
            let Some(inner) = self.group_of[at] else { continue };
            let (mut asked, mut any) = (false, false);
            for (outer, feature) in self.outers[at].each() {
                let Some(outer) = self.group_of[outer].filter(|outer| *outer != inner) else { continue };
                let (inner, outer) = (self.groups[inner].choices.clone(), self.groups[outer].choices.clone());
                let (inner, outer) = two(&mut self.choices, inner, outer);
                asked = true;
                any |= neighbour::contain(inner, outer, feature);
            }
            let nothing = self.choices[self.groups[inner].choices.clone()].last_mut();
            if let Some(nothing) = nothing.filter(|_| asked && !any) {
                nothing.set(Feature::NothingWithin, 1.0);
            }
        }
        self.share_containers();
    }

    /// Gives a name without container what the first group of the same name with one has learnt.
    fn share_containers(&mut self) {
        let mut tellers: HashMap<NameId, usize> = HashMap::new();
        for (number, group) in self.groups.iter().enumerate().filter(|(_, group)| group.has_outer) {
            tellers.entry(group.name).or_insert(number);
        }
        for group in self.groups.iter().filter(|group| !group.has_outer) {
            let Some(teller) = tellers.get(&group.name) else { continue };
            let told = self.groups[*teller].choices.clone();
            for at in group.choices.clone() {
                let same = |other: &&Choice| other.entry() == self.choices[at].entry();
                let within =
                    [Feature::WithinNext, Feature::WithinIn, Feature::WithinBefore, Feature::WithinListed];
                let learnt = self.choices[told.clone()].iter().find(same);
                let value =
                    |choice: &Choice| within.iter().map(|w| choice.values[*w as usize]).fold(0.0, f32::max);
                let value = learnt.filter(|choice| choice.place.is_some()).map_or(0.0, value);
                self.choices[at].raise(Feature::WithinElsewhere, value);
            }
        }
    }
}

impl Group {
    fn new(name: NameId, has_outer: bool, first: usize) -> Group {
        Group {
            name,
            has_outer,
            first,
            mentions: 0,
            chance: 0.0,
            in_dateline: false,
            beside: [None; 2],
            choices: 0..0,
        }
    }
}

/// Returns two parts of a slice that do not overlap.
fn two<T>(slice: &mut [T], a: Range<usize>, b: Range<usize>) -> (&mut [T], &mut [T]) {
    if a.start < b.start {
        let (left, right) = slice.split_at_mut(b.start);
        (&mut left[a], &mut right[..b.end - b.start])
    } else {
        let (left, right) = slice.split_at_mut(a.start);
        (&mut right[..a.end - a.start], &mut left[b])
    }
}

/// Links a mention of a kind that a user's gazetteer declares.
fn own(subject: Subject, mention: &Mention, confidence: f32, entities: &mut Entities) -> Entity {
    let Subject { layers, mentions, .. } = subject;
    let declared = mentions
        .hits(mention)
        .iter()
        .flat_map(|hit| layers.candidates(hit.name))
        .filter(|(id, _)| layers.entry(*id).is_some_and(|entry| !entry.is_place() && !entry.is_person()));
    let entries: Vec<_> = declared.map(|(entry, _)| entry).collect();
    let share = 1.0 / entries.len().max(1) as f32;
    let candidates: Vec<Candidate> =
        entries.into_iter().map(|entry| Candidate { entry, share, parts: 0..0 }).collect();
    let range = keep(&candidates, entities);
    linked(entities, range, Rule::UserGazetteer, confidence)
}

/// Appends the best of some candidates; returns their range.
fn keep(candidates: &[Candidate], entities: &mut Entities) -> Range<u32> {
    let first = entities.candidates.len() as u32;
    entities.candidates.extend(candidates.iter().take(KEPT).cloned());
    first..entities.candidates.len() as u32
}
