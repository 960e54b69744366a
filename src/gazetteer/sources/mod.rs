//! Sources of a user's own gazetteer → draft: which format a file has, and one file a format.
//!
//! | format | files | recognised by |
//! |---|---|---|
//! | [`SourceFormat::Table`] | tables with the columns of [`super::table`] | `.csv`, `.tsv` |
//! | [`SourceFormat::GeoNames`] | `allCountries.txt`, `SY.txt`, `cities500.txt` | name |
//! | [`SourceFormat::AlternateNames`] | `alternateNamesV2.txt`, `alternateNames.txt` | name |
//! | [`SourceFormat::DivisionCodes`] | `admin1CodesASCII.txt`, `admin2Codes.txt` | name |
//! | [`SourceFormat::CountryInfo`] | `countryInfo.txt` | name |
//! | [`SourceFormat::Hierarchy`] | `hierarchy.txt` | name |
//! | [`SourceFormat::FeatureCodes`] | `featureCodes_en.txt` | name |
//! | [`SourceFormat::Wikidata`] | CSV results of a SPARQL query | first column `item` |
//! | [`SourceFormat::LinkedPlaces`] | Linked Places Format, JSON and TSV | `@context`; column `title_source` |
//! | [`SourceFormat::NaturalEarth`] | Natural Earth as GeoJSON | `.geojson`, `.json` |
//! | [`SourceFormat::Recipe`] | a TOML file that says what the columns of a CSV are | `.toml` |

mod features;
mod geonames;
mod linked_places;
mod natural_earth;
mod recipe;
mod wikidata;

use super::draft::Draft;
use super::guard::Guarded;
use super::place_type::PlaceType;
use super::table::{Row, delimiter, read_table};
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What a source of a gazetteer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceFormat {
    /// A table with this program's columns.
    Table,
    /// Rows of the main table of GeoNames.
    GeoNames,
    /// More names for entries of GeoNames, with their languages.
    AlternateNames,
    /// English names of the divisions of GeoNames.
    DivisionCodes,
    /// Short names of the countries of GeoNames.
    CountryInfo,
    /// What is part of what in GeoNames.
    Hierarchy,
    /// The feature codes of GeoNames.
    FeatureCodes,
    /// The results of a Wikidata query.
    Wikidata,
    /// Linked Places Format.
    LinkedPlaces,
    /// GeoJSON with the properties of Natural Earth.
    NaturalEarth,
    /// A recipe for a CSV of any columns.
    Recipe,
}

/// Which rows of a source are taken.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// ISO 3166 alpha-2 codes; empty: all countries. Places without a country are taken in any case.
    pub country: Vec<String>,
    /// GeoNames classes (`P`) or feature codes (`PPLA`, `P.PPLA`); empty: all.
    pub feature: Vec<String>,
    /// The fewest inhabitants of a populated place; other kinds of entries are not concerned.
    pub min_population: u64,
}

impl Filter {
    /// Tells whether a row is taken. `class` is its GeoNames class where the source gives one.
    pub fn takes(&self, row: &Row, class: &str) -> bool {
        if !row.kind.is_empty() && row.kind != "place" {
            return true;
        }
        let place_type = PlaceType::of(&row.feature_code);
        let class = if class.is_empty() { place_type.class() } else { class };
        let country =
            self.country.is_empty() || row.country.is_empty() || self.country.contains(&row.country);
        let wanted = |feature: &String| {
            let code = feature.split_once('.').map_or(feature.as_str(), |(_, code)| code);
            feature == class || code == row.feature_code
        };
        let feature = self.feature.is_empty() || self.feature.iter().any(wanted);
        country && feature && (class != "P" || row.population >= self.min_population)
    }
}

/// How sources are read.
#[derive(Clone, Debug, Default)]
pub struct SourceOptions {
    /// The format, where the file's name and first bytes do not tell.
    pub format: Option<SourceFormat>,
    /// Which rows are taken.
    pub filter: Filter,
}

/// What became of the rows of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceSummary {
    /// Rows that were read.
    pub rows: u64,
    /// Rows that were taken.
    pub taken: u64,
    /// Why the others were not, and how many of each.
    pub left: BTreeMap<&'static str, u64>,
}

impl SourceSummary {
    fn leave(&mut self, why: &'static str) {
        *self.left.entry(why).or_default() += 1;
    }
}

/// What stands in the way of a row, for [`SourceSummary::left`].
const FILTERED: &str = "filtered out";

