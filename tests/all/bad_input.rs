//! What users get wrong and what breaks: the message, the exit code, and no half-written files.

use crate::support::{Folder, Outcome, column, compiled, json_rows, skipped};
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

const GOOD: &str = "{\"id\":\"good\",\"text\":\"Rain in Nairobi\"}\n";

/// Runs the program and returns exit code and messages; checks that nothing but `outputs` appears in the folder.
fn attempt(folder: &Folder, arguments: &[&str], outputs: &[&str]) -> (Outcome, String) {
    let mut expected = folder.names("");
    expected.extend(outputs.iter().map(|name| (*name).to_owned()));
    expected.sort();
    let outcome = folder.run(arguments);
    assert_eq!(folder.names(""), expected, "{arguments:?} left something behind: {}", outcome.stderr);
    assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
    let shown = format!("exit {}\n{}", outcome.code, outcome.stderr);
    (outcome, shown)
}

/// Runs the program on something that it must refuse: no data, no files, exit code 2. Returns the message.
fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let (outcome, _) = attempt(folder, arguments, &[]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{arguments:?}: {}", outcome.stderr);
    outcome.stderr
}

/// Tags files of which some records cannot be read; returns exit code and messages after checking that the others are
/// tagged.
fn skipping(folder: &Folder, file: &str, tagged: &[&str]) -> String {
    let (outcome, shown) =
        attempt(folder, &["tag", file, "--quiet", "-o", "rows.csv"], &["rows.csv", "rows.csv.run.json"]);
    assert_eq!(outcome.stdout, "");
    let mut ids = column(&folder.read("rows.csv"), "doc_id");
    ids.dedup();
    assert_eq!(ids, tagged, "{shown}");
    shown
}

fn one(name: &str, content: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::new();
    folder.write(name, content);
    folder
}

#[test]
fn inputs_that_are_not_there() {
    let folder = one("a.jsonl", GOOD);
    insta::assert_snapshot!(refused(&folder, &["tag", "b.jsonl", "-o", "rows.csv"]), @"dateline: b.jsonl: cannot read: No such file or directory (os error 2)");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "b.jsonl", "-o", "rows.csv"]), @"dateline: b.jsonl: cannot read: No such file or directory (os error 2)");
    insta::assert_snapshot!(refused(&folder, &["tag", "*.csv", "-o", "rows.csv"]), @"dateline: *.csv: no file matches; correct the pattern");
    insta::assert_snapshot!(refused(&folder, &["tag", "[", "-o", "rows.csv"]), @"dateline: `[` is no pattern: Pattern syntax error near position 0: invalid range pattern");
}

#[test]
fn a_folder_without_articles() {
    let folder = Folder::new();
    folder.write("dump/picture.png", "").write("dump/README", "");
    insta::assert_snapshot!(refused(&folder, &["tag", "dump", "-o", "rows.csv"]), @"dateline: dump: no articles in the folder (2 files of other kinds); files ending in .jsonl, .ndjson, .json, .csv, .tsv, .tab, .txt or .text are read; else use `--input-format`");
}

#[test]
fn a_file_whose_format_is_not_known() {
    let folder = one("a.dat", GOOD);
    insta::assert_snapshot!(refused(&folder, &["tag", "a.dat", "-o", "rows.csv"]), @"dateline: a.dat: the format is not known from the file's name; say what it is with `--input-format jsonl|csv|tsv|text`");
    assert_eq!(folder.run(&["tag", "a.dat", "--input-format", "jsonl"]).code, 0);
}

