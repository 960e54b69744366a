//! Stage 4, [`Mentions`] → [`Entities`]: which entry each mention refers to.
//!
//! Mentions of one name in one document have one referent, unless a neighbour says otherwise (`Paris, Texas`), so
//! they are resolved as a group. Two rounds: priors and neighbours first, then what the first round says of the
//! document's countries, divisions and places.

mod candidate;
mod focus;
mod neighbour;
mod person;
mod votes;

use crate::document::Document;
use crate::entity::{Candidate, Entities, Entity, Rule};
use crate::gazetteer::{Layers, NameId, PlaceType};
use crate::normalize::Text;
use crate::recognize::{Mention, MentionKind, Mentions, Readings};
use candidate::{CONTAINMENT, COUNTRY_CONTEXT, NEARNESS, PLACE_TYPE, PRIOR};
pub use focus::Focus;
use std::collections::HashMap;
use std::ops::Range;
use votes::Votes;

/// Bonus where a neighbour contains the candidate or lies in it: stronger than any prior.
const CONTAINED: f32 = 9.0;
/// Bonus where the words beside the name say the candidate's type.
const TYPED: f32 = 3.5;
/// How many candidates of a mention are kept.
const KEPT: usize = 5;

/// Decides what mentions refer to.
#[derive(Default)]
pub struct Resolver;

/// Memory that resolving reuses from document to document.
#[derive(Default)]
pub struct Scratch {
    groups: Vec<Group>,
    group_of: Vec<Option<usize>>,
    containers: Vec<Option<usize>>,
    candidates: Vec<Candidate>,
}

/// The mentions of one name with one container, or none.
struct Group {
    name: NameId,
    container: Option<NameId>,
    /// The first mention of the group, and how many there are.
    first: usize,
    mentions: usize,
    candidates: Range<usize>,
}

impl Resolver {
    /// Fills `entities` with the referent of each mention and returns the document's focus.
    pub fn resolve(
        &self,
        layers: &Layers,
        document: &Document,
        text: &Text,
        mentions: &Mentions,
        scratch: &mut Scratch,
        entities: &mut Entities,
    ) -> Focus {
        scratch.group(text, mentions);
        scratch.first_round(layers, text, mentions);
        scratch.second_round(layers);
        scratch.write(layers, document, mentions, entities);
        focus::focus(layers, document, text, &mentions.list, entities)
    }
}

impl Scratch {
    /// Sorts the mentions of places into groups.
    fn group(&mut self, text: &Text, mentions: &Mentions) {
        self.groups.clear();
        self.group_of.clear();
        neighbour::containers(text, &mentions.list, &mut self.containers);
        let mut known: HashMap<(NameId, Readings, Option<NameId>), usize> = HashMap::new();
        for (at, mention) in mentions.list.iter().enumerate() {
            let hit = mentions.hits(mention).first();
            let place = matches!(mention.kind, MentionKind::Place | MentionKind::Demonym);
            let Some(hit) = hit.filter(|_| place) else {
                self.group_of.push(None);
                continue;
            };
            let outer = self.containers[at].and_then(|outer| mentions.hits(&mentions.list[outer]).first());
            let container = outer.map(|hit| hit.name);
            let readings = mention.readings;
            let group = *known.entry((hit.name, readings, container)).or_insert_with(|| {
                let (name, first) = (hit.name, at);
                self.groups.push(Group { name, container, first, mentions: 0, candidates: 0..0 });
                self.groups.len() - 1
            });
            self.groups[group].mentions += 1;
            self.group_of.push(Some(group));
        }
    }

    /// Collects candidates with their priors and what their neighbours say.
    fn first_round(&mut self, layers: &Layers, text: &Text, mentions: &Mentions) {
        self.candidates.clear();
        for group in &mut self.groups {
            let mention = &mentions.list[group.first];
            let first = self.candidates.len();
            candidate::places(layers, mentions.hits(mention), mention.readings, &mut self.candidates);
            group.candidates = first..self.candidates.len();
        }
        for at in 0..mentions.list.len() {
            if let Some(outer) = self.containers[at] {
                self.contain(layers, at, outer);
            }
            self.type_by_words(layers, text, &mentions.list[at], at);
        }
        self.share_containers();
        self.groups.iter().for_each(|group| candidate::share(&mut self.candidates[group.candidates.clone()]));
    }

