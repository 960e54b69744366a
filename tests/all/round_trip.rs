//! What is written can be read back: the same rows in every format, and grains that agree with each other.

use crate::support::{Cells, Folder, csv_rows, json_rows};
use geojson::{FeatureCollection, GeometryValue};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const ARTICLES: &str = r#"{"id":"1","title":"A \"quoted\", title\nin two lines","text":"WINDHOEK, Namibia - John Smith left Windhoek for Aleppo, Syria. Smith lives in Quotetown, Namibia, \"old\" and\nnew.","date":"2016-10-14","url":"https://example.org/1","source":"one.example"}
{"id":"2","title":"","text":"Syrian troops left Aleppo for Damascus, Syria, on Friday. Bashar al-Assad stayed in Damascus.","date":"2016-10-12"}
{"id":"3","title":"Fiji","text":"Suva, Fiji, and Sydney, Australia, sent aid to Windhoek, Namibia, said Mary Jones.","date":"2016-11-01"}
{"id":"4","title":"Nothing","text":"it rained all day."}
"#;
const TABLE: &str = "\
id,name,feature_code,country,latitude,longitude,population,alternates
mine:1,\"Quote \"\"Bay\"\",\nNew | Town\",PPL,NA,-22.5,15.25,50000,Quotetown
";

/// Returns a folder with the articles tagged into the standard set and every grain in JSON Lines.
fn tagged() -> Folder {
    let folder = Folder::new();
    folder.write("a.jsonl", ARTICLES).write("mine.csv", TABLE);
    folder.done(&["tag", "a.jsonl", "--gazetteer", "mine.csv", "-o", "out"]);
    for grain in ["mentions", "documents", "places"] {
        for extension in ["csv", "jsonl", "geojson", "geojsonl"] {
            let file = format!("{grain}.{extension}");
            folder.done(&["tag", "a.jsonl", "--gazetteer", "mine.csv", "-o", &file, "--grain", grain]);
        }
    }
    folder
}

/// Returns the cell that a JSON value is in CSV.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) => {
            values.iter().map(|v| v.as_str().unwrap()).collect::<Vec<_>>().join("|")
        }
        Some(value) => value.to_string(),
    }
}

