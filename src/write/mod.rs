//! Stage 5, [`Tagged`] → files: rows, encoded on the workers, written in input order.
//!
//! `rows` makes the rows of each grain, a file each encodes them in a format ([`Format`]), [`places`] adds up the
//! map layer, [`output`] is the [`Sink`] that puts it all where the user wants it.

mod atomic;
mod delimited;
mod geojson;
mod jsonl;
pub mod output;
pub mod places;
mod rows;
pub mod schema;

pub use atomic::AtomicFile;
pub use rows::{Offsets, RowOptions};

use crate::error::Result;
use crate::record::{Column, Grain, Row};
use crate::tagger::Tagged;
use places::Sighting;

/// A format of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180, with a header.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// One GeoJSON feature collection, RFC 7946.
    GeoJson,
    /// One GeoJSON feature a line.
    GeoJsonl,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::Csv, Format::Jsonl, Format::GeoJson, Format::GeoJsonl];

    /// Returns its name, which is also its file extension.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::GeoJson => "geojson",
            Format::GeoJsonl => "geojsonl",
        }
    }

    fn encoder(self, columns: Vec<Selected>) -> Box<dyn RowEncoder> {
        match self {
            Format::Csv => Box::new(delimited::Csv::new(columns)),
            Format::Jsonl => Box::new(jsonl::Jsonl::new(columns)),
            Format::GeoJson => Box::new(geojson::Features::in_collection(columns)),
            Format::GeoJsonl => Box::new(geojson::Features::in_lines(columns)),
        }
    }
}

/// A column that is written, with its index in the grain's list.
#[derive(Clone, Copy, Debug)]
pub struct Selected {
    /// Its index in [`Grain::columns`].
    pub index: usize,
    /// The column.
    pub column: Column,
}

/// Returns the columns of a grain that are written: all, or those in `names`.
pub fn select(grain: Grain, names: &[String]) -> Vec<Selected> {
    let all = grain.columns().iter().enumerate().map(|(index, column)| Selected { index, column: *column });
    all.filter(|s| names.is_empty() || names.iter().any(|name| name == s.column.name)).collect()
}

/// Turns rows into the bytes of one format. What stands before the first row and after the last is the sink's to ask
/// for, once.
trait RowEncoder: Send {
    /// Appends a row.
    fn encode(&mut self, row: &Row) -> Result<()>;
    /// Returns the bytes of all rows since the last call.
    fn take(&mut self) -> Vec<u8>;
    /// Returns what stands before the first row.
    fn head(&self, _name: &str) -> Vec<u8> {
        Vec::new()
    }
    /// Returns what stands after the last row, given the bounding box of all points.
    fn tail(&self, _bounds: Option<[f64; 4]>) -> Vec<u8> {
        Vec::new()
    }
}

/// Numbers of tags that were written, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Mentions of places.
    pub places: u64,
    /// Mentions of places by demonyms.
    pub demonyms: u64,
    /// Mentions of persons.
    pub persons: u64,
    /// Mentions of kinds that users' gazetteers declare.
    pub others: u64,
}

impl Counts {
    /// Returns the number of all tags.
    pub fn mentions(&self) -> u64 {
        self.places + self.demonyms + self.persons + self.others
    }

    /// Adds the numbers of another.
    pub fn add(&mut self, other: Counts) {
        self.places += other.places;
        self.demonyms += other.demonyms;
        self.persons += other.persons;
        self.others += other.others;
    }
}

/// What one batch of documents came to.
#[derive(Debug, Default)]
pub struct Chunk {
    /// How many tags it holds.
    pub counts: Counts,
    /// Encoded rows, one buffer a streamed output.
    pub streams: Vec<Vec<u8>>,
    /// The bounding box of the points in each of them.
    pub bounds: Vec<Option<[f64; 4]>>,
    /// What the map layer counts.
    pub sightings: Vec<Sighting>,
}

/// Encodes documents on a worker.
pub trait Encoder: Send {
    /// Adds a document's records.
    fn encode(&mut self, tagged: &Tagged<'_>) -> Result<()>;
    /// Returns what has been added since the last call.
    fn take(&mut self) -> Chunk;
}

/// Takes the encoded records of all documents, in input order.
pub trait Sink {
    /// Returns an encoder for one worker.
    fn encoder(&self) -> Box<dyn Encoder>;
    /// Writes the next chunk.
    ///
    /// # Errors
    /// It cannot be written; the run ends.
    fn append(&mut self, chunk: Chunk) -> Result<()>;
}

/// Widens a bounding box (west, south, east, north) to hold a point.
fn widen(bounds: &mut Option<[f64; 4]>, [longitude, latitude]: [f64; 2]) {
    merge(bounds, Some([longitude, latitude, longitude, latitude]));
}

/// Widens a bounding box to hold another.
fn merge(bounds: &mut Option<[f64; 4]>, other: Option<[f64; 4]>) {
    *bounds = match (*bounds, other) {
        (Some(a), Some(b)) => Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
        (a, b) => a.or(b),
    };
}
