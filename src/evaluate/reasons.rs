//! Reasons: what the tagger decided from, for the lists of mistakes.
//!
//! What is asked of the recogniser is asked in [`recognition`] and of the resolver in [`choices`]; the rest knows spans
//! and words only.

use super::comparison::Class;
use super::gold::GoldDocument;
use super::span::{CodePoints, Span};
use crate::gazetteer::{EntryId, Layers, Point};
use crate::normalize::Text;
use crate::recognize::Judged;
use crate::recognize::label::Label;
use crate::tagger::{Tagged, Worker};
use std::collections::HashMap;
use std::ops::Range;

/// How many pieces of evidence are shown for a mention.
const EVIDENCE: usize = 4;
/// How many parts are shown of what speaks for a candidate.
const PARTS: usize = 8;

/// What the tagger decided from in one document.
#[derive(Clone, Debug, Default)]
pub struct Reasons {
    evidence: Vec<Evidence>,
    choices: Vec<(Span, Vec<Choice>)>,
    /// The entries that gold means, by their GeoNames number.
    entries: HashMap<String, String>,
}

/// What speaks for and against a name.
#[derive(Clone, Debug)]
struct Evidence {
    class: Class,
    span: Span,
    shown: String,
}

/// An entry that a mention may refer to.
#[derive(Clone, Debug)]
struct Choice {
    id: String,
    point: Option<Point>,
    shown: String,
}

impl Reasons {
    /// Asks for the reasons in a document. Slow: it tags the document again.
    pub fn of(worker: &mut Worker, gold: &GoldDocument) -> Reasons {
        let evidence = recognition(worker, gold);
        let tagged = worker.tag(&gold.document);
        Reasons { evidence, choices: choices(&tagged), entries: entries(tagged.layers, gold) }
    }

    /// Returns what speaks for and against a name of a class at a span; of several names that overlap it, the nearest.
    pub(super) fn evidence(&self, class: Class, span: Span) -> &str {
        let of_class = self.evidence.iter().filter(|e| e.class == class && e.span.overlaps(span));
        let differs = |e: &&Evidence| e.span.start.abs_diff(span.start) + e.span.end.abs_diff(span.end);
        of_class.min_by_key(differs).map_or("", |e| &e.shown)
    }

    /// Returns the entry that was chosen for the mention at a span, with what spoke for it.
    pub(super) fn chosen(&self, span: Span, id: Option<&str>) -> String {
        let chosen = self.candidates(span).unwrap_or_default().iter().find(|choice| id == Some(&*choice.id));
        chosen.map_or(id.unwrap_or("nothing"), |choice| &choice.shown).to_owned()
    }

    /// Returns the candidate for the mention at a span that gold means: by its number, else the first one that is near; none
    /// when no reasons were asked for.
    pub(super) fn right(
        &self,
        span: Span,
        geonames: Option<&str>,
        is_near: impl Fn(Point) -> bool,
    ) -> Option<String> {
        let candidates = self.candidates(span)?;
        let same = |c: &&Choice| geonames.is_some() && c.id.strip_prefix("geonames:") == geonames;
        let near = |c: &&Choice| c.point.is_some_and(&is_near);
        if let Some(choice) = candidates.iter().find(same).or_else(|| candidates.iter().find(near)) {
            return Some(choice.shown.clone());
        }
        Some(match (geonames, geonames.and_then(|id| self.entries.get(id))) {
            (_, Some(entry)) => format!("{entry}, not among the best candidates"),
            (Some(id), None) => format!("geonames:{id}, not in the gazetteer"),
            (None, None) => "none of the best candidates".to_owned(),
        })
    }

    fn candidates(&self, span: Span) -> Option<&[Choice]> {
        self.choices.iter().find(|(at, _)| *at == span).map(|(_, choices)| choices.as_slice())
    }
}

/// Asks the recogniser what it makes of every name in a document.
fn recognition(worker: &mut Worker, gold: &GoldDocument) -> Vec<Evidence> {
    let points = CodePoints::of(&gold.document.text);
    let (text, judged) = worker.judge(&gold.document);
    let evidence = |judged: &Judged, class: Class, label: Label| {
        let chance = judged.segment.chances[label as usize];
        let parts = judged.evidence.iter().map(|(name, scores)| (name.clone(), scores[label as usize]));
        let shown = format!("chance {chance:.2}: {}", largest(parts.collect(), EVIDENCE));
        Evidence { class, span: span(&points, text, judged.segment.words()), shown }
    };
    let both = |judged: &Judged| {
        [evidence(judged, Class::Place, Label::Place), evidence(judged, Class::Person, Label::Person)]
    };
    judged.iter().flat_map(both).collect()
}

fn span(points: &CodePoints, text: &Text, words: Range<usize>) -> Span {
    points.span(text.words[words.start].start as usize..text.words[words.end - 1].end as usize)
}

/// Asks the resolver for the candidates of every mention, best first.
fn choices(tagged: &Tagged) -> Vec<(Span, Vec<Choice>)> {
    let points = CodePoints::of(&tagged.document.text);
    let choice = |candidate: &crate::entity::Candidate| {
        let entry = tagged.layers.entry(candidate.entry)?;
        let parts = tagged.entities.parts(candidate).iter();
        let parts = parts.map(|(name, part)| ((*name).to_owned(), *part)).collect();
        let (described, share) = (described(tagged.layers, candidate.entry)?, candidate.share);
        let shown = format!("{described} {share:.2} ({})", largest(parts, PARTS));
        Some(Choice { id: entry.id(), point: entry.point(), shown })
    };
    let tags = tagged.tags().map(|(mention, entity)| {
        let span = points.span(mention.start as usize..mention.end as usize);
        (span, tagged.entities.candidates(entity).iter().filter_map(choice).collect())
    });
    tags.collect()
}

/// Returns the entries that gold means, as far as the gazetteers have them.
fn entries(layers: &Layers, gold: &GoldDocument) -> HashMap<String, String> {
    let numbers = gold.mentions.iter().filter_map(|mention| mention.geonames.as_ref());
    let entry = |number: &String| described(layers, layers.find_id(&format!("geonames:{number}"))?);
    numbers.filter_map(|number| Some((number.clone(), entry(number)?))).collect()
}

/// Returns an entry in a few words.
fn described(layers: &Layers, id: EntryId) -> Option<String> {
    let entry = layers.entry(id)?;
    let division = layers.admin1(id).filter(|division| *division != id).and_then(|id| layers.entry(id));
    let division = division.map_or("", |division| division.name());
    let (id, name) = (entry.id(), entry.name());
    let words = [&*id, name, entry.feature_code(), division, entry.country_code()];
    Some(words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Returns the largest parts of a sum, with their names.
fn largest(mut parts: Vec<(String, f32)>, most: usize) -> String {
    parts.retain(|(_, part)| *part != 0.0);
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    parts.truncate(most);
    parts.iter().map(|(name, part)| format!("{name} {part:+.2}")).collect::<Vec<_>>().join(", ")
}
