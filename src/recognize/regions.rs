//! Regions: the stretches of words that may hold names, with the segments of each.

use super::context::Context;
use super::cues::Cue;
use super::label::LABELS;
use super::lattice::{Region, Segment};
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

/// The longest segment in words that is not a name of the gazetteer.
const LONGEST: usize = 8;

/// Fills `regions` with the runs of capitalised words and the names of the gazetteer, joined where they overlap, and
/// `segments` with the ranges of words in them that may be names.
pub(super) fn find(
    context: &Context,
    runs: &[Range<usize>],
    regions: &mut Vec<Region>,
    segments: &mut Vec<Segment>,
) {
    regions.clear();
    segments.clear();
    let (mut runs, mut hits) =
        (runs.iter().cloned().peekable(), context.hits.iter().map(|h| h.words()).peekable());
    loop {
        let next = match (runs.peek(), hits.peek()) {
            (Some(run), Some(hit)) if run.start <= hit.start => runs.next(),
            (_, Some(_)) => hits.next(),
            (_, None) => runs.next(),
        };
        let Some(next) = next else { break };
        if is_grammar(context, &next) {
            continue;
        }
        let joins = |region: &&mut Region| {
            next.start < region.words.end
                || (next.start == region.words.end && is_nickname(context, next.start))
        };
        match regions.last_mut().filter(joins) {
            Some(region) => region.words.end = region.words.end.max(next.end),
            None => regions.push(Region { words: next, segments: 0..0 }),
        }
    }
    for region in regions {
        let from = segments.len();
        divide(context, &region.words, segments);
        region.segments = from..segments.len();
    }
}

/// Tells whether a single word of grammar begins a sentence and no comma follows, as it does after a town that is called so.
fn is_grammar(context: &Context, words: &Range<usize>) -> bool {
    let comma = || context.text.words.get(words.end).is_some_and(|next| next.gap == Gap::Comma);
    words.len() == 1
        && context.text.begins[words.start]
        && context.marks[words.start].alone.has(Cue::Function)
        && context.is_plain(words.start)
        && !comma()
}

/// Tells whether a nickname in quotation marks within a person's name begins at a word or ends before it:
/// `Alvin "Skeeter" Begay`.
fn is_nickname(context: &Context, at: usize) -> bool {
    let words = &context.text.words;
    let quoted = |at: usize| {
        let follows = words.get(at + 1).is_some_and(|next| next.gap == Gap::Other && next.shape.is_capital());
        words[at].opens && follows && context.rest(at).starts_with(['"', '”', '’', '\'', '»', ')'])
    };
    let named = |at: usize| at > 0 && words[at].gap == Gap::Other && super::name::is_name(context, at - 1);
    (named(at) && quoted(at)) || (at > 0 && named(at - 1) && quoted(at - 1))
}

/// Adds the segments of a region, by first word.
fn divide(context: &Context, region: &Range<usize>, segments: &mut Vec<Segment>) {
    for first in region.clone() {
        let begins = may_begin(context, first, region.end);
        let ends = if begins { first + 1..region.end.min(first + LONGEST) + 1 } else { first + 1..first + 1 };
        let mut add = |end: usize| {
            let initial = end == first + 1 && context.shape(first) == Shape::Initial;
            if !initial && !is_stopped(context, &(first..end)) {
                let (first, end) = (first as u32, end as u32);
                segments.push(Segment { first, end, scores: [0.0; LABELS], chances: [0.0; LABELS] });
            }
        };
        let regular = |end: usize| ends.contains(&end) && may_end(context, end);
        ends.clone().filter(|end| regular(*end)).for_each(&mut add);
        let mut last = 0;
        for hit in context.hits_starting(first).map(|hit| hit.words().end) {
            if !regular(hit) && hit != last {
                add(hit);
            }
            last = hit;
        }
    }
}

/// Tells whether a segment may begin with a word: a capital, or something small that joins one.
fn may_begin(context: &Context, at: usize, end: usize) -> bool {
    let next_is_capital = at + 1 < end && context.is_capital(at + 1);
    let joined = next_is_capital && context.gap(at + 1) == Gap::Hyphen;
    let particle = next_is_capital && context.marks[at].alone.has(Cue::Particle);
    context.is_capital(at) || joined || particle
}

/// Tells whether a segment may end before a word: after a capital, a number (`Highway 19`) or the small half of a
/// hyphenated name, and not before such a half.
fn may_end(context: &Context, end: usize) -> bool {
    let last = end - 1;
    let half = |at: usize| context.gap(at) == Gap::Hyphen && !context.is_capital(at);
    let cut = context.after(end).is_some_and(half) && context.shape(end) == Shape::Lower;
    (context.is_capital(last) || half(last) || context.shape(last) == Shape::Digit) && !cut
}

/// Tells whether a user's list has these words never tagged.
fn is_stopped(context: &Context, words: &Range<usize>) -> bool {
    let lists = context.layers.lists();
    !lists.is_empty() && lists.stops(context.text.folded_words(words.start, words.end))
}
