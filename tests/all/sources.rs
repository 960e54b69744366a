//! Gazetteers from what users have: GeoNames dumps, Wikidata results, Linked Places, Natural Earth, recipes; and what is wrong
//! with such files.

use crate::support::{Folder, csv_rows};

/// A row of the main table of GeoNames.
fn row(id: u32, name: &str, alternates: &str, point: &str, class: &str, code: &str, place: &str, population: u32) -> String {
    let (country, admin1, admin2) = {
        let mut parts = place.split('.');
        let mut next = || parts.next().unwrap_or_default();
        (next(), next(), next())
    };
    let (latitude, longitude) = point.split_once(' ').unwrap();
    format!(
        "{id}\t{name}\t{name}\t{alternates}\t{latitude}\t{longitude}\t{class}\t{code}\t{country}\t\t{admin1}\t{admin2}\t\t\t{population}\t\t379\tAsia/Damascus\t2026-01-01\n"
    )
}

fn syria() -> String {
    [
        row(163843, "Syrian Arab Republic", "Syria,SYR", "35 38", "A", "PCLI", "SY.00", 16945057),
        row(170062, "Aleppo Governorate", "Muhafazat Halab", "36.33 37.5", "A", "ADM1", "SY.09", 4868000),
        row(170063, "Ḩalab", "Alep,ALP,Haleb,hlb", "36.20124 37.16117", "P", "PPLA", "SY.09", 1602264),
        row(900001, "Tall Rif`at", "Tel Rifaat", "36.47 37.1", "P", "PPL", "SY.09.0901", 20514),
        row(900002, "Quwayq", "", "36.3 37.1", "H", "STM", "SY.09", 0),
        row(900003, "Kafr Tiny", "", "36.4 37.2", "P", "PPL", "SY.09", 90),
    ]
    .concat()
}

const ALTERNATES: &str = "1\t170063\ten\tAleppo\t1\t\t\t\t\t\n2\t170063\tde\tAleppo\t\t\t\t\t\t\n3\t170063\tar\tحلب\t1\t\t\t\t\t\n\
4\t170063\tlink\thttps://en.wikipedia.org/wiki/Aleppo\t\t\t\t\t\t\n5\t170063\twkdt\tQ41183\t\t\t\t\t\t\n6\t170063\ten\tThe Grey One\t\t\t1\t\t\t\n\
7\t170063\ten\tBeroea\t\t\t\t1\t\t\n8\t999\ten\tElsewhere\t1\t\t\t\t\t\n9\t163843\tabbr\tSAR\t\t\t\t\t\t\n";

fn dump() -> Folder {
    let here = Folder::new();
    here.write("geonames/SY.txt", syria())
        .write("geonames/alternateNamesV2.txt", ALTERNATES)
        .write("geonames/admin1CodesASCII.txt", "SY.09\tAleppo\tAleppo\t170062\nSY.13\tDamascus\tDamascus\t170652\n")
        .write("geonames/admin2Codes.txt", "SY.09.0901\tA‘zāz District\tAzaz District\t900010\n")
        .write(
            "geonames/countryInfo.txt",
            "#ISO\tISO3\nSY\tSYR\t760\tSY\tSyria\tDamascus\t185180\t22198110\tAS\t.sy\tSYP\tPound\t963\t\t\tar-SY\t163843\tIQ\t\n",
        )
        .write("geonames/hierarchy.txt", "170062\t900002\tADM\n")
        .write("geonames/readme.txt", "not a table\n");
    here
}

/// Looks a name or id up in `own.dlg` alone.
fn lookup(here: &Folder, name: &str) -> String {
    here.done(&["gazetteer", "lookup", name, "--no-world", "--gazetteer", "own.dlg"])
}

fn refused(here: &Folder, arguments: &[&str]) -> String {
    let outcome = here.run(arguments);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{arguments:?}: {}", outcome.stderr);
    assert!(!here.path("own.dlg").exists(), "{arguments:?} left a half-built gazetteer");
    let parts: Vec<String> = here.names(".").into_iter().filter(|name| name.starts_with(".dateline")).collect();
    assert!(parts.is_empty(), "{arguments:?} left {parts:?}");
    outcome.stderr
}

