//! CSV and TSV with a header; quoted cells may hold line breaks.

use super::fields::{FieldMap, FieldOptions, Role};
use super::{CONVERT, FieldNotice, Source, finish, rejected};
use crate::document::Document;
use crate::error::{Error, Position, Result};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub(super) struct Delimited {
    name: String,
    reader: Reader<Box<dyn Read + Send>>,
    record: ByteRecord,
    seen: Arc<Seen>,
    /// For each role the index of its column.
    columns: [Option<usize>; Role::ALL.len()],
}

impl Delimited {
    pub(super) fn open(
        name: String,
        reader: Box<dyn BufRead + Send>,
        delimiter: u8,
        options: &FieldOptions,
        notice: &mut FieldNotice,
    ) -> Result<Delimited> {
        let seen = Arc::new(Seen::default());
        let reader: Box<dyn Read + Send> = Box::new(Watched { reader, seen: seen.clone() });
        let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(reader);
        let header = reader.byte_headers().map_err(|cause| failed(&name, cause))?.clone();
        let mut columns = [None; Role::ALL.len()];
        if !header.is_empty() {
            let found: Vec<String> = header.iter().map(clean).collect();
            let fields = FieldMap::choose(&name, &found, options)?;
            notice(&name, &fields.describe());
            columns = fields
                .paths
                .each_ref()
                .map(|path| found.iter().position(|field| Some(field) == path.as_ref()));
        }
        Ok(Delimited { name, reader, record: ByteRecord::new(), seen, columns })
    }
}

/// Returns a header's name without a byte order mark.
fn clean(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim_start_matches('\u{feff}').trim().to_owned()
}

impl Delimited {
    /// Tells whether the row swallowed the rest of the file: only the end of the file ended it, it holds line breaks, and
    /// the file has an odd number of quotation marks.
    fn is_unclosed(&self) -> bool {
        let Seen { quotes, end } = &*self.seen;
        end.load(Ordering::Relaxed)
            && quotes.load(Ordering::Relaxed) % 2 == 1
            && self.record.as_slice().contains(&b'\n')
    }
}

/// What has been seen of a file.
#[derive(Default)]
struct Seen {
    /// Number of quotation marks.
    quotes: AtomicU64,
    /// Whether the end was reached.
    end: AtomicBool,
}

/// A reader that is watched.
struct Watched {
    reader: Box<dyn BufRead + Send>,
    seen: Arc<Seen>,
}

impl Read for Watched {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(bytes)?;
        let quotes = bytes[..read].iter().filter(|byte| **byte == b'"').count();
        self.seen.quotes.fetch_add(quotes as u64, Ordering::Relaxed);
        self.seen.end.fetch_or(read == 0, Ordering::Relaxed);
        Ok(read)
    }
}

impl Source for Delimited {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => return Ok(false),
            Ok(true) => {}
            Err(cause) => return Err(failed(&self.name, cause)),
        }
        let position = position(&self.name, self.record.position());
        if self.is_unclosed() {
            return Err(rejected("a quotation mark that opens in this row is not closed", position)
                .remedy("close it, or double quotation marks within a quoted cell"));
        }
        for role in Role::ALL {
            let cell = self.columns[role as usize].and_then(|column| self.record.get(column));
            let text = std::str::from_utf8(cell.unwrap_or_default()).map_err(|_| {
                rejected(format!("the {} is not UTF-8", role.as_str()), position.clone()).remedy(CONVERT)
            })?;
            role.target(document).push_str(text);
        }
        finish(document, position, self.record.as_slice().len() as u64)?;
        Ok(true)
    }
}

fn position(name: &str, at: Option<&csv::Position>) -> Position {
    let (line, byte) = at.map_or((0, 0), |at| (at.line(), at.byte()));
    Position { path: name.to_owned(), line, byte }
}

/// A ragged row is skipped; anything else ends the file.
fn failed(name: &str, cause: csv::Error) -> Error {
    let position = position(name, cause.position());
    match cause.into_kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            rejected(format!("the row has {len} cells, the header has {expected_len}"), position)
                .remedy("quote cells that hold the delimiter")
        }
        csv::ErrorKind::Io(cause) => Error::read(name, cause),
        _ => rejected("the row cannot be read", position),
    }
}
