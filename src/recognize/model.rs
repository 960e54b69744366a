//! The model: the weights that `dateline train` has learned, used in place.
//!
//! A file is a header, the weights of the dense features, those of the consensus, and a hash table of the lexical
//! features: lines of 64 bytes with eight slots, each a tag of 16 bits and one signed byte a label. A feature is looked
//! up in the one line that its hash points at; a feature that training has not seen is almost surely (all but one in
//! ten thousand) in no slot and counts nothing.

use super::consensus;
use super::label::{LABELS, Scores};
use super::lexical::Template;
use super::name::NameFeature;
use super::place::PlaceFeature;
use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Slots in a line of the table.
pub const SLOTS: usize = 8;

/// Numbers that are added at once.
pub const LANES: usize = 8;

/// One cache line of the table.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C, align(64))]
pub struct Line {
    /// The weights of the features in the slots, in units.
    pub weights: [[i8; LABELS]; SLOTS],
    /// Their tags; 0 in an empty slot.
    pub tags: [u16; SLOTS],
}

/// The weights of the recogniser.
#[derive(Clone, Debug)]
pub struct Model {
    /// For each dense feature.
    pub dense: Vec<Scores>,
    /// For each feature of the consensus.
    pub consensus: Vec<Scores>,
    /// What one unit of a lexical weight is.
    pub unit: f32,
    /// The lexical features.
    pub lines: Cow<'static, [Line]>,
}

const MAGIC: &[u8; 8] = b"dltagger";

#[derive(Clone, Copy, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
struct Header {
    magic: [u8; 8],
    /// The features that the weights belong to.
    features: u64,
    lines: u32,
    unit: f32,
}

#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../gazetteers/recognizer.model"));

/// How many dense features there are.
pub const DENSE: usize = PlaceFeature::ALL.len() + 2 * NameFeature::ALL.len();

impl Model {
    /// Returns the model that is part of the program.
    ///
    /// # Errors
    /// It was trained for other features: `dateline train` makes a new one.
    pub fn embedded() -> Result<Model> {
        Model::parse(&EMBEDDED.0, |bytes| <[Line]>::ref_from_bytes(bytes).ok().map(Cow::Borrowed))
    }

    /// Returns a model from the bytes of a file.
    ///
    /// # Errors
    /// It is no model, or one for other features.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model> {
        Model::parse(bytes, |bytes| {
            let lines = bytes.chunks_exact(size_of::<Line>()).map(Line::read_from_bytes);
            lines.collect::<std::result::Result<Vec<Line>, _>>().ok().map(Cow::Owned)
        })
    }

    fn parse<'b>(
        bytes: &'b [u8],
        lines: impl FnOnce(&'b [u8]) -> Option<Cow<'static, [Line]>>,
    ) -> Result<Model> {
        let bad = |what: &str| {
            Error::new(ErrorKind::Internal, format!("the recogniser's model {what}"))
                .remedy("make a new one with `dateline train`")
        };
        let (header, rest) = Header::read_from_prefix(bytes).map_err(|_| bad("is cut short"))?;
        if &header.magic != MAGIC {
            return Err(bad("is no model"));
        }
        if header.features != fingerprint() {
            return Err(bad("belongs to other features"));
        }
        let size = size_of::<Scores>();
        let table = header.lines as usize * size_of::<Line>();
        let (dense, consensus) = (DENSE * size, consensus::FEATURES * size);
        if header.lines == 0 || bytes.len() < table + dense + consensus {
            return Err(bad("is cut short"));
        }
        let rows = |bytes: &[u8]| -> Vec<Scores> {
            bytes.chunks_exact(size).filter_map(|row| Scores::read_from_bytes(row).ok()).collect()
        };
        let lines = lines(&bytes[bytes.len() - table..]).ok_or_else(|| bad("is cut short"))?;
        Ok(Model {
            dense: rows(&rest[..dense]),
            consensus: rows(&rest[dense..dense + consensus]),
            unit: header.unit,
            lines,
        })
    }

    /// Returns the bytes of a file with the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let header = Header {
            magic: *MAGIC,
            features: fingerprint(),
            lines: self.lines.len() as u32,
            unit: self.unit,
        };
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend_from_slice(self.dense.as_bytes());
        bytes.extend_from_slice(self.consensus.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(size_of::<Line>()), 0);
        bytes.extend_from_slice(self.lines.as_bytes());
        bytes
    }

    /// Returns a model that knows nothing: all weights are 0.
    pub fn empty() -> Model {
        Model {
            dense: vec![[0.0; LABELS]; DENSE],
            consensus: vec![[0.0; LABELS]; consensus::FEATURES],
            unit: 1.0,
            lines: Cow::Owned(vec![Line::default()]),
        }
    }

    /// Returns the line and the tag of a lexical feature in a table of `lines` lines.
    #[inline]
    pub fn slot(feature: u64, lines: usize) -> (usize, u16) {
        let line = ((feature >> 32) * lines as u64) >> 32;
        (line as usize, (feature as u16).max(1))
    }

    /// Returns the weights of a lexical feature in units, if it has any; only the first [`LABELS`] count, the rest is
    /// there so that eight can be added at once.
    #[inline]
    pub fn lexical(&self, feature: u64) -> Option<&[u8; LANES]> {
        let (line, tag) = Model::slot(feature, self.lines.len());
        let line = &self.lines[line];
        let mut equal = 0u32;
        for (slot, other) in line.tags.iter().enumerate() {
            equal |= u32::from(*other == tag) << slot;
        }
        let slot = equal.trailing_zeros() as usize;
        // The last slot's lanes reach into the tags behind it.
        line.as_bytes().get(slot * LABELS..)?.first_chunk().filter(|_| equal != 0)
    }
}

/// Returns a number that changes when features come, go or change places.
fn fingerprint() -> u64 {
    let names = format!(
        "{:?} {:?} {:?} {} {LABELS}",
        PlaceFeature::ALL,
        NameFeature::ALL,
        Template::ALL,
        consensus::FEATURES
    );
    xxh3_64(names.as_bytes())
}
