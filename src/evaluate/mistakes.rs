//! Mistakes: where system and gold differ, with the words around and what was decided from.

use super::Options;
use super::comparison::{Class, Comparison};
use super::gold::{GoldDocument, GoldMention};
use super::reasons::Reasons;
use super::span::Span;
use super::system::SystemMention;
use crate::distance::distance_km;
use serde::Serialize;
use std::collections::HashMap;

/// How many code points are shown on either side of a mistake.
const AROUND: usize = 50;

/// What kind of mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MistakeKind {
    /// A place was found where gold has none.
    PlaceFalsePositive,
    /// A place of gold was not found.
    PlaceMiss,
    /// A place was found with too many or too few words.
    PlaceSpan,
    /// A person was found where gold has none.
    PersonFalsePositive,
    /// A person of gold was not found.
    PersonMiss,
    /// A person was found with too many or too few words.
    PersonSpan,
    /// A place was found and taken for one too far away, or for none.
    WrongReferent,
}

impl MistakeKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [MistakeKind; 7] = [
        MistakeKind::PlaceFalsePositive,
        MistakeKind::PlaceMiss,
        MistakeKind::PlaceSpan,
        MistakeKind::PersonFalsePositive,
        MistakeKind::PersonMiss,
        MistakeKind::PersonSpan,
        MistakeKind::WrongReferent,
    ];

    /// Returns the heading of their list.
    pub fn as_str(self) -> &'static str {
        match self {
            MistakeKind::PlaceFalsePositive => "place false positives",
            MistakeKind::PlaceMiss => "place misses",
            MistakeKind::PlaceSpan => "place spans",
            MistakeKind::PersonFalsePositive => "person false positives",
            MistakeKind::PersonMiss => "person misses",
            MistakeKind::PersonSpan => "person spans",
            MistakeKind::WrongReferent => "wrong referents",
        }
    }

    /// Returns the kinds of a class: found and wrong, not found, found with another span.
    fn of(class: Class) -> [MistakeKind; 3] {
        match class {
            Class::Place => [MistakeKind::PlaceFalsePositive, MistakeKind::PlaceMiss, MistakeKind::PlaceSpan],
            Class::Person => {
                [MistakeKind::PersonFalsePositive, MistakeKind::PersonMiss, MistakeKind::PersonSpan]
            }
        }
    }
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mistake {
    /// What kind it is.
    pub kind: MistakeKind,
    /// The id of the document.
    pub document: String,
    /// The code point of the text at which it stands.
    pub start: usize,
    /// The words before it, on one line.
    pub before: String,
    /// The words themselves: the system's, or gold's where the system has none.
    pub surface: String,
    /// The words after it.
    pub after: String,
    /// What gold has there, and what the system.
    pub what: String,
    /// What the tagger decided from; empty when it was not asked.
    pub why: String,
}

/// Finds the mistakes of one document.
pub(super) struct Finder<'a> {
    pub(super) document: &'a GoldDocument,
    /// Everything that the system found, of all classes.
    pub(super) system: &'a [SystemMention],
    pub(super) reasons: &'a Reasons,
    pub(super) options: &'a Options,
}

