//! A reader that stops at a line without end, before it fills the memory.

use crate::error::Position;
use std::fmt;
use std::io::{self, Read};

/// The longest line that a source may have, in bytes. The longest of GeoNames' dump has some 20 kB.
pub(super) const LONGEST_LINE: u64 = 16 << 20;

/// Passes bytes on and counts lines, until one is longer than [`LONGEST_LINE`].
pub(super) struct Guarded<R> {
    inner: R,
    line: u64,
    line_start: u64,
    at: u64,
}

impl<R: Read> Guarded<R> {
    /// Returns a guarded reader.
    pub(super) fn new(inner: R) -> Guarded<R> {
        Guarded { inner, line: 1, line_start: 0, at: 0 }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = &buffer[..read];
        if let Some(last) = bytes.iter().rposition(|b| *b == b'\n') {
            self.line += bytes.iter().filter(|b| **b == b'\n').count() as u64;
            self.line_start = self.at + last as u64 + 1;
        }
        self.at += read as u64;
        match self.at - self.line_start > LONGEST_LINE {
            false => Ok(read),
            true => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                LongLine { line: self.line, byte: self.line_start },
            )),
        }
    }
}

/// A line is too long.
#[derive(Debug)]
pub(super) struct LongLine {
    line: u64,
    byte: u64,
}

impl LongLine {
    /// Returns where the line begins, if an error is about one that is too long.
    pub(super) fn position(error: &io::Error, path: &str) -> Option<Position> {
        let found = error.get_ref()?.downcast_ref::<LongLine>()?;
        Some(Position { path: path.to_owned(), line: found.line, byte: found.byte })
    }
}

impl fmt::Display for LongLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the line is longer than {} MiB", LONGEST_LINE >> 20)
    }
}

impl std::error::Error for LongLine {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_stops_the_reading() {
        let endless = io::repeat(b'a').take(LONGEST_LINE * 2);
        let mut guarded = Guarded::new(b"one\ntwo\n".chain(endless));
        let error = io::copy(&mut guarded, &mut io::sink()).unwrap_err();
        let at = LongLine::position(&error, "x").unwrap();
        assert_eq!((at.line, at.byte), (3, 8));
    }
}
