//! Users' lists over the gazetteers: names that are never or always tagged, and names that mean one entry only. They apply
//! without building anything.

use super::layers::{EntryId, Layers, NameId};
use super::table::{csv_error, find_column, position};
use crate::error::{Error, ErrorKind, Position, Result};
use crate::normalize::words::key;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// What users' lists say of names and entries.
#[derive(Default)]
pub struct Lists {
    stopped_keys: HashSet<String>,
    stopped_entries: HashSet<EntryId>,
    allowed: HashSet<NameId>,
    only: HashMap<NameId, EntryId>,
}

impl Lists {
    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.stopped_keys.is_empty()
            && self.stopped_entries.is_empty()
            && self.allowed.is_empty()
            && self.only.is_empty()
    }

    /// Tells whether a name is never tagged, by its folded words.
    #[inline]
    pub fn stops(&self, key: &str) -> bool {
        !self.stopped_keys.is_empty() && self.stopped_keys.contains(key)
    }

    /// Tells whether an entry is never meant.
    #[inline]
    pub fn stops_entry(&self, id: EntryId) -> bool {
        !self.stopped_entries.is_empty() && self.stopped_entries.contains(&id)
    }

    /// Tells whether a name is always tagged.
    #[inline]
    pub fn allows(&self, name: NameId) -> bool {
        !self.allowed.is_empty() && self.allowed.contains(&name)
    }

    /// Returns the entry that alone is meant by a name, if a list says so.
    #[inline]
    pub fn only(&self, name: NameId) -> Option<EntryId> {
        if self.only.is_empty() { None } else { self.only.get(&name).copied() }
    }
}

impl Layers {
    /// Reads a stop-list: on each line a name that is never tagged, or the id of an entry that is never meant. Empty lines and
    /// what follows `#` do not count.
    ///
    /// # Errors
    /// The file cannot be read or is empty; a line is longer than a name, or names an id that no gazetteer has.
    pub fn push_stop_list(&mut self, path: &Path) -> Result<()> {
        for (line, at) in lines(path)? {
            match (self.find_id(&line), is_id(&line)) {
                (Some(entry), _) => {
                    self.lists.stopped_entries.insert(entry);
                }
                (None, true) => return Err(unknown_id(&line, at)),
                (None, false) => {
                    self.lists.stopped_keys.insert(key(&line));
                }
            }
        }
        Ok(())
    }

    /// Reads an allow-list: on each line a name of the gazetteers that is tagged wherever it stands as a name.
    ///
    /// # Errors
    /// The file cannot be read or is empty; a name is in no gazetteer.
    pub fn push_allow_list(&mut self, path: &Path) -> Result<()> {
        for (line, at) in lines(path)? {
            let names = self.find_name(&line);
            if names.is_empty() {
                return Err(Error::new(ErrorKind::Gazetteer, format!("`{line}` is in no gazetteer"))
                    .at(at)
                    .remedy("add it to a table of your own with `dateline gazetteer add`"));
            }
            self.lists.allowed.extend(names);
        }
        Ok(())
    }

    /// Reads an override-list: a CSV with the columns `name` and `id`. The name is tagged wherever it stands, and means that
    /// entry.
    ///
    /// # Errors
    /// The file cannot be read or is empty; a column is missing; an id is in no gazetteer.
    pub fn push_overrides(&mut self, path: &Path) -> Result<()> {
        let shown = path.display().to_string();
        let mut rulings = Vec::new();
        for (name, id, at) in override_rows(path, &shown)? {
            let entry = self.find_id(&id).ok_or_else(|| unknown_id(&id, at))?;
            rulings.push((name, id, entry));
        }
        let unnamed = rulings.iter().filter(|(name, ..)| self.find_name(name).is_empty());
        let aliases: Vec<(String, String)> =
            unnamed.map(|(name, id, _)| (id.clone(), name.clone())).collect();
        self.push_aliases(&shown, aliases)?;
        for (name, _, entry) in rulings {
            let names = self.find_name(&name);
            self.lists.allowed.extend(&names);
            self.lists.only.extend(names.into_iter().map(|name| (name, entry)));
        }
        Ok(())
    }
}

fn is_id(line: &str) -> bool {
    line.split_once(':').is_some_and(|(prefix, rest)| {
        !prefix.is_empty()
            && !rest.is_empty()
            && !line.contains(' ')
            && prefix.bytes().all(|b| b.is_ascii_lowercase())
    })
}

fn unknown_id(id: &str, at: Position) -> Error {
    Error::new(ErrorKind::Gazetteer, format!("the id `{id}` is in no gazetteer"))
        .at(at)
        .remedy("`dateline gazetteer lookup NAME` shows ids")
}

/// Returns the lines that say something, with their places.
fn lines(path: &Path) -> Result<Vec<(String, Position)>> {
    let shown = path.display().to_string();
    let text = std::fs::read(path).map_err(|cause| Error::read(&shown, cause))?;
    let mut found = Vec::new();
    let mut byte = 0;
    for (number, line) in text.split_inclusive(|b| *b == b'\n').enumerate() {
        let at = Position { path: shown.clone(), line: number as u64 + 1, byte };
        byte += line.len() as u64;
        let line = std::str::from_utf8(line)
            .map_err(|cause| Error::new(ErrorKind::Gazetteer, "not UTF-8").because(cause).at(at.clone()))?;
        let said = line.trim_start_matches('\u{feff}').split('#').next().unwrap_or_default().trim();
        if key(said).len() > super::names::LONGEST_KEY {
            return Err(Error::new(ErrorKind::Gazetteer, "the line is longer than any name")
                .at(at)
                .remedy("give one name or id a line"));
        }
        if !said.is_empty() {
            found.push((said.to_owned(), at));
        }
    }
    match found.is_empty() {
        false => Ok(found),
        true => Err(Error::new(ErrorKind::Gazetteer, "the list is empty")
            .in_file(shown)
            .remedy("give one name or id a line")),
    }
}

fn override_rows(path: &Path, shown: &str) -> Result<Vec<(String, String, Position)>> {
    let file = std::fs::File::open(path).map_err(|cause| Error::read(shown, cause))?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let failed = |cause| csv_error(shown, cause);
    let header = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| find_column(&header, name);
    let (Some(name), Some(id)) = (column("name"), column("id")) else {
        return Err(Error::new(ErrorKind::Gazetteer, "the list needs the columns `name` and `id`")
            .in_file(shown)
            .remedy("begin it with the line `name,id`"));
    };
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(failed)? {
        rows.push((record[name].to_owned(), record[id].to_owned(), position(shown, record.position())));
    }
    match rows.is_empty() {
        false => Ok(rows),
        true => Err(Error::new(ErrorKind::Gazetteer, "the list is empty")
            .in_file(shown)
            .remedy("give it a row with a name and an id")),
    }
}
