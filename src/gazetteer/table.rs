//! Source tables: CSV or TSV files whose header says what each column is.
//!
//! | column | meaning |
//! |---|---|
//! | `id` | `PREFIX:ID`; rows with the same id are one entry, later rows add names and fill empty cells |
//! | `kind` | `place` (default), `person`, or a kind of the user's own |
//! | `name` | the canonical name |
//! | `feature_code` | GeoNames feature code |
//! | `country` | ISO 3166 alpha-2 |
//! | `admin1`, `admin2` | GeoNames dotted codes, `SY.09`, `US.CA.037` |
//! | `latitude`, `longitude` | WGS 84 degrees (`lat`, `lon`, `lng` are read too) |
//! | `west`, `south`, `east`, `north` | extent in WGS 84 degrees, all four or none; `west` > `east` crosses the antimeridian |
//! | `population` | a whole number |
//! | `wikidata` | QID |
//! | `role`, `from`, `until` | of a person: role, first and last year |
//! | `source` | where the row comes from; the table's own name when empty |
//! | `alternates`, `abbreviations`, `demonyms`, `surname_alone` | more names, joined by `|` |

use super::entry::Point;
use super::extent::Extent;
use super::guard::{Guarded, LongLine};
use crate::error::{Error, ErrorKind, Position, Result};
use std::io::Read;
use std::path::Path;

/// One row of a source table; absent cells are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// `PREFIX:ID`.
    pub id: String,
    /// Kind; empty means `place`.
    pub kind: String,
    /// Canonical name.
    pub name: String,
    /// GeoNames feature code.
    pub feature_code: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// Dotted first-order code.
    pub admin1: String,
    /// Dotted second-order code.
    pub admin2: String,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// The box that it fills; the point lies in it.
    pub extent: Option<Extent>,
    /// Inhabitants.
    pub population: u64,
    /// Number of the Wikidata item; 0: none.
    pub wikidata: u32,
    /// Role of a person.
    pub role: String,
    /// First year; 0: none.
    pub from: i16,
    /// Last year; 0: none.
    pub until: i16,
    /// The package or table that the row comes from; empty: the table that is read.
    pub source: String,
    /// Names by column: alternates, abbreviations, demonyms, surnames that stand alone.
    pub names: [Vec<String>; 4],
}

/// The columns of a table.
pub const COLUMNS: [&str; 23] = [
    "id",
    "kind",
    "name",
    "feature_code",
    "country",
    "admin1",
    "admin2",
    "latitude",
    "longitude",
    "west",
    "south",
    "east",
    "north",
    "population",
    "wikidata",
    "role",
    "from",
    "until",
    "source",
    "alternates",
    "abbreviations",
    "demonyms",
    "surname_alone",
];

/// The columns that hold names, in the order of [`Row::names`].
const NAMES: [&str; 4] = ["alternates", "abbreviations", "demonyms", "surname_alone"];

/// Returns the delimiter of a table by its file's extension, in any case; none where the file is no table.
pub fn delimiter(path: &Path) -> Option<u8> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" => Some(b','),
        "tsv" => Some(b'\t'),
        _ => None,
    }
}

/// Reads the table in `input`, calling `each` with every row and its position.
///
/// # Errors
/// A header without `id`, a column that is not known, a ragged row, text that is not UTF-8, a cell that does not parse:
/// each with path, line and byte.
pub fn read_table(
    path: &str,
    input: impl Read,
    delimiter: u8,
    mut each: impl FnMut(Row, &Position) -> Result<()>,
) -> Result<()> {
    let mut reader = reader(delimiter).buffer_capacity(1 << 16).from_reader(Guarded::new(input));
    let failed = |cause: csv::Error| csv_error(path, cause);
    let header = reader.headers().map_err(failed)?.clone();
    let columns = header.iter().map(|name| column(path, name)).collect::<Result<Vec<_>>>()?;
    if !columns.contains(&0) {
        return Err(Error::new(ErrorKind::Gazetteer, "the table has no column `id`")
            .in_file(path)
            .remedy(format!("give it a header with some of: {}", COLUMNS.join(", "))));
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(failed)? {
        let position = position(path, record.position());
        let cells = columns.iter().map(|column| COLUMNS[*column]).zip(&record);
        let row = parse_cells(cells).map_err(|error| error.at(position.clone()))?;
        each(row, &position)?;
    }
    Ok(())
}

/// Returns a reader of tables with a delimiter: those with tabs are not quoted.
pub fn reader(delimiter: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).quoting(delimiter != b'\t');
    builder
}

/// Returns a cell of a header without the byte order mark that the first may begin with.
fn bare(header: &str) -> &str {
    header.trim().trim_start_matches('\u{feff}')
}

/// Returns the name of the column that a cell of a header stands for.
pub fn column_name(header: &str) -> &str {
    match bare(header) {
        "lat" => "latitude",
        "lon" | "lng" => "longitude",
        other => other,
    }
}

