//! GeoJSON, RFC 7946: points, longitude first, no `crs`, the same flat properties on every feature, `id` the row's;
//! as one collection with `name` and `bbox`, or one feature a line. Rows without a point are not on a map and left out.

use super::{RowEncoder, Selected};
use crate::error::{Error, ErrorKind, Result};
use crate::record::{Row, Value};
use geojson::{Feature, Geometry, GeometryValue, JsonObject};

pub(super) struct Features {
    columns: Vec<Selected>,
    collection: bool,
    bytes: Vec<u8>,
}

impl Features {
    /// Features of one collection; each row begins with the comma that parts it from the one before.
    pub(super) fn in_collection(columns: Vec<Selected>) -> Features {
        Features { columns, collection: true, bytes: Vec::new() }
    }

    /// Features on lines of their own.
    pub(super) fn in_lines(columns: Vec<Selected>) -> Features {
        Features { columns, collection: false, bytes: Vec::new() }
    }
}

/// Returns the properties of a row: every column, `null` where it is missing, lists joined by `|`.
fn properties(columns: &[Selected], row: &Row) -> JsonObject {
    let value = |value: &Value| match value {
        Value::List(values) if values.is_empty() => serde_json::Value::Null,
        Value::List(values) => values.join("|").into(),
        value => value.to_json(),
    };
    columns.iter().map(|s| (s.column.name.to_owned(), value(&row.values[s.index]))).collect()
}

impl RowEncoder for Features {
    fn encode(&mut self, row: &Row) -> Result<()> {
        let Some(point) = row.point else { return Ok(()) };
        let feature = Feature {
            bbox: None,
            geometry: Some(Geometry::new(GeometryValue::new_point(point))),
            id: Some(geojson::feature::Id::String(row.id.clone())),
            properties: Some(properties(&self.columns, row)),
            foreign_members: None,
        };
        if self.collection {
            self.bytes.extend(b",\n");
        }
        serde_json::to_writer(&mut self.bytes, &feature).map_err(|cause| {
            Error::new(ErrorKind::Output, "cannot encode a GeoJSON feature").because(cause)
        })?;
        if !self.collection {
            self.bytes.push(b'\n');
        }
        Ok(())
    }

    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    fn head(&self, name: &str) -> Vec<u8> {
        match self.collection {
            true => {
                format!("{{\"type\":\"FeatureCollection\",\"name\":\"{name}\",\"features\":[").into_bytes()
            }
            false => Vec::new(),
        }
    }

    fn tail(&self, bounds: Option<[f64; 4]>) -> Vec<u8> {
        match (self.collection, bounds) {
            (false, _) => Vec::new(),
            (true, None) => b"\n]}\n".to_vec(),
            (true, Some([w, s, e, n])) => format!("\n],\"bbox\":[{w},{s},{e},{n}]}}\n").into_bytes(),
        }
    }
}
