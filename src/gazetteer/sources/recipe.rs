//! Recipes: a TOML file that says what the columns of a CSV of any kind are.
//!
//! ```toml
//! file = "villages.csv"            # beside the recipe
//! delimiter = ";"                  # "," by default; "\t" is not quoted
//! encoding = "utf-8"               # or "windows-1252"
//! id_prefix = "ocha"               # put before ids that have no prefix
//! kind = "place"                   # place (default), person, or a kind of your own
//! separator = ";"                  # between several names in one cell; "|" by default
//!
//! [columns]                        # which column each is read from
//! id = "pcode"
//! name = "name_en"
//! alternates = ["name_alt", "name_ar"]
//! latitude = "lat"
//! longitude = "lon"
//!
//! [constants]                      # the same for all rows
//! country = "SY"
//! feature_code = "PPL"
//!
//! [filter]                         # which rows are taken
//! country = ["SY"]
//! feature = ["P"]
//! min_population = 100
//! ```

use super::super::table::{COLUMNS, Row, csv_error, find_column, parse_cells, position, reader};
use super::{Filter, Guarded, Reading};
use crate::error::{Error, ErrorKind, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipe {
    file: PathBuf,
    #[serde(default = "comma")]
    delimiter: char,
    #[serde(default)]
    encoding: Encoding,
    #[serde(default)]
    id_prefix: String,
    #[serde(default)]
    kind: String,
    #[serde(default = "bar")]
    separator: String,
    columns: BTreeMap<String, OneOrMore>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
    #[serde(default)]
    filter: Filter,
}

#[derive(Deserialize, Default, Clone, Copy)]
enum Encoding {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "windows-1252")]
    Windows1252,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn all(&self) -> &[String] {
        match self {
            OneOrMore::One(name) => std::slice::from_ref(name),
            OneOrMore::More(names) => names,
        }
    }
}

fn comma() -> char {
    ','
}

fn bar() -> String {
    "|".to_owned()
}

/// Reads a recipe, and the file that it is for.
pub(super) fn read(path: &Path, mut input: impl Read, reading: &mut Reading) -> Result<()> {
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(|cause| Error::read(path.display(), cause))?;
    let recipe: Recipe = toml::from_str(&text).map_err(|cause| {
        let line = cause.span().map_or(1, |span| text[..span.start].matches('\n').count() as u64 + 1);
        let message = cause.message().lines().next().unwrap_or_default().to_owned();
        Error::new(ErrorKind::Gazetteer, format!("the recipe cannot be read: {message}"))
            .in_file(format!("{}:{line}", path.display()))
            .remedy("its keys are: file, delimiter, encoding, id_prefix, kind, separator, columns, constants, filter")
    })?;
    recipe.check().map_err(|error| error.in_file(path.display()))?;
    let file = path.parent().unwrap_or(Path::new("")).join(&recipe.file);
    let shown = file.display().to_string();
    let input = File::open(&file).map_err(|cause| Error::read(&shown, cause))?;
    recipe.read_rows(&shown, Guarded::new(input), reading)
}

impl Recipe {
    fn check(&self) -> Result<()> {
        for key in self.columns.keys().chain(self.constants.keys()) {
            if !COLUMNS.contains(&key.as_str()) {
                return Err(Error::new(ErrorKind::Gazetteer, format!("`{key}` is not known"))
                    .remedy(format!("columns and constants are: {}", COLUMNS.join(", "))));
            }
        }
        match self.columns.contains_key("id") && self.columns.contains_key("name") {
            true => Ok(()),
            false => Err(Error::new(
                ErrorKind::Gazetteer,
                "the recipe does not say which columns are `id` and `name`",
            )
            .remedy("add them under [columns]")),
        }
    }

    fn read_rows(&self, shown: &str, input: impl Read, reading: &mut Reading) -> Result<()> {
        let delimiter = u8::try_from(self.delimiter).map_err(|_| {
            Error::new(ErrorKind::Gazetteer, format!("delimiter `{}` is no ASCII character", self.delimiter))
        })?;
        let mut reader = reader(delimiter).from_reader(input);
        let failed = |cause| csv_error(shown, cause);
        let mut record = csv::ByteRecord::new();
        let header = reader.byte_headers().map_err(failed)?.clone();
        let header = header.iter().map(|cell| self.decode(cell)).collect::<Result<Vec<String>>>();
        let header = header.map_err(|error| error.in_file(shown))?;
        let columns = self.find(&header).map_err(|error| error.in_file(shown))?;
        while reader.read_byte_record(&mut record).map_err(failed)? {
            let at = position(shown, record.position());
            let row = self.row(&columns, &record).map_err(|error| error.at(at.clone()))?;
            if !self.filter.takes(&row, "") {
                reading.summary.rows += 1;
                reading.summary.leave(super::FILTERED);
                continue;
            }
            reading.add(row, "", &at, true)?;
        }
        Ok(())
    }

    /// Returns, for each key, the numbers of the columns that it is read from.
    fn find(&self, header: &[String]) -> Result<Vec<(&str, Vec<usize>)>> {
        let number = |name: &String| {
            let found = find_column(header.iter().map(String::as_str), name);
            found.ok_or_else(|| {
                Error::new(ErrorKind::Gazetteer, format!("there is no column `{name}`"))
                    .remedy(format!("the columns are: {}", header.join(", ")))
            })
        };
        let columns = self.columns.iter();
        columns
            .map(|(key, names)| Ok((key.as_str(), names.all().iter().map(number).collect::<Result<_>>()?)))
            .collect()
    }

    fn row(&self, columns: &[(&str, Vec<usize>)], record: &csv::ByteRecord) -> Result<Row> {
        let mut cells: Vec<(&str, String)> = Vec::new();
        for (key, value) in &self.constants {
            cells.push((key, value.clone()));
        }
        if !self.kind.is_empty() {
            cells.push(("kind", self.kind.clone()));
        }
        for (key, numbers) in columns {
            let texts = numbers.iter().filter_map(|at| record.get(*at)).map(|cell| self.decode(cell));
            let texts: Vec<String> = texts.collect::<Result<_>>()?;
            let joined =
                texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>();
            cells.push((key, joined.join("|").replace(&self.separator, "|")));
        }
        for (key, cell) in &mut cells {
            if *key == "id" && !cell.contains(':') && !self.id_prefix.is_empty() && !cell.is_empty() {
                *cell = format!("{}:{cell}", self.id_prefix);
            }
        }
        parse_cells(cells.iter().map(|(key, cell)| (*key, cell.as_str())))
    }

    fn decode(&self, cell: &[u8]) -> Result<String> {
        match self.encoding {
            Encoding::Utf8 => std::str::from_utf8(cell).map(str::to_owned).map_err(|_| {
                Error::new(ErrorKind::Gazetteer, "a cell is not UTF-8")
                    .remedy("say `encoding = \"windows-1252\"` in the recipe, or convert the file")
            }),
            Encoding::Windows1252 => {
                Ok(encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned())
            }
        }
    }
}
