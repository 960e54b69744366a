//! Where the records go: one or several outputs, each a grain in a format to a file or standard output.

use super::atomic::AtomicFile;
use super::places::Places;
use super::rows::{self, RowOptions};
use super::{Chunk, Counts, Encoder, Format, RowEncoder, Selected, Sink, merge, select, widen};
use crate::error::{Error, Result};
use crate::gazetteer::Layers;
use crate::record::Grain;
use crate::tagger::Tagged;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Where bytes go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file, which appears when it is whole.
    File(PathBuf),
    /// Standard output.
    Stdout,
}

/// One output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputOptions {
    /// What its rows stand for.
    pub grain: Grain,
    /// How they are written.
    pub format: Format,
    /// Where they go.
    pub target: Target,
    /// The columns that are written; empty means all.
    pub columns: Vec<String>,
}

enum Writer {
    File(AtomicFile),
    Stdout(std::io::Stdout),
}

impl Writer {
    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Writer::File(file) => file.write(bytes),
            Writer::Stdout(out) => {
                out.write_all(bytes).map_err(|cause| Error::write("standard output", cause))
            }
        }
    }

    fn flush(&mut self) -> Result<()> {
        match self {
            Writer::File(file) => file.flush(),
            Writer::Stdout(out) => out.flush().map_err(|cause| Error::write("standard output", cause)),
        }
    }
}

struct Output {
    grain: Grain,
    format: Format,
    columns: Vec<Selected>,
    writer: Writer,
    bounds: Option<[f64; 4]>,
    /// Whether a row has been written: the first feature of a collection has no comma before it.
    begun: bool,
}

impl Output {
    fn open(options: &OutputOptions) -> Result<Output> {
        let columns = select(options.grain, &options.columns);
        let mut writer = match &options.target {
            Target::File(path) => Writer::File(AtomicFile::create(path)?),
            Target::Stdout => Writer::Stdout(std::io::stdout()),
        };
        writer.write(&options.format.encoder(columns.clone()).head(options.grain.as_str()))?;
        let OutputOptions { grain, format, .. } = *options;
        Ok(Output { grain, format, columns, writer, bounds: None, begun: false })
    }

    fn append(&mut self, bytes: &[u8], bounds: Option<[f64; 4]>) -> Result<()> {
        merge(&mut self.bounds, bounds);
        let comma = usize::from(!self.begun && self.format == Format::GeoJson && !bytes.is_empty());
        self.begun |= !bytes.is_empty();
        self.writer.write(&bytes[comma..])
    }

    /// Writes what stands at the end.
    fn close(&mut self) -> Result<()> {
        let tail = self.format.encoder(self.columns.clone()).tail(self.bounds);
        self.writer.write(&tail)?;
        self.writer.flush()
    }

    /// Puts the file in its place.
    fn place(self) -> Result<()> {
        match self.writer {
            Writer::File(file) => file.finish(),
            Writer::Stdout(_) => Ok(()),
        }
    }
}

/// A sink for any number of outputs.
pub struct Outputs {
    layers: Arc<Layers>,
    rows: RowOptions,
    /// Outputs of mentions and documents, which stream.
    streams: Vec<Output>,
    /// Outputs of places, which are known at the end.
    layer: Vec<Output>,
    places: Places,
}

impl Outputs {
    /// Opens the outputs.
    ///
    /// # Errors
    /// A file cannot be written where it is to stand.
    pub fn open(layers: Arc<Layers>, rows: RowOptions, outputs: &[OutputOptions]) -> Result<Outputs> {
        let opened = outputs.iter().map(Output::open).collect::<Result<Vec<_>>>()?;
        let (layer, streams) = opened.into_iter().partition(|output| output.grain == Grain::Places);
        Ok(Outputs { layers, rows, streams, layer, places: Places::default() })
    }

    /// Writes what is known at the end and puts the files in their places.
    ///
    /// # Errors
    /// Something cannot be written; then no file appears.
    pub fn finish(self) -> Result<()> {
        let Outputs { layers, mut streams, mut layer, places, .. } = self;
        for output in &mut layer {
            let mut encoder = output.format.encoder(output.columns.clone());
            let mut bounds = None;
            places.rows(&layers, |row| {
                row.point.into_iter().for_each(|point| widen(&mut bounds, point));
                encoder.encode(row)
            })?;
            output.append(&encoder.take(), bounds)?;
        }
        // All are written before the first is put in its place, so that a full disk leaves the old ones.
        streams.append(&mut layer);
        streams.iter_mut().try_for_each(Output::close)?;
        streams.into_iter().try_for_each(Output::place)
    }
}

impl Sink for Outputs {
    fn encoder(&self) -> Box<dyn Encoder> {
        let stream = |output: &Output| Stream {
            grain: output.grain,
            encoder: output.format.encoder(output.columns.clone()),
            nested: output.format == Format::Jsonl && output.columns.len() == output.grain.columns().len(),
            bounds: None,
        };
        Box::new(Streams {
            rows: self.rows.clone(),
            streams: self.streams.iter().map(stream).collect(),
            places: !self.layer.is_empty(),
            sightings: Vec::new(),
            counts: Counts::default(),
        })
    }

    fn append(&mut self, chunk: Chunk) -> Result<()> {
        for ((output, bytes), bounds) in self.streams.iter_mut().zip(&chunk.streams).zip(chunk.bounds) {
            output.append(bytes, bounds)?;
        }
        chunk.sightings.into_iter().for_each(|sighting| self.places.add(sighting));
        Ok(())
    }
}

struct Stream {
    grain: Grain,
    encoder: Box<dyn RowEncoder>,
    /// Whether candidates are written: the format holds lists of objects, and no columns were chosen.
    nested: bool,
    bounds: Option<[f64; 4]>,
}

/// Encodes documents for all streamed outputs.
struct Streams {
    rows: RowOptions,
    streams: Vec<Stream>,
    places: bool,
    sightings: Vec<super::places::Sighting>,
    counts: Counts,
}

impl Encoder for Streams {
    fn encode(&mut self, tagged: &Tagged<'_>) -> Result<()> {
        let tags = rows::tags(tagged, &self.rows);
        self.counts.add(rows::count(&tags));
        for Stream { grain, encoder, nested, bounds } in &mut self.streams {
            let mut encode = |row: &crate::record::Row| {
                row.point.into_iter().for_each(|point| widen(bounds, point));
                encoder.encode(row)
            };
            match grain {
                Grain::Mentions => rows::mentions(tagged, &tags, &self.rows, *nested, encode)?,
                _ => encode(&rows::document(tagged, &tags))?,
            }
        }
        if self.places {
            super::places::see(tagged, &tags, &mut self.sightings);
        }
        Ok(())
    }

    fn take(&mut self) -> Chunk {
        Chunk {
            counts: std::mem::take(&mut self.counts),
            streams: self.streams.iter_mut().map(|stream| stream.encoder.take()).collect(),
            bounds: self.streams.iter_mut().map(|stream| stream.bounds.take()).collect(),
            sightings: std::mem::take(&mut self.sightings),
        }
    }
}