impl Finder<'_> {
    /// Returns the mistakes of recognition.
    pub(super) fn recognition(&self, class: Class, comparison: &Comparison) -> Vec<Mistake> {
        let [false_positive, miss, other_span] = MistakeKind::of(class);
        let why = |span| self.reasons.evidence(class, span).to_owned();
        let mut found = Vec::new();
        for number in comparison.counted() {
            let mention = comparison.system[number];
            let probability = mention.probability;
            match comparison.answers[number].map(|gold| comparison.gold[gold].span) {
                None => {
                    let what = format!("p {probability:.2}, {}", self.gold_at(mention.span));
                    found.push(self.mistake(false_positive, mention.span, what, why(mention.span)));
                }
                Some(gold) if gold != mention.span => {
                    let what =
                        format!("p {probability:.2}, gold `{}`", one_line(self.document.surface(gold)));
                    found.push(self.mistake(other_span, mention.span, what, why(gold)));
                }
                Some(_) => {}
            }
        }
        for gold in missed(comparison) {
            found.push(self.mistake(miss, gold.span, self.system_at(gold.span), why(gold.span)));
        }
        found
    }

    /// Returns the places that were taken for others.
    pub(super) fn resolution(&self, comparison: &Comparison) -> Vec<Mistake> {
        let pairs = comparison.pairing.pairs.iter();
        pairs.filter_map(|(g, s)| self.referent(comparison.gold[*g], comparison.system[*s])).collect()
    }

    fn referent(&self, gold: &GoldMention, system: &SystemMention) -> Option<Mistake> {
        let right = gold.point?;
        let distance = system.point.map(|point| distance_km(right, point));
        let reach = self.options.km;
        if distance.is_some_and(|distance| distance <= reach) {
            return None;
        }
        let distance =
            distance.map_or("no point for".to_owned(), |distance| format!("{distance:.0} km from"));
        let what = format!("{distance} {:.2},{:.2}", right.latitude, right.longitude);
        let (span, reasons) = (system.span, self.reasons);
        let chosen = reasons.chosen(span, system.entry.as_deref());
        let is_near = |point| distance_km(right, point) <= reach;
        let wanted = reasons.right(span, gold.geonames.as_deref(), is_near);
        let wanted = wanted.map(|wanted| format!("right: {wanted}; ")).unwrap_or_default();
        let why = format!("{wanted}chosen: {chosen}");
        Some(self.mistake(MistakeKind::WrongReferent, span, what, why))
    }

    /// Returns what gold has at a span, of whatever type.
    fn gold_at(&self, span: Span) -> String {
        let over = self.document.mentions.iter().filter(|mention| mention.span.overlaps(span));
        let shown = |m: &GoldMention| format!("{} `{}`", m.kind, one_line(self.document.surface(m.span)));
        listed("gold", over.map(shown).collect())
    }

    /// Returns what the system has at a span, of whatever kind.
    fn system_at(&self, span: Span) -> String {
        let over = self.system.iter().filter(|mention| mention.span.overlaps(span));
        let shown = |m: &SystemMention| {
            let kind = format!("{:?}", m.kind).to_lowercase();
            format!("{kind} `{}` p {:.2}", one_line(self.document.surface(m.span)), m.probability)
        };
        listed("tagged", over.map(shown).collect())
    }

    fn mistake(&self, kind: MistakeKind, span: Span, what: String, why: String) -> Mistake {
        let Span { start, end } = span;
        Mistake {
            kind,
            document: self.document.document.id.clone(),
            start,
            before: one_line(self.document.slice(start.saturating_sub(AROUND), start)),
            surface: one_line(self.document.surface(span)),
            after: one_line(self.document.slice(end, end + AROUND)),
            what,
            why,
        }
    }
}

/// Returns the gold mentions that nothing answers.
fn missed<'a>(comparison: &Comparison<'a>) -> Vec<&'a GoldMention> {
    let answered: Vec<usize> = comparison.answers.iter().flatten().copied().collect();
    let numbered = comparison.gold.iter().enumerate();
    numbered.filter(|(number, _)| !answered.contains(number)).map(|(_, mention)| *mention).collect()
}

fn listed(whose: &str, mentions: Vec<String>) -> String {
    if mentions.is_empty() { format!("{whose} nothing") } else { format!("{whose} {}", mentions.join(", ")) }
}

/// Returns text on one line: what would break it or steer a terminal is a space.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).collect()
}

/// Returns the surfaces of mistakes with their number, the commonest first.
pub fn commonest<'m>(mistakes: impl Iterator<Item = &'m Mistake>) -> Vec<(&'m str, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for mistake in mistakes {
        *counts.entry(&mistake.surface).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts
}
