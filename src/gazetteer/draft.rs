//! A gazetteer in the making: rows from all the sources, merged by id.

use super::compile::split_id;
use super::entry::NameKind;
use super::extent::Extent;
use super::layout::{EntryRecord, NONE, fixed};
use super::metadata::Metadata;
use super::names::Names;
use super::place_type::PlaceType;
use super::spool;
use super::strings::Strings;
use super::table::{LexiconRow, Row};
use crate::error::{Error, ErrorKind, Position, Result};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Entries merged by id, in the order of their first row, with the lexicon of words.
///
/// # Cost
/// About 100 bytes of memory an entry and the entries' own names; all other names wait in a temporary file. 13 million
/// entries take about 1.6 GB.
pub struct Draft {
    /// The entries; while they are drafted, `admin1` and `admin2` number a code in `codes`.
    pub(super) entries: Vec<EntryRecord>,
    pub(super) strings: Strings,
    pub(super) codes: Interned,
    pub(super) names: Names,
    /// The extents of the few entries that have one.
    pub(super) extents: HashMap<u32, Extent>,
    pub(super) lexicon: Vec<LexiconRow>,
    pub(super) metadata: Metadata,
    pub(super) folder: PathBuf,
    source: String,
    ids: Ids,
    /// The entries that were there when the current source began.
    before_source: usize,
}

impl Default for Draft {
    fn default() -> Draft {
        Draft::new()
    }
}

impl Draft {
    /// Returns a draft without entries that keeps what does not fit in memory in the system's folder for temporary files.
    pub fn new() -> Draft {
        Draft::with_folder(std::env::temp_dir())
    }

    /// Returns a draft without entries that keeps what does not fit in memory in `folder`.
    ///
    /// # Errors
    /// No file can be made there.
    pub fn in_folder(folder: &Path) -> Result<Draft> {
        spool::probe(folder)?;
        Ok(Draft::with_folder(folder.to_owned()))
    }

    fn with_folder(folder: PathBuf) -> Draft {
        Draft {
            entries: Vec::new(),
            strings: Strings::default(),
            codes: Interned::default(),
            names: Names::new(&folder),
            extents: HashMap::new(),
            lexicon: Vec::new(),
            metadata: Metadata::new("", Vec::new()),
            folder,
            source: String::new(),
            ids: Ids::default(),
            before_source: 0,
        }
    }

    /// Says which source the rows that follow come from, where they do not say it themselves.
    pub fn begin_source(&mut self, name: &str) {
        name.clone_into(&mut self.source);
        self.before_source = self.entries.len();
    }

    /// Adds a row: a new entry, or more names and cells for the entry that has its id. A later name becomes the canonical
    /// one and the earlier one stays as another, so a reviewed table can give the name that news uses.
    ///
    /// # Errors
    /// An entry's first row has no name; more sources, kinds or feature codes than fit; no room for names.
    pub fn add(&mut self, row: Row, position: &Position) -> Result<()> {
        match self.ids.get(&row.id, &self.metadata) {
            Some(at) => self.merge(at, row),
            None => self.insert(row, position),
        }
    }

    /// Adds a row of a source in which every id occurs once.
    ///
    /// # Errors
    /// As [`Draft::add`], and when the same source had the id before.
    pub fn add_once(&mut self, row: Row, position: &Position) -> Result<()> {
        let known = self.ids.get(&row.id, &self.metadata);
        if known.is_some_and(|at| at as usize >= self.before_source) {
            return Err(Error::new(ErrorKind::Gazetteer, format!("the id `{}` occurs twice", row.id))
                .at(position.clone())
                .remedy("remove one of the rows"));
        }
        self.add(row, position)
    }

    /// Adds a name to the entry with the id and tells whether there is one.
    pub fn add_name(&mut self, id: &str, name: &str, how: NameKind) -> Result<bool> {
        let Some(at) = self.ids.get(id, &self.metadata) else { return Ok(false) };
        match how {
            NameKind::Canonical => self.rename(at, name)?,
            _ => self.names.add(name, at, how)?,
        }
        Ok(true)
    }

