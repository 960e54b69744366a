//! Linked Places Format (github.com/LinkedPasts/linked-places-format): GeoJSON with names and dates, and its TSV form.
//!
//! An entry's id is the record's own where it is `PREFIX:ID`, else `lpf:` and what identifies it.

use super::super::table::{Row, checked_point, csv_error, degrees, find_column, position, reader};
use super::features::{each_of_collection, each_of_lines, point};
use super::{Guarded, Reading};
use crate::error::{Error, ErrorKind, Result};
use geojson::Feature;
use serde_json::Value;
use std::io::{BufReader, Read};
use std::path::Path;

/// Reads the JSON form (a collection, or a feature a line in `.jsonl`) or the TSV form.
pub(super) fn read(path: &Path, input: impl Read, reading: &mut Reading) -> Result<()> {
    let shown = reading.path.clone();
    let mut add = |feature: Feature, at: &crate::error::Position| {
        let row = feature_row(&feature).map_err(|error| error.at(at.clone()))?;
        reading.add(row, "", at, true)
    };
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("tsv" | "csv") => read_table(path, input, reading),
        Some("jsonl" | "ndjson") => each_of_lines(&shown, BufReader::new(Guarded::new(input)), add),
        _ => each_of_collection(&shown, input, &mut add),
    }
}

fn feature_row(feature: &Feature) -> Result<Row> {
    let member = |name: &str| feature.foreign_members.as_ref().and_then(|members| members.get(name));
    let property = |name: &str| feature.property(name);
    let name = property("title").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let id = member("@id").and_then(Value::as_str).unwrap_or_default();
    let names = list(member("names")).filter_map(|name| name.get("toponym").and_then(Value::as_str));
    let links = list(member("links")).filter_map(|link| link.get("identifier").and_then(Value::as_str));
    let codes =
        |name: &str| list(property(name)).filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
    let country = codes("ccodes");
    let point = feature.geometry.as_ref().and_then(|geometry| point(&geometry.value));
    finish(Row {
        id: own_id(id),
        feature_code: codes("fclasses").into_iter().next().unwrap_or_default(),
        country: if country.len() == 1 { country[0].to_uppercase() } else { String::new() },
        point: point.map(checked_point).transpose()?,
        wikidata: links.filter_map(item).next().unwrap_or(0),
        names: [
            names.map(str::to_owned).filter(|n| *n != name).collect(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
        ],
        name,
        ..Row::default()
    })
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// Returns the number of a Wikidata item that a link names: `wd:Q41183`, `https://www.wikidata.org/entity/Q41183`.
fn item(link: &str) -> Option<u32> {
    let known = link.starts_with("wd:") || link.contains("wikidata.org");
    link.rsplit(['/', ':']).next()?.strip_prefix('Q')?.parse().ok().filter(|_| known)
}

fn own_id(id: &str) -> String {
    let plain = id.split_once(':').is_some_and(|(prefix, _)| !prefix.contains("http") && !prefix.is_empty());
    match plain || id.is_empty() {
        true => id.to_owned(),
        false => format!("lpf:{id}"),
    }
}

fn finish(row: Row) -> Result<Row> {
    for (cell, what) in [(&row.id, "id"), (&row.name, "title")] {
        if cell.is_empty() {
            return Err(Error::new(ErrorKind::Gazetteer, format!("the record has no {what}"))
                .remedy("every record of the Linked Places Format has an id (`@id`, `id`) and a title"));
        }
    }
    Ok(row)
}

/// Reads the TSV form: `id`, `title`, `title_source`, `variants`, `ccodes`, `fclasses`, `matches`, `lon`, `lat` and others.
fn read_table(path: &Path, input: impl Read, reading: &mut Reading) -> Result<()> {
    let shown = reading.path.clone();
    let delimiter = super::delimiter(path).unwrap_or(b'\t');
    let mut reader = reader(delimiter).from_reader(Guarded::new(input));
    let failed = |cause| csv_error(&shown, cause);
    let header = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| find_column(&header, name);
    let [id, title, variants, ccodes, fclasses, matches, lon, lat] =
        ["id", "title", "variants", "ccodes", "fclasses", "matches", "lon", "lat"].map(column);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(failed)? {
        let at = position(&shown, record.position());
        let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let parts = |column| cell(column).split(';').map(str::trim).filter(|part| !part.is_empty());
        let point = || match (cell(lat), cell(lon)) {
            ("", _) | (_, "") => Ok(None),
            (lat, lon) => Ok(Some((degrees(lat, 90.0)?, degrees(lon, 180.0)?))),
        };
        let row = point().and_then(|point| {
            finish(Row {
                id: own_id(&match cell(id) {
                    "" => String::new(),
                    own if own.contains(':') => own.to_owned(),
                    own => format!("lpf:{own}"),
                }),
                name: cell(title).to_owned(),
                feature_code: parts(fclasses).next().unwrap_or_default().to_owned(),
                country: parts(ccodes)
                    .next()
                    .filter(|_| parts(ccodes).count() == 1)
                    .unwrap_or_default()
                    .to_uppercase(),
                point,
                wikidata: parts(matches).filter_map(item).next().unwrap_or(0),
                names: [parts(variants).map(str::to_owned).collect(), Vec::new(), Vec::new(), Vec::new()],
                ..Row::default()
            })
        });
        reading.add(row.map_err(|error| error.at(at.clone()))?, "", &at, true)?;
    }
    Ok(())
}
