//! Several gazetteers, one over the other: the world below, users' own lists above.

use super::draft::Draft;
use super::entry::{Entry, NameKind, WordUse};
use super::load::Gazetteer;
use super::metadata::SourceCredit;
use super::table::{Row, delimiter, read_table};
use crate::error::{Error, ErrorKind, Result};
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

/// The world gazetteer, compiled by the build script from the tables under `gazetteers/`.
static WORLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world.dlg"));

/// Bits of an id that number the entry or name within its layer.
const INDEX_BITS: u32 = 28;
/// The most layers that fit.
const MOST_LAYERS: usize = 16;

macro_rules! layered_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            fn new(layer: usize, index: u32) -> $name {
                $name((layer as u32) << INDEX_BITS | index)
            }

            /// Returns the number of its layer; 0 is the lowest.
            pub fn layer(self) -> usize {
                (self.0 >> INDEX_BITS) as usize
            }

            /// Returns its number within the layer.
            pub fn index(self) -> u32 {
                self.0 & ((1 << INDEX_BITS) - 1)
            }
        }
    };
}

layered_id! {
    /// An entry of one of the layers.
    EntryId
}
layered_id! {
    /// A name of one of the layers.
    NameId
}

/// An ordered stack of gazetteers; the pipeline looks everything up here.
pub struct Layers {
    gazetteers: Vec<Gazetteer>,
    /// For each gazetteer, its entries that only add names to one below, and that entry.
    aliases: Vec<HashMap<u32, EntryId>>,
}

impl Layers {
    /// Returns the world gazetteer alone.
    ///
    /// # Errors
    /// The program was built with a damaged gazetteer.
    pub fn world() -> Result<Layers> {
        Ok(Layers { gazetteers: vec![Gazetteer::from_static(WORLD)?], aliases: vec![HashMap::new()] })
    }

    /// Returns a stack without gazetteers.
    pub fn none() -> Layers {
        Layers { gazetteers: Vec::new(), aliases: Vec::new() }
    }

    /// Puts a gazetteer on top.
    ///
    /// # Errors
    /// It has no names, or there are sixteen already.
    pub fn push(&mut self, gazetteer: Gazetteer) -> Result<()> {
        if gazetteer.name_count() == 0 {
            return Err(Error::new(ErrorKind::Gazetteer, "the gazetteer has no names")
                .remedy("give it at least one row with an id and a name"));
        }
        if self.gazetteers.len() == MOST_LAYERS {
            return Err(Error::new(ErrorKind::Usage, "more than 16 gazetteers").remedy("merge some into one"));
        }
        self.gazetteers.push(gazetteer);
        self.aliases.push(HashMap::new());
        Ok(())
    }

    /// Opens the gazetteer at `path` and puts it on top: a compiled one, or a CSV or TSV table, which is compiled in
    /// memory. A row of a table that has the id of an entry below needs no more than that and the names to add.
    pub fn push_file(&mut self, path: &Path) -> Result<()> {
        match delimiter(path) {
            Some(delimiter) => self.push_table(path, delimiter),
            None => self.push(Gazetteer::open(path)?),
        }
        .map_err(|error| if error.position().is_some() { error } else { error.in_file(path.display()) })
    }

    fn push_table(&mut self, path: &Path, delimiter: u8) -> Result<()> {
        let shown = path.display().to_string();
        let file = File::open(path).map_err(|cause| Error::read(&shown, cause))?;
        let mut draft = Draft::new();
        let mut aliases: Vec<(String, EntryId)> = Vec::new();
        read_table(&shown, file, delimiter, |row, at| {
            if draft.contains(&row.id) {
                return draft.add(row, at);
            }
            let below = self.find_id(&row.id);
            aliases.extend(below.filter(|_| row.name.is_empty()).map(|below| (row.id.clone(), below)));
            draft.add(self.completed(row), at)
        })?;
        let source = SourceCredit { name: shown.clone(), ..SourceCredit::default() };
        self.push(Gazetteer::from_vec(draft.compile(&shown, vec![source])?.into_vec()?)?)?;
        let layer = self.gazetteers.len() - 1;
        let numbered = |(id, below): (String, EntryId)| Some((self.gazetteers[layer].find_id(&id)?, below));
        self.aliases[layer] = aliases.into_iter().filter_map(numbered).collect();
        Ok(())
    }