    /// Sets the number of the Wikidata item of the entry with the id, if there is one and it has none yet.
    pub fn set_wikidata(&mut self, id: &str, item: u32) {
        if let Some(at) = self.ids.get(id, &self.metadata) {
            let cell = &mut self.entries[at as usize].wikidata;
            *cell = if cell.get() == 0 { item.into() } else { *cell };
        }
    }

    /// Gives an entry without divisions those of the entry that it is part of, when that is one.
    pub fn set_parent(&mut self, child: &str, parent: &str) {
        let metadata = &self.metadata;
        let (Some(child), Some(parent)) = (self.ids.get(child, metadata), self.ids.get(parent, metadata))
        else {
            return;
        };
        let parent = self.entries[parent as usize];
        let child = &mut self.entries[child as usize];
        if child.admin1.get() == NONE {
            (child.admin1, child.admin2) = (parent.admin1, parent.admin2);
        }
    }

    /// Adds the words of a lexicon.
    pub fn add_lexicon(&mut self, words: Vec<LexiconRow>) {
        self.lexicon.extend(words);
    }

    /// Tells whether an entry has the id.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.get(id, &self.metadata).is_some()
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn insert(&mut self, row: Row, position: &Position) -> Result<()> {
        if row.name.is_empty() {
            return Err(Error::new(ErrorKind::Gazetteer, format!("entry `{}` has no name", row.id))
                .at(position.clone())
                .remedy("name it, or give the id of an entry that an earlier table has"));
        }
        let at = u32::try_from(self.entries.len()).ok().filter(|at| *at < NONE).ok_or_else(|| {
            Error::new(ErrorKind::Gazetteer, "more entries than 32 bits can number").at(position.clone())
        })?;
        let record = self.record(&row)?;
        self.ids.insert(&row.id, at, &mut self.metadata)?;
        self.entries.push(record);
        self.add_extent(at, &row);
        self.add_names(at, &row)
    }

    fn record(&mut self, row: &Row) -> Result<EntryRecord> {
        let (textual, scheme, number, _) = split_id(&row.id);
        let (latitude, longitude) = row.point.map_or((i32::MIN, 0), |(lat, lon)| (fixed(lat), fixed(lon)));
        let metadata = &mut self.metadata;
        let kind = if row.kind.is_empty() { "place" } else { &row.kind };
        let source = if row.source.is_empty() { &self.source } else { &row.source };
        Ok(EntryRecord {
            id_number: number.into(),
            id_text: self.strings.add(if textual { &row.id } else { "" })?,
            name: self.strings.add(&row.name)?,
            role: self.strings.add(&row.role)?,
            code: self.strings.add(own_code(row))?,
            admin1: self.codes.number(&row.admin1).into(),
            admin2: self.codes.number(&row.admin2).into(),
            latitude: latitude.into(),
            longitude: longitude.into(),
            population: row.population.into(),
            wikidata: row.wikidata.into(),
            from: row.from.into(),
            until: row.until.into(),
            feature: (number_of(&mut metadata.feature_codes, &row.feature_code, u16::MAX as usize)? as u16)
                .into(),
            country: row.country.as_bytes().try_into().unwrap_or([0, 0]),
            id_scheme: number_of(&mut metadata.id_schemes, scheme, u8::MAX as usize)? as u8,
            kind: number_of(&mut metadata.kinds, kind, u8::MAX as usize)? as u8,
            source: number_of(&mut metadata.entry_sources, source, u8::MAX as usize)? as u8,
        })
    }

    fn add_names(&mut self, at: u32, row: &Row) -> Result<()> {
        let kinds = [NameKind::Alternate, NameKind::Abbreviation, NameKind::Demonym, NameKind::Surname];
        for (names, how) in row.names.iter().zip(kinds) {
            names.iter().try_for_each(|name| self.names.add(name, at, how))?;
        }
        Ok(())
    }

