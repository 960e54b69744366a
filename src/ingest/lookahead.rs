//! Looking ahead in a source that can be read only once, such as standard input.

use super::Source;
use crate::document::Document;
use crate::error::{ErrorKind, Result};
use std::collections::VecDeque;

/// How many documents and bytes of input are read ahead at most.
const DOCUMENTS: usize = 2_000;
const BYTES: u64 = 16 << 20;

/// A source of which the first documents are known before they are read.
pub struct Lookahead<S> {
    ahead: VecDeque<Result<Document>>,
    rest: S,
}

impl<S: Source> Lookahead<S> {
    /// Reads the first documents of a source, as long as `wanted` says so of what has been read, at most 2,000 or 16 MB.
    pub fn new(mut rest: S, wanted: impl Fn(&Document) -> bool) -> Lookahead<S> {
        let mut ahead = VecDeque::new();
        let mut bytes = 0;
        while ahead.len() < DOCUMENTS && bytes < BYTES {
            let mut document = Document::default();
            match rest.read(&mut document) {
                Ok(false) => break,
                Ok(true) => {
                    bytes += document.input_bytes;
                    let more = wanted(&document);
                    ahead.push_back(Ok(document));
                    if !more {
                        break;
                    }
                }
                Err(error) => {
                    let last = error.kind() != ErrorKind::Record;
                    ahead.push_back(Err(error));
                    if last {
                        break;
                    }
                }
            }
        }
        Lookahead { ahead, rest }
    }

    /// Returns the documents that have been read ahead.
    pub fn documents(&self) -> impl Iterator<Item = &Document> + Send {
        self.ahead.iter().filter_map(|document| document.as_ref().ok())
    }
}

impl<S: Source> Source for Lookahead<S> {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        match self.ahead.pop_front() {
            Some(next) => {
                *document = next?;
                Ok(true)
            }
            None => self.rest.read(document),
        }
    }
}

/// A source of documents that are there already.
pub struct Replay<I>(pub I);

impl<'d, I: Iterator<Item = &'d Document> + Send> Source for Replay<I> {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        let next = self.0.next();
        if let Some(next) = next {
            document.clone_from(next);
        }
        Ok(next.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_ahead_comes_first_and_nothing_is_lost() {
        let documents: Vec<Document> = (0..5).map(|n| Document::from_text(n.to_string(), "text")).collect();
        let mut source = Lookahead::new(Replay(documents.iter()), |document| document.id != "2");
        let ahead: Vec<_> = source.documents().map(|document| document.id.clone()).collect();
        assert_eq!(ahead, ["0", "1", "2"]);
        let mut read = Vec::new();
        let mut document = Document::default();
        while source.read(&mut document).unwrap() {
            read.push(document.id.clone());
        }
        assert_eq!(read, ["0", "1", "2", "3", "4"]);
    }
}
