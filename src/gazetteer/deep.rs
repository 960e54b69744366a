//! A deep check of a gazetteer's content: where its points lie, whether its links hold, whether a thing stands in it twice.
//!
//! | check | finds |
//! |---|---|
//! | `border` | a place more than [`NEAR_KM`] from its country |
//! | `point` | a place without a point |
//! | `extent` | a place whose point lies outside of its extent |
//! | `name` | a canonical name that is empty, long, or mixes scripts |
//! | `parent` | a country, division or code of a division that is not there, or of another country |
//! | `twin` | two places of one name and kind at one spot |
//! | `fan-out` | a name that is another name of more than [`MOST_ENTRIES`] entries |
//! | `demonym` | a demonym of more than [`MOST_PEOPLES`] places, or of none |
//! | `person` | a person without a role, or whose years are out of order |
//!
//! That no two entries have one id, that names are sorted and links stay inside is what [`Gazetteer::verify`] checks.

use super::borders::Borders;
use super::entry::{Entry, NameKind};
use super::layers::{EntryId, Layers};
use super::load::Gazetteer;
use super::place_type::PlaceType;
use crate::distance::distance_km;
use std::collections::{BTreeMap, HashMap};

/// How far a place may lie from its country, in km: the borders leave out small islands, smooth coasts and river mouths,
/// and a bridge, port or reef lies off the coast.
pub const NEAR_KM: f64 = 25.0;
/// The longest canonical name, in characters.
pub const LONGEST_NAME: usize = 80;
/// The most entries that may have one name among their other names.
pub const MOST_ENTRIES: usize = 150;
/// The most places that one demonym may point at.
pub const MOST_PEOPLES: usize = 4;

/// Something that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Which check found it.
    pub check: &'static str,
    /// The entry's id, or the name where the check is about a name.
    pub about: String,
    /// What was found.
    pub text: String,
}

/// What a deep check found and counted.
#[derive(Debug, Default)]
pub struct Report {
    /// What looks wrong, by check and entry.
    pub findings: Vec<Finding>,
    /// Entries by source and kind (a place's type, or the kind).
    pub counts: BTreeMap<(String, String), usize>,
    /// Entries by country.
    pub countries: BTreeMap<String, usize>,
}

impl Report {
    /// Adds what another check found and counted.
    pub fn add(&mut self, other: Report) {
        self.findings.extend(other.findings);
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
        for (key, count) in other.countries {
            *self.countries.entry(key).or_default() += count;
        }
    }
}

/// Checks the gazetteer on top of `layers`; those below may have the divisions and countries that it refers to.
///
/// # Cost
/// Some seconds for the world.
pub fn check(layers: &Layers) -> Report {
    let mut checking = Checking { layers, borders: Borders::world(), report: Report::default() };
    let Some(layer) = layers.gazetteers().len().checked_sub(1) else { return checking.report };
    let gazetteer = &layers.gazetteers()[layer];
    for index in 0..gazetteer.entry_count() as u32 {
        let id = Layers::entry_id(layer, index);
        if let Some(entry) = layers.entry(id) {
            checking.entry(id, &entry);
        }
    }
    for name in 0..gazetteer.name_count() as u32 {
        checking.name(gazetteer, name);
    }
    checking.report.findings.sort();
    checking.report.findings.dedup();
    checking.report
}

struct Checking<'a> {
    layers: &'a Layers,
    borders: Borders,
    report: Report,
}

