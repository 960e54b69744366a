//! Candidates of a name and their prior: how likely each is before the document is looked at.

use crate::entity::Candidate;
use crate::gazetteer::{Entry, EntryId, Layers, NameKind, PlaceType};
use crate::recognize::Readings;
use crate::recognize::find::Hit;

/// The parts that make up a candidate's log-odds, by their index.
pub(super) const PRIOR: usize = 0;
pub(super) const CONTAINMENT: usize = 1;
pub(super) const PLACE_TYPE: usize = 2;
pub(super) const COUNTRY_CONTEXT: usize = 3;
pub(super) const NEARNESS: usize = 4;

/// Their names, as `explain` prints them.
pub(super) const PARTS: [&str; 5] = ["prior", "containment", "place-type", "country-context", "nearness"];

// The weights below and in the files beside this one were set by hand on the development halves (documents with an
// even number) of LGL and GeoVirus; docs/decisions/0005-first-resolution.md has the figures.

/// Weight of the base-10 logarithm of the population.
const POPULATION: f32 = 0.75;
/// Bonus of a country.
const LARGE: f32 = 4.0;
/// Bonus of a region, sea, river, range or island in a reviewed table: no population and mostly no country speak for these,
/// and such a table has only well-known ones.
const NATURAL: f32 = 7.0;
/// Bonus of a first-order division.
const DIVISION: f32 = -0.3;
/// Bonus of a national capital, and of the seat of a first-order division.
const CAPITAL: f32 = 2.5;
const SEAT: f32 = 0.8;
/// Malus of a name that is not the canonical one (Amman was Philadelphia once), and of an entry whose kind no source
/// gives.
const ALTERNATE: f32 = -1.5;
const LOCALITY: f32 = -0.7;
/// Bonus of an entry of a user's own gazetteer.
const OWN: f32 = 6.0;

/// Appends the places that the hits may mean in one of the ways in `readings`.
pub(super) fn places(layers: &Layers, hits: &[Hit], readings: Readings, candidates: &mut Vec<Candidate>) {
    let first = candidates.len();
    for hit in hits {
        for (id, how) in layers.candidates(hit.name).filter(|(_, how)| readings.has(*how)) {
            let known = candidates[first..].iter().any(|c| c.entry == id);
            if let Some(entry) = layers.entry(id).filter(|entry| entry.is_place() && !known) {
                candidates
                    .push(candidate(id, prior(&entry, how) + if hit.name.layer() > 0 { OWN } else { 0.0 }));
            }
        }
    }
}

/// Returns a candidate with nothing but its prior.
pub(super) fn candidate(entry: EntryId, prior: f32) -> Candidate {
    let mut parts = PARTS.map(|name| (name, 0.0));
    parts[PRIOR].1 = prior;
    Candidate { entry, share: 0.0, parts }
}

fn prior(entry: &Entry, how: NameKind) -> f32 {
    let size = POPULATION * (1.0 + entry.population() as f32).log10();
    let kind = match (entry.place_type(), entry.feature_code()) {
        (PlaceType::Country, _) => LARGE,
        (
            PlaceType::Region | PlaceType::Water | PlaceType::Mountain | PlaceType::Island | PlaceType::Land,
            _,
        ) if entry.is_reviewed() => NATURAL,
        (PlaceType::Admin1, _) => DIVISION,
        (PlaceType::Locality, _) => LOCALITY,
        (_, "PPLC") => CAPITAL,
        (_, "PPLA") => SEAT,
        _ => 0.0,
    };
    size + kind + if how == NameKind::Alternate { ALTERNATE } else { 0.0 }
}

/// Returns the log-odds of a candidate.
pub(super) fn log_odds(candidate: &Candidate) -> f32 {
    candidate.parts.iter().map(|(_, part)| part).sum()
}

/// Sets each candidate's share to the softmax of its log-odds.
pub(super) fn share(candidates: &mut [Candidate]) {
    let most = candidates.iter().map(log_odds).fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for candidate in candidates.iter_mut() {
        candidate.share = (log_odds(candidate) - most).exp();
        total += candidate.share;
    }
    candidates.iter_mut().for_each(|candidate| candidate.share /= total);
}

/// Sorts candidates best first; equal ones keep the gazetteer's order.
pub(super) fn rank(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.share.total_cmp(&a.share));
}
