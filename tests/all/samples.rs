//! The sample articles under `data/`: how much of what must be tagged is tagged, and linked as it must be.

use crate::support::{Cells, csv_rows, repository, world};
use dateline::gazetteer::EntryId;
use dateline::ingest::fields::FieldOptions;
use dateline::ingest::{Inputs, Source, inputs};
use dateline::recognize::MentionKind;
use dateline::{Document, Layers};
use std::collections::HashMap;

/// Floors just below what was reached when they were set; they only go up.
const RECALL: f64 = 0.965;
const AGREEMENT: f64 = 0.98;

/// What is tagged: document, field, mention and kind, with the referent of each.
type Tags = HashMap<[String; 4], Vec<Option<EntryId>>>;

fn tags() -> Tags {
    let path = repository("data/articles.jsonl").display().to_string();
    let files = inputs::find(&[path], None).unwrap();
    let mut source = Inputs::new(files, FieldOptions::default(), Box::new(|_, _| {}));
    let (mut document, mut worker, mut tags) = (Document::default(), world().worker(), Tags::new());
    while source.read(&mut document).unwrap() {
        let tagged = worker.tag(&document);
        for (mention, entity) in tagged.tags() {
            let kind = match mention.kind {
                MentionKind::Place => "place",
                MentionKind::Demonym => "demonym",
                MentionKind::Person => "person",
                MentionKind::Other => "other",
            };
            let field = if mention.field == 0 { "title" } else { "text" };
            let surface = &document.field(mention.field)[mention.start as usize..mention.end as usize];
            let at = [&document.id, field, surface, kind].map(str::to_owned);
            tags.entry(at).or_default().push(entity.referent);
        }
        document.clear();
    }
    tags
}

fn expected() -> Vec<Cells> {
    csv_rows(&std::fs::read_to_string(repository("data/expected.csv")).unwrap())
}

fn found<'t>(tags: &'t Tags, row: &Cells) -> &'t [Option<EntryId>] {
    let at = ["doc_id", "field", "mention", "kind"].map(|column| row[column].clone());
    tags.get(&at).map_or(&[], Vec::as_slice)
}

fn count(row: &Cells) -> usize {
    row["count"].parse().unwrap()
}

/// Returns the entries that an expected entity may be: its name, in its country and division; likeliest first.
fn resolvable(layers: &Layers, row: &Cells) -> Vec<EntryId> {
    let (name, place) = row["entity"].rsplit_once(", ").unwrap_or((&row["entity"], ""));
    let (country, division) = place.split_once('.').map_or((place, ""), |(country, _)| (country, place));
    let fits = |id: &EntryId| {
        let entry = layers.entry(*id).unwrap();
        let in_country = country.is_empty() || entry.country() == country.as_bytes();
        let admin1 = layers.admin1(*id).and_then(|admin1| layers.entry(admin1));
        let in_division = division.is_empty() || admin1.is_some_and(|admin1| admin1.code() == division);
        (entry.is_person() == (row["kind"] == "person")) && in_country && in_division
    };
    let meant = layers.find_name(name).into_iter().flat_map(|name| layers.candidates(name));
    meant.map(|(id, _)| id).filter(fits).collect()
}

#[test]
fn recall_and_agreement_stay_above_their_floors() {
    let (tags, layers) = (tags(), world().layers());
    let (mut wanted, mut hit) = ([0; 3], [0; 3]);
    let (mut linkable, mut agreed, mut unknown) = (0, 0, 0);
    for row in expected() {
        let kind = ["place", "demonym", "person"].iter().position(|kind| *kind == row["kind"]).unwrap();
        // Two rows with one mention share its tags; each needs its own count of them.
        let all = found(&tags, &row);
        wanted[kind] += 1;
        if all.len() < count(&row) {
            println!("not found: {row:?}");
            continue;
        }
        hit[kind] += 1;
        if row["entity"].is_empty() {
            continue;
        }
        let entries = resolvable(layers, &row);
        if entries.is_empty() {
            unknown += 1;
            continue;
        }
        linkable += 1;
        let right = all.iter().flatten().filter(|id| entries.contains(id)).count();
        agreed += usize::from(right >= count(&row));
        if right < count(&row) {
            let names: Vec<String> = all.iter().flatten().map(|id| layers.entry(*id).unwrap().id()).collect();
            println!("linked elsewhere: {row:?}: {names:?}");
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let recall = share(hit.iter().sum(), wanted.iter().sum());
    let agreement = share(agreed, linkable);
    println!(
        "found: places {}/{}, demonyms {}/{}, persons {}/{}",
        hit[0], wanted[0], hit[1], wanted[1], hit[2], wanted[2]
    );
    println!(
        "recall {recall:.3}; linked as expected {agreed}/{linkable} = {agreement:.3}; {unknown} not in the gazetteer"
    );
    assert_eq!(wanted.iter().sum::<usize>(), 864);
    assert!(linkable > 400, "only {linkable} rows could be checked");
    assert!(recall >= RECALL, "recall {recall:.3} < {RECALL}");
    assert!(agreement >= AGREEMENT, "agreement {agreement:.3} < {AGREEMENT}");
}

#[test]
fn the_article_on_the_syrian_president_is_right() {
    const ARTICLE: &str = "sample-001";
    let (tags, layers) = (tags(), world().layers());
    let rows: Vec<Cells> = expected().into_iter().filter(|row| row["doc_id"] == ARTICLE).collect();
    assert_eq!(rows.len(), 24);
    for row in &rows {
        let all = found(&tags, row);
        assert_eq!(all.len(), count(row), "{row:?}");
        if row["entity"].is_empty() {
            assert!(all.iter().all(Option::is_none), "linked, but stands for nobody known: {row:?}");
            continue;
        }
        // The name of a city may be its division's too; the division is not what the article means.
        let division = |id: &EntryId| layers.entry(*id).unwrap().feature_code() == "ADM1";
        let entry = resolvable(layers, row).into_iter().find(|id| !division(id));
        assert!(entry.is_some(), "not in the gazetteer: {row:?}");
        assert!(all.iter().all(|id| *id == entry), "linked elsewhere: {row:?}");
    }
    let known: usize = rows.iter().map(count).sum();
    let tagged: usize = tags.iter().filter(|(at, _)| at[0] == ARTICLE).map(|(_, ids)| ids.len()).sum();
    assert_eq!(tagged, known, "something else is tagged too");
}