    /// Raises the candidates of two neighbours of which one contains the other.
    fn contain(&mut self, layers: &Layers, inner: usize, outer: usize) {
        let (Some(inner), Some(outer)) = (self.group_of[inner], self.group_of[outer]) else { return };
        let (inner, outer) = (self.groups[inner].candidates.clone(), self.groups[outer].candidates.clone());
        let is_country = |candidates: &[Candidate], at: usize| {
            layers.entry(candidates[at].entry).is_some_and(|e| e.place_type() == PlaceType::Country)
        };
        // `China, Japan` is a list, though Japan has a China too.
        let listed = inner.clone().any(|at| is_country(&self.candidates, at));
        for outer in outer.filter(|at| !(listed && is_country(&self.candidates, *at))).collect::<Vec<_>>() {
            let mut holds = false;
            for inner in inner.clone() {
                if neighbour::contains(layers, self.candidates[outer].entry, self.candidates[inner].entry) {
                    self.candidates[inner].parts[CONTAINMENT].1 = CONTAINED;
                    holds = true;
                }
            }
            if holds {
                self.candidates[outer].parts[CONTAINMENT].1 = CONTAINED;
            }
        }
    }

    fn type_by_words(&mut self, layers: &Layers, text: &Text, mention: &Mention, at: usize) {
        let Some(group) = self.group_of[at] else { return };
        for candidate in &mut self.candidates[self.groups[group].candidates.clone()] {
            let kind = layers.entry(candidate.entry).map(|entry| entry.place_type());
            if kind.is_some_and(|kind| neighbour::says_type(text, mention, kind)) {
                candidate.parts[PLACE_TYPE].1 = TYPED;
            }
        }
    }

    /// Gives a name without container what the first group of the same name with one has learnt.
    fn share_containers(&mut self) {
        let mut tellers: HashMap<NameId, &Group> = HashMap::new();
        for group in self.groups.iter().filter(|group| group.container.is_some()) {
            tellers.entry(group.name).or_insert(group);
        }
        for group in self.groups.iter().filter(|group| group.container.is_none()) {
            let Some(teller) = tellers.get(&group.name) else { continue };
            for at in group.candidates.clone() {
                let same = |other: &&Candidate| other.entry == self.candidates[at].entry;
                let learnt = self.candidates[teller.candidates.clone()].iter().find(same);
                let part = learnt.map_or(0.0, |candidate| candidate.parts[CONTAINMENT].1);
                let known = &mut self.candidates[at].parts[CONTAINMENT].1;
                *known = known.max(part);
            }
        }
    }

    /// Adds what the document says: once from the first round, once from the result of that.
    fn second_round(&mut self, layers: &Layers) {
        for _ in 0..2 {
            let votes = Votes::collect(layers, &self.groups, &self.candidates);
            for (number, group) in self.groups.iter().enumerate() {
                votes.apply(layers, number, &mut self.candidates[group.candidates.clone()]);
                candidate::share(&mut self.candidates[group.candidates.clone()]);
            }
        }
    }

    /// Writes an entity for each mention.
    fn write(&mut self, layers: &Layers, document: &Document, mentions: &Mentions, entities: &mut Entities) {
        entities.list.clear();
        entities.candidates.clear();
        let mut written: Vec<(Range<u32>, Rule)> = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            let candidates = &mut self.candidates[group.candidates.clone()];
            let rule = rule(candidates);
            candidate::rank(candidates);
            written.push((keep(candidates, entities), rule));
        }
        let year = document.published.get(..4).and_then(|year| year.parse().ok());
        for (at, mention) in mentions.list.iter().enumerate() {
            let confidence = 1.0 / (1.0 + (-mention.log_odds).exp());
            let entity = match (self.group_of[at], mention.kind) {
                (Some(group), _) => {
                    let (candidates, rule) = written[group].clone();
                    linked(entities, candidates, rule, confidence)
                }
                (None, MentionKind::Person) => {
                    person(layers, mentions, mention, at, year, confidence, entities)
                }
                (None, _) => own(layers, mentions, mention, confidence, entities),
            };
            entities.list.push(entity);
        }
        // A surname may stand before its full name (in the title), so those are linked last.
        for (at, mention) in mentions.list.iter().enumerate() {
            let full = mention.full_name as usize;
            if mention.kind == MentionKind::Person && full != at && entities.list[at].referent.is_none() {
                entities.list[at] = Entity { rule: Rule::Surname, ..entities.list[full].clone() };
            }
        }
    }
}