fn same(cell: &str, other: &str) -> bool {
    cell == other || matches!((cell.parse::<f64>(), other.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
}

#[test]
fn csv_and_json_hold_the_same_values() {
    let folder = tagged();
    for grain in ["mentions", "documents", "places"] {
        let (table, objects) = (
            csv_rows(&folder.read(&format!("{grain}.csv"))),
            json_rows(&folder.read(&format!("{grain}.jsonl"))),
        );
        assert_eq!(table.len(), objects.len(), "{grain}");
        assert!(table.len() >= 4, "{grain}: {} rows", table.len());
        for (row, object) in table.iter().zip(&objects) {
            for (column, value) in row {
                assert!(
                    same(value, &cell(object.get(column))),
                    "{grain}.{column}: {value:?} in CSV, {object}"
                );
            }
            let unknown: Vec<_> =
                object.as_object().unwrap().keys().filter(|key| !row.contains_key(*key)).collect();
            assert!(unknown.is_empty() || unknown == ["candidates"], "{unknown:?}");
        }
    }
}

#[test]
fn the_standard_set_is_the_same_as_the_single_files() {
    let folder = tagged();
    for file in ["mentions.csv", "documents.csv", "places.geojson"] {
        assert_eq!(folder.read(&format!("out/{file}")), folder.read(file), "{file}");
    }
}

#[test]
fn a_namibian_place_keeps_its_country() {
    let folder = tagged();
    let text = folder.read("mentions.csv");
    let rows = csv_rows(&text);
    let windhoek = rows.iter().find(|row| row["mention"] == "Windhoek").unwrap();
    assert_eq!((windhoek["country_iso2"].as_str(), windhoek["country_iso3"].as_str()), ("NA", "NAM"));
    assert_eq!(windhoek["entity_id"], "geonames:3352136");
    for missing in ["null", "None", "NaN", "N/A"] {
        assert!(
            rows.iter().all(|row| row.values().all(|cell| cell != missing)),
            "`{missing}` stands for a missing value"
        );
    }
}

#[test]
fn quotes_commas_and_line_breaks_survive() {
    let folder = tagged();
    let name = "Quote \"Bay\",\nNew | Town";
    let is_ours = |row: &&Cells| row["entity_id"] == "mine:1";
    let mentions = csv_rows(&folder.read("mentions.csv"));
    assert_eq!(mentions.iter().find(is_ours).unwrap()["name"], name);
    assert_eq!(mentions.iter().find(is_ours).unwrap()["mention"], "Quotetown");
    assert!(!mentions.iter().any(|row| row["context"].contains('\n')), "a context has two lines");
    assert_eq!(csv_rows(&folder.read("places.csv")).iter().find(is_ours).unwrap()["name"], name);
    let documents = csv_rows(&folder.read("documents.csv"));
    assert_eq!(documents[0]["title"], "A \"quoted\", title\nin two lines");
    // In a list, `|` parts the names, so the one within a name is replaced.
    assert!(
        documents[0]["places"].split('|').any(|place| place == "Quote \"Bay\", New / Town"),
        "{:?}",
        documents[0]
    );
    let collection: FeatureCollection = folder.read("places.geojson").parse().unwrap();
    let ours =
        collection.features.iter().find(|feature| feature.property("entity_id") == Some(&"mine:1".into()));
    assert_eq!(ours.unwrap().property("name"), Some(&name.into()));
}

fn position(feature: &geojson::Feature) -> (f64, f64) {
    match &feature.geometry.as_ref().unwrap().value {
        GeometryValue::Point { coordinates } => (coordinates[0], coordinates[1]),
        other => panic!("{other:?} is no point"),
    }
}

#[test]
fn collections_follow_rfc_7946() {
    let folder = tagged();
    for grain in ["mentions", "documents", "places"] {
        let text = folder.read(&format!("{grain}.geojson"));
        let collection: FeatureCollection = text.parse().unwrap();
        assert!(collection.features.len() >= 3, "{grain}: {} features", collection.features.len());
        let foreign = collection.foreign_members.as_ref().unwrap();
        assert_eq!(foreign.get("name"), Some(&grain.into()));
        assert!(!foreign.contains_key("crs"), "{grain} has a `crs`");
        let keys = |feature: &geojson::Feature| -> Vec<String> {
            feature.properties.as_ref().unwrap().keys().cloned().collect()
        };
        let (mut west, mut south, mut east, mut north) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        let mut ids = BTreeSet::new();
        for feature in &collection.features {
            assert_eq!(keys(feature), keys(&collection.features[0]), "{grain}: properties differ");
            let nested = feature.properties_iter().find(|(_, value)| value.is_object() || value.is_array());
            assert_eq!(nested, None, "{grain}: nested property");
            let (longitude, latitude) = position(feature);
            assert!(longitude.is_finite() && latitude.is_finite());
            assert_eq!(feature.property("longitude").and_then(Value::as_f64), Some(longitude), "{grain}");
            assert_eq!(feature.property("latitude").and_then(Value::as_f64), Some(latitude), "{grain}");
            (west, south) = (west.min(longitude), south.min(latitude));
            (east, north) = (east.max(longitude), north.max(latitude));
            assert!(ids.insert(format!("{:?}", feature.id.as_ref().unwrap())), "{grain}: an id twice");
        }
        assert_eq!(collection.bbox, Some(vec![west, south, east, north]), "{grain}");
        let lines = folder.read(&format!("{grain}.geojsonl"));
        let features: Vec<geojson::Feature> = lines.lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(features, collection.features, "{grain}: lines and collection differ");
    }
}

#[test]
fn a_collection_without_features_is_valid() {
    let folder = Folder::new();
    folder.write("a.txt", "it rained all day.");
    folder.done(&["tag", "a.txt", "-o", "map.geojson", "--grain", "places"]);
    let collection: FeatureCollection = folder.read("map.geojson").parse().unwrap();
    assert_eq!(collection.features, []);
    folder.done(&["tag", "a.txt", "-o", "rows.csv"]);
    assert_eq!(csv_rows(&folder.read("rows.csv")), Vec::<Cells>::new());
    assert_eq!(folder.read("rows.csv").lines().count(), 1);
}

#[test]
fn places_add_up_the_mentions() {
    let folder = tagged();
    let mentions = csv_rows(&folder.read("mentions.csv"));
    let published: BTreeMap<String, String> = csv_rows(&folder.read("documents.csv"))
        .into_iter()
        .map(|row| (row["doc_id"].clone(), row["published"].clone()))
        .collect();
    let mut expected: BTreeMap<String, (usize, BTreeSet<String>)> = BTreeMap::new();
    for row in mentions.iter().filter(|row| row["kind"] == "place" && !row["entity_id"].is_empty()) {
        let (count, documents) = expected.entry(row["entity_id"].clone()).or_default();
        *count += 1;
        documents.insert(row["doc_id"].clone());
    }
    let places = csv_rows(&folder.read("places.csv"));
    assert_eq!(places.len(), expected.len());
    for place in &places {
        let (count, documents) = &expected[&place["entity_id"]];
        assert_eq!(place["n_mentions"], count.to_string(), "{place:?}");
        assert_eq!(place["n_documents"], documents.len().to_string(), "{place:?}");
        let dates: BTreeSet<&String> =
            documents.iter().map(|id| &published[id]).filter(|date| !date.is_empty()).collect();
        assert_eq!(Some(&&place["first_published"]), dates.first(), "{place:?}");
        assert_eq!(Some(&&place["last_published"]), dates.last(), "{place:?}");
        assert!(documents.contains(&place["sample_doc_id"]), "{place:?}");
        let sampled = mentions.iter().any(|row| {
            row["entity_id"] == place["entity_id"]
                && row["doc_id"] == place["sample_doc_id"]
                && row["context"] == place["sample_context"]
        });
        assert!(sampled, "the sample is of no mention: {place:?}");
    }
}

#[test]
fn documents_add_up_the_mentions() {
    let folder = tagged();
    let mentions = csv_rows(&folder.read("mentions.csv"));
    let documents = csv_rows(&folder.read("documents.csv"));
    assert_eq!(documents.iter().map(|row| row["doc_id"].as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    for document in &documents {
        let of_kind = |kind: &str| -> Vec<&Cells> {
            mentions.iter().filter(|row| row["doc_id"] == document["doc_id"] && row["kind"] == kind).collect()
        };
        assert_eq!(document["n_places"], of_kind("place").len().to_string(), "{document:?}");
        assert_eq!(document["n_persons"], of_kind("person").len().to_string(), "{document:?}");
        let places_of = of_kind("place").into_iter().chain(of_kind("demonym"));
        let expected: BTreeSet<&str> =
            places_of.map(|row| row["country_iso3"].as_str()).filter(|code| !code.is_empty()).collect();
        let countries: BTreeSet<&str> =
            document["countries"].split('|').filter(|code| !code.is_empty()).collect();
        assert_eq!(countries, expected, "{document:?}");
    }
    let focus: Vec<&str> = documents.iter().map(|row| row["focus_country_iso3"].as_str()).collect();
    assert_eq!(focus[1], "SYR");
    assert_eq!(focus[3], "");
}
