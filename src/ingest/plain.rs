//! Plain text: one article a file.

use super::{Source, finish, read_all, rejected, utf8};
use crate::document::Document;
use crate::error::{Position, Result};
use std::io::BufRead;

pub(super) struct Plain {
    name: String,
    reader: Option<Box<dyn BufRead + Send>>,
}

impl Plain {
    pub(super) fn open(name: String, reader: Box<dyn BufRead + Send>) -> Plain {
        Plain { name, reader: Some(reader) }
    }
}

impl Source for Plain {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        let Some(reader) = self.reader.take() else { return Ok(false) };
        let bytes = read_all(&self.name, reader)?;
        let position = Position { path: self.name.clone(), line: 0, byte: 0 };
        if bytes.is_empty() {
            return Err(rejected("the file is empty", position));
        }
        document.text.push_str(utf8(&bytes, &position)?);
        finish(document, position, bytes.len() as u64)?;
        Ok(true)
    }
}
