//! The compiled gazetteer, byte by byte: one little-endian file that is used in place.
//!
//! | part | bytes | what |
//! |---|---|---|
//! | magic | 8 | `DATELINE` |
//! | version | 4 | [`VERSION`] |
//! | sections | 4 | number of sections, [`Section::COUNT`] |
//! | length | 8 | of the whole file |
//! | table | 24 a section | offset, length and XXH3 of each section, in the order of [`Section`] |
//! | checksum | 8 | XXH3 of all the bytes above |
//! | sections | | each at a multiple of [`ALIGNMENT`] |
//!
//! All records have alignment 1 and a fixed size, so a section is a slice of records without copying.

use zerocopy::little_endian::{I16, I32, U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The first eight bytes of every compiled gazetteer.
pub const MAGIC: [u8; 8] = *b"DATELINE";
/// The layout that this program writes and reads.
pub const VERSION: u32 = 3;
/// Sections begin at multiples of a cache line.
pub const ALIGNMENT: usize = 64;
/// Stands for "no entry", "no name", "no state" in 32-bit links.
pub const NONE: u32 = u32::MAX;
/// The bytes before the first section.
pub const HEADER_LENGTH: usize = 24 + 24 * Section::COUNT + 8;

/// The sections, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// JSON: version, sources, credits, counts, and the tables of kinds, feature codes and id schemes.
    Metadata,
    /// UTF-8: names, keys, roles, codes, textual ids.
    Strings,
    /// [`EntryRecord`]s, sorted by id.
    Entries,
    /// [`NameRecord`]s, sorted by key.
    Names,
    /// [`CandidateRecord`]s, each name's together, likeliest first.
    Candidates,
    /// [`StateRecord`]s: what ends at each state of the automaton.
    States,
    /// [`GotoSlot`]s: open addressing, a power of two of slots.
    Goto,
    /// [`CountryRecord`]s, sorted by code.
    Countries,
    /// [`DivisionRecord`]s, sorted by code.
    Divisions,
    /// [`LexiconSlot`]s: open addressing, a power of two of slots.
    Lexicon,
    /// [`ExtentRecord`]s, sorted by entry.
    Extents,
}

impl Section {
    /// How many sections there are.
    pub const COUNT: usize = 11;
    /// All of them, in file order.
    pub const ALL: [Section; Section::COUNT] = [
        Section::Metadata,
        Section::Strings,
        Section::Entries,
        Section::Names,
        Section::Candidates,
        Section::States,
        Section::Goto,
        Section::Countries,
        Section::Divisions,
        Section::Lexicon,
        Section::Extents,
    ];

    /// Returns the size of one record of the section.
    pub fn record_size(self) -> usize {
        match self {
            Section::Metadata | Section::Strings => 1,
            Section::Entries => size_of::<EntryRecord>(),
            Section::Names => size_of::<NameRecord>(),
            Section::Candidates => size_of::<CandidateRecord>(),
            Section::States => size_of::<StateRecord>(),
            Section::Goto => size_of::<GotoSlot>(),
            Section::Countries => size_of::<CountryRecord>(),
            Section::Divisions => size_of::<DivisionRecord>(),
            Section::Lexicon => size_of::<LexiconSlot>(),
            Section::Extents => size_of::<ExtentRecord>(),
        }
    }
}

/// A string: where it stands in [`Section::Strings`].
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct StringRef {
    /// First byte.
    pub offset: U32,
    /// Length in bytes.
    pub length: U16,
}

