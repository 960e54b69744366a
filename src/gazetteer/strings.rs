//! The strings of a gazetteer in the making, each stored once where that costs little.

use super::layout::StringRef;
use crate::error::{Error, ErrorKind, Result};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use xxhash_rust::xxh3::xxh3_64;

/// How many strings are remembered so as not to be stored twice. All of the world's are; of a larger gazetteer the
/// first so many, which bounds the memory for it at some 50 MB.
const REMEMBERED: usize = 2_000_000;

/// One growing text with all strings.
#[derive(Default)]
pub(super) struct Strings {
    bytes: Vec<u8>,
    /// The strings by their hash; two with the same hash are stored apart.
    known: HashMap<u64, StringRef, BuildHasherDefault<Hashed>>,
}

impl Strings {
    /// Returns where `text` stands, adding it when it is new; what is longer than 64 KiB is cut.
    ///
    /// # Errors
    /// There are more than 4 GiB of strings.
    pub(super) fn add(&mut self, text: &str) -> Result<StringRef> {
        if text.is_empty() {
            return Ok(StringRef::default());
        }
        let text = &text[..text.floor_char_boundary(u16::MAX as usize)];
        let hash = xxh3_64(text.as_bytes());
        let known = self.known.get(&hash).copied();
        if let Some(known) = known.filter(|known| self.get(*known) == text) {
            return Ok(known);
        }
        let offset = u32::try_from(self.bytes.len()).map_err(|_| too_many())?;
        let at = StringRef { offset: offset.into(), length: (text.len() as u16).into() };
        self.bytes.extend_from_slice(text.as_bytes());
        if known.is_none() && self.known.len() < REMEMBERED {
            self.known.insert(hash, at);
        }
        Ok(at)
    }

    /// Returns the string at `at`.
    pub(super) fn get(&self, at: StringRef) -> &str {
        let start = at.offset.get() as usize;
        let bytes = self.bytes.get(start..start + at.length.get() as usize);
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }

    /// Returns all of them.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn too_many() -> Error {
    Error::new(ErrorKind::Gazetteer, "more than 4 GiB of names")
        .remedy("filter the sources by country, feature or population, or build several gazetteers")
}

/// Passes on a key that is a hash already.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl std::hash::Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
