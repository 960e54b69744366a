//! The first round's weights: stochastic gradient ascent of the likelihood, with AdaGrad's steps and an L2 penalty.

use super::TrainOptions;
use super::gradient::gradient;
use super::sample::Sample;
use crate::recognize::label::{LABELS, Scores};
use crate::recognize::lattice::{Lattice, Region, Segment};
use crate::recognize::model::DENSE;
use std::collections::HashMap;

/// The weights: rows of the dense features, then those of the lexical ones.
pub(super) struct Weights {
    pub(super) dense: Vec<Scores>,
    pub(super) lexical: Vec<(u64, Scores)>,
}

/// A segment's features as rows of the weights.
type Rows = Vec<(u32, f32)>;

/// Returns the weights that make the labels of the samples likely.
pub(super) fn fit(samples: &[&Sample], options: &TrainOptions) -> Weights {
    let (features, rows) = number(samples, options.least);
    let size = DENSE + features.len();
    let mut state =
        State { weights: vec![[0.0; LABELS]; size], squares: vec![[0.0; LABELS]; size], random: Random(1) };
    let mut lattice = Lattice::default();
    let mut order: Vec<(usize, usize)> = samples
        .iter()
        .enumerate()
        .flat_map(|(number, sample)| (0..sample.observed.regions.len()).map(move |region| (number, region)))
        .collect();
    for epoch in 0..options.epochs {
        state.random.shuffle(&mut order);
        let rate = options.step * (1.0 - 0.9 * epoch as f32 / options.epochs as f32);
        for (number, region) in &order {
            let sample = samples[*number];
            let region = &sample.observed.regions[*region];
            state.learn(sample, region, &rows[*number], &mut lattice, rate, options);
        }
    }
    let dense = state.weights[..DENSE].to_vec();
    let lexical = features.into_iter().zip(state.weights[DENSE..].iter().copied()).collect();
    Weights { dense, lexical }
}

/// Returns the lexical features that `least` segments have, and the features of each sample's segments as rows.
fn number(samples: &[&Sample], least: u32) -> (Vec<u64>, Vec<Vec<Rows>>) {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for feature in samples.iter().flat_map(|sample| sample.observed.lexical.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut features: Vec<u64> =
        counts.iter().filter(|(_, count)| **count >= least).map(|(feature, _)| *feature).collect();
    features.sort_unstable();
    let index: HashMap<u64, u32> =
        features.iter().enumerate().map(|(row, feature)| (*feature, (DENSE + row) as u32)).collect();
    let rows = |sample: &&Sample| {
        let of_segment = |(lexical, dense): (&Vec<u64>, &Vec<(u16, f32)>)| -> Rows {
            let lexical = lexical.iter().filter_map(|feature| index.get(feature)).map(|row| (*row, 1.0));
            dense.iter().map(|(row, value)| (u32::from(*row), *value)).chain(lexical).collect()
        };
        sample.observed.lexical.iter().zip(&sample.observed.dense).map(of_segment).collect()
    };
    (features, samples.iter().map(rows).collect())
}

struct State {
    weights: Vec<Scores>,
    /// The sums of the squares of the gradients.
    squares: Vec<Scores>,
    random: Random,
}

/// Gradients smaller than this are not worth a step.
const SMALL: f32 = 1e-4;

impl State {
    /// Makes one step for one region.
    fn learn(
        &mut self,
        sample: &Sample,
        region: &Region,
        rows: &[Rows],
        lattice: &mut Lattice,
        rate: f32,
        options: &TrainOptions,
    ) {
        let mut segments: Vec<Segment> = sample.observed.segments[region.segments.clone()].to_vec();
        let rows: Vec<Rows> = rows[region.segments.clone()]
            .iter()
            .map(|rows| self.random.drop(rows, options.dropout))
            .collect();
        for (segment, rows) in segments.iter_mut().zip(&rows) {
            segment.scores = self.score(rows);
        }
        let allowed = &sample.truth.allowed[region.segments.clone()];
        let unnamed = &sample.truth.unnamed[region.words.clone()];
        let slopes = gradient(lattice, &region.words, &mut segments, allowed, unnamed, sample.weight);
        for (rows, slope) in rows.iter().zip(slopes.unwrap_or_default()) {
            if slope.iter().any(|slope| slope.abs() > SMALL) {
                self.step(rows, &slope, rate, options.penalty);
            }
        }
    }

    fn score(&self, rows: &Rows) -> Scores {
        let mut scores = [0.0; LABELS];
        for (row, value) in rows {
            let weights = &self.weights[*row as usize];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight * value);
        }
        scores
    }

    fn step(&mut self, rows: &Rows, gradient: &Scores, rate: f32, penalty: f32) {
        for (row, value) in rows {
            let (weights, squares) = (&mut self.weights[*row as usize], &mut self.squares[*row as usize]);
            for label in 0..LABELS {
                let slope = gradient[label] * value - penalty * weights[label];
                squares[label] += slope * slope;
                weights[label] += rate * slope / (squares[label].sqrt() + 0.1);
            }
        }
    }
}

/// A small generator of random numbers (xorshift64*, Vigna 2016): the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below
    }

    /// Returns the features without a share of the lexical ones.
    fn drop(&mut self, rows: &Rows, share: f32) -> Rows {
        let stays =
            |(row, _): &&(u32, f32)| (*row as usize) < DENSE || self.next(1 << 16) as f32 >= share * 65536.0;
        rows.iter().filter(stays).copied().collect()
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.next(at + 1));
        }
    }
}
