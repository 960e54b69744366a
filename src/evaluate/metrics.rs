//! Metrics: what is counted over the documents, and the figures that come of it.

use super::comparison::Comparison;
use super::{Convention, Options};
use crate::distance::distance_km;
use crate::gazetteer::Point;
use serde::Serialize;

/// The error of a mention without a point, where one is counted: half of the Earth's girth.
const FARTHEST_KM: f64 = 20_039.0;

/// All figures of an evaluation. Shares are from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// How many documents were compared.
    pub documents: usize,
    /// How places were recognised.
    pub places: Recognition,
    /// How persons were recognised; none when gold marks none.
    pub persons: Option<Recognition>,
    /// How places were resolved; none when gold has no points.
    pub resolution: Option<Resolution>,
    /// Recognition and resolution together; none when gold has no points.
    pub end_to_end: Option<EndToEnd>,
    /// What documents are about; none when gold does not say.
    pub focus: Option<FocusFigures>,
}

/// How often the focus country is that of most marked places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct FocusFigures {
    /// Documents in which more than half of the places that have a country lie in one.
    pub documents: usize,
    /// Those whose focus country it is.
    pub right: usize,
}

/// How the mentions of a class were recognised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Recognition {
    /// Gold mentions.
    pub gold: usize,
    /// System mentions, without those on what is set aside.
    pub system: usize,
    /// Right are pairs with the same span.
    pub exact: Scores,
    /// Right are all pairs.
    pub overlap: Scores,
}

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Right among those of the system.
    pub precision: f64,
    /// Right among those of gold.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

/// How places that were recognised (pairs, overlaps too) and have a point in gold were resolved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Resolution {
    /// Pairs whose gold has a point.
    pub pairs: usize,
    /// Those that the system has given a point.
    pub resolved: usize,
    /// The share of the resolved within the radius.
    pub within: f64,
    /// The share of all pairs within the radius.
    pub within_of_all: f64,
    /// The mean distance of the resolved in kilometres.
    pub mean_km: Option<f64>,
    /// The median distance of the resolved in kilometres.
    pub median_km: Option<f64>,
    /// The area under the sorted logarithms of the distances, from 0 (all right) to 1.
    pub auc: Option<f64>,
    /// Pairs in which both have a GeoNames number.
    pub ids: usize,
    /// The share of these with the same number.
    pub same_id: Option<f64>,
}

/// Recognition and resolution together: right is a place that was found and lies within the radius.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EndToEnd {
    /// Gold mentions with a point.
    pub gold: usize,
    /// System mentions with a point, without those on what is set aside or has no point in gold.
    pub system: usize,
    /// Pairs within the radius.
    pub correct: usize,
    /// Precision, recall and F1.
    #[serde(flatten)]
    pub scores: Scores,
}