/// A source that is being read.
struct Reading<'a> {
    draft: &'a mut Draft,
    filter: &'a Filter,
    summary: SourceSummary,
    path: String,
}

impl Reading<'_> {
    /// Adds a row unless the filter leaves it out.
    fn add(&mut self, row: Row, class: &str, at: &crate::error::Position, once: bool) -> Result<()> {
        self.summary.rows += 1;
        if !self.filter.takes(&row, class) {
            self.summary.leave(FILTERED);
            return Ok(());
        }
        self.summary.taken += 1;
        if once { self.draft.add_once(row, at) } else { self.draft.add(row, at) }
    }
}

/// Returns the sources at a path: itself, or, of a folder, the files in it that are sources, each before those that only
/// add to it.
///
/// # Errors
/// The folder cannot be read or holds no source.
pub fn sources_at(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let shown = &path.display();
    let entries = std::fs::read_dir(path).map_err(|cause| Error::read(shown, cause))?;
    let mut files = entries
        .map(|entry| Ok(entry.map_err(|cause| Error::read(shown, cause))?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    files.retain(|file| by_name(file).is_some_and(|format| format != SourceFormat::Recipe) && file.is_file());
    files.sort_by_key(|file| (by_name(file).map(order), file.clone()));
    match files.is_empty() {
        false => Ok(files),
        true => Err(Error::new(ErrorKind::Gazetteer, "the folder holds no source of a gazetteer")
            .in_file(shown)
            .remedy(
                "sources are GeoNames files (allCountries.txt, SY.txt, ...), .csv and .tsv tables, .geojson",
            )),
    }
}

/// Returns the rank in which files of a folder are read: entries first, then what adds to them.
fn order(format: SourceFormat) -> u8 {
    match format {
        SourceFormat::GeoNames => 0,
        SourceFormat::CountryInfo | SourceFormat::DivisionCodes => 1,
        SourceFormat::AlternateNames => 2,
        SourceFormat::Hierarchy | SourceFormat::FeatureCodes => 3,
        _ => 4,
    }
}

/// Returns the format that a file's name tells, if it does.
fn by_name(path: &Path) -> Option<SourceFormat> {
    let name = path.file_name()?.to_str()?;
    let stem = name.strip_suffix(".txt");
    Some(match name {
        "alternateNamesV2.txt" | "alternateNames.txt" => SourceFormat::AlternateNames,
        "admin1CodesASCII.txt" | "admin2Codes.txt" => SourceFormat::DivisionCodes,
        "countryInfo.txt" => SourceFormat::CountryInfo,
        "hierarchy.txt" => SourceFormat::Hierarchy,
        "featureCodes_en.txt" => SourceFormat::FeatureCodes,
        _ if stem.is_some_and(is_geonames) => SourceFormat::GeoNames,
        _ if name.ends_with(".toml") => SourceFormat::Recipe,
        _ if delimiter(path).is_some() => SourceFormat::Table,
        _ if [".geojson", ".json", ".jsonl"].iter().any(|end| name.ends_with(end)) => {
            SourceFormat::NaturalEarth
        }
        _ => return None,
    })
}

/// Tells whether a name without `.txt` is one of the main table's files.
fn is_geonames(stem: &str) -> bool {
    let country = stem.len() == 2 && stem.bytes().all(|b| b.is_ascii_uppercase());
    let cities =
        stem.strip_prefix("cities").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    country || cities || matches!(stem, "allCountries" | "no-country" | "null")
}

/// Returns the format of a source by its name and its first bytes.
fn detect(path: &Path, head: &[u8]) -> Option<SourceFormat> {
    let head = String::from_utf8_lossy(head);
    let first_line = head.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().replace('"', "");
    Some(match by_name(path)? {
        SourceFormat::Table if first_line == "item" || first_line.starts_with("item,") => {
            SourceFormat::Wikidata
        }
        SourceFormat::Table if first_line.split(['\t', ',']).any(|column| column == "title_source") => {
            SourceFormat::LinkedPlaces
        }
        SourceFormat::NaturalEarth if head.contains("\"@context\"") || head.contains("\"@id\"") => {
            SourceFormat::LinkedPlaces
        }
        format => format,
    })
}

/// Reads a source from `input` into the draft. `path` tells the format and stands in messages.
///
/// # Errors
/// The format is not known; the source is empty; a row cannot be read, with file, line and byte.
pub fn read_source(
    path: &Path,
    input: impl Read,
    options: &SourceOptions,
    draft: &mut Draft,
) -> Result<SourceSummary> {
    let shown = path.display().to_string();
    let mut input = BufReader::with_capacity(1 << 17, input);
    let head = input.fill_buf().map_err(|cause| Error::read(&shown, cause))?;
    if head.iter().all(u8::is_ascii_whitespace) && head.len() < 1 << 16 {
        return Err(Error::new(ErrorKind::Gazetteer, "the file is empty").in_file(&shown));
    }
    let format = options.format.or_else(|| detect(path, head)).ok_or_else(|| unknown(&shown))?;
    draft.begin_source(path.file_name().and_then(|name| name.to_str()).unwrap_or(&shown));
    let filter = &options.filter;
    let mut reading = Reading { draft, filter, summary: SourceSummary::default(), path: shown };
    match format {
        SourceFormat::Table => table(path, input, &mut reading),
        SourceFormat::GeoNames => geonames::read(input, &mut reading),
        SourceFormat::AlternateNames => geonames::read_alternates(input, &mut reading),
        SourceFormat::DivisionCodes => geonames::read_divisions(input, &mut reading),
        SourceFormat::CountryInfo => geonames::read_countries(input, &mut reading),
        SourceFormat::Hierarchy => geonames::read_hierarchy(input, &mut reading),
        SourceFormat::FeatureCodes => geonames::read_codes(input, &mut reading),
        SourceFormat::Wikidata => wikidata::read(path, input, &mut reading),
        SourceFormat::LinkedPlaces => linked_places::read(path, input, &mut reading),
        SourceFormat::NaturalEarth => natural_earth::read(input, &mut reading),
        SourceFormat::Recipe => recipe::read(path, input, &mut reading),
    }?;
    Ok(reading.summary)
}

fn table(path: &Path, input: impl Read, reading: &mut Reading) -> Result<()> {
    let delimiter = delimiter(path).unwrap_or(b',');
    let shown = reading.path.clone();
    read_table(&shown, input, delimiter, |row, at| {
        // A row that only adds to an entry is no place yet that a filter could judge.
        let adds = row.name.is_empty();
        if adds {
            reading.summary.rows += 1;
            reading.summary.taken += 1;
            return reading.draft.add(row, at);
        }
        reading.add(row, "", at, false)
    })
}

fn unknown(path: &str) -> Error {
    Error::new(ErrorKind::Usage, "the format of this source is not known").in_file(path).remedy(
        "name it as GeoNames does (allCountries.txt, SY.txt), give it the extension .csv, .tsv, .geojson or .toml, \
         or say `--format`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognised() {
        for (name, head, format) in [
            ("allCountries.txt", "", Some(SourceFormat::GeoNames)),
            ("SY.txt", "", Some(SourceFormat::GeoNames)),
            ("cities15000.txt", "", Some(SourceFormat::GeoNames)),
            ("readme.txt", "", None),
            ("hierarchy.txt", "", Some(SourceFormat::Hierarchy)),
            ("a.csv", "id,name\n", Some(SourceFormat::Table)),
            ("a.csv", "item,itemLabel\n", Some(SourceFormat::Wikidata)),
            ("a.tsv", "id\ttitle\ttitle_source\n", Some(SourceFormat::LinkedPlaces)),
            ("a.geojson", "{\"type\":", Some(SourceFormat::NaturalEarth)),
            ("a.json", "{\"@context\":", Some(SourceFormat::LinkedPlaces)),
            ("a.toml", "", Some(SourceFormat::Recipe)),
        ] {
            assert_eq!(detect(Path::new(name), head.as_bytes()), format, "{name}");
        }
    }

    #[test]
    fn filters_take_places_by_country_feature_and_population() {
        let row = |feature: &str, country: &str, population| Row {
            feature_code: feature.to_owned(),
            country: country.to_owned(),
            population,
            ..Row::default()
        };
        let filter = Filter {
            country: vec!["SY".to_owned()],
            feature: vec!["P".to_owned(), "A.ADM1".to_owned()],
            min_population: 500,
        };
        for (row, taken) in [
            (row("PPL", "SY", 500), true),
            (row("PPL", "SY", 499), false),
            (row("PPL", "TR", 500), false),
            (row("ADM1", "SY", 0), true),
            (row("ADM2", "SY", 0), false),
            (row("STM", "SY", 0), false),
        ] {
            assert_eq!(filter.takes(&row, ""), taken, "{row:?}");
        }
        assert!(filter.takes(&Row { kind: "person".to_owned(), ..Row::default() }, ""));
    }
}
