//! The files of the GeoNames dump (download.geonames.org/export/dump, readme.txt there): tab-separated, without a header,
//! not quoted, UTF-8.

use super::super::entry::NameKind;
use super::super::place_type::PlaceType;
use super::super::table::{Row, csv_error, degrees, number, position};
use super::{Guarded, Reading};
use crate::error::{Error, ErrorKind, Position, Result};
use csv::StringRecord;
use std::collections::HashSet;
use std::io::Read;

/// The columns of the main table.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const NAME: usize = 1;
    pub(super) const ASCII_NAME: usize = 2;
    pub(super) const ALTERNATES: usize = 3;
    pub(super) const LATITUDE: usize = 4;
    pub(super) const LONGITUDE: usize = 5;
    pub(super) const CLASS: usize = 6;
    pub(super) const CODE: usize = 7;
    pub(super) const COUNTRY: usize = 8;
    pub(super) const ADMIN1: usize = 10;
    pub(super) const ADMIN2: usize = 11;
    pub(super) const POPULATION: usize = 14;
    pub(super) const COUNT: usize = 19;
}

/// Names that are no names: links and codes among the languages of `alternateNamesV2.txt`.
const CODES: [&str; 8] = ["link", "post", "iata", "icao", "faac", "tcid", "unlc", "phon"];
const UNKNOWN_ENTRY: &str = "of entries that no source before has";
const NO_NAME: &str = "codes, links and machine romanisations";
const UNKNOWN_CODE: &str = "codes that this program does not know; places of these are taken for sites";
const COLLOQUIAL: &str = "colloquial names";

/// Calls `each` with every record of a tab-separated file, and with its position.
fn records(
    input: impl Read,
    reading: &mut Reading,
    columns: std::ops::RangeInclusive<usize>,
    mut each: impl FnMut(&mut Reading, &StringRecord, &Position) -> Result<()>,
) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .buffer_capacity(1 << 17)
        .from_reader(Guarded::new(input));
    let path = reading.path.clone();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|cause| csv_error(&path, cause))? {
        let at = position(&path, record.position());
        if !columns.contains(&record.len()) {
            let (cells, wanted) = (record.len(), *columns.start());
            return Err(Error::new(
                ErrorKind::Gazetteer,
                format!("the row has {cells} cells, a GeoNames file of this name has {wanted}"),
            )
            .at(at)
            .remedy("give the file as it was downloaded: unzipped, tab-separated, no header"));
        }
        each(reading, &record, &at)
            .map_err(|error| if error.position().is_some() { error } else { error.at(at) })?;
    }
    Ok(())
}

fn id(cell: &str) -> Result<String> {
    let number: u32 = number(cell, "geonameid")?;
    Ok(format!("geonames:{number}"))
}

/// Reads rows of the main table.
pub(super) fn read(input: impl Read, reading: &mut Reading) -> Result<()> {
    records(input, reading, column::COUNT..=column::COUNT, |reading, cells, at| {
        let row = row(cells)?;
        reading.add(row, &cells[column::CLASS], at, true)
    })
}

fn row(cells: &StringRecord) -> Result<Row> {
    let cell = |at: usize| cells.get(at).unwrap_or_default().trim();
    let code = if cell(column::CODE).is_empty() { cell(column::CLASS) } else { cell(column::CODE) };
    let country = cell(column::COUNTRY);
    let dotted = |parent: &str, part: &str| match parent.is_empty() || part.is_empty() || part == "00" {
        true => String::new(),
        false => format!("{parent}.{part}"),
    };
    let admin1 = dotted(country, cell(column::ADMIN1));
    let admin2 = dotted(&admin1, cell(column::ADMIN2));
    let alternates = std::iter::once(cell(column::ASCII_NAME)).chain(cell(column::ALTERNATES).split(','));
    let alternates = alternates.map(str::trim).filter(|name| is_name(name)).map(str::to_owned).collect();
    Ok(Row {
        id: id(cell(column::ID))?,
        name: cell(column::NAME).to_owned(),
        feature_code: code.to_owned(),
        country: country.to_owned(),
        admin1,
        admin2,
        point: Some((degrees(cell(column::LATITUDE), 90.0)?, degrees(cell(column::LONGITUDE), 180.0)?)),
        population: number(cell(column::POPULATION), "population").unwrap_or(0),
        names: [alternates, Vec::new(), Vec::new(), Vec::new()],
        ..Row::default()
    })
}

/// Tells names from codes in capitals (of up to four letters, as of airports) and from machine romanisations, which are
/// small throughout (`swldw`); a particle may stand before a capital (`al-Hasakah`).
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let code = letters <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
    let small = name.chars().next().is_some_and(char::is_lowercase);
    letters > 1 && !code && (!small || name.chars().any(char::is_uppercase))
}

