//! Scores: what the model says of each segment, and the same features by name and for training.

use super::consensus;
use super::context::Context;
use super::features::Values;
use super::label::{Label, Scores, add};
use super::lattice::{Region, Segment};
use super::lexical::{self, Sink, Template};
use super::model::{DENSE, LANES, Model};
use super::name::{self, NameFeature};
use super::place::{self, PlaceFeature};
use std::ops::Range;

/// Memory for scoring a region: for each of its words what the model says of it in each position.
#[derive(Default)]
pub(super) struct Parts {
    before: Vec<Sum>,
    first: Vec<Sum>,
    last: Vec<Sum>,
    after: Vec<Sum>,
    /// Sums over all words up to one.
    inner: Vec<Sum>,
    values: Values,
}

/// A sum of lexical weights, in units; the lanes after the labels mean nothing. Sums wrap, which differences undo.
type Sum = [i16; LANES];

/// Adds up the weights of features.
struct Weigher<'m> {
    model: &'m Model,
    sum: Sum,
}

impl Sink for Weigher<'_> {
    #[inline]
    fn take(&mut self, _: Template, feature: u64) {
        if let Some(weights) = self.model.lexical(feature) {
            for (sum, weight) in self.sum.iter_mut().zip(weights) {
                *sum = sum.wrapping_add(i16::from(*weight as i8));
            }
        }
    }
}

fn weigh(model: &Model, ask: impl FnOnce(&mut Weigher)) -> Sum {
    let mut weigher = Weigher { model, sum: [0; LANES] };
    ask(&mut weigher);
    weigher.sum
}

impl Parts {
    /// Fills in the scores of a region's segments.
    pub(super) fn score(
        &mut self,
        context: &Context,
        model: &Model,
        region: &Range<usize>,
        segments: &mut [Segment],
    ) {
        let Parts { before, first, last, after, inner, values } = self;
        each(model, region, before, |at, sink| lexical::before(context, at, sink));
        each(model, region, first, |at, sink| lexical::first(context, at, sink));
        each(model, region, last, |at, sink| lexical::last(context, at, sink));
        each(model, region, after, |at, sink| lexical::after(context, at + 1, sink));
        each(model, region, inner, |at, sink| lexical::inner(context, at, sink));
        for at in 1..inner.len() {
            inner[at] = plus(&inner[at], &inner[at - 1]);
        }
        for segment in segments {
            let words = segment.words();
            let (start, end) = (words.start - region.start, words.end - 1 - region.start);
            let mut sum = weigh(model, |sink| lexical::segment(context, region, &words, sink));
            for part in [&before[start], &first[start], &last[end], &after[end], &inner[end]] {
                sum = plus(&sum, part);
            }
            if start > 0 {
                sum.iter_mut().zip(&inner[start - 1]).for_each(|(sum, left)| *sum = sum.wrapping_sub(*left));
            }
            segment.scores.iter_mut().zip(sum).for_each(|(score, sum)| *score = f32::from(sum) * model.unit);
            values.clear();
            dense(context, region, &words, values);
            for (feature, value) in &*values {
                add(&mut segment.scores, &model.dense[*feature as usize].map(|weight| weight * value));
            }
        }
    }
}

/// Fills `sums` with what the model answers for each word of a region.
fn each(model: &Model, region: &Range<usize>, sums: &mut Vec<Sum>, ask: impl Fn(usize, &mut Weigher)) {
    sums.clear();
    sums.extend(region.clone().map(|at| weigh(model, |sink| ask(at, sink))));
}

fn plus(a: &Sum, b: &Sum) -> Sum {
    let mut sum = *a;
    sum.iter_mut().zip(b).for_each(|(sum, more)| *sum = sum.wrapping_add(*more));
    sum
}

/// Adds the dense features of a segment to `values`.
fn dense(context: &Context, region: &Range<usize>, words: &Range<usize>, values: &mut Values) {
    let hits = &context.hits[context.hits_at(words)];
    if let Some((hit, place)) = hits.iter().find_map(|hit| Some((hit, context.place(hit)?))) {
        place::features(context, hit, &place, values);
    }
    name::features(context, region, words, PlaceFeature::ALL.len(), values);
}

