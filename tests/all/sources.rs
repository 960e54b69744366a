//! Gazetteers from what users have: GeoNames dumps, Wikidata results, Linked Places, Natural Earth, recipes; and what is wrong
//! with such files.

use crate::support::{Folder, csv_rows};

/// A row of the main table of GeoNames.
fn row(
    id: u32,
    name: &str,
    alternates: &str,
    point: &str,
    feature: &str,
    place: &str,
    population: u32,
) -> String {
    let (country, admin1, admin2) = {
        let mut parts = place.split('.');
        let mut next = || parts.next().unwrap_or_default();
        (next(), next(), next())
    };
    let (latitude, longitude) = point.split_once(' ').unwrap();
    let (class, code) = feature.split_once('.').unwrap();
    format!(
        "{id}\t{name}\t{name}\t{alternates}\t{latitude}\t{longitude}\t{class}\t{code}\t{country}\t\t{admin1}\t{admin2}\t\t\t{population}\t\t379\tAsia/Damascus\t2026-01-01\n"
    )
}

fn syria() -> String {
    [
        row(163843, "Syrian Arab Republic", "Syria,SYR", "35 38", "A.PCLI", "SY.00", 16945057),
        row(170062, "Aleppo Governorate", "Muhafazat Halab", "36.33 37.5", "A.ADM1", "SY.09", 4868000),
        row(170063, "Ḩalab", "Alep,ALP,Haleb,hlb", "36.20124 37.16117", "P.PPLA", "SY.09", 1602264),
        row(900001, "Tall Rif`at", "Tel Rifaat", "36.47 37.1", "P.PPL", "SY.09.0901", 20514),
        row(900002, "Quwayq", "", "36.3 37.1", "H.STM", "SY.09", 0),
        row(900003, "Kafr Tiny", "", "36.4 37.2", "P.PPL", "SY.09", 90),
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
        .write("geonames/featureCodes_en.txt", "A.ADM1\tfirst-order administrative division\ta primary division\nH.NEWC\ta new code\t\nP.PPL\tpopulated place\t\n")
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
    let parts: Vec<String> =
        here.names(".").into_iter().filter(|name| name.starts_with(".dateline")).collect();
    assert!(parts.is_empty(), "{arguments:?} left {parts:?}");
    outcome.stderr
}

#[test]
fn a_folder_of_geonames_files_becomes_a_gazetteer() {
    let here = dump();
    let built = here.run(&["gazetteer", "build", "geonames", "-o", "own.dlg"]);
    insta::assert_snapshot!(built.stderr, @"
    dateline: geonames/alternateNamesV2.txt: 5 of 9 rows taken; 1 codes, links and machine romanisations, 1 colloquial names, 1 of entries that no source before has
    dateline: geonames/featureCodes_en.txt: 2 of 3 rows taken; 1 codes that this program does not know; places of these are taken for sites
    dateline: own.dlg: 8 entries, 17 names, 0.0 MB
    ");
    insta::assert_snapshot!(lookup(&here, "aleppo"), @"
    canonical    geonames:170062  Aleppo  ADM1  SY, pop. 4,868,000
    canonical    geonames:170063  Aleppo  PPLA  Aleppo, SY, pop. 1,602,264
    ");
    insta::assert_snapshot!(lookup(&here, "حلب"), @"alternate    geonames:170063  Aleppo  PPLA  Aleppo, SY, pop. 1,602,264");
    insta::assert_snapshot!(lookup(&here, "Tall Rifat"), @"canonical    geonames:900001  Tall Rif`at  PPL  Aleppo, SY, pop. 20,514");
    insta::assert_snapshot!(lookup(&here, "geonames:170652"), @"geonames:170652  Damascus  ADM1  SY");
    for codes in ["ALP", "hlb", "The Grey One"] {
        assert_eq!(
            here.run(&["gazetteer", "lookup", codes, "--no-world", "--gazetteer", "own.dlg"]).code,
            2,
            "{codes}"
        );
    }
    here.write(
        "a.txt",
        "Shelling hit Tel Rifaat, north of the city of Aleppo, on Friday. The river Quwayq ran dry.",
    );
    let rows = csv_rows(&here.done(&["tag", "a.txt", "--no-world", "--gazetteer", "own.dlg"]));
    let found: Vec<_> =
        rows.iter().map(|r| [&r["mention"], &r["entity_id"], &r["wikidata_id"], &r["admin1_code"]]).collect();
    assert!(
        found.contains(&[&"Aleppo".into(), &"geonames:170063".into(), &"Q41183".into(), &"SY.09".into()]),
        "{found:?}"
    );
}

#[test]
fn filters_leave_rows_out_and_say_so() {
    let here = dump();
    here.write("geonames/TR.txt", row(900100, "Kilis", "", "36.7 37.1", "P.PPLA", "TR.90", 82882));
    let arguments = [
        "gazetteer",
        "build",
        "geonames/SY.txt",
        "geonames/TR.txt",
        "-o",
        "own.dlg",
        "--country",
        "SY",
        "--feature",
        "P,A.ADM1",
        "--min-population",
        "500",
    ];
    let built = here.run(&arguments);
    insta::assert_snapshot!(built.stderr, @"
    dateline: geonames/SY.txt: 3 of 6 rows taken; 3 filtered out
    dateline: geonames/TR.txt: 0 of 1 rows taken; 1 filtered out
    dateline: own.dlg: 3 entries, 7 names, 0.0 MB
    ");
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
    insta::assert_snapshot!(built.stderr, @"
    dateline: people.csv: 2 of 3 rows taken; 1 without an English label
    dateline: own.dlg: 2 entries, 5 names, 0.0 MB
    ");
    insta::assert_snapshot!(lookup(&here, "Tonya D. McRae"), @"alternate    wikidata:Q900001  Tonya McRae  Mayor of Troy  US");
    insta::assert_snapshot!(lookup(&here, "Oakmill"), @"alternate    wikidata:Q900003  Oak Mill  PPL  US, pop. 310");
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
    insta::assert_snapshot!(lookup(&here, "Abendune"), @"alternate    lpf:https://example.org/places/7  Abingdon  P  GB");
    insta::assert_snapshot!(lookup(&here, "Court of Murray"), @"alternate    lpf:t1  Murrayfield Court  S  GB");
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
    insta::assert_snapshot!(built.stderr, @"
    dateline: ne.geojson: 2 of 3 rows taken; 1 without a name
    dateline: own.dlg: 2 entries, 4 names, 0.0 MB
    ");
    insta::assert_snapshot!(lookup(&here, "Nahr al-Asi"), @"alternate    naturalearth:1159120001  Orontes  STM");
    insta::assert_snapshot!(lookup(&here, "Lake Assad"), @"canonical    wikidata:Q474463  Lake Assad  LK  SY");
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
    insta::assert_snapshot!(built.stderr, @"
    dateline: villages.toml: 1 of 2 rows taken; 1 filtered out
    dateline: own.dlg: 1 entries, 3 names, 0.0 MB
    ");
    insta::assert_snapshot!(lookup(&here, "Vieux Sérou"), @"alternate    ocha:ML01  Sérou  PPL  ML, pop. 900");
    insta::assert_snapshot!(lookup(&here, "Serou Kouré"), @"alternate    ocha:ML01  Sérou  PPL  ML, pop. 900");
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
    insta::assert_snapshot!(build("SY.txt", second(&lines[1].replacen('\t', " ", 1)).as_bytes()), @"dateline: SY.txt:2 (byte 121): the row has 18 cells, a GeoNames file of this name has 19; give the file as it was downloaded: unzipped, tab-separated, no header");
    insta::assert_snapshot!(build("SY.txt", dump.replace('\t', ",").as_bytes()), @"dateline: SY.txt:1 (byte 0): the row has 1 cells, a GeoNames file of this name has 19; give the file as it was downloaded: unzipped, tab-separated, no header");
    insta::assert_snapshot!(build("SY.txt", second(&lines[1].replace("36.33", "91")).as_bytes()), @"dateline: SY.txt:2 (byte 121): coordinate 91 is outside ±90; give WGS 84 degrees, latitude and longitude in columns of their own");
    insta::assert_snapshot!(build("SY.txt", second(lines[0]).as_bytes()), @"dateline: SY.txt:2 (byte 121): the id `geonames:163843` occurs twice; remove one of the rows");
    insta::assert_snapshot!(build("SY.txt", &[second(lines[1]).as_bytes(), b"\xe9\n"].concat()), @"dateline: SY.txt:3 (byte 248): column 1: not UTF-8; convert the file: `iconv -f windows-1252 -t utf-8`, or say its encoding in a recipe");
    insta::assert_snapshot!(build("SY.txt", b""), @"dateline: SY.txt: the file is empty");
    insta::assert_snapshot!(build("SY.txt", second(&lines[1].replacen("170062", "id", 1)).as_bytes()), @"dateline: SY.txt:2 (byte 121): geonameid `id` is no number: invalid digit found in string");
    insta::assert_snapshot!(build("readme.txt", b"GeoNames readme\n"), @"dateline: readme.txt: the format of this source is not known; name it as GeoNames does (allCountries.txt, SY.txt), give it the extension .csv, .tsv, .geojson or .toml, or say `--format`");
    let endless = [lines[0].as_bytes(), b"\n", &vec![b'x'; 20 << 20]].concat();
    insta::assert_snapshot!(build("SY.txt", &endless), @"dateline: SY.txt:2 (byte 121): the line is longer than 16 MiB; a quote may lack its other half, or this is not the file that it should be");
    insta::assert_snapshot!(build("own.csv", &[b"id,name\nx:1,", &vec![b'x'; 20 << 20][..]].concat()), @"dateline: own.csv:2 (byte 8): the line is longer than 16 MiB; a quote may lack its other half, or this is not the file that it should be");
    insta::assert_snapshot!(build("people.csv", b"item,itemLabel,rank\nQ1,A,2\n"), @"dateline: people.csv: column `rank` is not known; name the variables of the query: item, itemLabel, aliases, country, coord, population, feature, role, from, until");
    insta::assert_snapshot!(build("people.csv", b"item,itemLabel\nL1,A\n"), @"dateline: people.csv:2 (byte 15): `L1` is no Wikidata item; `item` is an address that ends in the item's number, or `Q…`");
    insta::assert_snapshot!(build("a.geojson", b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea"), @"dateline: a.geojson: cannot read feature 1: EOF while parsing a string at line 1 column 52; give a GeoJSON FeatureCollection");
    insta::assert_snapshot!(build("a.geojson", b"{\"type\":\"FeatureCollection\",\"features\":[]}"), @"dateline: a.geojson: there are no features; give a GeoJSON FeatureCollection");
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
    insta::assert_snapshot!(build(&format!("{head}colour = \"red\"\n{columns}")), @"dateline: villages.toml:3: the recipe cannot be read: unknown field `colour`, expected one of `file`, `delimiter`, `encoding`, `id_prefix`, `kind`, `separator`, `columns`, `constants`, `filter`; its keys are: file, delimiter, encoding, id_prefix, kind, separator, columns, constants, filter");
    insta::assert_snapshot!(build(&format!("{head}{columns}size = \"lat\"\n")), @"dateline: villages.toml: `size` is not known; columns and constants are: id, kind, name, feature_code, country, admin1, admin2, latitude, longitude, west, south, east, north, population, wikidata, role, from, until, source, alternates, abbreviations, demonyms, surname_alone");
    insta::assert_snapshot!(build(&format!("{head}{columns}role = \"fonction\"\n")), @"dateline: villages.csv: there is no column `fonction`; the columns are: pcode, nom, lat, lon");
    insta::assert_snapshot!(build(&format!("{head}[columns]\nname = \"nom\"\n")), @"dateline: villages.toml: the recipe does not say which columns are `id` and `name`; add them under [columns]");
    insta::assert_snapshot!(build(&format!("file = \"other.csv\"\n{columns}")), @"dateline: other.csv: cannot read: No such file or directory (os error 2)");
    insta::assert_snapshot!(build(&format!("{head}id_prefix = \"x\"\n{columns}latitude = \"lat\"\nlongitude = \"lon\"\n")), @"dateline: villages.csv:2 (byte 18): coordinate 91 is outside ±90; give WGS 84 degrees, latitude and longitude in columns of their own");
    insta::assert_snapshot!(build(&format!("{head}{columns}")), @"dateline: villages.csv:2 (byte 18): `ML01` is no id; give every row an id, `PREFIX:ID`");
}

#[test]
fn lists_that_cannot_be_used_are_refused() {
    let here = Folder::new();
    here.write("a.txt", "Rain in Nairobi").write("empty.txt", "# nothing\n").write("latin.txt", b"Mal\xe9\n");
    here.write("ids.txt", "geonames:99999999\n")
        .write("names.txt", "Xyzzyville\n")
        .write("over.csv", "name,id\nOslo,mine:1\n");
    here.write("bare.csv", "Oslo,mine:1\n");
    let used = |option: &str, file: &str| refused(&here, &["tag", "a.txt", option, file]);
    insta::assert_snapshot!(used("--stop-list", "empty.txt"), @"dateline: empty.txt: the list is empty; give one name or id a line");
    insta::assert_snapshot!(used("--stop-list", "latin.txt"), @"dateline: latin.txt:1 (byte 0): not UTF-8: invalid utf-8 sequence of 1 bytes from index 3");
    insta::assert_snapshot!(used("--stop-list", "ids.txt"), @"dateline: ids.txt:1 (byte 0): the id `geonames:99999999` is in no gazetteer; `dateline gazetteer lookup NAME` shows ids");
    insta::assert_snapshot!(used("--allow-list", "names.txt"), @"dateline: names.txt:1 (byte 0): `Xyzzyville` is in no gazetteer; add it to a table of your own with `dateline gazetteer add`");
    insta::assert_snapshot!(used("--override-list", "over.csv"), @"dateline: over.csv:2 (byte 8): the id `mine:1` is in no gazetteer; `dateline gazetteer lookup NAME` shows ids");
    insta::assert_snapshot!(used("--override-list", "bare.csv"), @"dateline: bare.csv: the list needs the columns `name` and `id`; begin it with the line `name,id`");
    insta::assert_snapshot!(used("--override-list", "none.csv"), @"dateline: none.csv: cannot read: No such file or directory (os error 2)");
}

#[test]
fn a_division_of_the_world_is_that_of_an_own_place() {
    let here = Folder::new();
    here.write("own.csv", "id,name,feature_code,country,admin1,latitude,longitude\nmine:1,Quorn Mill,PPL,US,US.OH,40.1,-82.9\nmine:2,Quorn Mill,PPL,US,US.NC,35.36,-79.89\n");
    here.write("a.txt", "A fire broke out in Quorn Mill, North Carolina, on Monday.");
    let rows = csv_rows(&here.done(&["tag", "a.txt", "--gazetteer", "own.csv"]));
    let found: Vec<_> = rows
        .iter()
        .map(|r| (r["entity_id"].as_str(), r["admin1_code"].as_str(), r["rule"].as_str()))
        .collect();
    assert_eq!(found, [("mine:2", "US.NC", "containment"), ("geonames:4482348", "US.NC", "unambiguous")]);
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
    insta::assert_snapshot!(outcome.stdout, @"
    border: 1
      mine:2: Far Away lies 3195 km from SY
    duplicate: 2
      own.csv:4 (byte 155): the row stands twice
      own.csv:2 (byte 66): `FAR AWAY` is listed twice but for its spelling
    name: 2
      mine:1: `Moсква Two` mixes scripts
      moсква two: mixes scripts
    parent: 1
      mine:2: Far Away: no entry is the division SY.99
    sorted: 1
      own.csv:3 (byte 118): `mine:1` stands after `mine:2`

    source                         all          city
    own.csv                          2             2
    all                              2             2

    entries by country: SY 2, of 1 countries
    known exceptions: 0
    ");
    insta::assert_snapshot!(outcome.stderr, @"dateline: own.csv: 7 findings; correct them, or list them with a reason in a CSV `check,about,why` for `--exceptions`");
    here.write(
        "good.csv",
        "id,name,feature_code,country,latitude,longitude\nmine:1,Quorn Mill,PPL,SY,36,37\n",
    );
    assert!(here.done(&["gazetteer", "verify", "--deep", "good.csv"]).ends_with("ok: good.csv\n"));
}

#[test]
fn an_extent_is_filled_in_and_holds_the_point() {
    let here = Folder::new();
    here.write("a.csv", "id,name,feature_code,latitude,longitude\nmine:1,Quornland,RGN,40,20\n");
    here.write("b.csv", "id,west,south,east,north\nmine:1,10,35,25,45\n");
    here.write("c.csv", "id,west,south,east,north\nmine:1,21,35,25,45\n");
    here.done(&["gazetteer", "build", "a.csv", "b.csv", "c.csv", "-o", "good.dlg"]);
    let found = here.done(&["gazetteer", "lookup", "mine:1", "--no-world", "--gazetteer", "good.dlg"]);
    assert!(found.ends_with(", 40 20, extent 10 35 25 45\n"), "{found}");
    here.done(&["gazetteer", "build", "a.csv", "c.csv", "-o", "bad.dlg"]);
    let outcome = here.run(&["gazetteer", "verify", "--deep", "bad.dlg"]);
    assert_eq!(outcome.code, 2);
    let finding = "extent: 1\n  mine:1: the point of Quornland lies outside of its extent\n";
    assert!(outcome.stdout.starts_with(finding), "{}", outcome.stdout);
}

#[test]
fn an_own_row_keeps_the_extent_of_the_entry_below() {
    let here = Folder::new();
    here.write("own.csv", "id,name\ndateline:siberia,Quornia\n");
    let found = here.done(&["gazetteer", "lookup", "dateline:siberia", "--gazetteer", "own.csv"]);
    assert_eq!(found, "dateline:siberia  Quornia  RGN  RU, 60 100, extent 60 49 -169 81.3\n");
}
