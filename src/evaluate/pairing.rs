//! Pairing: which mention of a system answers which of the gold.

use super::span::Span;
use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

/// Pairs of gold and system mentions, each in one pair at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Numbers of the gold and of the system mention; those with the same span first.
    pub pairs: Vec<(usize, usize)>,
    /// How many pairs have the same span.
    pub exact: usize,
}

/// Pairs mentions: first those with the same span, then the others by the largest overlap; of equal overlaps the
/// shorter two, then the first.
pub fn pair(gold: &[Span], system: &[Span]) -> Pairing {
    let mut pairs = same_spans(gold, system);
    let exact = pairs.len();
    let (mut gold_taken, mut system_taken) = (vec![false; gold.len()], vec![false; system.len()]);
    for (g, s) in &pairs {
        (gold_taken[*g], system_taken[*s]) = (true, true);
    }
    for (g, s) in overlaps(gold, system, &gold_taken, &system_taken) {
        if !gold_taken[g] && !system_taken[s] {
            (gold_taken[g], system_taken[s]) = (true, true);
            pairs.push((g, s));
        }
    }
    Pairing { pairs, exact }
}

fn same_spans(gold: &[Span], system: &[Span]) -> Vec<(usize, usize)> {
    let mut at: HashMap<Span, VecDeque<usize>> = HashMap::new();
    for (number, span) in system.iter().enumerate() {
        at.entry(*span).or_default().push_back(number);
    }
    let taken = gold.iter().enumerate().filter_map(|(g, span)| Some((g, at.get_mut(span)?.pop_front()?)));
    taken.collect()
}

/// Returns the pairs of free mentions that overlap, in the order in which they are taken.
fn overlaps(
    gold: &[Span],
    system: &[Span],
    gold_taken: &[bool],
    system_taken: &[bool],
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (g, wanted) in gold.iter().enumerate().filter(|(g, _)| !gold_taken[*g]) {
        for (s, span) in system.iter().enumerate().filter(|(s, _)| !system_taken[*s]) {
            if wanted.overlaps(*span) {
                found.push((Reverse(wanted.overlap(*span)), wanted.length() + span.length(), g, s));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, _, g, s)| (g, s)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(gold: &[(usize, usize)], system: &[(usize, usize)]) -> (Vec<(usize, usize)>, usize) {
        let spans = |list: &[(usize, usize)]| -> Vec<Span> {
            list.iter().map(|(start, end)| Span { start: *start, end: *end }).collect()
        };
        let Pairing { pairs, exact } = pair(&spans(gold), &spans(system));
        (pairs, exact)
    }

    #[test]
    fn the_same_span_comes_before_a_larger_overlap() {
        assert_eq!(paired(&[(0, 10), (0, 4)], &[(0, 4)]), (vec![(1, 0)], 1));
    }

    #[test]
    fn the_larger_overlap_is_taken_and_each_mention_once() {
        // "Durban, South Africa" as one gold mention and two of the system.
        assert_eq!(paired(&[(0, 20)], &[(0, 6), (8, 20)]), (vec![(0, 1)], 0));
        assert_eq!(paired(&[(0, 6), (8, 20)], &[(0, 20)]), (vec![(1, 0)], 0));
    }

    #[test]
    fn of_equal_overlaps_the_shorter_pair_is_taken() {
        assert_eq!(paired(&[(0, 9), (4, 8)], &[(3, 8)]), (vec![(0, 0)], 0));
        assert_eq!(paired(&[(0, 9), (4, 9)], &[(5, 7)]), (vec![(1, 0)], 0));
    }

    #[test]
    fn spans_that_touch_and_empty_lists_give_no_pair() {
        assert_eq!(paired(&[(0, 5)], &[(5, 9)]), (vec![], 0));
        assert_eq!(paired(&[], &[(5, 9)]), (vec![], 0));
    }
}