impl Scores {
    /// Returns the scores of `right` mentions among so many; a share of nothing is 0.
    pub fn of(right: usize, system: usize, gold: usize) -> Scores {
        let (precision, recall) = (share(right, system), share(right, gold));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Scores { precision, recall, f1 }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Counts of one class.
#[derive(Clone, Debug, Default)]
pub(super) struct Recognized {
    gold: usize,
    system: usize,
    exact: usize,
    overlap: usize,
}

impl Recognized {
    pub(super) fn add(&mut self, comparison: &Comparison) {
        self.gold += comparison.gold.len();
        self.system += comparison.counted().count();
        self.exact += comparison.pairing.exact;
        self.overlap += comparison.pairing.pairs.len();
    }

    pub(super) fn figures(&self) -> Recognition {
        let Recognized { gold, system, exact, overlap } = *self;
        Recognition {
            gold,
            system,
            exact: Scores::of(exact, system, gold),
            overlap: Scores::of(overlap, system, gold),
        }
    }

    pub(super) fn has_gold(&self) -> bool {
        self.gold > 0
    }
}

/// Counts of places with points.
#[derive(Clone, Debug, Default)]
pub(super) struct Located {
    gold: usize,
    system: usize,
    correct: usize,
    pairs: usize,
    distances: Vec<f64>,
    ids: usize,
    same_ids: usize,
}

impl Located {
    pub(super) fn add(&mut self, comparison: &Comparison, options: &Options) {
        self.gold += comparison.gold.iter().filter(|m| m.point.is_some()).count();
        self.system += comparison.counted().filter(|system| is_located(comparison, *system)).count();
        for (gold, system) in &comparison.pairing.pairs {
            let (gold, system) = (comparison.gold[*gold], comparison.system[*system]);
            let Some(right) = gold.point else { continue };
            self.add_ids(gold.geonames.as_deref(), system.geonames());
            self.add_point(right, system.point, options);
        }
    }

    fn add_ids(&mut self, gold: Option<&str>, system: Option<&str>) {
        if let (Some(gold), Some(system)) = (gold, system) {
            self.ids += 1;
            self.same_ids += usize::from(gold == system);
        }
    }

    fn add_point(&mut self, gold: Point, system: Option<Point>, options: &Options) {
        self.pairs += 1;
        match system {
            Some(point) => {
                let distance = distance_km(gold, point);
                self.correct += usize::from(distance <= options.km);
                self.distances.push(distance);
            }
            None if options.very_large == Convention::LeaveOut => self.distances.push(FARTHEST_KM),
            None => {}
        }
    }

    /// Returns the figures of resolution and end to end; none when gold has no points.
    pub(super) fn figures(&self) -> Option<(Resolution, EndToEnd)> {
        let Located { gold, system, correct, pairs, ids, same_ids, .. } = *self;
        let mut distances = self.distances.clone();
        distances.sort_by(f64::total_cmp);
        let resolved = distances.len();
        let resolution = Resolution {
            pairs,
            resolved,
            within: share(correct, resolved),
            within_of_all: share(correct, pairs),
            mean_km: (resolved > 0).then(|| distances.iter().sum::<f64>() / resolved as f64),
            median_km: median(&distances),
            auc: area(&distances),
            ids,
            same_id: (ids > 0).then(|| share(same_ids, ids)),
        };
        let scores = Scores::of(correct, system, gold);
        (gold > 0).then_some((resolution, EndToEnd { gold, system, correct, scores }))
    }
}

/// Tells whether a system mention has a point that can be right or wrong: its gold mention, or those that it overlaps
/// where it answers none, have one too.
pub(super) fn is_located(comparison: &Comparison, system: usize) -> bool {
    let mention = comparison.system[system];
    let pointless = |gold: &&super::GoldMention| gold.point.is_none();
    mention.point.is_some()
        && match comparison.answers[system] {
            Some(gold) => comparison.gold[gold].point.is_some(),
            None => !comparison.gold.iter().filter(|g| pointless(g)).any(|g| g.span.overlaps(mention.span)),
        }
}

/// Returns the median of sorted numbers.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 1 => Some(sorted[middle]),
        _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}

/// Returns the area under the logarithms of sorted distances by trapezoids, as a share of the largest possible one.
fn area(sorted: &[f64]) -> Option<f64> {
    let height = FARTHEST_KM.ln();
    let logarithms: Vec<f64> = sorted.iter().map(|distance| distance.ln_1p()).collect();
    match logarithms.as_slice() {
        [] => None,
        [single] => Some(single / height),
        several => {
            let sum: f64 = several.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).sum();
            Some(sum / (height * (several.len() - 1) as f64))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_nothing_are_zero() {
        assert_eq!(Scores::of(0, 0, 0), Scores::default());
        assert_eq!(Scores::of(1, 2, 1), Scores { precision: 0.5, recall: 1.0, f1: 2.0 / 3.0 });
    }

    #[test]
    fn the_median_of_an_even_number_is_the_mean_of_two() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[1.0, 2.0, 9.0]), Some(2.0));
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), Some(3.0));
    }

    #[test]
    fn the_area_is_zero_when_all_is_right_and_one_at_the_antipodes() {
        assert_eq!(area(&[0.0, 0.0]), Some(0.0));
        let far = FARTHEST_KM - 1.0;
        assert!((area(&[far, far]).unwrap() - 1.0).abs() < 1e-12);
        assert!((area(&[0.0, far]).unwrap() - 0.5).abs() < 1e-12);
        assert!((area(&[far]).unwrap() - 1.0).abs() < 1e-12);
    }
}
