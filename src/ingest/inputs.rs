//! Which files: paths, folders, globs and standard input as the user gave them.

use super::InputFormat;
use crate::error::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file; none is standard input.
    pub path: Option<PathBuf>,
    /// What it holds.
    pub format: InputFormat,
    /// Its size in bytes, if known.
    pub size: Option<u64>,
}

impl Input {
    /// Returns the path as it is shown, or `-`.
    pub fn name(&self) -> String {
        self.path.as_ref().map_or("-".to_owned(), |path| path.display().to_string())
    }

    /// Returns the file at `path`; `format` overrides what its extension says.
    ///
    /// # Errors
    /// The file is missing, or its format is not known.
    pub fn file(path: &Path, format: Option<InputFormat>) -> Result<Input> {
        let size = path.metadata().map_err(|cause| Error::read(path.display(), cause))?.len();
        let format = format.or_else(|| by_extension(path)).ok_or_else(|| {
            Error::new(ErrorKind::Input, "the format is not known from the file's name")
                .in_file(path.display())
                .remedy("say what it is with `--input-format jsonl|csv|tsv|text`")
        })?;
        Ok(Input { path: Some(path.to_owned()), format, size: Some(size) })
    }
}

/// Returns the files that the arguments name, folders and globs in sorted order. `format` overrides what extensions say.
///
/// # Errors
/// A file is missing, a folder or glob holds no articles, or the format of a file is not known.
#[cfg(feature = "cli")]
pub fn find(arguments: &[String], format: Option<InputFormat>) -> Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for argument in arguments {
        let path = Path::new(argument);
        if argument == "-" {
            inputs.push(Input { path: None, format: format.unwrap_or(InputFormat::Jsonl), size: None });
        } else if path.is_dir() {
            inputs.extend(folder(path, format)?);
        } else if !path.exists() && argument.contains(['*', '?', '[']) {
            inputs.extend(matching(argument, format)?);
        } else {
            inputs.push(Input::file(path, format)?);
        }
    }
    Ok(inputs)
}

fn by_extension(path: &Path) -> Option<InputFormat> {
    InputFormat::by_extension(path.extension()?.to_str()?)
}

/// Returns the articles in a folder and the folders in it; files of other formats are passed over.
#[cfg(feature = "cli")]
fn folder(path: &Path, format: Option<InputFormat>) -> Result<Vec<Input>> {
    let (mut inputs, mut others) = (Vec::new(), 0);
    for found in
        walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible)
    {
        let found = found.map_err(|cause| {
            Error::new(ErrorKind::Input, "cannot list the folder").because(cause).in_file(path.display())
        })?;
        if found.file_type().is_file() {
            match format.or_else(|| by_extension(found.path())) {
                Some(_) => inputs.push(Input::file(found.path(), format)?),
                None => others += 1,
            }
        }
    }
    match inputs.is_empty() {
        true => Err(Error::new(ErrorKind::Input, format!("no articles in the folder ({others} files of other kinds)"))
            .in_file(path.display())
            .remedy("files ending in .jsonl, .ndjson, .json, .csv, .tsv, .tab, .txt or .text are read; else use `--input-format`")),
        false => Ok(inputs),
    }
}

/// Tells whether neither the entry nor a folder above it within the input is hidden.
#[cfg(feature = "cli")]
fn visible(entry: &walkdir::DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

#[cfg(feature = "cli")]
fn matching(pattern: &str, format: Option<InputFormat>) -> Result<Vec<Input>> {
    let wrong = |cause| Error::new(ErrorKind::Usage, format!("`{pattern}` is no pattern")).because(cause);
    let paths = glob::glob(pattern).map_err(wrong)?;
    let mut inputs = Vec::new();
    for path in paths {
        let path = path
            .map_err(|cause| Error::new(ErrorKind::Input, "cannot list").because(cause).in_file(pattern))?;
        if path.is_file() {
            inputs.push(Input::file(&path, format)?);
        }
    }
    match inputs.is_empty() {
        true => Err(Error::new(ErrorKind::Input, "no file matches")
            .in_file(pattern)
            .remedy("correct the pattern")),
        false => Ok(inputs),
    }
}