/// Appends the best of some candidates; returns their range.
fn keep(candidates: &[Candidate], entities: &mut Entities) -> Range<u32> {
    let first = entities.candidates.len() as u32;
    entities.candidates.extend(candidates.iter().take(KEPT).cloned());
    first..entities.candidates.len() as u32
}

fn linked(entities: &Entities, candidates: Range<u32>, rule: Rule, confidence: f32) -> Entity {
    let best = entities.candidates.get(candidates.start as usize).filter(|_| !candidates.is_empty());
    Entity {
        referent: best.map(|best| best.entry),
        score: confidence * best.map_or(1.0, |best| best.share),
        rule: if best.is_some() { rule } else { Rule::Shape },
        candidates,
    }
}

/// Links a person by the gazetteer; two that are equally likely stay unlinked.
fn person(
    layers: &Layers,
    mentions: &Mentions,
    mention: &Mention,
    at: usize,
    year: Option<i16>,
    confidence: f32,
    entities: &mut Entities,
) -> Entity {
    let mut candidates = Vec::new();
    // A surname of somebody in the document is that person, whoever else is known by it alone.
    if mention.full_name as usize == at {
        person::persons(layers, mentions.hits(mention), year, &mut candidates);
    }
    candidate::rank(&mut candidates);
    let unsure = candidates.len() > 1 && candidates[0].share == candidates[1].share;
    let range = keep(&candidates, entities);
    let single = mention.end_word - mention.first == 1;
    let entity = linked(entities, range, if single { Rule::Surname } else { Rule::FullName }, confidence);
    match unsure {
        true => Entity { referent: None, score: confidence, rule: Rule::Shape, ..entity },
        false => entity,
    }
}

/// Links a mention of a kind that a user's gazetteer declares.
fn own(
    layers: &Layers,
    mentions: &Mentions,
    mention: &Mention,
    confidence: f32,
    entities: &mut Entities,
) -> Entity {
    let declared = mentions
        .hits(mention)
        .iter()
        .flat_map(|hit| layers.candidates(hit.name))
        .filter(|(id, _)| layers.entry(*id).is_some_and(|entry| !entry.is_place() && !entry.is_person()));
    let mut candidates: Vec<Candidate> = declared.map(|(id, _)| candidate::candidate(id, 0.0)).collect();
    candidate::share(&mut candidates);
    let range = keep(&candidates, entities);
    linked(entities, range, Rule::UserGazetteer, confidence)
}

/// Returns what decided among candidates that are not ranked yet: the part in which the winner gains most over the one
/// with the best prior.
fn rule(candidates: &[Candidate]) -> Rule {
    let by =
        |score: fn(&Candidate) -> f32| candidates.iter().rev().max_by(|a, b| score(a).total_cmp(&score(b)));
    let (Some(winner), Some(first)) = (by(|c| c.share), by(|c| c.parts[PRIOR].1)) else { return Rule::Shape };
    if candidates.len() == 1 {
        return Rule::Unambiguous;
    }
    if winner.parts[CONTAINMENT].1 > 0.0 {
        return Rule::Containment;
    }
    let gain = |part: usize| winner.parts[part].1 - first.parts[part].1;
    let deciding =
        [PLACE_TYPE, COUNTRY_CONTEXT, NEARNESS].into_iter().max_by(|a, b| gain(*a).total_cmp(&gain(*b)));
    match deciding {
        _ if winner.entry.layer() > 0 => Rule::UserGazetteer,
        _ if winner.entry == first.entry => Rule::Population,
        Some(PLACE_TYPE) => Rule::PlaceType,
        Some(NEARNESS) => Rule::Nearness,
        _ => Rule::CountryContext,
    }
}
