//! GeoJSON features one after another, so that a collection need not fit in memory.

use crate::error::{Error, ErrorKind, Position, Result};
use geojson::{Feature, GeometryValue};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::io::{BufRead, Read};

/// Calls `each` with every feature of a feature collection, and with its position.
///
/// # Errors
/// The input is no feature collection, a feature cannot be read, or `each` fails.
pub(super) fn each_of_collection(
    path: &str,
    input: impl Read,
    mut each: impl FnMut(Feature, &Position) -> Result<()>,
) -> Result<()> {
    let mut failure = None;
    let mut count = 0;
    let collection = Collection {
        each: &mut |feature| {
            count += 1;
            let at = Position { path: format!("{path}, feature {count}"), line: 0, byte: 0 };
            each(feature, &at)
        },
        failure: &mut failure,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    let found = collection.deserialize(&mut deserializer);
    if let Some(error) = failure {
        return Err(error);
    }
    found.map_err(|cause| {
        Error::new(ErrorKind::Gazetteer, format!("cannot read feature {}", count + 1))
            .because(cause)
            .in_file(path)
            .remedy("give a GeoJSON FeatureCollection")
    })?;
    match count {
        0 => Err(Error::new(ErrorKind::Gazetteer, "there are no features")
            .in_file(path)
            .remedy("give a GeoJSON FeatureCollection")),
        _ => Ok(()),
    }
}

/// Calls `each` with every feature of a file with one on each line, and with its position.
///
/// # Errors
/// A line is no feature, or `each` fails.
pub(super) fn each_of_lines(
    path: &str,
    input: impl BufRead,
    mut each: impl FnMut(Feature, &Position) -> Result<()>,
) -> Result<()> {
    let mut at = Position { path: path.to_owned(), line: 0, byte: 0 };
    for line in input.split(b'\n') {
        let line = line.map_err(|cause| Error::read(path, cause))?;
        at.line += 1;
        if !line.trim_ascii().is_empty() {
            let feature = serde_json::from_slice(&line).map_err(|cause| {
                Error::new(ErrorKind::Gazetteer, "the line is no GeoJSON feature")
                    .because(cause)
                    .at(at.clone())
            })?;
            each(feature, &at)?;
        }
        at.byte += line.len() as u64 + 1;
    }
    Ok(())
}

struct Collection<'a> {
    each: &'a mut dyn FnMut(Feature) -> Result<()>,
    failure: &'a mut Option<Error>,
}

impl<'de> DeserializeSeed<'de> for Collection<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a GeoJSON FeatureCollection")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> std::result::Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    map.next_value_seed(Features(Collection { each: &mut self.each, failure: self.failure }))?
                }
                _ => map.next_value::<IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

struct Features<'a>(Collection<'a>);

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of GeoJSON features")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> std::result::Result<(), S::Error> {
        while let Some(feature) = seq.next_element::<Feature>()? {
            if let Err(error) = (self.0.each)(feature) {
                *self.0.failure = Some(error);
                return Err(serde::de::Error::custom("the feature was refused"));
            }
        }
        Ok(())
    }
}

/// Returns one point of a geometry, (latitude, longitude): of a line its middle vertex, of an area the centroid of its
/// largest ring, of several the first that has one.
pub(super) fn point(geometry: &GeometryValue) -> Option<(f64, f64)> {
    let vertex =
        |position: &geojson::Position| Some((*position.as_slice().get(1)?, *position.as_slice().first()?));
    let middle = |line: &Vec<geojson::Position>| line.get(line.len() / 2).and_then(vertex);
    match geometry {
        GeometryValue::Point { coordinates } => vertex(coordinates),
        GeometryValue::MultiPoint { coordinates } => coordinates.first().and_then(vertex),
        GeometryValue::LineString { coordinates } => middle(coordinates),
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().max_by_key(|line| line.len()).and_then(middle)
        }
        GeometryValue::Polygon { coordinates } => {
            coordinates.first().and_then(|ring| centroid(ring)).map(|c| c.1)
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates
            .iter()
            .filter_map(|polygon| centroid(polygon.first()?))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|c| c.1),
        GeometryValue::GeometryCollection { geometries } => geometries.iter().find_map(|g| point(&g.value)),
    }
}

/// Returns the area of a ring in square degrees and its centroid, (latitude, longitude), by the shoelace formula.
fn centroid(ring: &[geojson::Position]) -> Option<(f64, (f64, f64))> {
    let vertices: Vec<(f64, f64)> =
        ring.iter().filter_map(|p| Some((*p.as_slice().first()?, *p.as_slice().get(1)?))).collect();
    let origin = *vertices.first()?;
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in vertices.windows(2) {
        let ((x0, y0), (x1, y1)) =
            ((pair[0].0 - origin.0, pair[0].1 - origin.1), (pair[1].0 - origin.0, pair[1].1 - origin.1));
        let cross = x0 * y1 - x1 * y0;
        area += cross / 2.0;
        x += (x0 + x1) * cross / 6.0;
        y += (y0 + y1) * cross / 6.0;
    }
    match area == 0.0 {
        true => Some((0.0, (origin.1, origin.0))),
        false => Some((area.abs(), (origin.1 + y / area, origin.0 + x / area))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_lie_at_their_centroid() {
        let square = r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,2],[0,2],[0,0]]]}"#;
        let geometry: geojson::Geometry = square.parse().unwrap();
        assert_eq!(point(&geometry.value), Some((1.0, 2.0)));
    }

    #[test]
    fn features_are_found_after_other_lists() {
        let text = r#"{"type":"FeatureCollection","bbox":[1,2,3,4],"features":[
            {"type":"Feature","geometry":null,"properties":{"a":1}},{"type":"Feature","geometry":null,"properties":{}}]}"#;
        let mut places = Vec::new();
        each_of_collection("x", text.as_bytes(), |_, at| {
            places.push(at.to_string());
            Ok(())
        })
        .unwrap();
        assert_eq!(places, ["x, feature 1", "x, feature 2"]);
    }
}
