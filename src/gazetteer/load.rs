//! Bytes → gazetteer: opening, checking and looking up in place.

use super::automaton::{Automaton, ROOT};
use super::compile::{IdKey, split_id};
use super::entry::{Entry, NameKind, WordUse};
use super::extent::{self, Extent};
use super::layout::*;
use super::metadata::Metadata;
use super::place_type::PlaceType;
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::words::{hash_word, key};
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::{FromBytes, Immutable, KnownLayout};

/// A compiled gazetteer: all entries and names, used in place.
///
/// # Cost
/// Opening reads the header and the metadata (4 kB for the world), whatever the size of the file; [`Gazetteer::verify`]
/// reads everything (90 MB for the world).
pub struct Gazetteer {
    bytes: Bytes,
    sections: [Range<usize>; Section::COUNT],
    metadata: Metadata,
    place_types: Vec<PlaceType>,
    /// For each source of entries, whether it is a table written by hand.
    reviewed: Vec<bool>,
    checksum: u64,
}

enum Bytes {
    Static(&'static [u8]),
    Owned(Vec<u8>),
    Mapped(memmap2::Mmap),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}

impl Gazetteer {
    /// Opens the compiled gazetteer at `path` by mapping it.
    ///
    /// # Errors
    /// The file is missing, is no gazetteer, is of another version, is cut short, or its header is damaged.
    pub fn open(path: &Path) -> Result<Gazetteer> {
        let shown = &path.display();
        let failed = |cause| {
            Error::new(ErrorKind::Gazetteer, "cannot open the gazetteer").because(cause).in_file(shown)
        };
        let file = File::open(path).map_err(&failed)?;
        // SAFETY: the file is opened read-only; changing it while it is mapped is documented as not allowed, and
        // gazetteers are replaced by renaming, never written in place. Every access is bounds-checked.
        let map = unsafe { memmap2::Mmap::map(&file) }.map_err(&failed)?;
        Gazetteer::from(Bytes::Mapped(map)).map_err(|error| error.in_file(shown))
    }

    /// Opens a gazetteer that is part of the program.
    pub fn from_static(bytes: &'static [u8]) -> Result<Gazetteer> {
        Gazetteer::from(Bytes::Static(bytes))
    }

    /// Opens a gazetteer held in memory.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Gazetteer> {
        Gazetteer::from(Bytes::Owned(bytes))
    }

    fn from(bytes: Bytes) -> Result<Gazetteer> {
        let sections = read_header(bytes.get())?;
        let checksum = u64_at(bytes.get(), HEADER_LENGTH - 8);
        let json = &bytes.get()[sections[Section::Metadata as usize].clone()];
        let metadata: Metadata =
            serde_json::from_slice(json).map_err(|cause| damaged("section Metadata").because(cause))?;
        let place_types = metadata.feature_codes.iter().map(|code| PlaceType::of(code)).collect();
        let reviewed = metadata.entry_sources.iter().map(|source| source.ends_with(".csv")).collect();
        let gazetteer = Gazetteer { bytes, sections, metadata, place_types, reviewed, checksum };
        for section in [Section::Goto, Section::Lexicon] {
            let slots = gazetteer.sections[section as usize].len() / section.record_size();
            if !slots.is_power_of_two() {
                return Err(damaged(&format!("section {section:?}")));
            }
        }
        Ok(gazetteer)
    }

    /// Checks every byte: the sections' checksums, that strings are UTF-8, that all links stay inside and that extents are
    /// sorted boxes on the Earth.
    ///
    /// # Errors
    /// Names the first section that is damaged.
    pub fn verify(&self) -> Result<()> {
        for section in Section::ALL {
            let stored = u64_at(self.bytes.get(), 24 + 24 * section as usize + 16);
            if xxh3_64(self.section(section)) != stored {
                return Err(damaged(&format!("section {section:?}")));
            }
        }
        if !self.padding_is_zero() {
            return Err(damaged("the bytes between sections"));
        }
        if std::str::from_utf8(self.section(Section::Strings)).is_err() {
            return Err(damaged("section Strings"));
        }
        self.verify_links()
    }

    fn padding_is_zero(&self) -> bool {
        let starts = self.sections.iter().map(|section| section.start).chain([self.bytes.get().len()]);
        let ends = std::iter::once(HEADER_LENGTH).chain(self.sections.iter().map(|section| section.end));
        ends.zip(starts).all(|(end, start)| {
            self.bytes.get().get(end..start).is_some_and(|gap| gap.iter().all(|b| *b == 0))
        })
    }

