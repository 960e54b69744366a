//! The gradient of a region's likelihood: what both rounds climb.

use crate::recognize::label::{LABELS, Scores};
use crate::recognize::lattice::{Lattice, Segment};
use std::ops::Range;

/// Returns, for each segment of a region, the gradient of the log-likelihood of the labels by the segment's scores; none
/// where no way to divide the region agrees with the labels.
///
/// `allowed` has the labels that each segment may have, as a set of bits, `unnamed` whether each word may be in no name.
pub(super) fn gradient(
    lattice: &mut Lattice,
    words: &Range<usize>,
    segments: &mut [Segment],
    allowed: &[u8],
    unnamed: &[bool],
    weight: f32,
) -> Option<Vec<Scores>> {
    let likelihood = lattice.solve_among(
        words,
        segments,
        |segment, label| allowed[segment] >> label & 1 == 1,
        |word| unnamed[word - words.start],
    );
    if likelihood == f32::NEG_INFINITY {
        return None;
    }
    let right: Vec<Scores> = segments.iter().map(|segment| segment.chances).collect();
    lattice.solve(words, segments);
    let slope = |(segment, right): (&Segment, &Scores)| {
        let mut slope = [0.0; LABELS];
        for label in 0..LABELS {
            slope[label] = (right[label] - segment.chances[label]) * weight;
        }
        slope
    };
    Some(segments.iter().zip(&right).map(slope).collect())
}
