//! CSV results of Wikidata's query service; `docs/gazetteers.md` has the queries for people and for places.
//!
//! | column | meaning |
//! |---|---|
//! | `item` | the item's address or `Q…`; items in several rows are one entry |
//! | `itemLabel` | the name |
//! | `aliases` | more names, joined by `\|` |
//! | `country` | ISO 3166 alpha-2 |
//! | `coord` | `Point(longitude latitude)`; with this column the rows are places, else persons |
//! | `population`, `feature` | of a place: inhabitants, GeoNames feature code |
//! | `role`, `from`, `until` | of a person: role, and the years or dates of its beginning and end |

use super::super::table::{Row, csv_error, degrees, find_column, number, position};
use super::{Guarded, Reading};
use crate::error::{Error, ErrorKind, Result};
use std::io::Read;
use std::path::Path;

const COLUMNS: [&str; 10] =
    ["item", "itemLabel", "aliases", "country", "coord", "population", "feature", "role", "from", "until"];
const NO_LABEL: &str = "without an English label";

/// Reads the results of a query.
pub(super) fn read(path: &Path, input: impl Read, reading: &mut Reading) -> Result<()> {
    let shown = reading.path.clone();
    let delimiter = super::delimiter(path).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(Guarded::new(input));
    let failed = |cause| csv_error(&shown, cause);
    let header = reader.headers().map_err(failed)?.clone();
    let known = |column: &str| COLUMNS.contains(&column.trim_start_matches('\u{feff}'));
    if let Some(unknown) = header.iter().find(|column| !known(column)) {
        return Err(Error::new(ErrorKind::Gazetteer, format!("column `{unknown}` is not known"))
            .in_file(&shown)
            .remedy(format!("name the variables of the query: {}", COLUMNS.join(", "))));
    }
    let columns = COLUMNS.map(|name| find_column(&header, name));
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(failed)? {
        let at = position(&shown, record.position());
        let cell = |name: &str| {
            let column = COLUMNS.iter().position(|known| *known == name).and_then(|at| columns[at]);
            column.and_then(|at| record.get(at)).unwrap_or_default().trim()
        };
        let row = row(cell, columns[4].is_some()).map_err(|error| error.at(at.clone()))?;
        // The label service gives the item's number where it has no label.
        if row.name.is_empty() || row.name == row.id["wikidata:".len()..] {
            reading.summary.rows += 1;
            reading.summary.leave(NO_LABEL);
            continue;
        }
        reading.add(row, "", &at, false)?;
    }
    Ok(())
}

fn row<'a>(cell: impl Fn(&str) -> &'a str, place: bool) -> Result<Row> {
    let item = cell("item").rsplit('/').next().unwrap_or_default();
    let wikidata = item.strip_prefix('Q').and_then(|digits| digits.parse().ok()).ok_or_else(|| {
        Error::new(ErrorKind::Gazetteer, format!("`{}` is no Wikidata item", cell("item")))
            .remedy("`item` is an address that ends in the item's number, or `Q…`")
    })?;
    let aliases = cell("aliases").split('|').map(str::trim).filter(|name| !name.is_empty());
    let population = match cell("population") {
        "" => 0,
        cell => number::<f64>(cell, "population")?.max(0.0) as u64,
    };
    Ok(Row {
        id: format!("wikidata:Q{wikidata}"),
        kind: if place { "place" } else { "person" }.to_owned(),
        name: cell("itemLabel").to_owned(),
        feature_code: cell("feature").to_owned(),
        country: cell("country").to_owned(),
        point: point(cell("coord"))?,
        population,
        wikidata,
        role: cell("role").to_owned(),
        from: year(cell("from"))?,
        until: year(cell("until"))?,
        names: [aliases.map(str::to_owned).collect(), Vec::new(), Vec::new(), Vec::new()],
        ..Row::default()
    })
}

/// Returns the point of `Point(longitude latitude)`.
fn point(cell: &str) -> Result<Option<(f64, f64)>> {
    if cell.is_empty() {
        return Ok(None);
    }
    let inside = cell.strip_prefix("Point(").and_then(|rest| rest.strip_suffix(')'));
    let (longitude, latitude) = inside.and_then(|inside| inside.split_once(' ')).ok_or_else(|| {
        Error::new(ErrorKind::Gazetteer, format!("`{cell}` is no point"))
            .remedy("points are `Point(longitude latitude)`")
    })?;
    Ok(Some((degrees(latitude, 90.0)?, degrees(longitude, 180.0)?)))
}

/// Returns the year of `2016` or `2016-10-14T00:00:00Z`; 0 for none.
fn year(cell: &str) -> Result<i16> {
    let negative = cell.starts_with('-');
    match cell.trim_start_matches('-').split('-').next().unwrap_or_default() {
        "" => Ok(0),
        digits => number::<i16>(digits, "year").map(|year| if negative { -year } else { year }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read() {
        assert_eq!(point("Point(37.16 36.2)").unwrap(), Some((36.2, 37.16)));
        assert_eq!(year("2016-10-14T00:00:00Z").unwrap(), 2016);
        assert_eq!(year("-0044-03-15T00:00:00Z").unwrap(), -44);
        assert_eq!(year("").unwrap(), 0);
        assert!(point("37.16 36.2").is_err());
    }
}