#[test]
fn invalid_json_on_line_seven_of_ten() {
    let mut lines: Vec<String> =
        (1..=10).map(|at| format!("{{\"id\":\"{at}\",\"text\":\"Rain in Nairobi\"}}\n")).collect();
    lines[6] = "{\"id\":\"7\",\"text\":\"Rain in Nai\n".to_owned();
    let folder = one("a.jsonl", lines.concat());
    insta::assert_snapshot!(skipping(&folder, "a.jsonl", &["1", "2", "3", "4", "5", "6", "8", "9", "10"]), @r"
        exit 1
        dateline: skipped a.jsonl:7 (byte 216): invalid JSON at column 29: EOF while parsing a string
    ");
}

#[test]
fn a_first_line_that_is_no_object() {
    let folder = one("a.jsonl", format!("[{}]\n7\n{GOOD}", GOOD.trim()));
    insta::assert_snapshot!(skipping(&folder, "a.jsonl", &["good"]), @r"
        exit 1
        dateline: skipped a.jsonl:1 (byte 0): an array is no object; write one JSON object a line; for an array: `jq -c '.[]'`
        dateline: skipped a.jsonl:2 (byte 41): a number is no object; write one JSON object a line; for an array: `jq -c '.[]'`
    ");
}

#[test]
fn a_folder_of_outputs_lists_rejects_in_a_file() {
    let folder = one("a.jsonl", format!("{GOOD}no JSON\n{{\"text\":7}}\n{GOOD}"));
    let (outcome, shown) = attempt(&folder, &["tag", "a.jsonl", "--quiet", "-o", "out"], &["out"]);
    assert_eq!((outcome.code, shown.as_str()), (1, "exit 1\n"));
    let rejects = json_rows(&folder.read("out/rejects.jsonl"));
    let shown: Vec<String> = rejects.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
        {"path":"a.jsonl","line":2,"byte":39,"reason":"invalid JSON at column 2: expected ident"}
        {"path":"a.jsonl","line":3,"byte":47,"reason":"field `text` is a number, not a string"}
    "#);
}

#[test]
fn rows_with_too_many_or_too_few_cells() {
    let folder = one("a.csv", "id,text\n1,Rain in Nairobi\n2,Rain, in Nairobi\n3\n4,Rain in Nairobi\n");
    insta::assert_snapshot!(skipping(&folder, "a.csv", &["1", "4"]), @r"
        exit 1
        dateline: skipped a.csv:3 (byte 26): the row has 3 cells, the header has 2; quote cells that hold the delimiter
        dateline: skipped a.csv:4 (byte 45): the row has 1 cells, the header has 2; quote cells that hold the delimiter
    ");
}

#[test]
fn text_that_is_not_utf_8() {
    let json = b"{\"id\":\"1\",\"text\":\"Rain in Nairobi\"}\n{\"id\":\"2\",\"text\":\"S\xe3o Paulo\"}\n{\"id\":\"3\",\"text\":\"Rain in Nairobi\"}\n";
    insta::assert_snapshot!(skipping(&one("a.jsonl", json), "a.jsonl", &["1", "3"]), @r"
        exit 1
        dateline: skipped a.jsonl:2 (byte 36): not UTF-8 at byte 55; convert the file with `iconv -f WINDOWS-1252 -t UTF-8`
    ");
    let table = b"id,text\n1,Rain in Nairobi\n2,Rain in S\xe3o Paulo\n3,Rain in Nairobi\n";
    let message = skipping(&one("a.csv", table), "a.csv", &["1", "3"]);
    assert!(
        message.starts_with("exit 1\ndateline: skipped a.csv:3 (byte 26): ") && message.contains("not UTF-8"),
        "{message}"
    );
    insta::assert_snapshot!(skipping(&one("a.txt", b"Rain in S\xe3o Paulo"), "a.txt", &[]), @r"
        exit 1
        dateline: skipped a.txt: not UTF-8 at byte 9; convert the file with `iconv -f WINDOWS-1252 -t UTF-8`
    ");
}

#[test]
fn the_byte_that_is_not_utf_8_is_the_one_named() {
    for (file, start) in [
        ("a.jsonl", "{\"text\":\"Nairobi\"}\n{\"text\":\"S"),
        ("a.txt", "S"),
        ("a.csv", "id,text\n1,\"Rain, in \"\"Nairobi\"\"\"\n2,S"),
    ] {
        let folder = one(file, [start.as_bytes(), b"\xe3o Paulo\"}\n"].concat());
        let stderr = folder.run(&["tag", file, "--quiet"]).stderr;
        assert!(stderr.contains("not UTF-8"), "{file}: {stderr}");
        let named = stderr.split("at byte ").nth(1).and_then(|rest| rest.split(';').next());
        // A table's message may name no byte, as its cells are unquoted by then, but not a wrong one.
        let expected = Some(start.len().to_string());
        assert!(
            named == expected.as_deref() || (named.is_none() && file == "a.csv"),
            "{file}: {stderr} not {expected:?}"
        );
    }
}

#[test]
fn fields_of_a_wrong_type_or_missing() {
    let lines = "{\"id\":\"1\",\"title\":\"t\",\"text\":\"Rain in Nairobi\"}\n\
                 {\"id\":\"2\",\"text\":7}\n{\"id\":\"3\",\"text\":[\"Rain\"]}\n{\"id\":\"4\",\"title\":{\"x\":1},\"text\":\"Rain in Nairobi\"}\n\
                 {\"id\":\"5\",\"title\":\"t\"}\n{\"id\":\"6\",\"text\":null}\n{\"id\":\"7\",\"title\":null,\"text\":\"Rain in Nairobi\"}\n";
    insta::assert_snapshot!(skipping(&one("a.jsonl", lines), "a.jsonl", &["1", "7"]), @r"
        exit 1
        dateline: skipped a.jsonl:2 (byte 48): field `text` is a number, not a string
        dateline: skipped a.jsonl:3 (byte 68): field `text` is an array, not a string
        dateline: skipped a.jsonl:4 (byte 95): field `title` is an object, not a string
        dateline: skipped a.jsonl:5 (byte 147): field `text` is missing
        dateline: skipped a.jsonl:6 (byte 170): field `text` is missing
    ");
    let table = "id,text\n1,Rain in Nairobi\n2,\n3,Rain in Nairobi\n";
    insta::assert_snapshot!(skipping(&one("a.csv", table), "a.csv", &["1", "3"]), @r"
        exit 1
        dateline: skipped a.csv:3 (byte 26): the text is empty
    ");
}

#[test]
fn no_field_with_the_text() {
    let folder = one("a.jsonl", "{\"id\":\"1\",\"summary\":\"Rain in Nairobi\",\"meta\":{\"words\":3}}\n");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv"]), @"dateline: a.jsonl: no field holds the text; the fields are: id, summary, meta.words; name it with `--text-field NAME`");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv", "--text-field", "Summary"]), @"dateline: a.jsonl: there is no field `Summary`; the fields are: id, summary, meta.words; correct `--text-field`");
    let folder = one("a.csv", "id,summary\n1,Rain in Nairobi\n");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.csv", "-o", "rows.csv"]), @"dateline: a.csv: no field holds the text; the fields are: id, summary; name it with `--text-field NAME`");
}

#[test]
fn more_than_ten_skipped_records_are_counted() {
    let folder = one("a.jsonl", format!("{GOOD}{}", "no JSON\n".repeat(15)));
    let outcome = folder.run(&["tag", "a.jsonl"]);
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.stderr.matches("skipped a.jsonl:").count(), 10, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("15 skipped") && outcome.stderr.contains("5 more"), "{}", outcome.stderr);
}

#[test]
fn empty_files() {
    for file in ["a.jsonl", "a.csv", "a.tsv"] {
        assert_eq!(skipping(&one(file, ""), file, &[]), "exit 0\n", "{file}");
    }
    assert_eq!(skipping(&one("a.csv", "id,text\n"), "a.csv", &[]), "exit 0\n");
    assert_eq!(skipping(&one("a.jsonl", "\n\n"), "a.jsonl", &[]), "exit 0\n");
    insta::assert_snapshot!(skipping(&one("a.txt", ""), "a.txt", &[]), @r"
        exit 1
        dateline: skipped a.txt: the file is empty
    ");
}

#[test]
fn dates_that_are_not_understood_are_counted() {
    let folder = one("a.jsonl", "{\"id\":\"1\",\"text\":\"Rain in Nairobi\",\"date\":\"03/04/2015\"}\n");
    let outcome = folder.run(&["tag", "a.jsonl", "--grain", "documents"]);
    assert_eq!((outcome.code, column(&outcome.stdout, "published")), (0, vec![String::new()]));
    insta::assert_snapshot!(outcome.stderr.lines().last().unwrap(), @"  1 dates are in a form that is not understood and were left empty");
}

/// Runs a command, reads `length` bytes of its output and goes away; returns the exit code and the messages.
fn cut_off(folder: &Folder, arguments: &[&str], length: usize) -> (Option<i32>, String) {
    let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut start = vec![0; length];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{arguments:?} goes on after its reader has gone");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let folder = one("a.jsonl", GOOD.repeat(20_000));
    for format in ["csv", "jsonl", "geojson", "geojsonl"] {
        let ended = cut_off(&folder, &["tag", "a.jsonl", "--quiet", "--format", format], 100);
        assert_eq!(ended, (Some(0), String::new()), "{format}");
    }
    for arguments in [&["schema"][..], &["gazetteer", "info"], &["explain", "Rain in Nairobi"]] {
        assert_eq!(cut_off(&folder, arguments, 0), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_a_failure() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        skipped("this system has no /dev/full");
        return;
    };
    let folder = one("a.jsonl", GOOD);
    let output = folder.command(&["tag", "a.jsonl", "--quiet"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @"dateline: standard output: cannot write: No space left on device (os error 28)");
}

/// Leaves out the path that the cause names, as temporary files have names by chance.
fn without_path(message: &str) -> String {
    match (message.find(" at path \""), message.rfind("\";")) {
        (Some(start), Some(end)) => format!("{}{}", &message[..start], &message[end + 1..]),
        _ => message.to_owned(),
    }
}

#[test]
fn outputs_that_cannot_be_written() {
    let folder = one("a.jsonl", GOOD);
    let refused_at = |output: &str| without_path(&refused(&folder, &["tag", "a.jsonl", "-o", output]));
    insta::assert_snapshot!(refused_at("missing/rows.csv"), @"dateline: missing/rows.csv: cannot write here: No such file or directory (os error 2); choose a folder that exists and may be written with `-o`");
    insta::assert_snapshot!(refused_at("a.jsonl/rows.csv"), @"dateline: a.jsonl/rows.csv: cannot write here: not a directory; choose a folder that exists and may be written with `-o`");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "a.jsonl/out"]), @"dateline: a.jsonl/out: cannot make the folder: Not a directory (os error 20); choose another with `-o`");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "rows.xlsx"]), @"dateline: rows.xlsx: `.xlsx` is no format that dateline writes; use .csv, .jsonl, .geojson or .geojsonl, or say `--format`");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "out", "--format", "jsonl"]), @"dateline: out: a folder gets the standard set of files; for another format give a file, `-o mentions.jsonl`, or leave `--format` out");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let folder = one("a.jsonl", GOOD);
    folder.write("locked/old.csv", "");
    let locked = folder.path("locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(locked.join("probe"), "").is_ok() {
        skipped("this user may write to read-only folders");
        return;
    }
    for output in ["locked", "locked/rows.csv", "locked/new/"] {
        let message = refused(&folder, &["tag", "a.jsonl", "-o", output]);
        assert!(message.contains("locked") && message.contains("Permission denied"), "{message}");
    }
    assert_eq!(folder.names("locked"), ["old.csv"]);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_run_that_fails_leaves_the_old_output() {
    let folder = one("a.jsonl", GOOD.repeat(500));
    folder.write("b.jsonl", "{\"id\":\"1\",\"summary\":\"no text\"}\n").write("rows.csv", "old\n");
    let message = refused(&folder, &["tag", "a.jsonl", "b.jsonl", "--quiet", "-o", "rows.csv"]);
    assert!(message.contains("b.jsonl: no field holds the text"), "{message}");
    assert_eq!(folder.read("rows.csv"), "old\n");
    let (outcome, _) = attempt(&folder, &["tag", "a.jsonl", "b.jsonl", "--quiet", "-o", "out"], &["out"]);
    assert_eq!((outcome.code, folder.names("out")), (2, Vec::new()));
}

