//! Files that appear whole or not at all.

use crate::error::{Error, ErrorKind, Result};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is written beside its place and renamed when it is finished; dropped unfinished, it leaves nothing.
pub struct AtomicFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl AtomicFile {
    /// Begins a file that is to stand at `path`.
    ///
    /// # Errors
    /// Its folder is missing or cannot be written.
    pub fn create(path: &Path) -> Result<AtomicFile> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // The library's own message names a random file; the error number says what is wrong.
        let plain = |cause: io::Error| cause.raw_os_error().map_or(cause, io::Error::from_raw_os_error);
        let failed = |cause| {
            Error::new(ErrorKind::Output, "cannot write here")
                .because(plain(cause))
                .in_file(path.display())
                .remedy("choose a folder that exists and may be written with `-o`")
        };
        let mut builder = tempfile::Builder::new();
        let builder = builder.prefix(".dateline-").suffix(".part");
        #[cfg(unix)]
        let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(failed)?;
        Ok(AtomicFile { path: path.to_owned(), file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|cause| Error::write(self.path.display(), cause))
    }

    /// Puts the file in its place.
    pub fn finish(self) -> Result<()> {
        let AtomicFile { path, file } = self;
        let file = file.into_inner().map_err(|cause| Error::write(path.display(), cause.into_error()))?;
        file.persist(&path).map_err(|cause| Error::write(path.display(), cause.error))?;
        Ok(())
    }
}
