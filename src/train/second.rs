//! The second round's weights: few, so they are fitted by full-gradient steps on documents that the first round was
//! not trained on.

use super::gradient::gradient as slopes_of;
use super::sample::Sample;
use crate::document::Document;
use crate::recognize::Reconsidered;
use crate::recognize::consensus::{self, FEATURES, base, rescore};
use crate::recognize::label::{LABELS, Scores};
use crate::recognize::lattice::{self, Segment};
use crate::tagger::Worker;
use std::ops::Range;

/// A region with the scores of the first round, the evidence, and what is right.
pub(super) struct Lattice {
    words: Range<usize>,
    segments: Vec<Reconsidered>,
    allowed: Vec<u8>,
    unnamed: Vec<bool>,
    weight: f32,
}

/// Returns the lattices of a document.
pub(super) fn lattices(worker: &mut Worker, document: &Document, sample: &Sample) -> Vec<Lattice> {
    let (_, regions) = worker.reconsider(document);
    let lattice = |(region, segments): (lattice::Region, Vec<Reconsidered>)| Lattice {
        allowed: sample.truth.allowed[region.segments].to_vec(),
        unnamed: sample.truth.unnamed[region.words.clone()].to_vec(),
        words: region.words,
        segments,
        weight: sample.weight,
    };
    regions.into_iter().map(lattice).collect()
}

/// Full-gradient steps; the likelihood has settled long before.
const STEPS: usize = 150;
/// AdaGrad's first step.
const RATE: f32 = 0.1;
/// The weight of the L2 penalty, in samples.
const PENALTY: f32 = 1.0;

/// Returns the weights that make the labels likely.
pub(super) fn fit(lattices: &[Lattice]) -> Vec<Scores> {
    let mut weights = consensus::unchanged();
    let mut squares = vec![[0.0f32; LABELS]; FEATURES];
    let mut solver = lattice::Lattice::default();
    for _ in 0..STEPS {
        let mut gradient: Vec<Scores> =
            weights.iter().map(|row| row.map(|weight| -PENALTY * weight)).collect();
        gradient[0] = [0.0; LABELS];
        for lattice in lattices {
            add_gradient(lattice, &weights, &mut solver, &mut gradient);
        }
        for row in 0..FEATURES {
            for label in 0..LABELS {
                let slope = gradient[row][label];
                squares[row][label] += slope * slope;
                if squares[row][label] > 0.0 {
                    weights[row][label] += RATE * slope / squares[row][label].sqrt();
                }
            }
        }
    }
    weights
}

fn add_gradient(
    lattice: &Lattice,
    weights: &[Scores],
    solver: &mut lattice::Lattice,
    gradient: &mut [Scores],
) {
    let single = |segment: &Segment| segment.words().len() == 1;
    let mut segments: Vec<Segment> = lattice
        .segments
        .iter()
        .map(|s| Segment {
            scores: rescore(&s.segment.scores, single(&s.segment), &s.evidence, weights),
            ..s.segment
        })
        .collect();
    let Lattice { words, allowed, unnamed, weight, .. } = lattice;
    let slopes = slopes_of(solver, words, &mut segments, allowed, unnamed, *weight).unwrap_or_default();
    for (slopes, first) in slopes.iter().zip(&lattice.segments) {
        let base = base(single(&first.segment));
        for (label, slope) in slopes.iter().enumerate() {
            gradient[0][label] += slope * first.segment.scores[label];
            for (row, value) in first.evidence.iter().enumerate().filter(|(_, value)| **value != 0.0) {
                gradient[base + row][label] += slope * value;
            }
        }
    }
}