/// One entry: a place, a person, or what a user's own table declares.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct EntryRecord {
    /// The number of an id that ends in one; else 0.
    pub id_number: U32,
    /// The id, when it is no number in a known scheme; else empty.
    pub id_text: StringRef,
    /// Canonical name.
    pub name: StringRef,
    /// Role (persons).
    pub role: StringRef,
    /// `SY.09`: of a division (ADM1, ADM2) its own code; of another entry the code of the division that it lies in, when
    /// this gazetteer does not have that division.
    pub code: StringRef,
    /// The entry of its first-order division, or [`NONE`].
    pub admin1: U32,
    /// The entry of its second-order division, or [`NONE`].
    pub admin2: U32,
    /// Latitude in 1e-5 degrees; `i32::MIN` when there is no point.
    pub latitude: I32,
    /// Longitude in 1e-5 degrees.
    pub longitude: I32,
    /// Inhabitants; 0 when not known.
    pub population: U64,
    /// The number of the Wikidata item; 0 when not known.
    pub wikidata: U32,
    /// First year (persons); 0 when not known.
    pub from: I16,
    /// Last year (persons); 0 when not known or not over.
    pub until: I16,
    /// Index in the metadata's feature codes.
    pub feature: U16,
    /// ISO 3166 alpha-2, or two zero bytes.
    pub country: [u8; 2],
    /// Index in the metadata's id schemes.
    pub id_scheme: u8,
    /// Index in the metadata's kinds.
    pub kind: u8,
    /// Index in the metadata's sources of entries.
    pub source: u8,
}

/// One name: a folded key and the entries that it may mean.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct NameRecord {
    /// The folded words, joined by spaces.
    pub key: StringRef,
    /// Number of candidates.
    pub count: U16,
    /// First candidate.
    pub first: U32,
}

/// One thing that a name may mean.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct CandidateRecord {
    /// The entry.
    pub entry: U32,
    /// How the name names it: a `NameKind`.
    pub how: u8,
}

/// One state of the automaton: a prefix of a name, in words.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct StateRecord {
    /// The name that ends here, or [`NONE`].
    pub name: U32,
}

/// One transition: (state, word) → state.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct GotoSlot {
    /// The upper half of the transition's hash.
    pub check: U32,
    /// The state it leads to; [`NONE`] in an empty slot.
    pub target: U32,
}

/// A country code and its entry.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct CountryRecord {
    /// ISO 3166 alpha-2.
    pub code: [u8; 2],
    /// The country's entry.
    pub entry: U32,
}

/// A code of a first- or second-order division and its entry.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct DivisionRecord {
    /// The dotted code, `SY.09`.
    pub code: StringRef,
    /// The division's entry.
    pub entry: U32,
}

/// How common a word is as a given name, a surname and an ordinary word: `min(255, 8·log2(1 + count))` each.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct LexiconSlot {
    /// The upper half of the word's hash; with three zero weights the slot is empty.
    pub check: U32,
    /// As a given name.
    pub given: u8,
    /// As a surname.
    pub surname: u8,
    /// As an ordinary word.
    pub common: u8,
}

/// The box that an entry fills; it crosses the antimeridian when `west` is greater than `east`.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct ExtentRecord {
    /// The entry.
    pub entry: U32,
    /// The western side, in 1e-5 degrees.
    pub west: I32,
    /// The southern side, in 1e-5 degrees.
    pub south: I32,
    /// The eastern side, in 1e-5 degrees.
    pub east: I32,
    /// The northern side, in 1e-5 degrees.
    pub north: I32,
}

/// Returns degrees as records hold them, in 1e-5 degrees.
pub fn fixed(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

/// Returns the degrees that a record holds.
pub fn degrees(fixed: I32) -> f64 {
    f64::from(fixed.get()) / 1e5
}

/// Returns the hash of the transition from `state` by a word.
#[inline]
pub fn transition(state: u32, word: u64) -> u64 {
    // Fibonacci hashing: 2^64 divided by the golden ratio, so that neighbouring states spread over the table.
    (word ^ (state as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns the first slot to look in, in a table of `slots` (a power of two).
#[inline]
pub fn first_slot(hash: u64, slots: usize) -> usize {
    (hash >> 20) as usize & (slots - 1)
}

/// Returns the check value of a hash.
#[inline]
pub fn check(hash: u64) -> u32 {
    (hash >> 32) as u32 ^ hash as u32
}
