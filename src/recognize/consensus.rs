//! The second round: what the document's other names say of a segment (one sense a document, a surname after its full
//! name).
//!
//! After the first round every segment has a chance for each label. A segment that is likely something vouches for the
//! same name elsewhere, and a name of several words for each of its words alone. The evidence adds to the segment's own
//! score, which the weights scale, so that the chances of the second round are calibrated: the weights are fitted on
//! documents that the first round was not trained on.

use super::context::Context;
use super::label::{LABELS, Label, Scores, add};
use super::lattice::{Region, Segment};
use super::lexical;

/// Pieces of evidence about a segment by itself and the other names of the document.
const EVIDENCE: usize = 1 + LABELS + 6;
/// How many rows of weights there are: the slope of the first score, and the evidence for single words and for longer
/// segments.
pub const FEATURES: usize = 1 + 2 * EVIDENCE;

/// What vouches for others: a likely segment, or one of its words.
#[derive(Clone, Copy)]
struct Witness {
    /// The hash of the name or of the word.
    hash: u64,
    region: u32,
    chances: Scores,
}

/// What the first round found in a document.
#[derive(Default)]
pub struct Consensus {
    /// Whole names.
    names: Vec<Witness>,
    /// Last words of names of several words.
    lasts: Vec<Witness>,
    /// Other words of names of several words.
    others: Vec<Witness>,
    /// Names of one word, by that word.
    singles: Vec<Witness>,
}

/// The least chance with which a segment vouches for others.
const LIKELY: f32 = 0.05;

impl Consensus {
    /// Collects the likely segments.
    pub(super) fn collect(&mut self, context: &Context, regions: &[Region], segments: &[Segment]) {
        let Consensus { names, lasts, others, singles } = self;
        for list in [&mut *names, &mut *lasts, &mut *others, &mut *singles] {
            list.clear();
        }
        for (number, region) in regions.iter().enumerate() {
            for segment in &segments[region.segments.clone()] {
                if segment.chances.iter().sum::<f32>() < LIKELY {
                    continue;
                }
                let witness = |hash: u64| Witness { hash, region: number as u32, chances: segment.chances };
                let word = |at: usize| context.text.words[at].hash;
                let words = segment.words();
                names.push(witness(lexical::name(context, &words)));
                if words.len() == 1 {
                    singles.push(witness(word(words.start)));
                } else {
                    lasts.push(witness(word(words.end - 1)));
                    others.extend((words.start..words.end - 1).map(|at| witness(word(at))));
                }
            }
        }
        for list in [names, lasts, others, singles] {
            list.sort_unstable_by_key(|witness| witness.hash);
        }
    }

    /// Returns the evidence about a segment: the rows of weights with their values.
    pub(super) fn evidence(&self, context: &Context, region: usize, segment: &Segment) -> [f32; EVIDENCE] {
        let words = segment.words();
        let mut evidence = [0.0; EVIDENCE];
        evidence[0] = 1.0;
        let names = gather(&self.names, lexical::name(context, &words), region);
        evidence[1..=LABELS].copy_from_slice(&names);
        let word = |at: usize| context.text.words[at].hash;
        let more = &mut evidence[1 + LABELS..];
        let of = |scores: &Scores, label: Label| scores[label as usize];
        if words.len() == 1 {
            let last = gather(&self.lasts, word(words.start), region);
            let other = gather(&self.others, word(words.start), region);
            more[0] = of(&last, Label::Person);
            more[1] = of(&other, Label::Person);
            more[2] = of(&last, Label::Place) + of(&other, Label::Place);
            more[3] = of(&last, Label::Organisation) + of(&other, Label::Organisation);
            more[4] = of(&last, Label::Facility) + of(&other, Label::Facility);
            more[5] = of(&last, Label::Misc) + of(&other, Label::Misc);
        } else {
            let alone = gather(&self.singles, word(words.end - 1), region);
            let begun = gather(&self.singles, word(words.start), region);
            let others = gather(&self.lasts, word(words.end - 1), region);
            more[0] = of(&alone, Label::Person);
            more[1] = of(&begun, Label::Person);
            more[2] = of(&alone, Label::Place);
            more[3] = of(&begun, Label::Place);
            more[4] = of(&begun, Label::Organisation);
            more[5] = of(&others, Label::Person);
        }
        evidence
    }
}

/// Returns a segment's scores in the second round.
pub fn rescore(first: &Scores, single: bool, evidence: &[f32], weights: &[Scores]) -> Scores {
    let mut scores = *first;
    scores.iter_mut().zip(&weights[0]).for_each(|(score, slope)| *score *= slope);
    for (value, weights) in evidence.iter().zip(&weights[base(single)..]).filter(|(value, _)| **value != 0.0)
    {
        add(&mut scores, &weights.map(|weight| weight * value));
    }
    scores
}

/// Returns the weights of a second round that leaves the scores of the first as they are.
pub fn unchanged() -> Vec<Scores> {
    let mut weights = vec![[0.0; LABELS]; FEATURES];
    weights[0] = [1.0; LABELS];
    weights
}

/// Returns the first row of weights of the evidence.
pub fn base(single: bool) -> usize {
    1 + if single { 0 } else { EVIDENCE }
}

/// Returns what the surest of the other regions says, for each label: many that are unsure are no surer than one.
fn gather(witnesses: &[Witness], hash: u64, region: usize) -> Scores {
    let from = witnesses.partition_point(|witness| witness.hash < hash);
    let of_hash = witnesses[from..].iter().take_while(|witness| witness.hash == hash);
    let mut most = [0.0f32; LABELS];
    for witness in of_hash.filter(|witness| witness.region as usize != region) {
        most.iter_mut().zip(witness.chances).for_each(|(most, chance)| *most = most.max(chance));
    }
    most
}
