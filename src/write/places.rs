//! The map layer: one row a place, added up over all documents in input order.
//!
//! Memory is bounded by the gazetteer, not by the dump: a place keeps counts, its first and last date, one sample, and
//! at most 256 person counters. When they are full, all persons with the least count are forgotten (lossy counting), so
//! whoever is named often keeps a place, and a count may be too low by what was forgotten.

use super::rows::{self, Tag, one_line};
use crate::gazetteer::{EntryId, Layers, iso3166};
use crate::record::{Row, Value};
use crate::tagger::Tagged;
use std::collections::{HashMap, HashSet};

/// Person counters a place.
const PERSONS: usize = 256;
/// Persons of one document that are counted: more than any article names, so that a book stays affordable.
const PERSONS_OF_A_DOCUMENT: usize = 256;
/// How many of them are shown.
const TOP_PERSONS: usize = 5;

/// A place in one document.
#[derive(Debug)]
pub struct Sighting {
    place: EntryId,
    mentions: u64,
    score: f32,
    context: String,
    document: std::sync::Arc<Seen>,
}

/// What the places of one document share.
#[derive(Debug)]
struct Seen {
    id: String,
    published: String,
    persons: Vec<String>,
}

/// Appends a document's places to `sightings`.
pub(super) fn see(tagged: &Tagged, tags: &[Tag], sightings: &mut Vec<Sighting>) {
    let mut known = HashSet::new();
    let names =
        tags.iter().filter(|tag| tag.is_person()).map(|tag| one_line(rows::full_name(tagged, tags, tag)));
    let persons = names.filter(|name| known.insert(name.clone())).take(PERSONS_OF_A_DOCUMENT).collect();
    let document = &tagged.document;
    let seen = Seen { id: document.id.clone(), published: document.published.clone(), persons };
    let seen = std::sync::Arc::new(seen);
    let mut seen_at: HashMap<EntryId, usize> = HashMap::new();
    for tag in tags.iter().filter(|tag| tag.is_place()) {
        let Some(place) = tag.entity.referent else { continue };
        let at = *seen_at.entry(place).or_insert_with(|| {
            let document = seen.clone();
            sightings.push(Sighting { place, mentions: 0, score: -1.0, context: String::new(), document });
            sightings.len() - 1
        });
        sightings[at].mentions += 1;
        if tag.entity.score > sightings[at].score {
            sightings[at].score = tag.entity.score;
            sightings[at].context = rows::context(tagged, tag.mention).into_owned();
        }
    }
}

/// One place, added up.
#[derive(Default)]
struct Tally {
    mentions: u64,
    documents: u64,
    first: String,
    last: String,
    score: f32,
    sample: (String, String),
    persons: HashMap<String, u64>,
}

/// All places of a run.
#[derive(Default)]
pub struct Places {
    tallies: HashMap<EntryId, Tally>,
}

impl Places {
    /// Adds a place of a document; documents must come in input order.
    pub fn add(&mut self, sighting: Sighting) {
        let Sighting { place, mentions, score, context, document } = sighting;
        let tally = self.tallies.entry(place).or_default();
        tally.mentions += mentions;
        tally.documents += 1;
        let date = &document.published;
        if !date.is_empty() {
            if tally.first.is_empty() || *date < tally.first {
                tally.first.clone_from(date);
            }
            if *date > tally.last {
                tally.last.clone_from(date);
            }
        }
        if score > tally.score || tally.documents == 1 {
            tally.score = score;
            tally.sample = (document.id.clone(), context);
        }
        for person in &document.persons {
            count(&mut tally.persons, person);
        }
    }

    /// Calls `each` with the row of every place, most mentioned first.
    pub fn rows<E>(&self, layers: &Layers, mut each: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
        let mut order: Vec<(&EntryId, &Tally)> = self.tallies.iter().collect();
        order.sort_by_key(|(id, tally)| (std::cmp::Reverse(tally.mentions), **id));
        order.into_iter().filter_map(|(id, tally)| row(layers, *id, tally)).try_for_each(|row| each(&row))
    }
}

/// Counts a document of a person.
fn count(persons: &mut HashMap<String, u64>, person: &str) {
    if let Some(count) = persons.get_mut(person) {
        *count += 1;
        return;
    }
    if persons.len() == PERSONS {
        let least = persons.values().copied().min().unwrap_or(0);
        persons.retain(|_, count| *count > least);
    }
    persons.insert(person.to_owned(), 1);
}

fn row<'a>(layers: &'a Layers, id: EntryId, tally: &'a Tally) -> Option<Row<'a>> {
    let entry = layers.entry(id)?;
    let admin1 = layers.admin1(id).and_then(|division| layers.entry(division));
    let coordinate = |at: usize| rows::point(&entry).map_or(Value::Missing, |p| Value::number(p[at], 5));
    let mut persons: Vec<(&String, &u64)> = tally.persons.iter().collect();
    persons.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let persons: Vec<String> = persons.into_iter().take(TOP_PERSONS).map(|(name, _)| name.clone()).collect();
    let values = vec![
        Value::text(entry.id()),
        Value::text(entry.wikidata().unwrap_or_default()),
        Value::text(entry.name()),
        Value::text(entry.place_type().as_str()),
        Value::text(entry.feature_code()),
        Value::text(iso3166::alpha3(entry.country())),
        Value::text(admin1.map_or("", |division| division.name())),
        coordinate(1),
        coordinate(0),
        Value::text(entry.place_type().precision()),
        Value::Integer(tally.mentions),
        Value::Integer(tally.documents),
        Value::text(&*tally.first),
        Value::text(&*tally.last),
        if persons.is_empty() { Value::Missing } else { Value::List(persons) },
        Value::text(&*tally.sample.0),
        Value::text(&*tally.sample.1),
    ];
    Some(Row { values, point: rows::point(&entry), id: entry.id(), candidates: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_persons_are_kept_and_memory_is_bounded() {
        let mut persons = HashMap::new();
        for number in 0..5000 {
            count(&mut persons, &format!("person {number}"));
            if number % 10 == 0 {
                count(&mut persons, "often named");
            }
        }
        assert!(persons.len() <= PERSONS);
        assert_eq!(persons["often named"], 500);
    }
}
