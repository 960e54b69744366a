//! The lattice of a region: all ways to divide it into names and other words, and how likely each name is.
//!
//! A region is a stretch of words that may hold names; a segment is a range of its words that may be one. A way to
//! divide the region is a sequence of labelled segments and single words that are no names; its score is the sum of its
//! segments' scores (a semi-Markov model without transitions). The probability of a segment with a label is the share
//! of `exp(score)` of all ways that have it, by the forward-backward algorithm.

use super::label::{LABELS, Scores};
use std::ops::Range;

/// A range of words that may be one name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Segment {
    /// The first word.
    pub first: u32,
    /// The first word after it.
    pub end: u32,
    /// The score of each label, in log-odds against being no name.
    pub scores: Scores,
    /// The probability of each label, once the lattice is solved.
    pub chances: Scores,
}

impl Segment {
    /// Returns the range of words.
    pub fn words(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// A stretch of words that may hold names.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Its words.
    pub words: Range<usize>,
    /// Its segments, by first word: a range of the document's segments.
    pub segments: Range<usize>,
}

/// Memory for solving lattices.
#[derive(Default)]
pub struct Lattice {
    forward: Vec<f32>,
    backward: Vec<f32>,
}

impl Lattice {
    /// Fills in the chances of a region's segments from their scores; returns the log of the sum over all ways.
    pub fn solve(&mut self, words: &Range<usize>, segments: &mut [Segment]) -> f32 {
        self.solve_among(words, segments, |_, label| label < LABELS, |_| true)
    }

    /// The same for the ways that use allowed labels (by segment and label) and leave only words unnamed that may be.
    pub fn solve_among(
        &mut self,
        words: &Range<usize>,
        segments: &mut [Segment],
        allowed: impl Fn(usize, usize) -> bool,
        unnamed: impl Fn(usize) -> bool,
    ) -> f32 {
        if let ([segment], 1) = (&mut *segments, words.len()) {
            return solve_word(segment, |label| allowed(0, label), unnamed(words.start));
        }
        let length = words.len();
        let at = |word: u32| word as usize - words.start;
        let total = |index: usize, segment: &Segment| {
            log_sum((0..LABELS).filter(|label| allowed(index, *label)).map(|label| segment.scores[label]))
        };
        for values in [&mut self.forward, &mut self.backward] {
            values.clear();
            values.resize(length + 1, f32::NEG_INFINITY);
        }
        let (forward, backward) = (&mut self.forward, &mut self.backward);
        forward[0] = 0.0;
        let mut next = 0;
        for word in 0..length {
            if unnamed(words.start + word) {
                forward[word + 1] = log_add(forward[word + 1], forward[word]);
            }
            while let Some(segment) = segments.get(next).filter(|s| at(s.first) == word) {
                let end = at(segment.end);
                forward[end] = log_add(forward[end], forward[word] + total(next, segment));
                next += 1;
            }
        }
        backward[length] = 0.0;
        for word in (0..length).rev() {
            if unnamed(words.start + word) {
                backward[word] = backward[word + 1];
            }
            while next > 0 && at(segments[next - 1].first) == word {
                next -= 1;
                let segment = &segments[next];
                backward[word] = log_add(backward[word], backward[at(segment.end)] + total(next, segment));
            }
        }
        let all = forward[length];
        for (index, segment) in segments.iter_mut().enumerate() {
            let around = forward[at(segment.first)] + backward[at(segment.end)] - all;
            for label in 0..LABELS {
                let chance = if allowed(index, label) { (around + segment.scores[label]).exp() } else { 0.0 };
                segment.chances[label] = chance.min(1.0);
            }
        }
        all
    }
}

/// The same for the commonest case: one word that is one segment.
fn solve_word(segment: &mut Segment, allowed: impl Fn(usize) -> bool, unnamed: bool) -> f32 {
    let most = segment.scores.iter().copied().fold(0.0, f32::max);
    let chances = &mut segment.chances;
    let mut sum = if unnamed { (-most).exp() } else { 0.0 };
    for (label, chance) in chances.iter_mut().enumerate() {
        *chance = if allowed(label) { (segment.scores[label] - most).exp() } else { 0.0 };
        sum += *chance;
    }
    chances.iter_mut().for_each(|chance| *chance /= sum);
    most + sum.ln()
}

/// Returns `ln(exp(a) + exp(b))`.
fn log_add(a: f32, b: f32) -> f32 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    if least == f32::NEG_INFINITY { most } else { most + (least - most).exp().ln_1p() }
}

/// Returns the log of the sum of `exp` of all values.
fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY { most } else { most + values.map(|v| (v - most).exp()).sum::<f32>().ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(first: u32, end: u32, place: f32, person: f32) -> Segment {
        let mut scores = [f32::NEG_INFINITY; LABELS];
        (scores[0], scores[2]) = (place, person);
        Segment { first, end, scores, chances: [0.0; LABELS] }
    }

    #[test]
    fn chances_are_shares_of_all_ways() {
        // Two words: neither named, the first, the second, both apart, both as one name.
        let mut segments = [segment(5, 6, 1.0, 0.0), segment(5, 7, 2.0, 1.0), segment(6, 7, 0.5, -1.0)];
        let all = Lattice::default().solve(&(5..7), &mut segments);
        let (a, b, c) = (1f32.exp() + 1.0, 2f32.exp() + 1f32.exp(), 0.5f32.exp() + (-1f32).exp());
        let sum = (1.0 + a) * (1.0 + c) + b;
        assert!((all - sum.ln()).abs() < 1e-5);
        assert!((segments[0].chances[0] - 1f32.exp() * (1.0 + c) / sum).abs() < 1e-5);
        assert!((segments[1].chances[2] - 1f32.exp() / sum).abs() < 1e-5);
        assert!((segments[2].chances[0] - 0.5f32.exp() * (1.0 + a) / sum).abs() < 1e-5);
    }

    #[test]
    fn one_word_is_solved_like_several() {
        let mut one = [segment(3, 4, 1.5, -0.5)];
        let all = Lattice::default().solve(&(3..4), &mut one);
        let mut two = [segment(3, 4, 1.5, -0.5)];
        assert!((Lattice::default().solve(&(3..5), &mut two) - all).abs() < 1e-6);
        assert!(one[0].chances.iter().zip(&two[0].chances).all(|(a, b)| (a - b).abs() < 1e-6));
    }

    #[test]
    fn what_is_not_allowed_has_no_chance() {
        let mut segments = [segment(0, 1, 1.0, 0.0), segment(0, 2, 2.0, 1.0), segment(1, 2, 0.5, -1.0)];
        let only = |index: usize, label: usize| index == 1 && label == 2;
        let all = Lattice::default().solve_among(&(0..2), &mut segments, only, |_| false);
        assert!((all - 1.0).abs() < 1e-5 && (segments[1].chances[2] - 1.0).abs() < 1e-5);
        assert_eq!(segments[0].chances, [0.0; LABELS]);
    }
}
