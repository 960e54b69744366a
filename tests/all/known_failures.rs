//! `tests/known_failures.csv`: sentences that geoparsers are known to fail on, each trap beside its counterpart where
//! the name is the place or person.
//!
//! The cell `expected` holds what must be tagged, separated by semicolons, as `surface=kind`. `A|B=kind` asks for
//! either surface, `surface=kind@CC` for a referent in that country, and `?surface=kind` allows a tag without asking
//! for it. Tags are compared as a set; every place, demonym or person that the cell does not hold is a failure.

use crate::support::{csv_rows, repository, world};
use dateline::recognize::MentionKind;
use dateline::{Document, Layers, Tagger, TaggerOptions, Worker};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many rows passed when this was set; it only goes up. No row is exempt: those that fail are printed.
const PASSES: usize = 382;

/// Texts without capitals: what the option of this name is for.
const IGNORE_CASE: &str = "ignore-case";

/// What is tagged: surface, kind, and the country of the referent.
type Tag = (String, &'static str, String);

struct Item<'c> {
    optional: bool,
    surfaces: Vec<&'c str>,
    kind: &'c str,
    country: Option<&'c str>,
}

impl Item<'_> {
    fn parse(item: &str) -> Item<'_> {
        let (surfaces, kind) = item.split_once('=').unwrap_or_else(|| panic!("`{item}` has no kind"));
        let (optional, surfaces) = surfaces.strip_prefix('?').map_or((false, surfaces), |rest| (true, rest));
        let (kind, country) =
            kind.split_once('@').map_or((kind, None), |(kind, country)| (kind, Some(country)));
        Item { optional, surfaces: surfaces.split('|').collect(), kind, country }
    }

    fn shown(&self) -> String {
        let country = self.country.map(|country| format!("@{country}")).unwrap_or_default();
        format!("{}={}{country}", self.surfaces.join("|"), self.kind)
    }

    fn allows(&self, (surface, kind, _): &Tag) -> bool {
        self.kind == *kind && self.surfaces.contains(&surface.as_str())
    }

    fn is_met(&self, tags: &BTreeSet<Tag>) -> bool {
        let in_country = |tag: &Tag| self.country.is_none_or(|country| country == tag.2);
        self.optional || tags.iter().any(|tag| self.allows(tag) && in_country(tag))
    }
}

fn parse(expected: &str) -> Vec<Item<'_>> {
    expected.split(';').filter(|item| !item.is_empty()).map(Item::parse).collect()
}

fn tags(worker: &mut Worker<'_>, text: &str) -> BTreeSet<Tag> {
    let document = Document::from_text("row", text);
    let tagged = worker.tag(&document);
    let mut tags = BTreeSet::new();
    for (mention, entity) in tagged.tags() {
        let kind = match mention.kind {
            MentionKind::Place => "place",
            MentionKind::Demonym => "demonym",
            MentionKind::Person => "person",
            MentionKind::Other => continue,
        };
        let surface = &document.field(mention.field)[mention.start as usize..mention.end as usize];
        let referent = entity.referent.and_then(|id| tagged.layers.entry(id));
        let country = referent.map_or("", |entry| entry.country_code());
        tags.insert((surface.to_owned(), kind, country.to_owned()));
    }
    tags
}

fn shown((surface, kind, country): &Tag) -> String {
    let at = if country.is_empty() { "" } else { "@" };
    format!("{surface}={kind}{at}{country}")
}

fn table() -> String {
    std::fs::read_to_string(repository("tests/known_failures.csv")).unwrap()
}

#[test]
fn the_table_is_well_formed() {
    let (table, mut texts) = (table(), BTreeSet::new());
    for row in csv_rows(&table) {
        let text = &row["text"];
        assert!(texts.insert(text.clone()), "twice: {text}");
        assert!(!row["group"].is_empty(), "no group: {text}");
        let mut allowed = BTreeSet::new();
        for item in parse(&row["expected"]) {
            assert!(["place", "demonym", "person"].contains(&item.kind), "kind {}: {text}", item.kind);
            assert!(item.country.is_none_or(|country| country.len() == 2), "country: {text}");
            for surface in item.surfaces {
                assert!(text.contains(surface), "`{surface}` is not in: {text}");
                assert!(allowed.insert((surface, item.kind)), "`{surface}` stands twice: {text}");
            }
        }
    }
}

#[test]
fn passes_stay_above_their_floor() {
    let table = table();
    let mut worker = world().worker();
    let options = TaggerOptions { ignore_case: true, ..TaggerOptions::default() };
    let any_case = Tagger::new(Arc::new(Layers::world().unwrap()), &options).unwrap();
    let mut any_case = any_case.worker();
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in csv_rows(&table) {
        let worker = if row["group"] == IGNORE_CASE { &mut any_case } else { &mut worker };
        let (items, tags) = (parse(&row["expected"]), tags(worker, &row["text"]));
        let missing = items.iter().filter(|item| !item.is_met(&tags)).map(Item::shown);
        let missing: Vec<String> = missing.collect();
        let wrong = tags.iter().filter(|tag| !items.iter().any(|item| item.allows(tag)));
        let wrong: Vec<String> = wrong.map(shown).collect();
        let passes = missing.is_empty() && wrong.is_empty();
        let (passed, total) = groups.entry(row["group"].clone()).or_default();
        *passed += usize::from(passes);
        *total += 1;
        if !passes {
            println!("{}: {}", row["group"], row["text"]);
            println!("    tagged:  {}", tags.iter().map(shown).collect::<Vec<_>>().join("; "));
            println!("    missing: {}", missing.join("; "));
            println!("    wrong:   {}", wrong.join("; "));
        }
    }
    for (group, (passed, total)) in &groups {
        println!("{group}: {passed}/{total}");
    }
    let passed: usize = groups.values().map(|(passed, _)| passed).sum();
    let total: usize = groups.values().map(|(_, total)| total).sum();
    println!("all groups: {passed}/{total}");
    assert!(passed >= PASSES, "{passed} of {total} rows pass, fewer than {PASSES}");
}
