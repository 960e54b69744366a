//! Measured on texts that are not part of the project: the folder in `DATELINE_EVAL`, scored by its own `score.py`.

use crate::support::{Cells, Folder, csv_rows, json_rows, skipped};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

/// Returns the evaluation folder, or says loudly that there is none.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("DATELINE_EVAL").map(PathBuf::from);
    if folder.is_none() {
        skipped("DATELINE_EVAL is not set; it names the folder with the evaluation data");
    }
    folder
}

#[test]
fn the_seed_article_is_tagged_as_by_hand() {
    let Some(seed) = folder().map(|folder| folder.join("seed")) else { return };
    let read = |name: &str| std::fs::read_to_string(seed.join(name)).unwrap();
    let here = Folder::new();
    let rows = csv_rows(&here.done(&["tag", seed.join("article.txt").to_str().unwrap()]));
    let expected = csv_rows(&read("expected.csv"));
    assert!(expected.len() > 10);
    let mut wrong = Vec::new();
    for wanted in &expected {
        let same = |row: &&Cells| {
            ["mention", "kind", "entity_id"].iter().all(|column| row[*column] == wanted[*column])
        };
        let found = rows.iter().filter(same).count();
        if found.to_string() != wanted["count"] {
            wrong.push(format!("{wanted:?}: found {found}"));
        }
    }
    for forbidden in read("forbidden.txt").lines().filter(|line| !line.is_empty()) {
        let begins = |mention: &str| {
            mention.strip_prefix(forbidden).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        wrong.extend(
            rows.iter()
                .filter(|row| begins(&row["mention"]))
                .map(|row| format!("forbidden: {}", row["mention"])),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tags a gold file and returns what the scorer says of its held-out half: the documents with an odd number, on which
/// nothing was fitted (see `examples/fit.rs`).
fn score(gold: &str, demonyms: bool) -> Option<Value> {
    let evaluation = folder()?;
    let gold = evaluation.join("gold").join(gold);
    let here = Folder::new();
    here.done(&["tag", gold.to_str().unwrap(), "-o", "rows.jsonl"]);
    let documents = json_rows(&std::fs::read_to_string(&gold).unwrap());
    let held_out: Vec<&str> = documents.iter().skip(1).step_by(2).filter_map(|d| d["id"].as_str()).collect();
    here.write("held-out", held_out.join("\n"));
    let mut lines = String::new();
    for row in json_rows(&here.read("rows.jsonl")).iter().filter(|row| row["field"] == "text") {
        let kind = match row["kind"].as_str() {
            Some("place") => "LOC",
            Some("demonym") if demonyms => "LOC",
            Some("person") => "PER",
            _ => continue,
        };
        let mut mention = json!({ "start": row["start_char"], "end": row["end_char"], "type": kind });
        if kind == "LOC" {
            mention["lat"] = row["latitude"].clone();
            mention["lon"] = row["longitude"].clone();
            mention["geonameid"] =
                row["entity_id"].as_str().and_then(|id| id.strip_prefix("geonames:")).into();
        }
        // The scorer joins lines with the same id.
        lines.push_str(&format!("{}\n", json!({ "id": row["doc_id"], "mentions": [mention] })));
    }
    here.write("system.jsonl", lines);
    let mut scorer = Command::new("python3");
    scorer.arg(evaluation.join("score.py")).arg(&gold).arg(here.path("system.jsonl")).arg("--json");
    // The newswire set has types of its own for demonyms and facilities.
    scorer.args(["--ignore", "NORP,FAC", "--ids"]).arg(here.path("held-out"));
    let output = scorer.output().expect("python3 runs the scorer");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Prints the figures of a corpus and checks them against floors: exact-span F1 of places and of persons, end-to-end
/// F1 within 161 km.
fn check(gold: &str, demonyms: bool, floors: &[(&str, &str, f64)]) {
    let Some(score) = score(gold, demonyms) else { return };
    for (block, measure, floor) in floors {
        let value = &score[block][measure];
        let f1 = value.as_f64().or_else(|| value[2].as_f64()).expect("the scorer prints every block");
        println!("{gold}, held-out half: {block} {measure} F1 {f1:.3} (floor {floor})");
        assert!(f1 >= *floor, "{gold}: {block} {measure} F1 {f1:.4} < {floor}");
    }
}

#[test]
fn local_newspapers_stay_above_the_floor() {
    check("lgl.jsonl", true, &[("LOC", "exact", 0.82), ("e2e", "f1", 0.755)]);
}

#[test]
fn epidemic_news_stays_above_the_floor() {
    check("geovirus.jsonl", false, &[("LOC", "exact", 0.91), ("e2e", "f1", 0.76)]);
}

#[test]
fn newswire_stays_above_the_floor() {
    check("wwnewswire_dev.jsonl", false, &[("LOC", "exact", 0.81), ("PER", "exact", 0.83)]);
}

#[test]
fn encyclopaedic_text_stays_above_the_floor() {
    check("wikigold.jsonl", false, &[("PER", "exact", 0.80)]);
}
