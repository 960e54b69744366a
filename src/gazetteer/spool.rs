//! Bytes on their way into a gazetteer: in memory while they are few, in a temporary file when they are many.

use crate::error::{Error, ErrorKind, Result};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use tempfile::SpooledTempFile;
use xxhash_rust::xxh3::Xxh3;

/// How many bytes are kept in memory before a spool goes to disk: more than any section of the world's gazetteer.
const IN_MEMORY: usize = 48 << 20;

/// Bytes that are written once and then read once from the start.
pub(super) struct Spool {
    file: BufWriter<SpooledTempFile>,
    digest: Xxh3,
    length: u64,
}

impl Spool {
    /// Returns an empty spool; its temporary file, if it needs one, is made in `folder`.
    pub(super) fn new(folder: &Path) -> Spool {
        let file = tempfile::spooled_tempfile_in(IN_MEMORY, folder);
        Spool { file: BufWriter::with_capacity(1 << 16, file), digest: Xxh3::new(), length: 0 }
    }

    /// Returns an empty spool that is a temporary file from the start.
    pub(super) fn on_disk(folder: &Path) -> Result<Spool> {
        let mut file = tempfile::spooled_tempfile_in(0, folder);
        file.roll().map_err(failed)?;
        Ok(Spool { file: BufWriter::with_capacity(1 << 16, file), ..Spool::new(folder) })
    }

    /// Appends bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.digest.update(bytes);
        self.length += bytes.len() as u64;
        self.file.write_all(bytes).map_err(failed)
    }

    /// Returns the number of bytes.
    pub(super) fn len(&self) -> u64 {
        self.length
    }

    /// Returns the XXH3 of the bytes.
    pub(super) fn digest(&self) -> u64 {
        self.digest.digest()
    }

    /// Returns a reader of the bytes, from the first.
    pub(super) fn into_reader(self) -> Result<impl Read + Send + 'static> {
        let mut file = self.file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(BufReader::with_capacity(1 << 16, file))
    }
}

/// Returns the error of a temporary file that cannot be written or read.
pub(super) fn failed(cause: io::Error) -> Error {
    Error::new(ErrorKind::Output, "cannot use a temporary file").because(cause).remedy(
        "make room beside the output: a large gazetteer needs about twice its size there while it is built",
    )
}

/// Tells whether temporary files can be made in a folder, so that a build fails before its work and not after.
pub(super) fn probe(folder: &Path) -> Result<()> {
    tempfile::tempfile_in(folder).map(|_: File| ()).map_err(failed)
}
