//! `tests/people.csv`: persons of the gazetteer, and others who have their names, each trap beside its counterpart.
//!
//! The cell `expected` holds, separated by semicolons, `surface=id` for the entry that each mention of a surface must be
//! linked to, and `surface=none` for a person who must be tagged and not linked. Nothing is asked of other mentions.

use crate::support::{csv_rows, repository, world};
use dateline::recognize::MentionKind;
use dateline::{Document, Worker};
use std::collections::{BTreeMap, BTreeSet};

/// How many rows passed when this was set; it only goes up. No row is exempt: those that fail are printed.
const PASSES: usize = 144;

/// The expectation of a person who is nobody in the gazetteer.
const NONE: &str = "none";

fn parse(expected: &str) -> BTreeMap<&str, &str> {
    expected
        .split(';')
        .map(|item| item.split_once('=').unwrap_or_else(|| panic!("`{item}` has no id")))
        .collect()
}

/// Returns the ids of the persons of a text by surface.
fn linked(worker: &mut Worker<'_>, published: &str, text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let document = Document { published: published.to_owned(), ..Document::from_text("row", text) };
    let tagged = worker.tag(&document);
    let mut linked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (mention, entity) in tagged.tags().filter(|(mention, _)| mention.kind == MentionKind::Person) {
        let surface = &document.field(mention.field)[mention.start as usize..mention.end as usize];
        let entry = entity.referent.and_then(|id| tagged.layers.entry(id));
        let id = entry.map_or_else(|| NONE.to_owned(), |entry| entry.id());
        linked.entry(surface.to_owned()).or_default().insert(id);
    }
    linked
}

fn table() -> String {
    std::fs::read_to_string(repository("tests/people.csv")).unwrap()
}

#[test]
fn the_table_is_well_formed() {
    let (table, mut texts) = (table(), BTreeSet::new());
    for row in csv_rows(&table) {
        let text = &row["text"];
        assert!(texts.insert((text.clone(), row["published"].clone())), "twice: {text}");
        assert!(!row["group"].is_empty(), "no group: {text}");
        for (surface, id) in parse(&row["expected"]) {
            assert!(text.contains(surface), "`{surface}` is not in: {text}");
            let known = id == NONE || world().layers().find_id(id).is_some();
            assert!(known, "`{id}` is not in the gazetteer: {text}");
        }
    }
}

#[test]
fn passes_stay_above_their_floor() {
    let table = table();
    let mut worker = world().worker();
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    // Rows are numbered from 1; the weights were set by looking at the even rows alone.
    let mut halves = [(0, 0); 2];
    for (row, number) in csv_rows(&table).iter().zip(1..) {
        let linked = linked(&mut worker, &row["published"], &row["text"]);
        let is_met = |(surface, id): (&str, &str)| linked.get(surface).is_some_and(|ids| ids.iter().eq([id]));
        let passes = parse(&row["expected"]).into_iter().all(is_met);
        for (passed, total) in [groups.entry(row["group"].clone()).or_default(), &mut halves[number % 2]] {
            *passed += usize::from(passes);
            *total += 1;
        }
        if !passes {
            println!("{number} {}: {} {}", row["group"], row["published"], row["text"]);
            println!("    expected: {}", row["expected"]);
            println!("    linked:   {linked:?}");
        }
    }
    for (group, (passed, total)) in &groups {
        println!("{group}: {passed}/{total}");
    }
    let [(even, evens), (odd, odds)] = halves;
    println!("even rows: {even}/{evens}, odd rows: {odd}/{odds}");
    let (passed, total) = (even + odd, evens + odds);
    assert!(passed >= PASSES, "{passed} of {total} rows pass, fewer than {PASSES}");
}