#[test]
fn columns_and_kinds_that_do_not_exist() {
    let folder = one("a.jsonl", GOOD);
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv", "--fields", "mention,lat"]), @"dateline: there is no column `lat`; the columns are: doc_id, field, start_char, end_char, mention, kind, entity_id, wikidata_id, name, place_type, feature_code, country_iso3, country_iso2, admin1_code, admin1_name, latitude, longitude, precision, score, rule, is_dateline, context");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv", "--kinds", "place,city"]), @"dateline: there is no kind `city`; the kinds are: place, person, demonym");
    // A folder gets three files, and documents and places would have no column.
    let message = refused(&folder, &["tag", "a.jsonl", "-o", "out", "--fields", "mention"]);
    assert!(message.starts_with("dateline: no column of documents is left"), "{message}");
}

const TABLE: &str = "id,name,country,latitude,longitude\nx:1,Wolfburg Falls,NA,-22.5,15.25\n";

#[test]
fn gazetteers_that_cannot_be_used() {
    let whole = compiled(TABLE);
    let folder = one("a.jsonl", GOOD);
    let altered = |at: usize, bytes: &[u8]| {
        let mut file = whole.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    folder
        .write("empty.dlg", "")
        .write("other.dlg", "PK\u{3}\u{4} not a gazetteer")
        .write("cut.dlg", &whole[..whole.len() - 1]);
    folder
        .write("short.dlg", &whole[..100])
        .write("version.dlg", altered(8, &[9]))
        .write("header.dlg", altered(40, &[9]));
    let used = |file: &str| refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv", "--gazetteer", file]);
    insta::assert_snapshot!(used("missing.dlg"), @"dateline: missing.dlg: cannot open the gazetteer: No such file or directory (os error 2)");
    insta::assert_snapshot!(used("empty.dlg"), @"dateline: empty.dlg: this is no compiled gazetteer; make one from CSV or TSV tables with `dateline gazetteer build`");
    insta::assert_snapshot!(used("other.dlg"), @"dateline: other.dlg: this is no compiled gazetteer; make one from CSV or TSV tables with `dateline gazetteer build`");
    insta::assert_snapshot!(used("cut.dlg").replace(&whole.len().to_string(), "N").replace(&(whole.len() - 1).to_string(), "N-1"), @"dateline: cut.dlg: the gazetteer is damaged: it has N-1 bytes, its header says N; build it again with `dateline gazetteer build`");
    insta::assert_snapshot!(used("short.dlg").replace(&whole.len().to_string(), "N"), @"dateline: short.dlg: the gazetteer is damaged: it has 100 bytes, its header says N; build it again with `dateline gazetteer build`");
    insta::assert_snapshot!(used("version.dlg"), @"dateline: version.dlg: the gazetteer has layout version 9, this program reads 3; build it again with `dateline gazetteer build`");
    insta::assert_snapshot!(used("header.dlg"), @"dateline: header.dlg: the gazetteer is damaged: the header; build it again with `dateline gazetteer build`");
    insta::assert_snapshot!(refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv", "--no-world"]), @"dateline: no gazetteer; leave out `--no-world`, or give one with `--gazetteer FILE`");
}

#[test]
fn verify_names_the_damaged_section() {
    let folder = one("mine.csv", TABLE);
    folder.done(&["gazetteer", "build", "mine.csv", "-o", "mine.dlg"]);
    let mut bytes = std::fs::read(folder.path("mine.dlg")).unwrap();
    let at = bytes.windows(8).position(|window| window == b"Wolfburg").unwrap();
    bytes[at] ^= 1;
    folder.write("mine.dlg", bytes);
    insta::assert_snapshot!(refused(&folder, &["gazetteer", "verify", "mine.dlg"]), @"dateline: mine.dlg: the gazetteer is damaged: section Strings; build it again with `dateline gazetteer build`");
}

#[test]
fn what_cannot_be_used_is_not_built() {
    for table in ["", "id,name\n", "name\nA\n", "id,name\nx:1,A,B\n", "id,name\nx:1,\n", "id,name\nx:1,!\n"] {
        let folder = one("mine.csv", table);
        let message = refused(&folder, &["gazetteer", "build", "mine.csv", "-o", "mine.dlg"]);
        assert!(message.starts_with("dateline: mine.csv"), "{table:?}: {message}");
    }
}

#[test]
fn tables_that_cannot_be_compiled() {
    let folder = one("a.jsonl", GOOD);
    let used = |table: &str| {
        folder.write("mine.csv", table);
        refused(&folder, &["tag", "a.jsonl", "-o", "rows.csv", "--gazetteer", "mine.csv"])
    };
    insta::assert_snapshot!(used(""), @"dateline: mine.csv: the table has no column `id`; give it a header with some of: id, kind, name, feature_code, country, admin1, admin2, latitude, longitude, west, south, east, north, population, wikidata, role, from, until, source, alternates, abbreviations, demonyms, surname_alone");
    insta::assert_snapshot!(used("id,name\n"), @"dateline: mine.csv: the gazetteer has no names; give it at least one row with an id and a name");
    insta::assert_snapshot!(used("name\nA\n"), @"dateline: mine.csv: the table has no column `id`; give it a header with some of: id, kind, name, feature_code, country, admin1, admin2, latitude, longitude, west, south, east, north, population, wikidata, role, from, until, source, alternates, abbreviations, demonyms, surname_alone");
    insta::assert_snapshot!(used("id,nam\nx:1,A\n"), @"dateline: mine.csv: column `nam` is not known; the columns are: id, kind, name, feature_code, country, admin1, admin2, latitude, longitude, west, south, east, north, population, wikidata, role, from, until, source, alternates, abbreviations, demonyms, surname_alone");
    insta::assert_snapshot!(used("id,name\nx:1,A,B\n"), @"dateline: mine.csv:2 (byte 8): the row has 3 cells, the header has 2");
    insta::assert_snapshot!(used("id,name\n,A\n"), @"dateline: mine.csv:2 (byte 8): `` is no id; give every row an id, `PREFIX:ID`");
    insta::assert_snapshot!(used("id,name,latitude,longitude\nx:1,A,91,0\n"), @"dateline: mine.csv:2 (byte 27): coordinate 91 is outside ±90; give WGS 84 degrees, latitude and longitude in columns of their own");
    insta::assert_snapshot!(used("id,name,west\nx:1,A,5\n"), @"dateline: mine.csv:2 (byte 13): there is part of an extent; give west, south, east and north, or none of them");
    insta::assert_snapshot!(used("id,name,latitude,longitude,west,south,east,north\nx:1,A,0,20,5,-5,10,5\n"), @"dateline: mine.csv:2 (byte 49): the point 0 20 lies outside of the extent; correct the point or the extent; west is greater than east where it crosses the antimeridian");
    insta::assert_snapshot!(used("id,name,country\nx:1,A,GBR\n"), @"dateline: mine.csv:2 (byte 16): country `GBR` is not an ISO 3166 alpha-2 code");
    insta::assert_snapshot!(used("id,name\nx:1,\n"), @"dateline: mine.csv:2 (byte 8): entry `x:1` has no name; name it, or give the id of an entry that an earlier table has");
}

#[test]
fn an_input_is_never_written_over() {
    let here = Folder::new();
    let rows = "id,text\na,Rain in Nairobi\n";
    here.write("in.csv", rows);
    let message = refused(&here, &["tag", "in.csv", "-o", "in.csv"]);
    insta::assert_snapshot!(message, @"dateline: in.csv: this file is an input; write to another with `-o`");
    assert_eq!(here.read("in.csv"), rows);
    here.write("t.csv", "id,name\nx:1,Rivertown\n");
    let message = refused(&here, &["gazetteer", "build", "t.csv", "-o", "t.csv"]);
    insta::assert_snapshot!(message, @"dateline: t.csv: this file is an input; choose another with `-o`");
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_no_silent_loss() {
    let here = Folder::new();
    here.write("q.csv", "id,text\n1,Rain in Nairobi\n2,\"Fog in Oslo\n3,Sun in Quito\n");
    let (outcome, shown) =
        attempt(&here, &["tag", "q.csv", "--quiet", "-o", "rows.csv"], &["rows.csv", "rows.csv.run.json"]);
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!(shown, @r"
    exit 1
    dateline: skipped q.csv:3 (byte 26): a quotation mark that opens in this row is not closed; close it, or double quotation marks within a quoted cell
    ");
    assert!(here.read("rows.csv").contains("Nairobi") && !here.read("rows.csv").contains("Oslo"));
}

#[test]
fn a_list_of_any_length_does_not_exhaust_the_stack() {
    let here = Folder::new();
    here.write("long.txt", format!("He left {} today.", "Aleppo and Homs and ".repeat(20_000)));
    let rows = here.done(&["tag", "long.txt"]);
    assert_eq!(rows.lines().count(), 40_001);
}

#[test]
fn options_out_of_range_are_refused() {
    let here = Folder::new();
    here.write("a.jsonl", GOOD);
    for arguments in [["--min-score", "nan"], ["--min-score", "2"], ["--min-score", "-1"], ["--jobs", "5000"]]
    {
        let message = refused(&here, &["tag", "a.jsonl", arguments[0], arguments[1]]);
        assert!(message.contains(arguments[0]), "{message}");
    }
}

#[test]
fn what_is_no_file_is_written_directly() {
    let here = Folder::new();
    here.write("a.jsonl", GOOD);
    here.done(&["tag", "a.jsonl", "--format", "csv", "--quiet", "-o", "/dev/null"]);
    assert!(!std::path::Path::new("/dev/null").is_file(), "the device was replaced by a file");
}
