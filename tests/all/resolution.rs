//! `tests/resolution.csv`: texts with names that several places bear, and which of them is meant.
//!
//! The cell `expected` holds items separated by semicolons: `surface=ID`, with `|` between ids that are all right (a city
//! and the division around it), or `surface=none` where nothing in the gazetteer is meant. Every mention of the surface
//! must be so resolved.

use crate::support::{csv_rows, repository, world};
use dateline::{Document, Worker};
use std::collections::BTreeMap;

/// How many items were right when this was set; it only goes up. No item is exempt: those that fail are printed.
const RIGHT: usize = 550;

/// Returns what is wrong with an item, if anything.
fn wrong(worker: &mut Worker<'_>, document: &Document, item: &str) -> Option<String> {
    let (surface, ids) = item.split_once('=').unwrap_or_else(|| panic!("`{item}` has no id"));
    let tagged = worker.tag(document);
    let found: Vec<String> = tagged
        .tags()
        .filter(|(mention, _)| {
            let words = &document.text[mention.start as usize..mention.end as usize];
            words == surface
        })
        .map(|(_, entity)| {
            let entry = entity.referent.and_then(|id| tagged.layers.entry(id));
            entry.map_or("none".to_owned(), |entry| entry.id())
        })
        .collect();
    let right = |found: &String| ids.split('|').any(|id| id == found);
    match found.is_empty() {
        true if ids == "none" => None,
        true => Some(format!("{item}: not tagged")),
        false => found.iter().find(|found| !right(found)).map(|found| format!("{item}: {found}")),
    }
}

#[test]
fn names_mean_the_place_that_is_meant() {
    let mut worker = world().worker();
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut failed = Vec::new();
    for row in csv_rows(&std::fs::read_to_string(repository("tests/resolution.csv")).unwrap()) {
        let (group, source, text) = (&row["group"], &row["source"], &row["text"]);
        let document = Document { source: source.clone(), ..Document::from_text("row", text.clone()) };
        for item in row["expected"].split(';') {
            let (right, all) = groups.entry(group.clone()).or_default();
            *all += 1;
            match wrong(&mut worker, &document, item) {
                None => *right += 1,
                Some(wrong) => failed.push(format!("{group}: {wrong}  «{text}»")),
            }
        }
    }
    let (right, all) = groups.values().fold((0, 0), |sum, (right, all)| (sum.0 + right, sum.1 + all));
    failed.iter().for_each(|failed| println!("{failed}"));
    groups.iter().for_each(|(group, (right, all))| println!("{right:>3} of {all:>3}  {group}"));
    println!("{right} of {all} names mean the place that is meant");
    assert!(right >= RIGHT, "{right} of {all} are right, once {RIGHT} were");
}