/// Returns the number of the column that a header calls `name`.
pub(super) fn find_column<'h>(header: impl IntoIterator<Item = &'h str>, name: &str) -> Option<usize> {
    header.into_iter().position(|cell| bare(cell) == name)
}

/// Returns the number of a column by its header.
fn column(path: &str, header: &str) -> Result<usize> {
    let name = column_name(header);
    COLUMNS.iter().position(|column| *column == name).ok_or_else(|| {
        Error::new(ErrorKind::Gazetteer, format!("column `{name}` is not known"))
            .in_file(path)
            .remedy(format!("the columns are: {}", COLUMNS.join(", ")))
    })
}

/// Returns the row of some cells, each with the name of its column; cells of the columns with names are joined by `|`.
pub(super) fn parse_cells<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Row> {
    let mut row = Row::default();
    let (mut latitude, mut longitude) = (None, None);
    let mut sides = [None; 4];
    for (column, cell) in
        cells.map(|(column, cell)| (column, cell.trim())).filter(|(_, cell)| !cell.is_empty())
    {
        match column {
            "id" => row.id = cell.to_owned(),
            "kind" => row.kind = cell.to_lowercase(),
            "name" => row.name = cell.to_owned(),
            "feature_code" => row.feature_code = cell.to_owned(),
            "country" => row.country = country(cell)?,
            "admin1" => row.admin1 = cell.to_owned(),
            "admin2" => row.admin2 = cell.to_owned(),
            "latitude" => latitude = Some(degrees(cell, 90.0)?),
            "longitude" => longitude = Some(degrees(cell, 180.0)?),
            "west" => sides[0] = Some(degrees(cell, 180.0)?),
            "south" => sides[1] = Some(degrees(cell, 90.0)?),
            "east" => sides[2] = Some(degrees(cell, 180.0)?),
            "north" => sides[3] = Some(degrees(cell, 90.0)?),
            "population" => row.population = number(cell, "population")?,
            "wikidata" => row.wikidata = number(cell.trim_start_matches('Q'), "wikidata")?,
            "role" => row.role = cell.to_owned(),
            "from" => row.from = number(cell, "from")?,
            "until" => row.until = number(cell, "until")?,
            "source" => row.source = cell.to_owned(),
            _ => {
                let Some(kind) = NAMES.iter().position(|names| *names == column) else { continue };
                let names = &mut row.names[kind];
                names.extend(cell.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned));
            }
        }
    }
    if latitude.is_some() != longitude.is_some() {
        return Err(Error::new(ErrorKind::Gazetteer, "there is half a point")
            .remedy("give latitude and longitude, or neither"));
    }
    row.point = latitude.zip(longitude);
    row.extent = extent(sides, row.point)?;
    match row.id.split_once(':') {
        Some((prefix, rest)) if !prefix.is_empty() && !rest.is_empty() => Ok(row),
        _ => Err(Error::new(ErrorKind::Gazetteer, format!("`{}` is no id", row.id))
            .remedy("give every row an id, `PREFIX:ID`")),
    }
}

/// Returns the extent with these sides, which holds the point if there is one.
fn extent(sides: [Option<f64>; 4], point: Option<(f64, f64)>) -> Result<Option<Extent>> {
    let failed = |message: &str, remedy: &str| Err(Error::new(ErrorKind::Gazetteer, message).remedy(remedy));
    let [Some(west), Some(south), Some(east), Some(north)] = sides else {
        return match sides.iter().any(Option::is_some) {
            true => failed("there is part of an extent", "give west, south, east and north, or none of them"),
            false => Ok(None),
        };
    };
    let extent = Extent { west, south, east, north };
    let outside = point.filter(|(latitude, longitude)| {
        !extent.contains(Point { latitude: *latitude, longitude: *longitude })
    });
    match outside {
        _ if !extent.is_sound() => {
            failed(&format!("the extent's south {south} lies north of its north {north}"), "exchange the two")
        }
        Some((latitude, longitude)) => failed(
            &format!("the point {latitude} {longitude} lies outside of the extent"),
            "correct the point or the extent; west is greater than east where it crosses the antimeridian",
        ),
        None => Ok(Some(extent)),
    }
}

