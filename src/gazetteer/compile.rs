//! Draft → bytes: the compiled gazetteer, the same bytes for the same draft.

use super::automaton::Builder;
use super::draft::Draft;
use super::entry::NameKind;
use super::layout::*;
use super::metadata::Metadata;
use super::place_type::PlaceType;
use super::table::{LexiconRow, Row};
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::words::{hash_word, key};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::IntoBytes;

/// The longest key in bytes; longer names are left out and counted.
const LONGEST_KEY: usize = 100;

/// Compiles a draft into the bytes of one gazetteer file. `metadata` brings the sources and the profile's name; the
/// tables and counts in it are filled here.
///
/// # Cost
/// About 4 s and 700 MB for 550,000 entries with 1.2 million names.
///
/// # Errors
/// More kinds or feature codes than a byte can number.
pub fn compile(draft: &Draft, mut metadata: Metadata) -> Result<Vec<u8>> {
    let mut order: Vec<usize> = (0..draft.rows.len()).collect();
    order.sort_by(|a, b| split_id(&draft.rows[*a].id).cmp(&split_id(&draft.rows[*b].id)));
    let rows: Vec<&Row> = order.iter().map(|at| &draft.rows[*at]).collect();

    let mut strings = Strings::default();
    let entries = entries(&rows, &mut strings, &mut metadata)?;
    let names = names(&rows, &mut metadata);
    let mut automaton = Builder::default();
    let (mut name_records, mut candidates) = (Vec::new(), Vec::new());
    for (number, (key, meant)) in names.iter().enumerate() {
        automaton.insert(key, number as u32)?;
        let first = (candidates.len() as u32).into();
        name_records.push(NameRecord { key: strings.add(key), count: (meant.len() as u16).into(), first });
        candidates.extend(
            meant.iter().map(|&(entry, how)| CandidateRecord { entry: entry.into(), how: how as u8 }),
        );
    }
    metadata.count(&rows, name_records.len(), candidates.len());
    let (states, gotos) = automaton.finish();
    let countries = countries(&rows);
    let lexicon = lexicon(&draft.lexicon);
    let metadata = metadata.to_json();
    Ok(assemble([
        metadata.as_bytes(),
        strings.bytes.as_bytes(),
        entries.as_bytes(),
        name_records.as_bytes(),
        candidates.as_bytes(),
        states.as_bytes(),
        gotos.as_bytes(),
        countries.as_bytes(),
        lexicon.as_bytes(),
    ]))
}

/// An id as it sorts: textual ids last; those of a scheme by number.
pub(super) type IdKey<'a> = (bool, &'a str, u32, &'a str);

/// Splits an id into scheme and number where it is `prefix:123` or `prefix:Q123`; else it stays a text.
pub(super) fn split_id(id: &str) -> IdKey<'_> {
    let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (scheme, digits) = id.split_at(id.len() - digits);
    let head = scheme.strip_suffix('Q').unwrap_or(scheme);
    let plain = head.ends_with(':') && head[..head.len() - 1].bytes().all(|b| b.is_ascii_lowercase());
    match digits.parse::<u32>() {
        Ok(number) if plain && !digits.starts_with('0') => (false, scheme, number, ""),
        _ => (true, "", 0, id),
    }
}

#[derive(Default)]
struct Strings {
    bytes: String,
    known: HashMap<String, StringRef>,
}