    /// Fills the empty cells of a row from the entry below that has its id.
    fn completed(&self, mut row: Row) -> Row {
        let Some(entry) = self.find_id(&row.id).and_then(|id| self.entry(id)) else { return row };
        let fill = |cell: &mut String, value: &str| {
            if cell.is_empty() {
                *cell = value.to_owned();
            }
        };
        fill(&mut row.name, entry.name());
        fill(&mut row.kind, entry.kind());
        fill(&mut row.feature_code, entry.feature_code());
        fill(&mut row.role, entry.role());
        fill(&mut row.country, entry.country_code());
        row.point = row.point.or_else(|| entry.point().map(|p| (p.latitude, p.longitude)));
        row.population = row.population.max(entry.population());
        let wikidata = entry.wikidata().and_then(|q| q[1..].parse().ok());
        row.wikidata = if row.wikidata == 0 { wikidata.unwrap_or(0) } else { row.wikidata };
        row
    }

    /// Returns the gazetteers, lowest first.
    pub fn gazetteers(&self) -> &[Gazetteer] {
        &self.gazetteers
    }

    /// Tells whether there is nothing to look up.
    pub fn is_empty(&self) -> bool {
        self.gazetteers.is_empty()
    }

    /// Returns an entry.
    pub fn entry(&self, id: EntryId) -> Option<Entry<'_>> {
        self.gazetteers.get(id.layer())?.entry(id.index())
    }

    /// Returns the entry with the id, from the highest layer that has it.
    pub fn find_id(&self, id: &str) -> Option<EntryId> {
        let found =
            |(layer, gazetteer): (usize, &Gazetteer)| Some(EntryId::new(layer, gazetteer.find_id(id)?));
        self.gazetteers.iter().enumerate().rev().find_map(found)
    }

    /// Returns the names that `text` folds to, one a layer that has it.
    pub fn find_name(&self, text: &str) -> Vec<NameId> {
        let found =
            |(layer, gazetteer): (usize, &Gazetteer)| Some(NameId::new(layer, gazetteer.find_name(text)?));
        self.gazetteers.iter().enumerate().filter_map(found).collect()
    }

    /// Returns the name numbered `index` in `layer`.
    pub fn name_id(layer: usize, index: u32) -> NameId {
        NameId::new(layer, index)
    }

    /// Returns the entries that a name may mean, likeliest first.
    pub fn candidates(&self, name: NameId) -> impl Iterator<Item = (EntryId, NameKind)> {
        let layer = name.layer();
        let gazetteer = self.gazetteers.get(layer);
        let all = gazetteer.into_iter().flat_map(move |gazetteer| gazetteer.candidates(name.index()));
        all.map(move |(entry, how)| (self.aliased(layer, entry), how))
    }

    /// Returns the id of an entry, or of the entry below that it only adds names to.
    fn aliased(&self, layer: usize, entry: u32) -> EntryId {
        let below = self.aliases.get(layer).and_then(|aliases| aliases.get(&entry));
        below.copied().unwrap_or_else(|| EntryId::new(layer, entry))
    }

    /// Returns the entry of a country, from the lowest layer that has it.
    pub fn country(&self, code: [u8; 2]) -> Option<Entry<'_>> {
        self.gazetteers.iter().find_map(|gazetteer| gazetteer.country(code))
    }

    /// Returns how common a folded word is, by the lexicon of the lowest layer.
    #[inline]
    pub fn word_use(&self, hash: u64) -> WordUse {
        self.gazetteers.first().map_or_else(WordUse::default, |gazetteer| gazetteer.word_use(hash))
    }
}
