//! Samples: the lattices of a labelled document, with the features of each segment and the labels that are right.

use super::corpus::{Demonyms, Policy};
use crate::evaluate::{GoldDocument, Span};
use crate::normalize::Text;
use crate::recognize::Observed;
use crate::recognize::label::{LABELS, Label};
use crate::recognize::lattice::{Region, Segment};
use crate::tagger::Worker;
use std::ops::Range;

/// A document for training.
pub(super) struct Sample {
    /// Its segments with their features.
    pub(super) observed: Observed,
    /// What is right.
    pub(super) truth: Truth,
    /// How much it counts.
    pub(super) weight: f32,
}

/// Which ways to divide a document agree with its labels.
pub(super) struct Truth {
    /// The labels that each segment may have, as a set of bits.
    pub(super) allowed: Vec<u8>,
    /// Whether each word may be in no name.
    pub(super) unnamed: Vec<bool>,
}

impl Sample {
    pub(super) fn new(worker: &mut Worker, gold: &GoldDocument, policy: Policy, weight: f32) -> Sample {
        let (text, observed) = worker.observe(&gold.document);
        let truth = truth(text, &observed, gold, policy);
        Sample { observed, truth, weight }
    }
}

const EVERY_LABEL: u8 = (1 << LABELS) - 1;

/// A labelled name: its words and its type.
type Marked<'g> = (Range<usize>, &'g str);

fn truth(text: &Text, observed: &Observed, gold: &GoldDocument, policy: Policy) -> Truth {
    let spans: Vec<Span> =
        text.words.iter().map(|word| gold.span(word.start as usize..word.end as usize)).collect();
    let is_name = |kind: &str| !matches!(kind, "DATE" | "MONEY");
    let marked: Vec<Marked> = gold
        .mentions
        .iter()
        .filter(|mention| is_name(&mention.kind))
        .filter_map(|mention| Some((words(&spans, mention.span)?, mention.kind.as_str())))
        .collect();
    let mut truth =
        Truth { allowed: vec![0; observed.segments.len()], unnamed: vec![true; text.words.len()] };
    for region in &observed.regions {
        let Range { start, end } = region.words;
        let mut here: Vec<Marked> = marked
            .iter()
            .filter(|(words, _)| words.start < end && start < words.end)
            .map(|(words, kind)| (words.start.max(start)..words.end.min(end), *kind))
            .collect();
        join(observed, region, &mut here);
        of_region(observed, region, &here, policy, &mut truth);
    }
    truth
}

/// Returns the words of a span, those too that it cuts.
fn words(spans: &[Span], marked: Span) -> Option<Range<usize>> {
    let first = spans.partition_point(|word| word.end <= marked.start);
    let last = spans.partition_point(|word| word.start < marked.end);
    (first < last).then_some(first..last)
}

/// Makes one name of the parts in which some corpora label it (`Jordan` as a place, `Times` as an organisation) where
/// the gazetteer has it as a whole.
fn join(observed: &Observed, region: &Region, marked: &mut Vec<Marked>) {
    for number in region.segments.clone() {
        let (words, (organisation, misc)) = (observed.segments[number].words(), observed.kept_out[number]);
        let overlaps = |m: &Marked| m.0.start < words.end && words.start < m.0.end;
        let inside = |m: &Marked| words.start <= m.0.start && m.0.end <= words.end;
        let parts = marked.iter().filter(|m| overlaps(m));
        if (organisation || misc) && parts.clone().next().is_some() && parts.clone().all(inside) {
            marked.retain(|m| !overlaps(m));
            marked.push((words, if organisation { "ORG" } else { "MISC" }));
        }
    }
}

/// Fills in what is right in a region. A labelled name that is no segment says nothing of the segments it overlaps.
fn of_region(observed: &Observed, region: &Region, marked: &[Marked], policy: Policy, truth: &mut Truth) {
    let segments = &observed.segments[region.segments.clone()];
    let has = |words: &Range<usize>| segments.iter().any(|segment| segment.words() == *words);
    let (known, unknown): (Vec<&Marked>, Vec<&Marked>) = marked.iter().partition(|(words, _)| has(words));
    for (words, _) in &known {
        truth.unnamed[words.clone()].fill(false);
    }
    let overlaps = |segment: &Segment, marked: &&&Marked| {
        (segment.first as usize) < marked.0.end && marked.0.start < segment.end as usize
    };
    for (number, segment) in region.segments.clone().zip(segments) {
        let (placed, demonym) = observed.hits[number];
        truth.allowed[number] = if let Some((_, kind)) = known.iter().find(|m| segment.words() == m.0) {
            labels(kind, placed, demonym)
        } else if known.iter().any(|m| overlaps(segment, &m)) {
            0
        } else if unknown.iter().any(|m| overlaps(segment, &m)) {
            EVERY_LABEL
        } else {
            unlabelled(policy, demonym)
        };
    }
}

/// Returns the labels that a type of the corpora stands for, for a name that the gazetteer has as a place or a demonym.
fn labels(kind: &str, placed: bool, demonym: bool) -> u8 {
    match kind {
        "LOC" if demonym && !placed => Label::Demonym.bit(),
        "LOC" if demonym => Label::Demonym.bit() | Label::Place.bit(),
        "LOC" => Label::Place.bit(),
        "PER" => Label::Person.bit(),
        "ORG" => Label::Organisation.bit(),
        "FAC" => Label::Facility.bit(),
        _ if demonym => Label::Demonym.bit(),
        _ => Label::Misc.bit(),
    }
}

/// Returns the labels that a segment may have that the corpus says nothing of.
fn unlabelled(policy: Policy, demonym: bool) -> u8 {
    let names = Label::Person.bit() | Label::Organisation.bit() | Label::Facility.bit() | Label::Misc.bit();
    let names = if policy.names { 0 } else { names };
    let free = demonym && policy.demonyms == Demonyms::Unlabelled;
    names | if free { Label::Demonym.bit() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::gold;
    use crate::gazetteer::Layers;

    #[test]
    fn labels_allow_what_agrees_with_them() {
        let layers = Layers::world().unwrap().into();
        let tagger = crate::train::blank(layers, crate::resolve::Ranker::empty()).unwrap();
        let line = r#"{"id": "1", "text": "then Paris Hilton met Germans.", "mentions": [{"start": 5, "end": 10, "type": "LOC"}]}"#;
        let gold = &gold::parse(line, "gold").unwrap()[0];
        let mut worker = tagger.worker();
        let places = Policy { names: false, demonyms: Demonyms::Unlabelled };
        let Sample { observed, truth, .. } = Sample::new(&mut worker, gold, places, 1.0);
        let allowed = |first: u32, end: u32| {
            let at = observed.segments.iter().position(|s| (s.first, s.end) == (first, end)).unwrap();
            truth.allowed[at]
        };
        let names = [Label::Person, Label::Organisation, Label::Facility, Label::Misc]
            .map(Label::bit)
            .iter()
            .sum::<u8>();
        assert_eq!((allowed(1, 2), allowed(1, 3), allowed(2, 3)), (Label::Place.bit(), 0, names));
        assert_eq!(allowed(4, 5), names | Label::Demonym.bit());
        assert!(!truth.unnamed[1] && truth.unnamed[2] && truth.unnamed[4]);
        let all = Policy { names: true, demonyms: Demonyms::Apart };
        let sample = Sample::new(&mut worker, gold, all, 1.0);
        assert!(sample.truth.allowed.iter().sum::<u8>() == Label::Place.bit());
    }
}