impl Strings {
    fn add(&mut self, text: &str) -> StringRef {
        if text.is_empty() {
            return StringRef::default();
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let text = &text[..text.floor_char_boundary(u16::MAX as usize)];
        let at = StringRef { offset: (self.bytes.len() as u32).into(), length: (text.len() as u16).into() };
        self.bytes.push_str(text);
        self.known.insert(text.to_owned(), at);
        at
    }
}

fn entries(rows: &[&Row], strings: &mut Strings, metadata: &mut Metadata) -> Result<Vec<EntryRecord>> {
    let divisions = |wanted: PlaceType, code: fn(&Row) -> &str| -> HashMap<String, u32> {
        let of_type =
            rows.iter().enumerate().filter(|(_, r)| is_place(r) && PlaceType::of(&r.feature_code) == wanted);
        of_type
            .map(|(at, row)| (code(row).to_owned(), at as u32))
            .filter(|(code, _)| !code.is_empty())
            .collect()
    };
    let admin1 = divisions(PlaceType::Admin1, |row| &row.admin1);
    let admin2 = divisions(PlaceType::Admin2, |row| &row.admin2);
    let link = |codes: &HashMap<String, u32>, code: &str| codes.get(code).copied().unwrap_or(NONE).into();
    rows.iter()
        .map(|row| {
            let (textual, scheme, number, _) = split_id(&row.id);
            let (latitude, longitude) =
                row.point.map_or((i32::MIN, 0), |(lat, lon)| (fixed(lat), fixed(lon)));
            Ok(EntryRecord {
                id_number: number.into(),
                id_text: strings.add(if textual { &row.id } else { "" }),
                name: strings.add(&row.name),
                role: strings.add(&row.role),
                code: strings.add(own_code(row)),
                admin1: link(&admin1, &row.admin1),
                admin2: link(&admin2, &row.admin2),
                latitude: latitude.into(),
                longitude: longitude.into(),
                population: row.population.into(),
                wikidata: row.wikidata.into(),
                from: row.from.into(),
                until: row.until.into(),
                country: row.country.as_bytes().try_into().unwrap_or([0, 0]),
                id_scheme: number_of(&mut metadata.id_schemes, scheme)?,
                kind: number_of(&mut metadata.kinds, kind(row))?,
                feature: number_of(&mut metadata.feature_codes, &row.feature_code)?,
            })
        })
        .collect()
}

pub(super) fn kind(row: &Row) -> &str {
    if row.kind.is_empty() { "place" } else { &row.kind }
}

pub(super) fn is_place(row: &Row) -> bool {
    kind(row) == "place"
}

fn own_code(row: &Row) -> &str {
    match PlaceType::of(&row.feature_code) {
        PlaceType::Admin1 => &row.admin1,
        PlaceType::Admin2 => &row.admin2,
        _ => "",
    }
}

fn fixed(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

/// Returns the number of `value` in `values`, adding it when it is new.
fn number_of(values: &mut Vec<String>, value: &str) -> Result<u8> {
    let at = values.iter().position(|known| known == value).unwrap_or_else(|| {
        values.push(value.to_owned());
        values.len() - 1
    });
    u8::try_from(at).map_err(|_| {
        Error::new(ErrorKind::Gazetteer, format!("more than 256 kinds or feature codes (at `{value}`)"))
            .remedy("use fewer values in the columns `kind` and `feature_code`")
    })
}

/// A key with the entries that it may mean, likeliest first.
type Named = (String, Vec<(u32, NameKind)>);

/// Returns all the names, sorted by key, each entry once under a key with its strongest kind.
fn names(rows: &[&Row], metadata: &mut Metadata) -> Vec<Named> {
    let mut all: Vec<(String, u32, u8, NameKind)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (name, how) in row.all_names() {
            let key = key(name);
            if key.is_empty() || key.len() > LONGEST_KEY {
                metadata.names_left_out += 1;
                continue;
            }
            let other = if how <= NameKind::Alternate { abbreviated(&key) } else { None };
            all.extend(other.map(|key| (key, at as u32, strength(NameKind::Alternate), NameKind::Alternate)));
            all.push((key, at as u32, strength(how), how));
        }
    }
    all.sort();
    all.dedup_by(|next, kept| next.0 == kept.0 && next.1 == kept.1);
    let mut names: Vec<Named> = Vec::new();
    for (key, entry, _, how) in all {
        match names.last_mut() {
            Some((last, meant)) if *last == key => meant.push((entry, how)),
            _ => names.push((key, vec![(entry, how)])),
        }
    }
    for (_, meant) in &mut names {
        meant.sort_by_key(|&(entry, _)| (std::cmp::Reverse(weight(rows[entry as usize])), entry));
        meant.truncate(u16::MAX as usize);
    }
    names
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

/// Returns what candidates of one name are ordered by: countries and regions, then
/// divisions and natural features, then by population.
fn weight(row: &Row) -> (u8, u64) {
    let class = match PlaceType::of(&row.feature_code) {
        _ if !is_place(row) => 0,
        PlaceType::Country | PlaceType::Region => 2,
        PlaceType::Admin1 | PlaceType::Water | PlaceType::Mountain | PlaceType::Island | PlaceType::Land => 1,
        _ => 0,
    };
    (class, row.population)
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

fn countries(rows: &[&Row]) -> Vec<CountryRecord> {
    let is_country = |r: &Row| r.country.len() == 2 && r.feature_code != "PCLH" && is_place(r);
    let mut countries: Vec<(&str, u32)> = rows
        .iter()
        .enumerate()
        .filter(|(_, r)| PlaceType::of(&r.feature_code) == PlaceType::Country && is_country(r))
        .map(|(at, row)| (row.country.as_str(), at as u32))
        .collect();
    countries.sort();
    countries.dedup_by_key(|(code, _)| *code);
    let record = |(code, entry): (&str, u32)| CountryRecord {
        code: code.as_bytes().try_into().unwrap_or([0, 0]),
        entry: entry.into(),
    };
    countries.into_iter().map(record).collect()
}

fn lexicon(words: &[LexiconRow]) -> Vec<LexiconSlot> {
    let empty = LexiconSlot { check: 0.into(), given: 0, surname: 0, common: 0 };
    let mut slots = vec![empty; (words.len() * 2).next_power_of_two().max(2)];
    let scaled = |count: u64| (8.0 * (1.0 + count as f64).log2()).round().min(255.0) as u8;
    for word in words {
        let hash = hash_word(&word.word);
        let mut at = first_slot(hash, slots.len());
        while slots[at].given | slots[at].surname | slots[at].common != 0 {
            at = (at + 1) & (slots.len() - 1);
        }
        slots[at] = LexiconSlot {
            check: check(hash).into(),
            given: scaled(word.given),
            surname: scaled(word.surname),
            common: scaled(word.common),
        };
    }
    slots
}

/// Writes header, table and sections.
fn assemble(sections: [&[u8]; Section::COUNT]) -> Vec<u8> {
    let padded = |length: usize| length.next_multiple_of(ALIGNMENT);
    let length = sections.iter().fold(padded(HEADER_LENGTH), |at, section| padded(at + section.len()));
    let mut file = Vec::with_capacity(length);
    file.extend(MAGIC);
    file.extend(VERSION.to_le_bytes());
    file.extend((Section::COUNT as u32).to_le_bytes());
    file.extend((length as u64).to_le_bytes());
    let mut at = padded(HEADER_LENGTH);
    for section in sections {
        file.extend((at as u64).to_le_bytes());
        file.extend((section.len() as u64).to_le_bytes());
        file.extend(xxh3_64(section).to_le_bytes());
        at = padded(at + section.len());
    }
    file.extend(xxh3_64(&file).to_le_bytes());
    for section in sections {
        file.resize(padded(file.len()), 0);
        file.extend(section);
    }
    file.resize(length, 0);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_split_into_scheme_and_number() {
        assert_eq!(split_id("geonames:170063"), (false, "geonames:", 170063, ""));
        assert_eq!(split_id("wikidata:Q7747"), (false, "wikidata:Q", 7747, ""));
        assert_eq!(split_id("dateline:fr-brest-gb5"), (true, "", 0, "dateline:fr-brest-gb5"));
        assert_eq!(split_id("mine:007"), (true, "", 0, "mine:007"));
    }

    #[test]
    fn saints_are_found_both_ways() {
        assert_eq!(abbreviated("saint louis").as_deref(), Some("st louis"));
        assert_eq!(abbreviated("port st joe").as_deref(), Some("port saint joe"));
        assert_eq!(abbreviated("saint"), None);
    }
}