/// Reads `alternateNamesV2.txt`: names with their languages. The preferred English name becomes the canonical one.
pub(super) fn read_alternates(input: impl Read, reading: &mut Reading) -> Result<()> {
    let mut renamed: HashSet<u32> = HashSet::new();
    records(input, reading, 4..=10, |reading, cells, _| {
        let flag = |at: usize| cells.get(at) == Some("1");
        let (id, language, name) = (id(&cells[1])?, &cells[2], cells[3].trim());
        reading.summary.rows += 1;
        if language == "wkdt" {
            if let Some(item) = name.strip_prefix('Q').and_then(|q| q.parse().ok()) {
                reading.draft.set_wikidata(&id, item);
            }
            return Ok(());
        }
        if CODES.contains(&language) || (language != "abbr" && !is_name(name)) {
            reading.summary.leave(NO_NAME);
            return Ok(());
        }
        if flag(6) {
            reading.summary.leave(COLLOQUIAL);
            return Ok(());
        }
        let preferred = language == "en" && flag(4) && !flag(7);
        let how = match language {
            "abbr" => NameKind::Abbreviation,
            _ if preferred && renamed.insert(number(&cells[1], "geonameid")?) => NameKind::Canonical,
            _ => NameKind::Alternate,
        };
        match reading.draft.add_name(&id, name, how)? {
            true => reading.summary.taken += 1,
            false => reading.summary.leave(UNKNOWN_ENTRY),
        }
        Ok(())
    })
}

/// Reads `admin1CodesASCII.txt` and `admin2Codes.txt`: code, name, name in ASCII, geonameid. A division that no source
/// before has becomes an entry without a point, so that its code has a name.
pub(super) fn read_divisions(input: impl Read, reading: &mut Reading) -> Result<()> {
    records(input, reading, 4..=4, |reading, cells, at| {
        let code = &cells[0];
        let parts: Vec<&str> = code.split('.').collect();
        let [country, first, ..] = parts[..] else {
            return Err(Error::new(ErrorKind::Gazetteer, format!("`{code}` is no code of a division"))
                .remedy("codes are dotted: `SY.09`, `US.CA.037`"));
        };
        let second = parts.len() > 2;
        let row = Row {
            id: id(&cells[3])?,
            name: cells[1].to_owned(),
            feature_code: if second { "ADM2" } else { "ADM1" }.to_owned(),
            country: country.to_owned(),
            admin1: format!("{country}.{first}"),
            admin2: if second { code.to_owned() } else { String::new() },
            names: [vec![cells[2].to_owned()], Vec::new(), Vec::new(), Vec::new()],
            ..Row::default()
        };
        reading.add(row, "A", at, false)
    })
}

/// Reads `countryInfo.txt`: the short English name becomes the canonical one.
pub(super) fn read_countries(input: impl Read, reading: &mut Reading) -> Result<()> {
    records(input, reading, 17..=19, |reading, cells, at| {
        // Countries of the past have no id.
        if cells[16].is_empty() || &cells[16] == "0" {
            return Ok(());
        }
        let row = Row {
            id: id(&cells[16])?,
            name: cells[4].to_owned(),
            feature_code: "PCLI".to_owned(),
            country: cells[0].to_owned(),
            population: number(&cells[7], "population").unwrap_or(0),
            ..Row::default()
        };
        reading.add(row, "A", at, false)
    })
}

/// Reads `featureCodes_en.txt`: class and code, name, description. The program knows the codes' classes; what a newer list
/// has beyond them is counted, because places of such a code are taken for sites.
pub(super) fn read_codes(input: impl Read, reading: &mut Reading) -> Result<()> {
    records(input, reading, 2..=3, |reading, cells, _| {
        reading.summary.rows += 1;
        let (class, code) = cells[0].split_once('.').unwrap_or_default();
        let known = matches!(class, "" | "S" | "R" | "L") || PlaceType::of(code) != PlaceType::Site;
        match known {
            true => reading.summary.taken += 1,
            false => reading.summary.leave(UNKNOWN_CODE),
        }
        Ok(())
    })
}

/// Reads `hierarchy.txt`: parent, child, kind. Entries without divisions take those of the entry they are part of.
pub(super) fn read_hierarchy(input: impl Read, reading: &mut Reading) -> Result<()> {
    records(input, reading, 2..=3, |reading, cells, _| {
        reading.summary.rows += 1;
        reading.summary.taken += 1;
        reading.draft.set_parent(&id(&cells[1])?, &id(&cells[0])?);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_romanisations_are_no_names() {
        for (name, expected) in [
            ("Aleppo", true),
            ("Halab", true),
            ("حلب", true),
            ("al-Hasakah", true),
            ("ALP", false),
            ("swldw", false),
            ("X", false),
            ("L'Aquila", true),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
    }
}