/// Asks all lexical questions about a segment.
fn ask_all(context: &Context, region: &Range<usize>, words: &Range<usize>, sink: &mut impl Sink) {
    lexical::before(context, words.start, sink);
    lexical::first(context, words.start, sink);
    words.clone().for_each(|at| lexical::inner(context, at, sink));
    lexical::last(context, words.end - 1, sink);
    lexical::after(context, words.end, sink);
    lexical::segment(context, region, words, sink);
}

/// The features of every segment of a document.
pub struct Observed {
    /// The regions.
    pub regions: Vec<Region>,
    /// Their segments.
    pub segments: Vec<Segment>,
    /// The lexical features of each.
    pub lexical: Vec<Vec<u64>>,
    /// The dense features of each.
    pub dense: Vec<Vec<(u16, f32)>>,
    /// For each segment, whether the gazetteer has it as a place, and whether as a demonym.
    pub hits: Vec<(bool, bool)>,
    /// For each segment, whether it is a name of several words that the gazetteer has in order to keep it out: as an
    /// organisation, and as something else.
    pub kept_out: Vec<(bool, bool)>,
}

impl Observed {
    pub(super) fn of(context: &Context, regions: &[Region], segments: &[Segment]) -> Observed {
        let mut observed = Observed {
            regions: regions.to_vec(),
            segments: segments.to_vec(),
            lexical: Vec::new(),
            dense: Vec::new(),
            hits: Vec::new(),
            kept_out: Vec::new(),
        };
        for region in regions {
            for segment in &segments[region.segments.clone()] {
                let (words, mut features, mut values) = (segment.words(), Vec::new(), Values::new());
                ask_all(context, &region.words, &words, &mut |_, feature| features.push(feature));
                dense(context, &region.words, &words, &mut values);
                observed.lexical.push(features);
                observed.dense.push(values);
                observed.hits.push(context.placed(&words));
                observed.kept_out.push(kept_out(context, &words));
            }
        }
        observed
    }
}

fn kept_out(context: &Context, words: &Range<usize>) -> (bool, bool) {
    let known = context.known_as(words);
    let several = words.len() > 1 && known.place.is_none() && !known.person;
    (several && known.organisation, several && known.misc)
}

/// Collects what each feature says, by name.
pub(super) struct Named<'m> {
    model: &'m Model,
    pub(super) evidence: Vec<(String, Scores)>,
}

impl Sink for Named<'_> {
    fn take(&mut self, template: Template, feature: u64) {
        if let Some(weights) = self.model.lexical(feature) {
            let weight = |label: Label| f32::from(weights[label as usize] as i8) * self.model.unit;
            self.evidence.push((format!("{template:?}"), Label::ALL.map(weight)));
        }
    }
}

impl<'m> Named<'m> {
    pub(super) fn new(model: &'m Model) -> Named<'m> {
        Named { model, evidence: Vec::new() }
    }

    /// Adds what the first round says of a segment.
    pub(super) fn explain(&mut self, context: &Context, region: &Region, segment: &Segment) {
        let words = segment.words();
        ask_all(context, &region.words, &words, self);
        let mut values = Values::new();
        dense(context, &region.words, &words, &mut values);
        for (feature, value) in values {
            let weights = self.model.dense[feature as usize].map(|weight| weight * value);
            self.evidence.push((dense_name(feature as usize), weights));
        }
    }

    /// Adds what the second round says of it, and scales what the first said as it does.
    pub(super) fn reconsider(&mut self, segment: &Segment, evidence: &[f32]) {
        let weights = &self.model.consensus;
        for (_, scores) in &mut self.evidence {
            scores.iter_mut().zip(&weights[0]).for_each(|(score, slope)| *score *= slope);
        }
        let base = consensus::base(segment.words().len() == 1);
        for (number, value) in evidence.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            let name = if number == 0 { "Bias2".to_owned() } else { format!("Consensus{number}") };
            self.evidence.push((name, weights[base + number].map(|weight| weight * value)));
        }
    }
}

fn dense_name(feature: usize) -> String {
    debug_assert!(feature < DENSE);
    match feature.checked_sub(PlaceFeature::ALL.len()) {
        None => format!("Place.{:?}", PlaceFeature::ALL[feature]),
        Some(number) => format!("Name.{:?}", NameFeature::ALL[number % NameFeature::ALL.len()]),
    }
}
