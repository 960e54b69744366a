//! Stage 1, files → [`Document`]s.
//!
//! [`inputs`] finds the files, [`fields`] which of their fields is which, and a file each reads a format. [`Inputs`] is
//! the [`Source`] over all of them.

mod delimited;
pub mod fields;
pub mod inputs;
mod jsonl;
mod lookahead;
mod plain;

use crate::date;
use crate::document::Document;
use crate::error::{Error, ErrorKind, Position, Result};
use fields::FieldOptions;
use inputs::Input;
pub use lookahead::{Lookahead, Replay};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

/// Gives one document after another.
pub trait Source: Send {
    /// Fills `document` (which is empty) with the next one; false when there are no more.
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Record`]: this record cannot be read, the next call goes on after it. Of any other kind: the
    /// source is at its end.
    fn read(&mut self, document: &mut Document) -> Result<bool>;
}

/// A format of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One article a file.
    Text,
}

impl InputFormat {
    /// Returns the format by a file's extension, in any case.
    pub fn by_extension(extension: &str) -> Option<InputFormat> {
        match extension.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Some(InputFormat::Jsonl),
            "csv" => Some(InputFormat::Csv),
            "tsv" | "tab" => Some(InputFormat::Tsv),
            "txt" | "text" => Some(InputFormat::Text),
            _ => None,
        }
    }
}

/// Tells the user which field of a file was taken for which: path and a line such as `text=body, title=headline`.
pub type FieldNotice = Box<dyn FnMut(&str, &str) + Send>;

/// The documents of several files, in order.
pub struct Inputs {
    files: std::vec::IntoIter<Input>,
    fields: FieldOptions,
    notice: FieldNotice,
    current: Option<Box<dyn Source>>,
    failed: bool,
}

impl Inputs {
    /// Returns the documents of `files`.
    pub fn new(files: Vec<Input>, fields: FieldOptions, notice: FieldNotice) -> Inputs {
        Inputs { files: files.into_iter(), fields, notice, current: None, failed: false }
    }

    fn open(&mut self, input: Input) -> Result<Box<dyn Source>> {
        let reader = reader(&input)?;
        let name = input.name();
        Ok(match input.format {
            InputFormat::Jsonl => {
                Box::new(jsonl::JsonLines::open(name, reader, &self.fields, &mut self.notice)?)
            }
            InputFormat::Csv => {
                Box::new(delimited::Delimited::open(name, reader, b',', &self.fields, &mut self.notice)?)
            }
            InputFormat::Tsv => {
                Box::new(delimited::Delimited::open(name, reader, b'\t', &self.fields, &mut self.notice)?)
            }
            InputFormat::Text => Box::new(plain::Plain::open(name, reader)),
        })
    }
}

impl Source for Inputs {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        if self.failed {
            return Ok(false);
        }
        loop {
            if let Some(source) = &mut self.current {
                match source.read(document) {
                    Ok(false) => self.current = None,
                    Err(error) if error.kind() != ErrorKind::Record => {
                        self.failed = true;
                        return Err(error);
                    }
                    read => return read,
                }
            }
            let Some(input) = self.files.next() else { return Ok(false) };
            let opened = self.open(input);
            self.failed = opened.is_err();
            self.current = Some(opened?);
        }
    }
}

fn reader(input: &Input) -> Result<Box<dyn BufRead + Send>> {
    match &input.path {
        None => Ok(Box::new(BufReader::with_capacity(1 << 16, std::io::stdin()))),
        Some(path) => {
            let file = File::open(path).map_err(|cause| Error::read(path.display(), cause))?;
            Ok(Box::new(BufReader::with_capacity(1 << 18, file)))
        }
    }
}

/// Fills the cells of a document that need more than copying: the id when the input gives none, and the date.
///
/// # Errors
/// The article has neither title nor text, or one of them is longer than [`LONGEST`].
fn finish(document: &mut Document, position: Position, input_bytes: u64) -> Result<()> {
    if document.text.trim().is_empty() && document.title.trim().is_empty() {
        return Err(rejected("the text is empty", position));
    }
    let longest = document.text.len().max(document.title.len());
    if longest > LONGEST {
        return Err(rejected(
            format!("the text has {longest} bytes, at most {LONGEST} are tagged"),
            position,
        )
        .remedy("split it into articles"));
    }
    if document.id.is_empty() {
        document.id = match position.line {
            0 => position.path.clone(),
            line => format!("{}:{line}", position.path),
        };
    }
    if !document.published.is_empty() {
        let iso = date::iso8601(&document.published);
        document.undated = iso.is_none();
        document.published = iso.unwrap_or_default();
    }
    document.position = position;
    document.input_bytes = input_bytes;
    Ok(())
}

/// The longest text in bytes: positions within a text are 32-bit numbers.
const LONGEST: usize = 1 << 30;

/// Returns an error for a record that is skipped.
fn rejected(message: impl Into<String>, position: Position) -> Error {
    Error::new(ErrorKind::Record, message).at(position)
}

/// What to do about text that is not UTF-8.
const CONVERT: &str = "convert the file with `iconv -f WINDOWS-1252 -t UTF-8`";

/// Checks that bytes are UTF-8; the error says at which byte of the file they are not.
fn utf8<'b>(bytes: &'b [u8], position: &Position) -> Result<&'b str> {
    std::str::from_utf8(bytes).map_err(|cause| {
        let at = position.byte + cause.valid_up_to() as u64;
        rejected(format!("not UTF-8 at byte {at}"), position.clone()).remedy(CONVERT)
    })
}

/// Reads all of a small file or stream.
fn read_all(name: &str, mut reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|cause| Error::read(name, cause))?;
    Ok(bytes)
}