    fn verify_links(&self) -> Result<()> {
        let entries = self.entry_count() as u32;
        let inside = |link: u32| link == NONE || link < entries;
        if !self.entry_records().iter().all(|e| inside(e.admin1.get()) && inside(e.admin2.get())) {
            return Err(damaged("section Entries"));
        }
        let candidates = self.candidate_records();
        if !candidates.iter().all(|c| c.entry.get() < entries && NameKind::from_code(c.how).is_some()) {
            return Err(damaged("section Candidates"));
        }
        let names = self.name_records();
        let ends = |n: &NameRecord| n.first.get() as usize + n.count.get() as usize <= candidates.len();
        if !names.iter().all(ends) {
            return Err(damaged("section Names"));
        }
        let named = |s: &StateRecord| s.name.get() == NONE || (s.name.get() as usize) < names.len();
        if !self.automaton().states.iter().all(named) {
            return Err(damaged("section States"));
        }
        let countries: &[CountryRecord] = self.records(Section::Countries);
        let divisions: &[DivisionRecord] = self.records(Section::Divisions);
        if !countries.iter().all(|record| record.entry.get() < entries) {
            return Err(damaged("section Countries"));
        }
        if !divisions.iter().all(|record| record.entry.get() < entries) {
            return Err(damaged("section Divisions"));
        }
        match extent::are_sound(self.records(Section::Extents), entries) {
            true => Ok(()),
            false => Err(damaged("section Extents")),
        }
    }

    fn section(&self, section: Section) -> &[u8] {
        &self.bytes.get()[self.sections[section as usize].clone()]
    }

    fn records<T: FromBytes + KnownLayout + Immutable>(&self, section: Section) -> &[T] {
        // The header check made every section a whole number of records, and records have alignment 1.
        <[T]>::ref_from_bytes(self.section(section)).unwrap_or_default()
    }

    fn entry_records(&self) -> &[EntryRecord] {
        self.records(Section::Entries)
    }

    fn name_records(&self) -> &[NameRecord] {
        self.records(Section::Names)
    }

    fn candidate_records(&self) -> &[CandidateRecord] {
        self.records(Section::Candidates)
    }

    /// Returns what the gazetteer says about itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Returns the checksum of the header, which holds those of all sections.
    pub fn checksum(&self) -> String {
        format!("xxh3:{:016x}", self.checksum)
    }

    /// Returns the compiled form.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    /// Returns the size of the compiled form in bytes.
    pub fn size(&self) -> usize {
        self.as_bytes().len()
    }

    /// Returns the name and size in bytes of each section.
    pub fn section_sizes(&self) -> impl Iterator<Item = (Section, usize)> {
        Section::ALL.into_iter().map(|section| (section, self.sections[section as usize].len()))
    }

