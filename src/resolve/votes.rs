//! What the rest of a document says for a candidate: the countries and divisions it names, and how near its places are.

use super::Group;
use super::candidate::{COUNTRY_CONTEXT, NEARNESS};
use crate::distance::EARTH_RADIUS_KM;
use crate::entity::Candidate;
use crate::gazetteer::{Layers, PlaceType, Point};

/// Weight of the share of the votes for the candidate's country, and for its first-order division.
const COUNTRY: f32 = 2.5;
const ADMIN1: f32 = 4.0;
/// Votes that are added to the total, so that one other name does not decide alone.
const SMOOTHING: f32 = 1.0;
/// Weight of the nearest other place, and the distance in km at which it has halved.
const NEAR: f32 = 1.5;
const NEAR_KM: f64 = 100.0;
/// How many of a name's candidates vote.
const VOTING: usize = 3;

/// One vote of a group of mentions.
struct Vote {
    group: usize,
    weight: f32,
    country: [u8; 2],
    admin1: Option<(usize, u32)>,
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

/// The votes of all groups of a document.
pub(super) struct Votes(Vec<Vote>);

impl Votes {
    /// Collects the votes of the groups' likeliest candidates, each with its share.
    pub(super) fn collect(layers: &Layers, groups: &[Group], candidates: &[Candidate]) -> Votes {
        let mut votes = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            let mut best: Vec<&Candidate> = candidates[group.candidates.clone()].iter().collect();
            best.sort_by(|a, b| b.share.total_cmp(&a.share));
            for candidate in best.into_iter().take(VOTING) {
                let Some(entry) = layers.entry(candidate.entry) else { continue };
                let local = entry.place_type().is_local() || entry.place_type() == PlaceType::Admin2;
                votes.push(Vote {
                    group: number,
                    weight: candidate.share * (1.0 + (group.mentions as f32).ln()),
                    country: entry.country(),
                    admin1: entry.admin1_index().map(|index| (candidate.entry.layer(), index)),
                    point: entry.point().filter(|_| local).map(direction),
                });
            }
        }
        Votes(votes)
    }

    /// Sets what the other groups say for the candidates of the group numbered `group`.
    pub(super) fn apply(&self, layers: &Layers, group: usize, candidates: &mut [Candidate]) {
        for candidate in candidates {
            let Some(entry) = layers.entry(candidate.entry) else { continue };
            let admin1 = entry.admin1_index().map(|index| (candidate.entry.layer(), index));
            let here = entry.point().map(direction);
            let (mut total, mut for_country, mut for_admin1, mut near) = (SMOOTHING, 0.0, 0.0, 0.0f32);
            for vote in self.0.iter().filter(|vote| vote.group != group) {
                total += vote.weight;
                for_country += if vote.country == entry.country() { vote.weight } else { 0.0 };
                for_admin1 += if admin1.is_some() && vote.admin1 == admin1 { vote.weight } else { 0.0 };
                if let (Some(a), Some(b)) = (here, vote.point) {
                    let closeness = 1.0 / (1.0 + chord_km(a, b) / NEAR_KM);
                    near = near.max(closeness as f32 * vote.weight.min(1.0));
                }
            }
            candidate.parts[COUNTRY_CONTEXT].1 = (COUNTRY * for_country + ADMIN1 * for_admin1) / total;
            candidate.parts[NEARNESS].1 = NEAR * near;
        }
    }
}
