//! Natural Earth (naturalearthdata.com) as GeoJSON: places, divisions, rivers, lakes, seas and regions with the properties
//! of its vector files, in capitals or small.
//!
//! An entry's id is `wikidata:Q…` where the feature has one, else `naturalearth:` and its `ne_id`.

use super::super::table::{Row, checked_point};
use super::Reading;
use super::features::{each_of_collection, point};
use crate::error::{Error, ErrorKind, Result};
use geojson::Feature;
use serde_json::Value;
use std::io::Read;

const NO_NAME: &str = "without a name";

/// GeoNames feature codes of the classes that Natural Earth writes into `featurecla`, in small letters.
const FEATURE_CODES: [(&str, &str); 43] = [
    ("admin-0 capital", "PPLC"),
    ("admin-0 capital alt", "PPLC"),
    ("admin-0 country", "PCLI"),
    ("admin-0 map unit", "PCLI"),
    ("admin-0 sovereignty", "PCLI"),
    ("admin-0 region capital", "PPLA"),
    ("admin-1 capital", "PPLA"),
    ("admin-1 region capital", "PPLA"),
    ("admin-1 states provinces", "ADM1"),
    ("admin-1 scale rank", "ADM1"),
    ("admin-2 scale rank", "ADM2"),
    ("airport", "AIRP"),
    ("port", "PRT"),
    ("populated place", "PPL"),
    ("historic place", "PPLH"),
    ("meteorological station", "STNM"),
    ("scientific station", "STNB"),
    ("ocean", "OCN"),
    ("sea", "SEA"),
    ("bay", "BAY"),
    ("gulf", "GULF"),
    ("strait", "STRT"),
    ("channel", "CHN"),
    ("sound", "SD"),
    ("fjord", "FJD"),
    ("inlet", "INLT"),
    ("lagoon", "LGN"),
    ("reef", "RF"),
    ("river", "STM"),
    ("lake", "LK"),
    ("lake centerline", "LK"),
    ("alkaline lake", "LK"),
    ("reservoir", "RSV"),
    ("range/mtn", "MTS"),
    ("island", "ISL"),
    ("island group", "ISLS"),
    ("desert", "DSRT"),
    ("pen/cape", "PEN"),
    ("peninsula", "PEN"),
    ("plain", "PLN"),
    ("plateau", "PLAT"),
    ("valley", "VAL"),
    ("delta", "DLTA"),
];
/// The code of a class that is not listed: an area.
const OTHER: &str = "RGN";

/// Reads a feature collection.
pub(super) fn read(input: impl Read, reading: &mut Reading) -> Result<()> {
    let path = reading.path.clone();
    each_of_collection(&path, input, |feature, at| {
        let row = row(&feature).map_err(|error| error.at(at.clone()))?;
        match row.name.is_empty() {
            true => {
                reading.summary.rows += 1;
                reading.summary.leave(NO_NAME);
                Ok(())
            }
            false => reading.add(row, "", at, false),
        }
    })
}

fn row(feature: &Feature) -> Result<Row> {
    let text = |names: &[&str]| names.iter().find_map(|name| property(feature, name)).unwrap_or_default();
    let name = text(&["name_en", "name", "nameascii", "name_long"]);
    let class = text(&["featurecla"]).to_lowercase();
    let code = FEATURE_CODES.iter().find(|(known, _)| *known == class).map_or(OTHER, |(_, code)| code);
    let country = text(&["iso_a2", "adm0_a2"]);
    let wikidata: u32 = text(&["wikidataid", "wikidata_id"]).trim_start_matches('Q').parse().unwrap_or(0);
    let number = text(&["ne_id", "osm_id"]);
    let id = match (wikidata, number.as_str()) {
        (0, "") => {
            return Err(Error::new(
                ErrorKind::Gazetteer,
                format!("`{name}` has neither `wikidataid` nor `ne_id`"),
            )
            .remedy("use Natural Earth 4 or later, or a recipe"));
        }
        (0, number) => format!("naturalearth:{number}"),
        (item, _) => format!("wikidata:Q{item}"),
    };
    let alternates = ["name", "name_alt", "namealt", "namepar", "name_long", "nameascii", "gn_name"];
    let alternates = alternates.iter().filter_map(|key| property(feature, key));
    let alternates =
        alternates.flat_map(|names| names.split('|').map(|n| n.trim().to_owned()).collect::<Vec<_>>());
    let point = feature.geometry.as_ref().and_then(|geometry| point(&geometry.value));
    Ok(Row {
        id,
        feature_code: code.to_owned(),
        country: if country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()) {
            country
        } else {
            String::new()
        },
        point: point.map(checked_point).transpose()?,
        population: text(&["pop_max", "pop_est"]).parse::<f64>().map_or(0, |p| p.max(0.0) as u64),
        wikidata,
        names: [
            alternates.filter(|n| !n.is_empty() && *n != name).collect(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
        ],
        name,
        ..Row::default()
    })
}

/// Returns a property as a text, by its name in small letters or in capitals.
fn property(feature: &Feature, name: &str) -> Option<String> {
    let value = feature.property(name).or_else(|| feature.property(name.to_uppercase()))?;
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