impl Checking<'_> {
    fn find(&mut self, check: &'static str, about: impl Into<String>, text: impl Into<String>) {
        self.report.findings.push(Finding { check, about: about.into(), text: text.into() });
    }

    fn entry(&mut self, id: EntryId, entry: &Entry) {
        let kind = if entry.is_place() { entry.place_type().as_str() } else { entry.kind() };
        *self.report.counts.entry((entry.source().to_owned(), kind.to_owned())).or_default() += 1;
        *self.report.countries.entry(entry.country_code().to_owned()).or_default() += 1;
        self.entry_name(entry);
        if entry.is_person() {
            self.person(entry);
        }
        if entry.is_place() {
            self.point(entry);
            self.parents(id, entry);
        }
    }

    fn entry_name(&mut self, entry: &Entry) {
        let (name, length) = (entry.name(), entry.name().chars().count());
        if name.trim().is_empty() || length > LONGEST_NAME {
            self.find("name", entry.id(), format!("the name has {length} characters"));
        }
        if mixes_scripts(name) {
            self.find("name", entry.id(), format!("`{name}` mixes scripts"));
        }
    }

    fn person(&mut self, entry: &Entry) {
        if entry.role().is_empty() {
            self.find("person", entry.id(), format!("{} has no role", entry.name()));
        }
        if let (Some(from), Some(until)) = entry.years()
            && from > until
        {
            self.find("person", entry.id(), format!("{}: from {from} until {until}", entry.name()));
        }
    }

    fn point(&mut self, entry: &Entry) {
        let Some(point) = entry.point() else {
            return self.find("point", entry.id(), format!("{} has no point", entry.name()));
        };
        if entry.extent().is_some_and(|extent| !extent.contains(point)) {
            self.find(
                "extent",
                entry.id(),
                format!("the point of {} lies outside of its extent", entry.name()),
            );
        }
        // What is large or lies in the sea need not have its point on the land of one country.
        let large = matches!(
            entry.place_type(),
            PlaceType::Country | PlaceType::Region | PlaceType::Water | PlaceType::Island
        );
        if large || entry.country() == [0, 0] {
            return;
        }
        if let Some(km) = self.borders.distance_km(entry.country(), point).filter(|km| *km > NEAR_KM) {
            let (name, country) = (entry.name(), entry.country_code());
            self.find("border", entry.id(), format!("{name} lies {km:.0} km from {country}"));
        }
    }

    fn parents(&mut self, id: EntryId, entry: &Entry) {
        let (layers, name) = (self.layers, entry.name());
        if entry.country() != [0, 0] && layers.country(entry.country()).is_none() {
            self.find(
                "parent",
                entry.id(),
                format!("{name}: no entry is the country {}", entry.country_code()),
            );
        }
        let (first, second) = (layers.admin1(id), layers.admin2(id));
        if first.is_none() && !entry.code().is_empty() {
            self.find("parent", entry.id(), format!("{name}: no entry is the division {}", entry.code()));
        }
        for division in [first, second].into_iter().flatten().filter_map(|id| layers.entry(id)) {
            if division.country() != entry.country() {
                let text = format!(
                    "{name} ({}) lies in {} ({})",
                    entry.country_code(),
                    division.name(),
                    division.country_code()
                );
                self.find("parent", entry.id(), text);
            }
        }
        if let Some(second) = second
            && first.is_some()
            && layers.admin1(second).is_some()
            && layers.admin1(second) != first
        {
            self.find("parent", entry.id(), format!("{name}: its divisions do not contain one another"));
        }
    }

    fn name(&mut self, gazetteer: &Gazetteer, name: u32) {
        let candidates: Vec<(Entry, NameKind)> = gazetteer
            .candidates(name)
            .filter_map(|(entry, how)| Some((gazetteer.entry(entry)?, how)))
            .collect();
        let count = |wanted: NameKind| candidates.iter().filter(|(_, how)| *how == wanted).count();
        let key = gazetteer.key(name);
        if mixes_scripts(key) {
            self.find("name", key, "mixes scripts");
        }
        if count(NameKind::Alternate) > MOST_ENTRIES {
            let text = format!("is another name of {} entries", count(NameKind::Alternate));
            self.find("fan-out", key, text);
        }
        if count(NameKind::Demonym) > MOST_PEOPLES {
            self.find("demonym", key, format!("points at {} places", count(NameKind::Demonym)));
        }
        let not_place = candidates.iter().find(|(entry, how)| *how == NameKind::Demonym && !entry.is_place());
        if let Some((entry, _)) = not_place {
            self.find("demonym", key, format!("points at {}, which is no place", entry.id()));
        }
        self.twins(&candidates);
    }

    /// Looks for places of one name and kind at one spot.
    fn twins(&mut self, candidates: &[(Entry, NameKind)]) {
        let mut kinds: HashMap<PlaceType, Vec<&Entry>> = HashMap::new();
        let named = candidates.iter().filter(|(entry, how)| entry.is_place() && *how == NameKind::Canonical);
        for (entry, _) in named {
            kinds.entry(merged(entry.place_type())).or_default().push(entry);
        }
        for (kind, entries) in kinds {
            for (at, entry) in entries.iter().enumerate() {
                let twin = entries[..at].iter().find(|other| {
                    other.country() == entry.country()
                        && other
                            .point()
                            .zip(entry.point())
                            .is_some_and(|(a, b)| distance_km(a, b) < spot_km(kind))
                });
                if let Some(twin) = twin {
                    self.find("twin", entry.id(), format!("{} is {} too", entry.name(), twin.id()));
                }
            }
        }
    }
}

/// Returns the kind under which a place is compared: what one source calls a city another calls a neighbourhood or does
/// not say.
fn merged(kind: PlaceType) -> PlaceType {
    match kind {
        PlaceType::Neighbourhood | PlaceType::Locality => PlaceType::City,
        PlaceType::Land | PlaceType::Mountain => PlaceType::Region,
        other => other,
    }
}

/// Returns how near two places of a kind must be to be one, in km. Towns of one name a few kilometres apart exist
/// (a village and its namesake across the river); two of half a kilometre do not.
fn spot_km(kind: PlaceType) -> f64 {
    match kind {
        PlaceType::City | PlaceType::Site => 0.5,
        PlaceType::Admin1 | PlaceType::Admin2 | PlaceType::Admin3 => 0.5,
        _ => 50.0,
    }
}

/// Tells whether letters of Latin script stand beside those of another.
fn mixes_scripts(name: &str) -> bool {
    let is_latin = |c: char| {
        c.is_ascii_alphabetic()
            || matches!(c, '\u{c0}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}')
    };
    let letters = || name.chars().filter(|c| c.is_alphabetic() && !matches!(c, '\u{2b0}'..='\u{2ff}'));
    letters().any(is_latin) && letters().any(|c| !is_latin(c) && !c.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        for (name, mixed) in
            [("Aleppo", false), ("Łódź", false), ("Moсква", true), ("حلب", false), ("Hawaiʻi", false)]
        {
            assert_eq!(mixes_scripts(name), mixed, "{name}");
        }
    }
}