#[test]
fn a_folder_of_geonames_files_becomes_a_gazetteer() {
    let here = dump();
    let built = here.run(&["gazetteer", "build", "geonames", "-o", "own.dlg"]);
    insta::assert_snapshot!(built.stderr, @"");
    insta::assert_snapshot!(lookup(&here, "aleppo"), @"");
    insta::assert_snapshot!(lookup(&here, "حلب"), @"");
    insta::assert_snapshot!(lookup(&here, "Tall Rifat"), @"");
    insta::assert_snapshot!(lookup(&here, "geonames:170652"), @"");
    for codes in ["ALP", "hlb", "The Grey One"] {
        assert_eq!(here.run(&["gazetteer", "lookup", codes, "--no-world", "--gazetteer", "own.dlg"]).code, 2, "{codes}");
    }
    here.write("a.txt", "Shelling hit Tel Rifaat, north of Aleppo, on Friday. The river Quwayq ran dry.");
    let rows = csv_rows(&here.done(&["tag", "a.txt", "--no-world", "--gazetteer", "own.dlg"]));
    let found: Vec<_> = rows.iter().map(|r| [&r["mention"], &r["entity_id"], &r["wikidata_id"], &r["admin1_code"]]).collect();
    assert!(found.contains(&[&"Aleppo".into(), &"geonames:170063".into(), &"Q41183".into(), &"SY.09".into()]), "{found:?}");
}

#[test]
fn filters_leave_rows_out_and_say_so() {
    let here = dump();
    here.write("geonames/TR.txt", row(900100, "Kilis", "", "36.7 37.1", "P", "PPLA", "TR.90", 82882));
    let arguments =
        ["gazetteer", "build", "geonames/SY.txt", "geonames/TR.txt", "-o", "own.dlg", "--country", "SY", "--feature", "P,A.ADM1", "--min-population", "500"];
    let built = here.run(&arguments);
    insta::assert_snapshot!(built.stderr, @"");
    assert_eq!(here.run(&["gazetteer", "lookup", "Kilis", "--no-world", "--gazetteer", "own.dlg"]).code, 2);
}

#[test]
fn wikidata_results_give_people_and_places() {
    let here = Folder::new();
    here.write(
        "people.csv",
        "item,itemLabel,aliases,country,role,from,until\n\
         http://www.wikidata.org/entity/Q900001,Tonya McRae,Tonya D. McRae|T. McRae,US,Mayor of Troy,2015-01-05T00:00:00Z,2019-01-07T00:00:00Z\n\
         http://www.wikidata.org/entity/Q900001,Tonya McRae,,US,Member of the state senate,2020-01-01T00:00:00Z,\n\
         http://www.wikidata.org/entity/Q900002,Q900002,,US,Mayor,,\n",
    )
    .write(
        "places.csv",
        "item,itemLabel,aliases,coord,country,population,feature\n\
         http://www.wikidata.org/entity/Q900003,Oak Mill,Oakmill,Point(-79.8902 35.3603),US,310,PPL\n",
    );
    let built = here.run(&["gazetteer", "build", "people.csv", "places.csv", "-o", "own.dlg"]);
    insta::assert_snapshot!(built.stderr, @"");
    insta::assert_snapshot!(lookup(&here, "Tonya D. McRae"), @"");
    insta::assert_snapshot!(lookup(&here, "Oakmill"), @"");
}

#[test]
fn linked_places_are_read_as_json_and_as_a_table() {
    let here = Folder::new();
    here.write(
        "old.json",
        r#"{"type":"FeatureCollection","@context":"https://example.org/lpf.jsonld","features":[
        {"@id":"https://example.org/places/7","type":"Feature","properties":{"title":"Abingdon","ccodes":["GB"],"fclasses":["P"]},
         "names":[{"toponym":"Abendune"},{"toponym":"Abingdon-on-Thames"}],
         "links":[{"type":"closeMatch","identifier":"wd:Q321376"}],
         "geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-1.28,51.67]}]}}]}"#,
    )
    .write(
        "old.tsv",
        "id\ttitle\ttitle_source\tvariants\tccodes\tfclasses\tmatches\tlon\tlat\n\
         t1\tMurrayfield Court\ta list\tMurrayfield;Court of Murray\tGB\tS\twd:Q900009\t-3.24\t55.94\n",
    );
    here.done(&["gazetteer", "build", "old.json", "old.tsv", "-o", "own.dlg"]);
    insta::assert_snapshot!(lookup(&here, "Abendune"), @"");
    insta::assert_snapshot!(lookup(&here, "Court of Murray"), @"");
}

#[test]
fn natural_earth_lines_and_areas_get_one_point() {
    let here = Folder::new();
    here.write(
        "ne.geojson",
        r#"{"type":"FeatureCollection","name":"ne_10m_rivers","bbox":[0,0,1,1],"features":[
        {"type":"Feature","properties":{"NAME":"Orontes","FEATURECLA":"River","ne_id":1159120001,"name_alt":"Asi|Nahr al-Asi"},
         "geometry":{"type":"LineString","coordinates":[[36.5,34.1],[36.4,35.0],[36.2,36.1]]}},
        {"type":"Feature","properties":{"name":"Lake Assad","featurecla":"Lake","wikidataid":"Q474463","iso_a2":"SY"},
         "geometry":{"type":"Polygon","coordinates":[[[38.0,36.0],[38.4,36.0],[38.4,36.2],[38.0,36.2],[38.0,36.0]]]}},
        {"type":"Feature","properties":{"name":null,"featurecla":"River","ne_id":1159120002},"geometry":null}]}"#,
    );
    let built = here.run(&["gazetteer", "build", "ne.geojson", "-o", "own.dlg"]);
    insta::assert_snapshot!(built.stderr, @"");
    insta::assert_snapshot!(lookup(&here, "Nahr al-Asi"), @"");
    insta::assert_snapshot!(lookup(&here, "Lake Assad"), @"");
}

