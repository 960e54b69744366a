//! What the rest of a document says for a candidate: the countries and divisions it names, and how near its places are.

use super::Group;
use super::candidate::{COUNTRY_CONTEXT, NEARNESS};
use crate::distance::EARTH_RADIUS_KM;
use crate::entity::Candidate;
use crate::gazetteer::{Entry, EntryId, Layers, PlaceType, Point};
use std::collections::HashMap;
use std::ops::Range;

/// Weight of the share of the votes for the candidate's country, and for its first-order division.
const COUNTRY: f32 = 2.5;
const ADMIN1: f32 = 4.0;
/// Votes that are added to the total, so that one other name does not decide alone.
const SMOOTHING: f32 = 1.0;
/// Weight of the nearest other place, and the distance in km at which it has halved.
const NEAR: f32 = 1.5;
const NEAR_KM: f64 = 100.0;
/// How many votes with a point are compared with, so that a book costs no more a name than an article.
const LOCATED: usize = 256;
/// How many of a name's candidates vote.
const VOTING: usize = 3;

/// One vote of a group of mentions.
struct Vote {
    group: usize,
    weight: f32,
    country: [u8; 2],
    admin1: Option<EntryId>,
    point: Option<Direction>,
}

/// A point as a unit vector from the centre of the Earth, so that nearness needs no trigonometry.
type Direction = [f64; 3];

fn direction(point: Point) -> Direction {
    let (latitude, longitude) = (point.latitude.to_radians(), point.longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

/// Returns the straight distance in km through the Earth: within 1 % of the great circle up to 3,000 km.
fn chord_km(a: Direction, b: Direction) -> f64 {
    let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    EARTH_RADIUS_KM * square.sqrt()
}

/// The votes of all groups of a document, and their sums.
pub(super) struct Votes {
    votes: Vec<Vote>,
    /// The votes of each group.
    of_group: Vec<Range<usize>>,
    /// Votes with a point, the first [`LOCATED`] of them.
    located: Vec<usize>,
    total: f32,
    countries: HashMap<[u8; 2], f32>,
    divisions: HashMap<EntryId, f32>,
}

impl Votes {
    /// Collects the votes of the groups' likeliest candidates, each with its share.
    pub(super) fn collect(layers: &Layers, groups: &[Group], candidates: &[Candidate]) -> Votes {
        let (mut votes, mut of_group) = (Vec::new(), Vec::new());
        for (number, group) in groups.iter().enumerate() {
            let first = votes.len();
            let mut best: Vec<&Candidate> = candidates[group.candidates.clone()].iter().collect();
            best.sort_by(|a, b| b.share.total_cmp(&a.share));
            votes.extend(
                best.into_iter().take(VOTING).filter_map(|candidate| vote(layers, number, group, candidate)),
            );
            of_group.push(first..votes.len());
        }
        let (mut countries, mut divisions) = (HashMap::new(), HashMap::new());
        for vote in &votes {
            *countries.entry(vote.country).or_default() += vote.weight;
            if let Some(admin1) = vote.admin1 {
                *divisions.entry(admin1).or_default() += vote.weight;
            }
        }
        let located = votes.iter().enumerate().filter(|(_, vote)| vote.point.is_some());
        Votes {
            located: located.map(|(at, _)| at).take(LOCATED).collect(),
            total: votes.iter().map(|vote| vote.weight).sum(),
            votes,
            of_group,
            countries,
            divisions,
        }
    }

    /// Sets what the other groups say for the candidates of the group numbered `group`.
    pub(super) fn apply(&self, layers: &Layers, group: usize, candidates: &mut [Candidate]) {
        let own = &self.votes[self.of_group[group].clone()];
        let total = SMOOTHING + self.total - own.iter().map(|vote| vote.weight).sum::<f32>();
        for candidate in candidates {
            let Some(entry) = layers.entry(candidate.entry) else { continue };
            let (country, admin1) = (entry.country(), layers.admin1(candidate.entry));
            let mut for_country = self.countries.get(&country).copied().unwrap_or(0.0);
            let mut for_admin1 =
                admin1.and_then(|admin1| self.divisions.get(&admin1)).copied().unwrap_or(0.0);
            for vote in own {
                for_country -= if vote.country == country { vote.weight } else { 0.0 };
                for_admin1 -= if admin1.is_some() && vote.admin1 == admin1 { vote.weight } else { 0.0 };
            }
            candidate.parts[COUNTRY_CONTEXT].1 =
                (COUNTRY * for_country + ADMIN1 * for_admin1).max(0.0) / total;
            candidate.parts[NEARNESS].1 = NEAR * self.nearness(group, &entry);
        }
    }

    /// Returns how near the nearest place of another group is: 1 at the same point, half at [`NEAR_KM`].
    fn nearness(&self, group: usize, entry: &Entry) -> f32 {
        let Some(here) = entry.point().map(direction) else { return 0.0 };
        let others = self.located.iter().map(|at| &self.votes[*at]).filter(|vote| vote.group != group);
        let near = others.filter_map(|vote| {
            let closeness = 1.0 / (1.0 + chord_km(here, vote.point?) / NEAR_KM);
            Some(closeness as f32 * vote.weight.min(1.0))
        });
        near.fold(0.0, f32::max)
    }
}

fn vote(layers: &Layers, number: usize, group: &Group, candidate: &Candidate) -> Option<Vote> {
    let entry = layers.entry(candidate.entry)?;
    let local = entry.place_type().is_local() || entry.place_type() == PlaceType::Admin2;
    Some(Vote {
        group: number,
        weight: candidate.share * (1.0 + (group.mentions as f32).ln()),
        country: entry.country(),
        admin1: layers.admin1(candidate.entry),
        point: entry.point().filter(|_| local).map(direction),
    })
}
