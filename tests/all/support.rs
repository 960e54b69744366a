//! What several modules need: a fresh folder to run the program in, small gazetteers, tables read back.

use dateline::gazetteer::Draft;
use dateline::gazetteer::table::read_table;
use dateline::{Gazetteer, Layers, Tagger, TaggerOptions};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;

/// A run of the program that takes longer than this has hung.
const TIMEOUT: Duration = Duration::from_secs(60);

/// An empty folder in which the program is run; paths in its messages are relative to it.
pub(crate) struct Folder(TempDir);

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::Builder::new().prefix("dateline-test-").tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, making the folders that it stands in.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Folder {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|cause| panic!("{name}: {cause}"))
    }

    /// Returns the names of everything in the folder, hidden files too.
    pub(crate) fn names(&self, name: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(name)).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Returns the program's command, to be run in this folder without a terminal and with an empty standard input.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null()).env("NO_COLOR", "1");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, "")
    }

    /// Runs the program with `input` piped in.
    pub(crate) fn run_with(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Outcome {
        let mut command = assert_cmd::Command::from_std(self.command(arguments));
        let output = command.timeout(TIMEOUT).write_stdin(input).output().unwrap();
        Outcome {
            code: output
                .status
                .code()
                .unwrap_or_else(|| panic!("{arguments:?} did not end by itself: {output:?}")),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program and returns its standard output; fails unless the exit code is 0.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.stderr);
        outcome.stdout
    }
}

/// A row of a table by column.
pub(crate) type Cells = BTreeMap<String, String>;

/// Reads a CSV with a header, strictly: every row has as many cells as the header.
pub(crate) fn csv_rows(text: &str) -> Vec<Cells> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header.iter().zip(record.iter()).map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Reads JSON Lines.
pub(crate) fn json_rows(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|cause| panic!("{cause}: {line}")))
        .collect()
}

/// Returns one column of a CSV.
pub(crate) fn column(text: &str, name: &str) -> Vec<String> {
    csv_rows(text).iter().map(|row| row[name].clone()).collect()
}

/// Compiles a CSV table.
pub(crate) fn compiled(table: &str) -> Vec<u8> {
    let mut draft = Draft::new();
    read_table("table.csv", table.as_bytes(), b',', |row, at| draft.add(row, at)).unwrap();
    draft.compile("test", Vec::new()).unwrap().into_vec().unwrap()
}

/// Returns the layers of one compiled table alone.
pub(crate) fn layers(table: &str) -> Layers {
    let mut layers = Layers::none();
    layers.push(Gazetteer::from_vec(compiled(table)).unwrap()).unwrap();
    layers
}

/// Returns a tagger with the world gazetteer, made once for all tests.
pub(crate) fn world() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| Tagger::new(Layers::world().unwrap().into(), &TaggerOptions::default()).unwrap())
}

/// Returns a path in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Says that a test checks nothing here and why; past the test harness, which holds back what passing tests print.
pub(crate) fn skipped(why: &str) {
    let _ = std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes());
}
