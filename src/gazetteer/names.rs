//! Names of a gazetteer in the making: pairs of a folded key and an entry, collected in any order, read back by key.

use super::entry::NameKind;
use super::layout::EntryRecord;
use super::sort::sorted;
use super::spool::{Spool, failed};
use super::strings::Strings;
use crate::error::Result;
use crate::normalize::words::key;
use std::io::{self, Read};
use std::path::Path;

/// The longest key in bytes; longer names are left out and counted.
pub const LONGEST_KEY: usize = 100;
/// How many pairs are sorted in memory at a time: some 100 MB.
const SORTED_IN_MEMORY: usize = 1_500_000;

/// One name of one entry.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// The folded words.
    pub(super) key: String,
    /// The entry, by its number in the draft.
    pub(super) entry: u32,
    strength: u8,
    how: u8,
}

impl Pair {
    /// Returns how the name names the entry.
    pub(super) fn how(&self) -> NameKind {
        NameKind::from_code(self.how).unwrap_or(NameKind::Alternate)
    }
}

impl Pair {
    /// Returns the name of `entry` under `key`.
    pub(super) fn new(key: String, entry: u32, how: NameKind) -> Pair {
        Pair { key, entry, strength: strength(how), how: how as u8 }
    }

    /// Appends the pair to a spool.
    pub(super) fn write(&self, spool: &mut Spool) -> Result<()> {
        spool.push(&[self.key.len() as u8, self.strength, self.how])?;
        spool.push(&self.entry.to_le_bytes())?;
        spool.push(self.key.as_bytes())
    }

    /// Reads the next pair of a spool, or none at its end.
    pub(super) fn read(reader: &mut impl Read) -> Result<Option<Pair>> {
        let (mut head, mut entry) = ([0; 3], [0; 4]);
        if reader.read(&mut head[..1]).map_err(failed)? == 0 {
            return Ok(None);
        }
        reader.read_exact(&mut head[1..]).map_err(failed)?;
        reader.read_exact(&mut entry).map_err(failed)?;
        let [length, strength, how] = head;
        let mut key = vec![0; length as usize];
        reader.read_exact(&mut key).map_err(failed)?;
        let key = String::from_utf8(key)
            .map_err(|cause| failed(io::Error::new(io::ErrorKind::InvalidData, cause)))?;
        Ok(Some(Pair { key, entry: u32::from_le_bytes(entry), strength, how }))
    }
}

/// The pairs collected so far.
pub(super) struct Names {
    pairs: Spool,
    left_out: usize,
}

impl Names {
    /// Returns no names; what does not fit in memory goes to `folder`.
    pub(super) fn new(folder: &Path) -> Names {
        Names { pairs: Spool::new(folder), left_out: 0 }
    }

    /// Adds a name of the entry numbered `entry`, and the other form of a name with `saint`, `mount` or `fort`.
    pub(super) fn add(&mut self, name: &str, entry: u32, how: NameKind) -> Result<()> {
        let key = key(name);
        if key.is_empty() || key.len() > LONGEST_KEY {
            self.left_out += 1;
            return Ok(());
        }
        let other = if how <= NameKind::Alternate { abbreviated(&key) } else { None };
        if let Some(other) = other.filter(|other| other.len() <= LONGEST_KEY) {
            self.push(other, entry, NameKind::Alternate)?;
        }
        self.push(key, entry, how)
    }

    /// Adds the canonical name of every entry, once all sources had their say in it.
    pub(super) fn add_canonical(&mut self, entries: &[EntryRecord], strings: &Strings) -> Result<()> {
        let mut named = entries.iter().map(|entry| strings.get(entry.name)).enumerate();
        named.try_for_each(|(at, name)| self.add(name, at as u32, NameKind::Canonical))
    }

    fn push(&mut self, key: String, entry: u32, how: NameKind) -> Result<()> {
        Pair::new(key, entry, how).write(&mut self.pairs)
    }

    /// Returns how many names were empty after folding or longer than a key may be.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// Returns the names by key, each entry once under a key with its strongest kind.
    pub(super) fn sorted(self, folder: &Path) -> Result<impl Iterator<Item = Result<Pair>>> {
        let mut reader = self.pairs.into_reader()?;
        let pairs = std::iter::from_fn(move || Pair::read(&mut reader).transpose());
        let mut last: Option<(String, u32)> = None;
        Ok(sorted(pairs, folder, SORTED_IN_MEMORY)?.filter(move |pair| {
            let Ok(pair) = pair else { return true };
            if last.as_ref().is_some_and(|(key, entry)| *key == pair.key && *entry == pair.entry) {
                return false;
            }
            last = Some((pair.key.clone(), pair.entry));
            true
        }))
    }
}

/// Returns the order in which ways of naming one entry by one key win: a form that a table calls an abbreviation or a
/// demonym is one, even where another table lists it among the alternates.
fn strength(how: NameKind) -> u8 {
    match how {
        NameKind::Canonical => 0,
        NameKind::Abbreviation => 1,
        NameKind::Demonym => 2,
        NameKind::Surname => 3,
        NameKind::Alternate => 4,
    }
}

/// Returns a key with its first `saint`, `mount` or `fort` shortened, or its `st`, `mt`, `ft` spelled out.
fn abbreviated(key: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 4] = [("saint", "st"), ("sainte", "ste"), ("mount", "mt"), ("fort", "ft")];
    let words: Vec<&str> = key.split(' ').collect();
    words[..words.len() - 1].iter().enumerate().find_map(|(at, word)| {
        let (long, short) = PAIRS.iter().find(|(long, short)| word == long || word == short)?;
        let mut other = words.clone();
        other[at] = if word == long { short } else { long };
        Some(other.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saints_are_found_both_ways() {
        assert_eq!(abbreviated("saint louis").as_deref(), Some("st louis"));
        assert_eq!(abbreviated("port st joe").as_deref(), Some("port saint joe"));
        assert_eq!(abbreviated("saint"), None);
    }

    #[test]
    fn pairs_come_back_sorted_and_once() {
        let folder = std::env::temp_dir();
        let mut names = Names::new(&folder);
        for (name, entry, how) in [
            ("Syrian", 1, NameKind::Alternate),
            ("Aleppo", 2, NameKind::Alternate),
            ("ALEPPO", 2, NameKind::Canonical),
            ("syrian", 1, NameKind::Demonym),
            ("...", 3, NameKind::Canonical),
        ] {
            names.add(name, entry, how).unwrap();
        }
        assert_eq!(names.left_out(), 1);
        let pairs: Vec<Pair> = names.sorted(&folder).unwrap().map(Result::unwrap).collect();
        let found: Vec<_> = pairs.iter().map(|p| (p.key.as_str(), p.entry, p.how())).collect();
        assert_eq!(found, [("aleppo", 2, NameKind::Canonical), ("syrian", 1, NameKind::Demonym)]);
    }
}
