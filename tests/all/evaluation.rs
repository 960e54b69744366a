//! `dateline evaluate`, and the floors that it has to stay above on texts that are not part of the project: those of the
//! folder in `DATELINE_EVAL`, whose own `score.py` has to agree with it.

use crate::support::{Cells, Folder, csv_rows, json_rows, repository, skipped};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
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

/// A document with a place that is found, one that is no place here, and a person.
const GOLD: &str = r#"{"id": "1", "title": "Talks in Moscow", "text": "Aid reached Aleppo in Syria, Yusuf Haddad said.",
    "mentions": [{"start": 12, "end": 18, "surface": "Aleppo", "type": "LOC", "lat": 40.6, "lon": -80.3},
    {"start": 29, "end": 41, "type": "PER"}]}"#;

fn gold() -> Folder {
    let here = Folder::new();
    here.write("gold.jsonl", GOLD.replace('\n', " "));
    here
}

#[test]
fn figures_calibration_and_mistakes_are_printed() {
    let here = gold();
    let shown = here.done(&["evaluate", "gold.jsonl", "--calibration", "--errors"]);
    let lines: Vec<&str> = shown.lines().map(|line| line.split("log-odds").next().unwrap()).collect();
    let figures: Vec<&str> = lines.iter().copied().take_while(|line| !line.contains("calibration")).collect();
    assert_snapshot!(figures.join("\n"), @"
    gold.jsonl, documents: 1
                             gold system precision recall     F1
      places, exact             1      2      50.0  100.0   66.7
      places, overlap           1      2      50.0  100.0   66.7
      persons, exact            1      1     100.0  100.0  100.0
      persons, overlap          1      1     100.0  100.0  100.0
      end to end, 161 km        1      2       0.0    0.0    0.0
      resolution: places with a point 1, resolved 1; within 161 km 0.0 (of all 0.0)
      mean 9358 km, median 9358 km, AUC 0.923
      focus country: 0.0 right (of 1 documents with one)
    ");
    assert!(shown.contains("calibration of persons: expected error"), "{shown}");
    let mistakes: Vec<&str> = lines.into_iter().filter(|line| line.contains("  | ")).collect();
    assert!(
        mistakes[0].starts_with("  1:22  Aid reached Aleppo in [Syria], Yusuf Haddad said.  | "),
        "{shown}"
    );
    assert!(
        mistakes[1].starts_with("  1:12  Aid reached [Aleppo] in Syria, Yusuf Haddad said.  | "),
        "{shown}"
    );
    assert!(
        mistakes[1].contains("km from 40.60,-80.30  | right: dateline:us-pa-aleppo") && mistakes.len() == 2
    );
    assert!(mistakes[1].contains("chosen: geonames:170063 Aleppo PPLA Aleppo SY"), "{shown}");
}

#[test]
fn figures_are_json_for_scripts() {
    let here = gold();
    let shown =
        here.done(&["evaluate", "gold.jsonl", "gold.jsonl", "--format", "json", "--errors", "1", "-j", "2"]);
    let rows = json_rows(&shown);
    assert_eq!((rows.len(), rows[0].to_string()), (2, rows[1].to_string()));
    assert_eq!(rows[0]["places"]["exact"]["precision"], 0.5);
    assert_eq!(rows[0]["mistakes"][0]["kind"], "place-false-positive");
    assert!(rows[0].get("calibration").is_none());
    let wide = here.done(&["evaluate", "gold.jsonl", "--format", "json", "--km", "12000"]);
    assert_eq!(json_rows(&wide)[0]["end_to_end"]["correct"], 1);
}

#[test]
fn documents_are_chosen_by_id_and_half() {
    let here = gold();
    let line = GOLD.replace('\n', " ");
    here.write("two.jsonl", format!("{line}\n{}\n", line.replace("\"1\"", "\"2\""))).write("ids", "2 3\n");
    let documents = |options: &[&str]| {
        let shown =
            here.done(&[&["evaluate", "two.jsonl", "--format", "json", "--errors"], options].concat());
        let row = json_rows(&shown).remove(0);
        (row["documents"].as_u64().unwrap(), row["mistakes"][0]["document"].as_str().unwrap().to_owned())
    };
    assert_eq!(documents(&[]), (2, "1".into()));
    assert_eq!(documents(&["--half", "odd"]), (1, "2".into()));
    assert_eq!(documents(&["--ids", "ids"]), (1, "2".into()));
    let none = here.run(&["evaluate", "two.jsonl", "--half", "even", "--ids", "ids"]);
    assert_eq!(none.code, 2);
    assert_snapshot!(none.stderr, @"dateline: two.jsonl: no document to evaluate; check the file, `--ids` and `--half`");
}

#[test]
fn bad_gold_is_an_error_with_its_line() {
    let here = gold();
    here.write("bad.jsonl", "{\"id\": \"1\", \"text\": \"\", \"mentions\": []}\n{\"id\": \"2\"}\n");
    let bad = here.run(&["evaluate", "gold.jsonl", "bad.jsonl"]);
    assert_eq!((bad.code, bad.stdout.as_str()), (2, ""));
    assert_snapshot!(bad.stderr, @r#"dateline: bad.jsonl:2 (byte 40): no gold document: missing field `text` at column 11; a line is {"id": "1", "text": "...", "mentions": [{"start": 0, "end": 5, "type": "LOC"}]}"#);
    let misplaced = here.run(&["evaluate", "--errors", "gold.jsonl"]);
    assert!(misplaced.code == 2 && misplaced.stderr.contains("name the gold files before"), "{misplaced:?}");
}

/// Returns what the command prints of a gold file.
fn figures(gold: &Path, options: &[&str]) -> Value {
    let arguments = [&["evaluate", gold.to_str().unwrap(), "--format", "json"], options].concat();
    json_rows(&Folder::new().done(&arguments)).remove(0)
}

/// Exact F1 of places and of persons and end-to-end F1 within 161 km that each corpus may not fall below.
const FLOORS: [(&str, &[(&str, f64)]); 4] = [
    ("lgl", &[("places, exact", 84.8), ("end to end, 161 km", 83.0)]),
    ("geovirus", &[("places, exact", 93.7), ("end to end, 161 km", 80.5)]),
    ("wwnewswire_dev", &[("places, exact", 82.5), ("persons, exact", 88.5)]),
    ("wikigold", &[("persons, exact", 84.5)]),
];

/// Trains twice, each time without one half of the documents, on which the figures are.
#[test]
fn cross_validated_figures_stay_above_their_floors() {
    let Some(folder) = folder() else { return };
    let gold =
        |(corpus, _): &(&str, _)| folder.join(format!("gold/{corpus}.jsonl")).to_str().unwrap().to_owned();
    let corpora: Vec<String> = FLOORS.iter().map(gold).collect();
    let labelled = format!("{}=0.5", repository("data/labelled.jsonl").display());
    let mut arguments = vec!["train", "--folds", "2", &labelled];
    arguments.extend(corpora.iter().map(String::as_str));
    let shown = Folder::new().done(&arguments);
    for (corpus, floors) in FLOORS {
        let table = shown.lines().skip_while(|line| !line.starts_with(corpus));
        for (figure, floor) in floors {
            let row = table
                .clone()
                .find(|line| line.trim_start().starts_with(figure))
                .expect("the figure is printed");
            let f1: f64 = row.split_whitespace().last().unwrap().parse().unwrap();
            println!("{corpus}, two folds: {figure} F1 {f1} (floor {floor})");
            assert!(f1 >= *floor, "{corpus}: {figure} {f1} < {floor}");
        }
    }
}

/// Tags the texts of a gold file and returns what the scorer of the evaluation folder says.
fn scored(folder: &Path, gold: &Path, options: &[&str]) -> Value {
    let here = Folder::new();
    let documents = json_rows(&std::fs::read_to_string(gold).unwrap());
    let text =
        |d: &Value| format!("{}\n", json!({ "id": d["id"], "text": d["text"], "domain": d["domain"] }));
    here.write("texts.jsonl", documents.iter().map(text).collect::<String>());
    here.done(&["tag", "texts.jsonl", "-o", "rows.jsonl"]);
    let mut lines = String::new();
    for row in json_rows(&here.read("rows.jsonl")) {
        let mut mention = json!({ "start": row["start_char"], "end": row["end_char"], "type": "PER" });
        if row["kind"] != "person" {
            let geonames = row["entity_id"].as_str().and_then(|id| id.strip_prefix("geonames:"));
            mention["type"] = "LOC".into();
            mention["lat"] = row["latitude"].clone();
            mention["lon"] = row["longitude"].clone();
            mention["geonameid"] = geonames.into();
        }
        // The scorer joins lines with the same id.
        lines.push_str(&format!("{}\n", json!({ "id": row["doc_id"], "mentions": [mention] })));
    }
    here.write("system.jsonl", lines);
    let mut scorer = Command::new("python3");
    scorer.arg(folder.join("score.py")).arg(gold).arg(here.path("system.jsonl")).arg("--json").args(options);
    let output = scorer.output().expect("python3 runs the scorer");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Where the scorer has a figure, and where the command.
const FIGURES: [(&str, &str); 29] = [
    ("/LOC/gold", "/places/gold"),
    ("/LOC/system", "/places/system"),
    ("/LOC/exact/0", "/places/exact/precision"),
    ("/LOC/exact/1", "/places/exact/recall"),
    ("/LOC/exact/2", "/places/exact/f1"),
    ("/LOC/overlap/0", "/places/overlap/precision"),
    ("/LOC/overlap/1", "/places/overlap/recall"),
    ("/LOC/overlap/2", "/places/overlap/f1"),
    ("/PER/gold", "/persons/gold"),
    ("/PER/system", "/persons/system"),
    ("/PER/exact/0", "/persons/exact/precision"),
    ("/PER/exact/1", "/persons/exact/recall"),
    ("/PER/exact/2", "/persons/exact/f1"),
    ("/PER/overlap/2", "/persons/overlap/f1"),
    ("/resolution/n", "/resolution/pairs"),
    ("/resolution/resolved", "/resolution/resolved"),
    ("/resolution/acc161", "/resolution/within"),
    ("/resolution/acc161_all", "/resolution/within_of_all"),
    ("/resolution/mean", "/resolution/mean_km"),
    ("/resolution/median", "/resolution/median_km"),
    ("/resolution/auc", "/resolution/auc"),
    ("/resolution/id_n", "/resolution/ids"),
    ("/resolution/id_acc", "/resolution/same_id"),
    ("/e2e/gold", "/end_to_end/gold"),
    ("/e2e/system", "/end_to_end/system"),
    ("/e2e/correct", "/end_to_end/correct"),
    ("/e2e/p", "/end_to_end/precision"),
    ("/e2e/r", "/end_to_end/recall"),
    ("/e2e/f1", "/end_to_end/f1"),
];

#[test]
fn the_scorer_of_the_evaluation_folder_agrees() {
    let Some(folder) = folder() else { return };
    let large = ["--very-large", "leave-out"].as_slice();
    let misc = ["--ignore", "MISC"].as_slice();
    for (corpus, scorer, command) in [
        ("lgl.jsonl", [].as_slice(), [].as_slice()),
        ("lgl.jsonl", &["--hu"], large),
        ("wikigold.jsonl", misc, misc),
    ] {
        let gold = folder.join("gold").join(corpus);
        let (theirs, ours) = (scored(&folder, &gold, scorer), figures(&gold, command));
        for (wanted, figure) in FIGURES {
            let number = |value: &Value, at| value.pointer(at).and_then(Value::as_f64);
            let (wanted, found) = (number(&theirs, wanted), number(&ours, figure));
            let agree = match (wanted, found) {
                (Some(wanted), Some(found)) => (wanted - found).abs() < 0.001,
                (wanted, found) => wanted == found,
            };
            assert!(agree, "{corpus} {command:?} {figure}: {found:?}, the scorer has {wanted:?}");
        }
    }
}
