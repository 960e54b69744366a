//! Files that appear whole or not at all.

use crate::error::{Error, ErrorKind, Result};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is written beside its place and renamed when it is finished. Dropped unfinished, it leaves nothing; a
/// process that is killed may leave `.dateline-*.part`. What stands at the place and is no file, such as `/dev/null`
/// or a named pipe, is written directly.
pub struct AtomicFile {
    path: PathBuf,
    file: BufWriter<Target>,
}

enum Target {
    Beside(NamedTempFile),
    Direct(File),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Beside(file) => file.write(bytes),
            Target::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Beside(file) => file.flush(),
            Target::Direct(file) => file.flush(),
        }
    }
}

impl AtomicFile {
    /// Begins a file that is to stand at `path`; a link is followed.
    ///
    /// # Errors
    /// Its folder is missing or cannot be written, or a folder stands there.
    pub fn create(path: &Path) -> Result<AtomicFile> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let target = open(&path).map_err(|cause| {
            Error::new(ErrorKind::Output, "cannot write here")
                .because(cause)
                .in_file(path.display())
                .remedy("choose a folder that exists and may be written with `-o`")
        })?;
        Ok(AtomicFile { path, file: BufWriter::with_capacity(1 << 16, target) })
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|cause| Error::write(self.path.display(), cause))
    }

    /// Writes what is buffered.
    pub fn flush(&mut self) -> Result<()> {
        self.file.flush().map_err(|cause| Error::write(self.path.display(), cause))
    }

    /// Puts the file in its place.
    pub fn finish(self) -> Result<()> {
        let AtomicFile { path, file } = self;
        let target = file.into_inner().map_err(|cause| Error::write(path.display(), cause.into_error()))?;
        if let Target::Beside(file) = target {
            file.persist(&path).map_err(|cause| Error::write(path.display(), cause.error))?;
        }
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<Target> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if path.exists() && !path.is_file() {
        return File::options().write(true).open(path).map(Target::Direct);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix(".dateline-").suffix(".part");
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // The library's own message names a random file; the system's says what is wrong.
    let folder = folder.canonicalize()?;
    builder.tempfile_in(folder).map(Target::Beside).map_err(|cause| cause.kind().into())
}
