//! Several gazetteers, one over the other: the world below, users' own lists above.

use super::draft::Draft;
use super::entry::{Entry, NameKind, WordUse};
use super::layout::NONE;
use super::lists::Lists;
use super::load::Gazetteer;
use super::metadata::SourceCredit;
use super::table::{Row, delimiter, read_table};
use crate::error::{Error, ErrorKind, Position, Result};
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
    /// Whether the lowest is the world.
    has_world: bool,
    /// For each gazetteer, its entries that only add names to one below, and that entry.
    aliases: Vec<HashMap<u32, EntryId>>,
    pub(super) lists: Lists,
}

impl Layers {
    /// Returns the world gazetteer alone.
    ///
    /// # Errors
    /// The program was built with a damaged gazetteer.
    pub fn world() -> Result<Layers> {
        let mut layers = Layers::none();
        layers.push(Gazetteer::from_static(WORLD)?)?;
        layers.has_world = true;
        Ok(layers)
    }

    /// Returns a stack without gazetteers.
    pub fn none() -> Layers {
        Layers { gazetteers: Vec::new(), has_world: false, aliases: Vec::new(), lists: Lists::default() }
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

    /// Tells whether a layer is the embedded world and not a user's.
    pub fn is_world(&self, layer: usize) -> bool {
        self.has_world && layer == 0
    }

    /// Takes the gazetteer on top away.
    pub fn pop(&mut self) -> Option<Gazetteer> {
        self.aliases.pop();
        self.gazetteers.pop()
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
        self.push_rows(&shown, |each| read_table(&shown, file, delimiter, each))
    }

    /// Puts a gazetteer on top that only adds names to entries below: pairs of an id and a name.
    pub(super) fn push_aliases(&mut self, source: &str, aliases: Vec<(String, String)>) -> Result<()> {
        if aliases.is_empty() {
            return Ok(());
        }
        let row = |(id, name)| Row {
            id,
            names: [vec![name], Vec::new(), Vec::new(), Vec::new()],
            ..Row::default()
        };
        self.push_rows(source, |each| {
            aliases.into_iter().map(row).try_for_each(|row| each(row, &Position::default()))
        })
    }

    /// Compiles rows in memory and puts the result on top.
    fn push_rows(
        &mut self,
        source: &str,
        rows: impl FnOnce(&mut dyn FnMut(Row, &Position) -> Result<()>) -> Result<()>,
    ) -> Result<()> {
        let mut draft = Draft::new();
        draft.begin_source(source);
        let mut aliases: Vec<(String, EntryId)> = Vec::new();
        rows(&mut |row, at| {
            if draft.contains(&row.id) {
                return draft.add(row, at);
            }
            let below = self.find_id(&row.id);
            aliases.extend(below.filter(|_| row.name.is_empty()).map(|below| (row.id.clone(), below)));
            draft.add(self.completed(row), at)
        })?;
        let credit = SourceCredit { name: source.to_owned(), ..SourceCredit::default() };
        self.push(Gazetteer::from_vec(draft.compile(source, vec![credit])?.into_vec()?)?)?;
        let layer = self.gazetteers.len() - 1;
        let numbered = |(id, below): (String, EntryId)| Some((self.gazetteers[layer].find_id(&id)?, below));
        self.aliases[layer] = aliases.into_iter().filter_map(numbered).collect();
        Ok(())
    }

    /// Fills the empty cells of a row from the entry below that has its id.
    fn completed(&self, mut row: Row) -> Row {
        let Some(id) = self.find_id(&row.id) else { return row };
        let Some(entry) = self.entry(id) else { return row };
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
        for (cell, division) in [(&mut row.admin1, self.admin1(id)), (&mut row.admin2, self.admin2(id))] {
            fill(cell, division.and_then(|id| self.entry(id)).map_or("", |division| division.code()));
        }
        row.point = row.point.or_else(|| entry.point().map(|p| (p.latitude, p.longitude)));
        row.extent = row.extent.or_else(|| entry.extent());
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

    /// Returns the entry numbered `index` in `layer`.
    pub fn entry_id(layer: usize, index: u32) -> EntryId {
        EntryId::new(layer, index)
    }

    /// Returns the name numbered `index` in `layer`.
    pub fn name_id(layer: usize, index: u32) -> NameId {
        NameId::new(layer, index)
    }

    /// Returns the entries that a name may mean, likeliest first, as far as users' lists let them be meant.
    pub fn candidates(&self, name: NameId) -> impl Iterator<Item = (EntryId, NameKind)> {
        let layer = name.layer();
        let only = self.lists.only(name).map(|entry| (entry, NameKind::Canonical));
        let gazetteer = self.gazetteers.get(layer).filter(|_| only.is_none());
        let all = gazetteer.into_iter().flat_map(move |gazetteer| gazetteer.candidates(name.index()));
        let all = all.map(move |(entry, how)| (self.aliased(layer, entry), how));
        only.into_iter().chain(all).filter(|(entry, _)| !self.lists.stops_entry(*entry))
    }

    /// Returns what users' lists say.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// Returns the first-order division that an entry lies in; of such a division, itself.
    #[inline]
    pub fn admin1(&self, id: EntryId) -> Option<EntryId> {
        self.division(id, |entry| entry.record.admin1.get(), 2)
    }

    /// Returns the second-order division that an entry lies in; of such a division, itself.
    #[inline]
    pub fn admin2(&self, id: EntryId) -> Option<EntryId> {
        self.division(id, |entry| entry.record.admin2.get(), 3)
    }

    /// Returns a division by its link, or by its code where another layer has it: the lowest layer's, so that entries of
    /// several layers that lie in one division agree. `depth` is the number of parts of its code.
    fn division(&self, id: EntryId, link: fn(&Entry) -> u32, depth: usize) -> Option<EntryId> {
        let entry = self.entry(id)?;
        let linked = Some(link(&entry)).filter(|link| *link != NONE);
        if id.layer() == 0 {
            return linked.map(|index| EntryId::new(0, index));
        }
        let own = linked.and_then(|index| self.gazetteers[id.layer()].entry(index));
        let code = own.as_ref().map_or_else(|| entry.code(), |division| division.code());
        let end = code.match_indices('.').nth(depth - 1).map_or(code.len(), |(at, _)| at);
        let code = Some(&code[..end]).filter(|code| code.split('.').count() == depth);
        let by_code =
            |(layer, gazetteer): (usize, &Gazetteer)| Some(EntryId::new(layer, gazetteer.division(code?)?));
        let below = self.gazetteers[..id.layer()].iter().enumerate().find_map(by_code);
        below.or(linked.map(|index| EntryId::new(id.layer(), index)))
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