    /// Gives an entry the extent of a row, if the row has one and the entry none yet.
    fn add_extent(&mut self, at: u32, row: &Row) {
        if let Some(extent) = row.extent {
            self.extents.entry(at).or_insert(extent);
        }
    }

    fn merge(&mut self, at: u32, row: Row) -> Result<()> {
        if !row.name.is_empty() {
            self.rename(at, &row.name)?;
        }
        let more = self.record(&row)?;
        let entry = &mut self.entries[at as usize];
        for (cell, value) in [(&mut entry.role, more.role), (&mut entry.code, more.code)] {
            *cell = if cell.length.get() == 0 { value } else { *cell };
        }
        for (cell, value) in [(&mut entry.admin1, more.admin1), (&mut entry.admin2, more.admin2)] {
            *cell = if cell.get() == NONE { value } else { *cell };
        }
        for (cell, value) in [(&mut entry.from, more.from), (&mut entry.until, more.until)] {
            *cell = if cell.get() == 0 { value } else { *cell };
        }
        if entry.latitude.get() == i32::MIN {
            (entry.latitude, entry.longitude) = (more.latitude, more.longitude);
        }
        if entry.feature.get() == 0 {
            entry.feature = more.feature;
        }
        if entry.country == [0, 0] {
            entry.country = more.country;
        }
        entry.population = entry.population.get().max(more.population.get()).into();
        entry.wikidata = entry.wikidata.get().max(more.wikidata.get()).into();
        self.add_extent(at, &row);
        self.add_names(at, &row)
    }

    /// Makes a name the canonical one; the earlier one stays as another.
    fn rename(&mut self, at: u32, name: &str) -> Result<()> {
        let earlier = self.strings.get(self.entries[at as usize].name);
        if earlier != name {
            self.names.add(earlier, at, NameKind::Alternate)?;
            self.entries[at as usize].name = self.strings.add(name)?;
        }
        Ok(())
    }
}

fn own_code(row: &Row) -> &str {
    match PlaceType::of(&row.feature_code) {
        PlaceType::Admin1 => &row.admin1,
        PlaceType::Admin2 => &row.admin2,
        _ => "",
    }
}

/// Returns the number of `value` in `values`, adding it when it is new.
fn number_of(values: &mut Vec<String>, value: &str, most: usize) -> Result<usize> {
    if let Some(at) = values.iter().position(|known| known == value) {
        return Ok(at);
    }
    if values.len() > most {
        return Err(Error::new(
            ErrorKind::Gazetteer,
            format!("more than {} kinds, feature codes, sources or id prefixes (at `{value}`)", most + 1),
        )
        .remedy(
            "use fewer values in the columns `kind`, `feature_code` and `source`, and fewer prefixes of ids",
        ));
    }
    values.push(value.to_owned());
    Ok(values.len() - 1)
}

/// Texts by number, each once.
#[derive(Default)]
pub(super) struct Interned {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Interned {
    /// Returns the number of a text, or [`NONE`] for the empty one.
    fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }

    /// Returns the text with the number, or an empty one.
    pub(super) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// The entries by id: by scheme and number where the id has one.
#[derive(Default)]
struct Ids {
    numbered: HashMap<(u8, u32), u32>,
    textual: HashMap<Box<str>, u32>,
}

impl Ids {
    fn get(&self, id: &str, metadata: &Metadata) -> Option<u32> {
        let (textual, scheme, number, _) = split_id(id);
        if textual {
            return self.textual.get(id).copied();
        }
        let scheme = metadata.id_schemes.iter().position(|known| known == scheme)?;
        self.numbered.get(&(scheme as u8, number)).copied()
    }

    fn insert(&mut self, id: &str, at: u32, metadata: &mut Metadata) -> Result<()> {
        let (textual, scheme, number, _) = split_id(id);
        if textual {
            self.textual.insert(id.into(), at);
        } else {
            let scheme = number_of(&mut metadata.id_schemes, scheme, u8::MAX as usize)? as u8;
            self.numbered.insert((scheme, number), at);
        }
        Ok(())
    }
}
