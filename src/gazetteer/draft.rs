//! A gazetteer in the making: rows from all the tables, merged by id.

use super::entry::NameKind;
use super::table::{LexiconRow, Row};
use crate::error::{Error, ErrorKind, Position, Result};
use std::collections::HashMap;

/// Entries merged by id, in the order of their first row, with the lexicon of words.
#[derive(Default)]
pub struct Draft {
    pub(super) rows: Vec<Row>,
    pub(super) lexicon: Vec<LexiconRow>,
    by_id: HashMap<String, usize>,
}

impl Draft {
    /// Returns a draft without entries.
    pub fn new() -> Draft {
        Draft::default()
    }

    /// Adds a row: a new entry, or more names and cells for the entry that has its id. A later name becomes the canonical
    /// one and the earlier one stays as another, so a reviewed table can give the name that news uses.
    ///
    /// # Errors
    /// An entry's first row has no name.
    pub fn add(&mut self, row: Row, position: &Position) -> Result<()> {
        if let Some(&at) = self.by_id.get(&row.id) {
            merge(&mut self.rows[at], row);
            return Ok(());
        }
        if row.name.is_empty() {
            return Err(Error::new(ErrorKind::Gazetteer, format!("entry `{}` has no name", row.id))
                .at(position.clone())
                .remedy("name it, or give the id of an entry that an earlier table has"));
        }
        self.by_id.insert(row.id.clone(), self.rows.len());
        self.rows.push(row);
        Ok(())
    }

    /// Adds the words of a lexicon.
    pub fn add_lexicon(&mut self, words: Vec<LexiconRow>) {
        self.lexicon.extend(words);
    }

    /// Tells whether an entry has the id.
    pub fn contains(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }
}

fn merge(entry: &mut Row, more: Row) {
    let fill = |cell: &mut String, value: String| {
        if cell.is_empty() {
            *cell = value;
        }
    };
    if !more.name.is_empty() && more.name != entry.name {
        entry.names[0].push(std::mem::replace(&mut entry.name, more.name));
    }
    fill(&mut entry.kind, more.kind);
    fill(&mut entry.feature_code, more.feature_code);
    fill(&mut entry.country, more.country);
    fill(&mut entry.admin1, more.admin1);
    fill(&mut entry.admin2, more.admin2);
    fill(&mut entry.role, more.role);
    entry.point = entry.point.or(more.point);
    for (cell, value) in [(&mut entry.from, more.from), (&mut entry.until, more.until)] {
        *cell = if *cell == 0 { value } else { *cell };
    }
    entry.population = entry.population.max(more.population);
    entry.wikidata = entry.wikidata.max(more.wikidata);
    for (names, extra) in entry.names.iter_mut().zip(more.names) {
        names.extend(extra);
    }
}

impl Row {
    /// Returns every name of the entry with how it names it.
    pub fn all_names(&self) -> impl Iterator<Item = (&str, NameKind)> {
        let kinds = [NameKind::Alternate, NameKind::Abbreviation, NameKind::Demonym, NameKind::Surname];
        let listed = self.names.iter().zip(kinds);
        let listed = listed.flat_map(|(names, kind)| names.iter().map(move |name| (name.as_str(), kind)));
        std::iter::once((self.name.as_str(), NameKind::Canonical)).chain(listed)
    }
}