    /// Returns the automaton over the gazetteer's names.
    pub fn automaton(&self) -> Automaton<'_> {
        Automaton { states: self.records(Section::States), gotos: self.records(Section::Goto) }
    }

    /// Returns the number of entries.
    pub fn entry_count(&self) -> usize {
        self.entry_records().len()
    }

    /// Returns the number of names.
    pub fn name_count(&self) -> usize {
        self.name_records().len()
    }

    /// Returns the entry numbered `index`, if there is one.
    pub fn entry(&self, index: u32) -> Option<Entry<'_>> {
        self.entry_records().get(index as usize).map(|record| Entry { gazetteer: self, record, index })
    }

    /// Returns the key of a name: its folded words, joined by spaces.
    pub fn key(&self, name: u32) -> &str {
        self.name_records().get(name as usize).map_or("", |record| self.string(record.key))
    }

    /// Returns the entries that a name may mean, likeliest first, and how it names each.
    pub fn candidates(&self, name: u32) -> impl Iterator<Item = (u32, NameKind)> {
        let record = self.name_records().get(name as usize);
        let range =
            record.map_or(0..0, |r| r.first.get() as usize..r.first.get() as usize + r.count.get() as usize);
        let records = self.candidate_records().get(range).unwrap_or_default();
        records.iter().filter_map(|c| Some((c.entry.get(), NameKind::from_code(c.how)?)))
    }

    /// Returns the number of the name that `text` folds to, if the gazetteer has it.
    pub fn find_name(&self, text: &str) -> Option<u32> {
        let key = key(text);
        let automaton = self.automaton();
        let state = key.split(' ').try_fold(ROOT, |state, word| automaton.next(state, hash_word(word)))?;
        automaton.name(state).filter(|name| self.key(*name) == key)
    }

    /// Returns the number of the entry with the id, if there is one.
    ///
    /// # Cost
    /// A binary search.
    pub fn find_id(&self, id: &str) -> Option<u32> {
        let wanted = split_id(id);
        let records = self.entry_records();
        let found = records.binary_search_by(|record| self.id_key(record).cmp(&wanted));
        found.ok().map(|at| at as u32)
    }

    fn id_key<'a>(&'a self, record: &'a EntryRecord) -> IdKey<'a> {
        match record.id_text.length.get() {
            0 => (false, self.scheme(record), record.id_number.get(), ""),
            _ => (true, "", 0, self.string(record.id_text)),
        }
    }

    /// Returns the prefix of a numbered id.
    pub(super) fn scheme(&self, record: &EntryRecord) -> &str {
        self.metadata.id_schemes.get(record.id_scheme as usize).map_or("", String::as_str)
    }

    /// Returns the extent of the entry numbered `index`, if it has one.
    pub(super) fn extent(&self, index: u32) -> Option<Extent> {
        Extent::find(self.records(Section::Extents), index)
    }

    /// Returns the entry of a country by its ISO 3166 alpha-2 code.
    pub fn country(&self, code: [u8; 2]) -> Option<Entry<'_>> {
        let countries: &[CountryRecord] = self.records(Section::Countries);
        let at = countries.binary_search_by_key(&code, |record| record.code).ok()?;
        self.entry(countries[at].entry.get())
    }

    /// Returns the number of the division with the dotted code, if there is one.
    ///
    /// # Cost
    /// A binary search.
    pub fn division(&self, code: &str) -> Option<u32> {
        let divisions: &[DivisionRecord] = self.records(Section::Divisions);
        let at = divisions.binary_search_by(|record| self.string(record.code).cmp(code)).ok()?;
        Some(divisions[at].entry.get())
    }

    /// Returns how common a folded word is as given name, surname and ordinary word.
    #[inline]
    pub fn word_use(&self, hash: u64) -> WordUse {
        let slots: &[LexiconSlot] = self.records(Section::Lexicon);
        let wanted = check(hash);
        let mut at = first_slot(hash, slots.len());
        for _ in 0..slots.len() {
            let slot = &slots[at];
            if slot.given | slot.surname | slot.common == 0 {
                break;
            }
            if slot.check.get() == wanted {
                return WordUse { given: slot.given, surname: slot.surname, common: slot.common };
            }
            at = (at + 1) & (slots.len() - 1);
        }
        WordUse::default()
    }

    pub(super) fn place_types(&self) -> &[PlaceType] {
        &self.place_types
    }

    pub(super) fn reviewed(&self) -> &[bool] {
        &self.reviewed
    }

    pub(super) fn string(&self, at: StringRef) -> &str {
        let start = at.offset.get() as usize;
        let bytes = self.section(Section::Strings).get(start..start + at.length.get() as usize);
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn damaged(what: &str) -> Error {
    Error::new(ErrorKind::Gazetteer, format!("the gazetteer is damaged: {what}"))
        .remedy("build it again with `dateline gazetteer build`")
}

/// Checks magic, version, length, the header's checksum and the sections' bounds; returns the sections.
fn read_header(bytes: &[u8]) -> Result<[Range<usize>; Section::COUNT]> {
    if bytes.get(..8) != Some(&MAGIC) {
        return Err(Error::new(ErrorKind::Gazetteer, "this is no compiled gazetteer")
            .remedy("make one from CSV or TSV tables with `dateline gazetteer build`"));
    }
    let version = u32_at(bytes, 8);
    if version != VERSION {
        return Err(Error::new(
            ErrorKind::Gazetteer,
            format!("the gazetteer has layout version {version}, this program reads {VERSION}"),
        )
        .remedy("build it again with `dateline gazetteer build`"));
    }
    let length = u64_at(bytes, 16);
    if length != bytes.len() as u64 {
        return Err(damaged(&format!("it has {} bytes, its header says {length}", bytes.len())));
    }
    let header = &bytes[..HEADER_LENGTH.min(bytes.len())];
    if header.len() < HEADER_LENGTH
        || xxh3_64(&header[..HEADER_LENGTH - 8]) != u64_at(header, HEADER_LENGTH - 8)
    {
        return Err(damaged("the header"));
    }
    let range = |section: Section| {
        let at = 24 + 24 * section as usize;
        let (start, size) = (u64_at(header, at) as usize, u64_at(header, at + 8) as usize);
        let whole = size.is_multiple_of(section.record_size());
        match start.checked_add(size) {
            Some(end) if whole && end <= bytes.len() => Ok(start..end),
            _ => Err(damaged(&format!("section {section:?}"))),
        }
    };
    let mut sections = [const { 0..0 }; Section::COUNT];
    for section in Section::ALL {
        sections[section as usize] = range(section)?;
    }
    Ok(sections)
}