const RECIPE: &str = r#"file = "villages.csv"
delimiter = ";"
encoding = "windows-1252"
id_prefix = "ocha"
separator = ","

[columns]
id = "pcode"
name = "nom"
alternates = ["autre", "ancien"]
latitude = "lat"
longitude = "lon"
population = "pop"

[constants]
country = "ML"
feature_code = "PPL"

[filter]
min_population = 100
"#;

#[test]
fn a_recipe_reads_any_table() {
    let here = Folder::new();
    let table = b"pcode;nom;autre;ancien;lat;lon;pop\nML01;S\xe9rou;Serou Kour\xe9,Serou;Vieux S\xe9rou;14.5;-11.4;900\nML02;Kouna;;;15.1;-4.2;12\n";
    here.write("villages.toml", RECIPE).write("villages.csv", table);
    let built = here.run(&["gazetteer", "build", "villages.toml", "-o", "own.dlg"]);
    insta::assert_snapshot!(built.stderr, @"");
    insta::assert_snapshot!(lookup(&here, "Vieux Sérou"), @"");
    insta::assert_snapshot!(lookup(&here, "Serou Kouré"), @"");
}

#[test]
fn what_is_wrong_with_a_dump_is_said_with_file_and_line() {
    let build = |name: &str, content: &[u8]| {
        let here = Folder::new();
        here.write(name, content);
        refused(&here, &["gazetteer", "build", name, "-o", "own.dlg"])
    };
    let dump = syria();
    let lines: Vec<&str> = dump.lines().collect();
    let second = |line: &str| format!("{}\n{line}\n", lines[0]);
    insta::assert_snapshot!(build("SY.txt", second(&lines[1].replacen('\t', " ", 1)).as_bytes()), @"");
    insta::assert_snapshot!(build("SY.txt", dump.replace('\t', ",").as_bytes()), @"");
    insta::assert_snapshot!(build("SY.txt", second(&lines[1].replace("36.33", "91")).as_bytes()), @"");
    insta::assert_snapshot!(build("SY.txt", second(lines[0]).as_bytes()), @"");
    insta::assert_snapshot!(build("SY.txt", &[second(lines[1]).as_bytes(), b"\xe9\n"].concat()), @"");
    insta::assert_snapshot!(build("SY.txt", b""), @"");
    insta::assert_snapshot!(build("SY.txt", second(&lines[1].replacen("170062", "id", 1)).as_bytes()), @"");
    insta::assert_snapshot!(build("readme.txt", b"GeoNames readme\n"), @"");
    let endless = [lines[0].as_bytes(), b"\n", &vec![b'x'; 20 << 20]].concat();
    insta::assert_snapshot!(build("SY.txt", &endless), @"");
    insta::assert_snapshot!(build("own.csv", &[b"id,name\nx:1,", &vec![b'x'; 20 << 20][..]].concat()), @"");
    insta::assert_snapshot!(build("people.csv", b"item,itemLabel,rank\nQ1,A,2\n"), @"");
    insta::assert_snapshot!(build("people.csv", b"item,itemLabel\nL1,A\n"), @"");
    insta::assert_snapshot!(build("a.geojson", b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea"), @"");
    insta::assert_snapshot!(build("a.geojson", b"{\"type\":\"FeatureCollection\",\"features\":[]}"), @"");
}

#[test]
fn what_is_wrong_with_a_recipe_is_said() {
    let build = |recipe: &str| {
        let here = Folder::new();
        here.write("villages.toml", recipe).write("villages.csv", "pcode;nom;lat;lon\nML01;Kouna;91;0\n");
        refused(&here, &["gazetteer", "build", "villages.toml", "-o", "own.dlg"])
    };
    let columns = "[columns]\nid = \"pcode\"\nname = \"nom\"\n";
    let head = "file = \"villages.csv\"\ndelimiter = \";\"\n";
    insta::assert_snapshot!(build(&format!("{head}colour = \"red\"\n{columns}")), @"");
    insta::assert_snapshot!(build(&format!("{head}{columns}size = \"lat\"\n")), @"");
    insta::assert_snapshot!(build(&format!("{head}{columns}role = \"fonction\"\n")), @"");
    insta::assert_snapshot!(build(&format!("{head}[columns]\nname = \"nom\"\n")), @"");
    insta::assert_snapshot!(build(&format!("file = \"other.csv\"\n{columns}")), @"");
    insta::assert_snapshot!(build(&format!("{head}id_prefix = \"x\"\n{columns}latitude = \"lat\"\nlongitude = \"lon\"\n")), @"");
    insta::assert_snapshot!(build(&format!("{head}{columns}")), @"");
}

#[test]
fn lists_that_cannot_be_used_are_refused() {
    let here = Folder::new();
    here.write("a.txt", "Rain in Nairobi").write("empty.txt", "# nothing\n").write("latin.txt", b"Mal\xe9\n");
    here.write("ids.txt", "geonames:99999999\n").write("names.txt", "Xyzzyville\n").write("over.csv", "name,id\nOslo,mine:1\n");
    here.write("bare.csv", "Oslo,mine:1\n");
    let used = |option: &str, file: &str| refused(&here, &["tag", "a.txt", option, file]);
    insta::assert_snapshot!(used("--stop-list", "empty.txt"), @"");
    insta::assert_snapshot!(used("--stop-list", "latin.txt"), @"");
    insta::assert_snapshot!(used("--stop-list", "ids.txt"), @"");
    insta::assert_snapshot!(used("--allow-list", "names.txt"), @"");
    insta::assert_snapshot!(used("--override-list", "over.csv"), @"");
    insta::assert_snapshot!(used("--override-list", "bare.csv"), @"");
    insta::assert_snapshot!(used("--override-list", "none.csv"), @"");
}

#[test]
fn a_division_of_the_world_is_that_of_an_own_place() {
    let here = Folder::new();
    here.write("own.csv", "id,name,feature_code,country,admin1,latitude,longitude\nmine:1,Quorn Mill,PPL,US,US.NC,35.36,-79.89\n");
    here.write("a.txt", "A fire broke out in Quorn Mill, North Carolina, on Monday.");
    let rows = csv_rows(&here.done(&["tag", "a.txt", "--gazetteer", "own.csv"]));
    let found: Vec<_> = rows.iter().map(|r| (r["mention"].as_str(), r["admin1_code"].as_str(), r["rule"].as_str())).collect();
    assert_eq!(found, [("Quorn Mill", "US.NC", "containment"), ("North Carolina", "US.NC", "containment")]);
}

#[test]
fn the_content_of_a_table_is_checked() {
    let here = Folder::new();
    here.write(
        "own.csv",
        "id,name,feature_code,country,admin1,latitude,longitude,alternates\n\
         mine:2,Far Away,PPL,SY,SY.99,60,10,Faraway|FAR AWAY\nmine:1,Moсква Two,PPL,SY,,36,37,\nmine:1,Moсква Two,PPL,SY,,36,37,\n",
    );
    let outcome = here.run(&["gazetteer", "verify", "--deep", "own.csv"]);
    assert_eq!(outcome.code, 2);
    insta::assert_snapshot!(outcome.stdout, @"");
    insta::assert_snapshot!(outcome.stderr, @"");
    here.write("good.csv", "id,name,feature_code,country,latitude,longitude\nmine:1,Quorn Mill,PPL,SY,36,37\n");
    assert!(here.done(&["gazetteer", "verify", "--deep", "good.csv"]).ends_with("ok: good.csv\n"));
}
