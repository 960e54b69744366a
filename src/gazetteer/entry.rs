//! Entries, names and candidates as the stages see them: borrowed views into a compiled gazetteer.

use super::extent::Extent;
use super::layout::{EntryRecord, degrees};
use super::load::Gazetteer;
use super::place_type::PlaceType;

/// How a name names an entry, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// The entry's canonical name.
    Canonical = 0,
    /// Another name, spelling or language.
    Alternate = 1,
    /// A form that counts only when written in capitals or with full stops (`US`, `Calif.`).
    Abbreviation = 2,
    /// An adjective or a word for its people (`Syrian`, `Texans`).
    Demonym = 3,
    /// A surname that alone means this person (`Putin`).
    Surname = 4,
}

impl NameKind {
    /// Returns the kind stored as `code`, if there is one.
    pub fn from_code(code: u8) -> Option<NameKind> {
        use NameKind::*;
        [Canonical, Alternate, Abbreviation, Demonym, Surname].get(code as usize).copied()
    }

    /// Returns the word that `--explain` and `gazetteer lookup` print.
    pub fn as_str(self) -> &'static str {
        match self {
            NameKind::Canonical => "canonical",
            NameKind::Alternate => "alternate",
            NameKind::Abbreviation => "abbreviation",
            NameKind::Demonym => "demonym",
            NameKind::Surname => "surname",
        }
    }
}

/// A point in WGS 84 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Number of the `kind` of places in every gazetteer.
pub const KIND_PLACE: u8 = 0;
/// Number of the `kind` of persons in every gazetteer.
pub const KIND_PERSON: u8 = 1;

/// One entry of a gazetteer.
#[derive(Clone, Copy)]
pub struct Entry<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) record: &'g EntryRecord,
    /// Its number in the gazetteer.
    pub(super) index: u32,
}

impl<'g> Entry<'g> {
    /// Returns the id: `geonames:170063`.
    pub fn id(&self) -> String {
        match self.record.id_text.length.get() {
            0 => format!("{}{}", self.gazetteer.scheme(self.record), self.record.id_number),
            _ => self.gazetteer.string(self.record.id_text).to_owned(),
        }
    }

    /// Returns the canonical name.
    pub fn name(&self) -> &'g str {
        self.gazetteer.string(self.record.name)
    }

    /// Returns the kind: `place`, `person` or what a user's table declares.
    pub fn kind(&self) -> &'g str {
        let kinds = &self.gazetteer.metadata().kinds;
        kinds.get(self.record.kind as usize).map_or("place", String::as_str)
    }

    /// Tells whether the entry is a place.
    pub fn is_place(&self) -> bool {
        self.record.kind == KIND_PLACE
    }

    /// Tells whether the entry is a person.
    pub fn is_person(&self) -> bool {
        self.record.kind == KIND_PERSON
    }

    /// Returns the GeoNames feature code, or an empty string.
    pub fn feature_code(&self) -> &'g str {
        let codes = &self.gazetteer.metadata().feature_codes;
        codes.get(self.record.feature.get() as usize).map_or("", String::as_str)
    }

    /// Returns what sort of place it is.
    pub fn place_type(&self) -> PlaceType {
        let types = self.gazetteer.place_types();
        types.get(self.record.feature.get() as usize).copied().unwrap_or(PlaceType::Locality)
    }

    /// Returns the ISO 3166 alpha-2 code of its country, or two zero bytes.
    pub fn country(&self) -> [u8; 2] {
        self.record.country
    }

    /// Returns the ISO 3166 alpha-2 code of its country, or an empty string.
    pub fn country_code(&self) -> &'g str {
        std::str::from_utf8(&self.record.country).unwrap_or_default().trim_matches('\0')
    }

    /// Returns the dotted code of a division (`SY.09`); of another entry that of the division that it lies in, when its
    /// gazetteer does not have that division; else an empty string.
    pub fn code(&self) -> &'g str {
        self.gazetteer.string(self.record.code)
    }

    /// Returns the point, if the entry has one.
    pub fn point(&self) -> Option<Point> {
        let (latitude, longitude) = (self.record.latitude, self.record.longitude);
        (latitude.get() != i32::MIN)
            .then(|| Point { latitude: degrees(latitude), longitude: degrees(longitude) })
    }

    /// Returns the extent, if the entry has one: regions that are too large for a point to say where they are.
    ///
    /// # Cost
    /// A binary search.
    pub fn extent(&self) -> Option<Extent> {
        self.gazetteer.extent(self.index)
    }

    /// Returns the package or table that the entry was first read from.
    pub fn source(&self) -> &'g str {
        let sources = &self.gazetteer.metadata().entry_sources;
        sources.get(self.record.source as usize).map_or("", String::as_str)
    }

    /// Tells whether the entry stands in a table that people wrote row by row (`.csv`), where only what is well known stands.
    pub fn is_reviewed(&self) -> bool {
        self.gazetteer.reviewed().get(self.record.source as usize).copied().unwrap_or(false)
    }

    /// Returns the number of inhabitants; 0 when not known.
    pub fn population(&self) -> u64 {
        self.record.population.get()
    }

    /// Returns the Wikidata id (`Q38545`), if known.
    pub fn wikidata(&self) -> Option<String> {
        Some(self.record.wikidata.get()).filter(|q| *q != 0).map(|q| format!("Q{q}"))
    }

    /// Returns the role of a person, or an empty string.
    pub fn role(&self) -> &'g str {
        self.gazetteer.string(self.record.role)
    }

    /// Returns the first and last year of a person's prominence, as far as known.
    pub fn years(&self) -> (Option<i16>, Option<i16>) {
        let year = |value: i16| Some(value).filter(|y| *y != 0);
        (year(self.record.from.get()), year(self.record.until.get()))
    }
}

/// How common a word is in each of three uses, as `8·log2(1 + count)`, at most 255.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordUse {
    /// As a given name.
    pub given: u8,
    /// As a surname.
    pub surname: u8,
    /// As an ordinary lower-case word.
    pub common: u8,
}
