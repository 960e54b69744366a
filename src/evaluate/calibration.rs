//! Calibration: whether mentions of probability 0.8 are right in 80 % of the cases.

use super::comparison::Comparison;
use super::metrics::is_located;
use crate::distance::distance_km;
use serde::Serialize;

/// How many bins there are, each as wide as the others.
const BINS: usize = 10;

/// How sure the recogniser is and how often it is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// Of places.
    pub places: Reliability,
    /// Of persons; none when gold marks none.
    pub persons: Option<Reliability>,
    /// Of the score of places with a point, right if they are names and within the radius; none when gold has no points.
    pub located: Option<Reliability>,
}

/// Mentions of one class by probability. Right are those that have the span and kind of a gold mention.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// How many mentions were counted.
    pub mentions: usize,
    /// The expected calibration error: the mean over all mentions of how far the probability of their bin is from the share
    /// that is right in it.
    pub expected_error: f64,
    /// The bins, without the empty ones.
    pub bins: Vec<Bin>,
}

/// Mentions of about one probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The least probability.
    pub from: f64,
    /// The most.
    pub to: f64,
    /// How many mentions.
    pub mentions: usize,
    /// The mean of their probabilities.
    pub probability: f64,
    /// The share that is right.
    pub right: f64,
}

/// Probabilities that were given, and whether the mention is right.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples(Vec<(f64, bool)>);

impl Samples {
    pub(super) fn add(&mut self, comparison: &Comparison) {
        let sample =
            |system: usize| (f64::from(comparison.system[system].probability), comparison.is_exact(system));
        self.0.extend(comparison.counted().map(sample));
    }

    /// Adds the scores of places with a point, and whether they are names of places within the radius.
    pub(super) fn add_located(&mut self, comparison: &Comparison, km: f64) {
        let is_right = |system: usize| {
            let gold = comparison.answers[system].and_then(|gold| comparison.gold[gold].point);
            gold.zip(comparison.system[system].point).is_some_and(|(a, b)| distance_km(a, b) <= km)
        };
        let located = comparison.counted().filter(|system| is_located(comparison, *system));
        self.0.extend(located.map(|system| (f64::from(comparison.system[system].score), is_right(system))));
    }

    pub(super) fn reliability(&self) -> Reliability {
        let bins: Vec<Bin> = (0..BINS).filter_map(|number| self.bin(number)).collect();
        let mentions = self.0.len();
        let errors = bins.iter().map(|bin| bin.mentions as f64 * (bin.probability - bin.right).abs());
        Reliability { mentions, expected_error: errors.sum::<f64>() / mentions.max(1) as f64, bins }
    }

    fn bin(&self, number: usize) -> Option<Bin> {
        let is_in = |probability: f64| ((probability * BINS as f64) as usize).min(BINS - 1) == number;
        let samples: Vec<_> = self.0.iter().filter(|(probability, _)| is_in(*probability)).collect();
        let mentions = samples.len();
        let edge = |number: usize| number as f64 / BINS as f64;
        (mentions > 0).then(|| Bin {
            from: edge(number),
            to: edge(number + 1),
            mentions,
            probability: samples.iter().map(|(probability, _)| probability).sum::<f64>() / mentions as f64,
            right: samples.iter().filter(|(_, right)| *right).count() as f64 / mentions as f64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_hold_means_and_the_error_is_weighted_by_mentions() {
        let samples = Samples(vec![(0.95, true), (1.0, true), (0.92, false), (0.55, true)]);
        let Reliability { mentions, expected_error, bins } = samples.reliability();
        assert_eq!((mentions, bins.len()), (4, 2));
        assert_eq!((bins[0].from, bins[0].to, bins[0].mentions, bins[0].right), (0.5, 0.6, 1, 1.0));
        assert!(
            (bins[1].probability - 2.87 / 3.0).abs() < 1e-12 && (bins[1].right - 2.0 / 3.0).abs() < 1e-12
        );
        assert!((expected_error - (0.45 + 0.87) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_no_error() {
        assert_eq!(
            Samples::default().reliability(),
            Reliability { mentions: 0, expected_error: 0.0, bins: vec![] }
        );
    }
}
