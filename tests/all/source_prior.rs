//! The source as a witness: what a first pass learns of a paper, saved profiles, and the same by hand.

use crate::support::{Folder, column, csv_rows, json_rows};
use insta::assert_snapshot;

const TENNESSEE: &str = "geonames:4647963";
const FRANCE: &str = "geonames:2988507";

/// Articles of a paper from Paris, Tennessee, that mostly say where they are, and two that do not.
fn dump(source: &str) -> String {
    let texts = [
        "Crews closed a road between Paris, Tenn., and Puryear, Tenn., on Friday.",
        "Deputies in Henry County, Tennessee, arrested a man from Puryear, Tennessee, near Paris, Tennessee.",
        "The school board of Henry County, Tenn., met in Paris, Tenn., to name a new principal for Puryear.",
        "A farmer from Cottage Grove, Tenn., won the prize at the fair in Paris, Tenn., on Saturday.",
        "Commissioners in Paris voted to buy two police cruisers.",
        "Rain is expected in Paris by Monday.",
    ];
    let line = |(number, text): (usize, &&str)| {
        format!("{}\n", serde_json::json!({ "id": number.to_string(), "text": text, "source": source }))
    };
    texts.iter().enumerate().map(line).collect()
}

/// Returns what `Paris` means in the last two articles.
fn paris(rows: &str) -> Vec<String> {
    let bare =
        csv_rows(rows).into_iter().filter(|row| row["doc_id"].as_str() >= "4" && row["mention"] == "Paris");
    bare.map(|row| row["entity_id"].clone()).collect()
}

#[test]
fn a_paper_means_its_own_town() {
    let here = Folder::new();
    here.write("a.jsonl", dump("The Post of Example"));
    let learned = here.done(&["tag", "a.jsonl", "-q"]);
    assert_eq!(paris(&learned), [TENNESSEE, TENNESSEE]);
    assert!(column(&learned, "rule").contains(&"source-prior".to_owned()), "{learned}");
    assert_eq!(paris(&here.done(&["tag", "a.jsonl", "-q", "--no-source-prior"])), [FRANCE, FRANCE]);
    assert_eq!(here.done(&["tag", "a.jsonl", "-q", "-j", "3"]), learned);
    let piped = here.run_with(&["tag", "-", "-q"], here.read("a.jsonl"));
    assert_eq!((piped.code, piped.stdout), (0, learned.clone()), "standard input is read ahead");
    let told = here.run(&["tag", "a.jsonl"]);
    assert!(
        told.stderr.contains("learned what sources write about: 1 known, from 6 documents"),
        "{}",
        told.stderr
    );
}

#[test]
fn the_host_of_an_address_is_a_source() {
    let here = Folder::new();
    let line = |line: &str| {
        format!("{}\n", line.replace("\"source\":\"x\"", "\"url\":\"https://www.post.example/a/1\""))
    };
    here.write("a.jsonl", dump("x").lines().map(line).collect::<String>());
    assert_eq!(paris(&here.done(&["tag", "a.jsonl", "-q"])), [TENNESSEE, TENNESSEE]);
}

#[test]
fn a_profile_is_saved_and_used_again() {
    let here = Folder::new();
    here.write("a.jsonl", dump("The Post of Example"));
    let learned = here.done(&["tag", "a.jsonl", "-q", "--source-profile", "papers.csv"]);
    let profile = here.read("papers.csv");
    assert!(profile.starts_with("source,documents,name,entity_id,place,count\n"), "{profile}");
    assert!(profile.contains(&format!("the post of example,6,paris,{TENNESSEE},Paris,4\n")), "{profile}");
    let one = dump("The Post of Example").lines().next_back().map(str::to_owned).unwrap();
    here.write("one.jsonl", one);
    let again = here.done(&["tag", "one.jsonl", "-q", "--source-profile", "papers.csv"]);
    assert_eq!(paris(&again), [TENNESSEE]);
    assert_eq!((paris(&learned), here.read("papers.csv")), (vec![TENNESSEE.to_owned(); 2], profile));
    // A row without a name says only where the source is at home.
    here.write(
        "home.csv",
        format!("source,documents,name,entity_id,place,count\nthe post of example,9,,{TENNESSEE},,9\n"),
    );
    assert_eq!(paris(&here.done(&["tag", "one.jsonl", "-q", "--source-profile", "home.csv"])), [TENNESSEE]);
}

#[test]
fn a_home_is_given_by_hand() {
    let here = Folder::new();
    here.write("a.jsonl", "{\"id\": \"9\", \"text\": \"Rain is expected in Paris by Monday.\"}\n");
    let near = here.done(&["tag", "a.jsonl", "-q", "--near", "36.3,-88.3,100", "-o", "out"]);
    assert_eq!(near, "");
    assert_eq!(paris(&here.read("out/mentions.csv")), [TENNESSEE]);
    let run = json_rows(&here.read("out/run.json").replace('\n', ""));
    assert_eq!(run[0]["options"]["source_prior"]["near"], serde_json::json!([36.3, -88.3, 100.0]));
    here.write("b.jsonl", "{\"id\": \"9\", \"text\": \"Rain is expected in Birmingham by Monday.\"}\n");
    for (country, iso3) in [("usa", "USA"), ("GB", "GBR")] {
        let biased = here.done(&["tag", "b.jsonl", "-q", "--bias-country", country]);
        assert_eq!(column(&biased, "country_iso3"), [iso3]);
    }
}

#[test]
fn what_is_wrong_with_a_source_is_said() {
    let here = Folder::new();
    here.write("a.jsonl", "{\"id\": \"1\", \"text\": \"Rain in Paris.\"}\n");
    let failed = |arguments: &[&str]| {
        let outcome = here.run(&[&["tag", "a.jsonl", "-q"], arguments].concat());
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
        outcome.stderr.lines().next().unwrap().to_owned()
    };
    assert_snapshot!(failed(&["--near", "91,0,5"]), @"error: invalid value '91,0,5' for '--near <LAT,LON,KM>': three numbers are wanted: degrees north, degrees east, km (36.3,-88.3,100)");
    assert_snapshot!(failed(&["--bias-country", "XX"]), @"error: invalid value 'XX' for '--bias-country <ISO>': a code of ISO 3166 is wanted, such as US or USA");
    assert_snapshot!(failed(&["--source-profile", "p.csv"]), @"dateline: p.csv: no document has a source or an address to learn from; name the field with `--source-field` or `--url-field`, or leave `--source-profile` out");
    here.write("bad.csv", "source,documents,name,entity_id,place,count\nx,many,,geonames:1,,1\n");
    assert!(
        failed(&["--source-profile", "bad.csv"]).contains("bad.csv:2 (byte 44): no row of a source profile")
    );
}
