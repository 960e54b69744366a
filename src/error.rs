//! The one error type: what went wrong, where, why, and what to do about it.

use std::error::Error as StdError;
use std::fmt;

/// The result type of every fallible function in the crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Where in an input file something was found.
///
/// # Units
/// `line` counts from 1 (0: not known), `byte` from 0 and points at the first byte of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The path as the user gave it, or `-` for standard input.
    pub path: String,
    /// The line, from 1; 0 when it is not known.
    pub line: u64,
    /// The byte offset of the record's first byte.
    pub byte: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.path),
            line => write!(f, "{}:{} (byte {})", self.path, line, self.byte),
        }
    }
}

/// What kind of failure an [`Error`] is; it decides what the caller does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// One record cannot be read; the caller may skip it, count it and go on.
    Record,
    /// An input cannot be read at all.
    Input,
    /// A gazetteer is missing, damaged or of another version.
    Gazetteer,
    /// A result cannot be written.
    Output,
    /// The reader of the output has gone away (a closed pipe).
    Closed,
    /// The caller asked for something that does not fit together.
    Usage,
    /// A worker failed in a way that should not happen.
    Internal,
}

/// A failure with its place, cause and remedy, printed as
/// `articles.jsonl:7 (byte 883): message: cause; remedy`.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    position: Option<Position>,
    remedy: Option<String>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Returns an error of `kind` that says `message` (lower case, no full stop).
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), position: None, remedy: None, cause: None }
    }

    /// Returns the error with the place where it was found.
    pub fn at(mut self, position: Position) -> Error {
        self.position = Some(position);
        self
    }

    /// Returns the error with the whole file at `path` as its place.
    pub fn in_file(self, path: impl fmt::Display) -> Error {
        self.at(Position { path: path.to_string(), line: 0, byte: 0 })
    }

    /// Returns the error with what the user can do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Error {
        self.remedy = Some(remedy.into());
        self
    }

    /// Returns the error with the underlying failure.
    pub fn because(mut self, cause: impl StdError + Send + Sync + 'static) -> Error {
        self.cause = Some(Box::new(cause));
        self
    }

    /// Returns the kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns where it was found, if that is known.
    pub fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// Returns the message with cause and remedy, without the place.
    pub fn reason(&self) -> String {
        let mut text = self.message.clone();
        if let Some(cause) = &self.cause {
            text.push_str(": ");
            text.push_str(&cause.to_string());
        }
        if let Some(remedy) = &self.remedy {
            text.push_str("; ");
            text.push_str(remedy);
        }
        text
    }

    /// Returns an output error for a failed write, or [`ErrorKind::Closed`] when the reader went away.
    pub fn write(path: impl fmt::Display, cause: std::io::Error) -> Error {
        let kind = match cause.kind() {
            std::io::ErrorKind::BrokenPipe => ErrorKind::Closed,
            _ => ErrorKind::Output,
        };
        Error::new(kind, "cannot write").because(cause).in_file(path)
    }

    /// Returns an input error for a failed read.
    pub fn read(path: impl fmt::Display, cause: std::io::Error) -> Error {
        Error::new(ErrorKind::Input, "cannot read").because(cause).in_file(path)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(position) = &self.position {
            write!(f, "{position}: ")?;
        }
        f.write_str(&self.reason())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