fn country(cell: &str) -> Result<String> {
    match cell.as_bytes() {
        [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(cell.to_owned()),
        _ => {
            Err(Error::new(ErrorKind::Gazetteer, format!("country `{cell}` is not an ISO 3166 alpha-2 code")))
        }
    }
}

pub(super) fn degrees(cell: &str, limit: f64) -> Result<f64> {
    let value: f64 = number(cell, "coordinate")?;
    match value.abs() <= limit {
        true => Ok(value),
        false => Err(Error::new(ErrorKind::Gazetteer, format!("coordinate {cell} is outside ±{limit}"))
            .remedy("give WGS 84 degrees, latitude and longitude in columns of their own")),
    }
}

/// Returns a point, (latitude, longitude), that lies on the Earth.
pub(super) fn checked_point(point: (f64, f64)) -> Result<(f64, f64)> {
    degrees(&point.0.to_string(), 90.0)?;
    degrees(&point.1.to_string(), 180.0)?;
    Ok(point)
}

pub(super) fn number<T: std::str::FromStr>(cell: &str, column: &str) -> Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    cell.trim().parse().map_err(|cause| {
        Error::new(ErrorKind::Gazetteer, format!("{column} `{cell}` is no number")).because(cause)
    })
}

pub(super) fn position(path: &str, at: Option<&csv::Position>) -> Position {
    let (line, byte) = at.map_or((0, 0), |p| (p.line(), p.byte()));
    Position { path: path.to_owned(), line, byte }
}

pub(super) fn csv_error(path: &str, cause: csv::Error) -> Error {
    let at = position(path, cause.position());
    let message = match cause.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells, the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { err, .. } => {
            return Error::new(ErrorKind::Gazetteer, format!("column {}: not UTF-8", err.field() + 1))
                .at(at)
                .remedy(
                    "convert the file: `iconv -f windows-1252 -t utf-8`, or say its encoding in a recipe",
                );
        }
        csv::ErrorKind::Io(cause) if LongLine::position(cause, path).is_some() => {
            return Error::new(ErrorKind::Gazetteer, cause.to_string())
                .at(LongLine::position(cause, path).unwrap_or_default())
                .remedy("a quote may lack its other half, or this is not the file that it should be");
        }
        _ => return Error::new(ErrorKind::Gazetteer, "cannot read the table").because(cause).at(at),
    };
    Error::new(ErrorKind::Gazetteer, message).at(at)
}

/// How common one word is, as the lexicon's table gives it.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub struct LexiconRow {
    /// Lower case, without diacritics.
    pub word: String,
    /// Count as a given name.
    pub given: u64,
    /// Count as a surname.
    pub surname: u64,
    /// Count as an ordinary word.
    pub common: u64,
}

/// Reads the lexicon's table: tab-separated, with the columns of [`LexiconRow`].
pub fn read_lexicon(path: &str, input: impl Read) -> Result<Vec<LexiconRow>> {
    let mut reader = reader(b'\t').from_reader(input);
    reader
        .deserialize()
        .collect::<std::result::Result<Vec<LexiconRow>, _>>()
        .map_err(|cause| csv_error(path, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        read_table("t.csv", table.as_bytes(), b',', |row, _| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn reads_what_the_header_says() {
        let rows = read("id,name,lat,lon,alternates\nx:1,Aleppo,36.2,37.16,Halab|Alep\n").unwrap();
        assert_eq!(rows[0].point, Some((36.2, 37.16)));
        assert_eq!(rows[0].names[0], ["Halab", "Alep"]);
    }

    #[test]
    fn extents_may_cross_the_antimeridian() {
        let rows = read("id,lat,lon,west,south,east,north\nx:1,0,-179,170,-5,-170,5\nx:2,0,0,,,,\n").unwrap();
        assert_eq!(rows[0].extent, Some(Extent { west: 170.0, south: -5.0, east: -170.0, north: 5.0 }));
        assert_eq!(rows[1].extent, None);
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (table, message) in [
            ("id,name\nx:1\n", "t.csv:2 (byte 8): the row has 1 cells, the header has 2"),
            ("name\nA\n", "t.csv: the table has no column `id`; give it a header with some of: id, kind"),
            ("id,latitude\nx:1,91\n", "t.csv:2 (byte 12): coordinate 91 is outside ±90; give WGS 84"),
            ("id,nam\n", "t.csv: column `nam` is not known; the columns are: id, kind"),
            ("id,name\n,A\n", "t.csv:2 (byte 8): `` is no id; give every row an id"),
            ("id,latitude\nx:1,9\n", "t.csv:2 (byte 12): there is half a point; give latitude"),
            (
                "id,west\nx:1,9\n",
                "t.csv:2 (byte 8): there is part of an extent; give west, south, east and north",
            ),
            ("id,west,south,east,north\nx:1,9,91,10,92\n", "t.csv:2 (byte 25): coordinate 91 is outside ±90"),
            (
                "id,west,south,east,north\nx:1,9,5,10,4\n",
                "t.csv:2 (byte 25): the extent's south 5 lies north of",
            ),
            (
                "id,lat,lon,west,south,east,north\nx:1,5,8.9,9,4,10,6\n",
                "t.csv:2 (byte 33): the point 5 8.9 lies outside of the extent; correct the point",
            ),
            ("id,population\nx:1,many\n", "t.csv:2 (byte 14): population `many` is no number: invalid digit"),
        ] {
            let error = read(table).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
