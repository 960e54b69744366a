//! Persons: full names by gazetteer, shape and context; surnames that stand for a full name.
//!
//! A full name is two to five words of one run: a given name, initials, particles, a surname. What speaks for it is
//! added up as log-odds in [`judge`]. The weights were set by hand on the development half of the newswire set
//! (documents with an even number); a trained model is to replace them.

use super::context::Context;
use super::cues::Cue;
use super::runs::Within;
use crate::gazetteer::NameKind;
use crate::normalize::Style;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

/// A span of words that names a person.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PersonSpan {
    pub(super) words: Range<usize>,
    pub(super) log_odds: f32,
    /// Whether it is a surname that stands for a full name of the document.
    pub(super) surname: bool,
}

/// The longest name in words.
const LONGEST: usize = 5;

/// Fills `spans` with the full names and titled surnames in the runs, then with the surnames that refer to them.
pub(super) fn find(context: &Context, runs: &[Range<usize>], spans: &mut Vec<PersonSpan>) {
    spans.clear();
    for run in runs {
        let mut rest = run.clone();
        while let Some(segment) = next_segment(context, &mut rest) {
            full_name(context, segment, spans);
        }
    }
    let full_names = spans.len();
    for run in runs {
        surnames(context, run, full_names, spans);
    }
    spans.sort_by_key(|span| span.words.start);
}

/// Takes the next part of a run that may hold a name: between words of grammar, titles, months and demonyms.
fn next_segment(context: &Context, rest: &mut Range<usize>) -> Option<Range<usize>> {
    while rest.start < rest.end && breaks(context, rest.start) {
        rest.start += 1;
    }
    let first = rest.start;
    while rest.start < rest.end && !breaks(context, rest.start) {
        rest.start += 1;
    }
    (first < rest.start).then_some(first..rest.start)
}

fn breaks(context: &Context, at: usize) -> bool {
    let marks = context.marks[at];
    let uses = context.uses[at];
    let named = uses.given.max(uses.surname) > 0;
    let titled = marks.alone.has(Cue::Title) && uses.given < STRONG;
    let heading = context.style(at) != Style::Prose;
    let verb = heading && (marks.alone.has(Cue::Speech) || (uses.common > 0 && uses.surname < STRONG && uses.given < STRONG));
    titled || verb || (context.is_plain(at) && !(named && context.shape(at) == Shape::Title && uses.common == 0 && !context.text.begins[at]))
        || demonym(context, at)
}

fn demonym(context: &Context, at: usize) -> bool {
    let of = |hits: Range<usize>| context.hits[hits].iter().any(|hit| {
        context.meanings(hit).any(|m| m.how == NameKind::Demonym)
    });
    of(context.hits_at(&(at..at + 1)))
}

/// A name that some thousand people in a census of a hundred million bear: `8·log2(1 + 1000)`.
const STRONG: u8 = 80;

/// Finds the likeliest name within a segment.
fn full_name(context: &Context, segment: Range<usize>, spans: &mut Vec<PersonSpan>) {
    let mut best: Option<PersonSpan> = None;
    for first in segment.clone() {
        for end in (first + 1..=segment.end.min(first + LONGEST)).rev() {
            let words = first..end;
            if !is_name_like(context, &words) {
                continue;
            }
            let log_odds = judge(context, &segment, &words);
            if log_odds > 0.0 && best.as_ref().is_none_or(|b| log_odds > b.log_odds) {
                best = Some(PersonSpan { words, log_odds, surname: false });
            }
        }
    }
    spans.extend(best);
}

/// Tells whether words could be a name at all: it begins and ends with a capital, and no word is a digit.
fn is_name_like(context: &Context, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    let capital = |at: usize| context.is_capital(at) && context.shape(at) != Shape::Caseless;
    let suffix = context.marks[last].alone.has(Cue::Suffix);
    capital(words.start) && (capital(last) || suffix) && context.shape(last) != Shape::Initial
        && !context.marks[words.start].alone.has(Cue::Suffix)
        && words.clone().all(|at| context.within[at] == Within::Nothing && context.shape(at) != Shape::Digit)
}

/// Returns the log-odds that the words are the name of a person.
fn judge(context: &Context, segment: &Range<usize>, words: &Range<usize>) -> f32 {
    let last = if context.marks[words.end - 1].alone.has(Cue::Suffix) && words.len() > 2 { words.end - 2 } else { words.end - 1 };
    let (first_use, last_use) = (context.uses[words.start], context.uses[last]);
    let titled = title_before(context, words.start);
    let known = known_person(context, words);
    let scaled = |weight: u8| weight as f32 / 255.0;
    let mut sum = -2.2;
    sum += if titled { 3.0 } else { 0.0 };
    sum += if known { 6.0 } else { 0.0 };
    sum += heard_around(context, words);
    if words.len() == 1 {
        let common = if last_use.common > 0 && context.text.begins[last] { 1.5 } else { 0.0 };
        return sum - 0.6 - common - place_weight(context, words) + if known { 0.0 } else { 1.2 * scaled(last_use.surname) };
    }
    sum += 3.2 * scaled(first_use.given).min(0.6) + 2.4 * scaled(last_use.surname).min(0.6);
    sum += if first_use.given == 0 && first_use.surname == 0 && !titled { -0.8 } else { 0.0 };
    sum += if (words.start + 1..last).any(|at| context.shape(at) == Shape::Initial) || context.shape(words.start) == Shape::Initial { 1.6 } else { 0.0 };
    sum += if (words.start + 1..last).any(|at| context.marks[at].alone.has(Cue::Particle)) { 1.2 } else { 0.0 };
    sum -= words.clone().map(|at| stranger(context, at)).sum::<f32>();
    sum -= place_weight(context, words);
    // Words of the segment that the name leaves out speak against it.
    sum -= 1.0 * (segment.len() - words.len()) as f32;
    sum += if words.len() > 4 { -1.5 } else { 0.0 };
    sum
}

/// Returns what the words around a name say: a verb of speech, an age, a byline, a credit.
fn heard_around(context: &Context, words: &Range<usize>) -> f32 {
    let mut sum = 0.0;
    let after = context.after(words.end);
    if after.is_some_and(|at| context.marks[at].begin.has(Cue::Speech)) {
        sum += 1.5;
    }
    if context.before(words.start).is_some_and(|at| context.marks[at].begin.has(Cue::Speech) && !context.is_capital(at)) {
        sum += 0.7;
    }
    let next = context.text.words.get(words.end);
    if next.is_some_and(|w| w.gap == Gap::Comma && w.shape == Shape::Digit && w.end - w.start <= 2) {
        sum += 2.5;
    }
    let credited = next.is_some_and(|w| w.gap == Gap::Other) && context.marks[words.end].begin.has(Cue::Agency);
    let byline = context.before(words.start).is_some_and(|at| context.text.folded_word(at) == "by" && context.is_capital(at));
    sum + if credited || byline { 3.0 } else { 0.0 }
}

/// Returns how much a word within a name looks like something else.
fn stranger(context: &Context, at: usize) -> f32 {
    let (uses, marks) = (context.uses[at], context.marks[at].alone);
    let mut sum = 0.0;
    if marks.has_any(&[Cue::OrgTail, Cue::SiteTail, Cue::GeoTail, Cue::GeoHead, Cue::NotPlace]) {
        sum += if uses.surname >= STRONG || uses.given >= STRONG { 0.7 } else { 2.5 };
    }
    if uses.common > 0 && uses.surname < STRONG && uses.given < STRONG {
        sum += 1.2;
    }
    if context.is_plain(at) && !marks.has(Cue::Particle) && uses.given < STRONG {
        sum += 1.5;
    }
    if context.shape(at) == Shape::Upper && context.style(at) == Style::Prose {
        sum += 0.5;
    }
    if context.shape(at) == Shape::Dotted && at > 0 && context.uses[at].given == 0 {
        sum += 0.4;
    }
    sum
}

/// Returns how strongly the words name a place.
fn place_weight(context: &Context, words: &Range<usize>) -> f32 {
    let hits = &context.hits[context.hits_at(words)];
    let place = hits.iter().find_map(|hit| context.place(hit));
    place.map_or(0.0, |place| {
        let size = (1.0 + place.entry.population() as f32).log10();
        let named = if place.how == NameKind::Canonical { 0.5 } else { 0.0 };
        (0.6 * size - 1.6).max(0.0) + named
    })
}

pub(super) fn title_before(context: &Context, at: usize) -> bool {
    context.before(at).is_some_and(|before| context.marks[before].end.has(Cue::Title) && context.gap(at) != Gap::Line)
}

/// Tells whether the gazetteer has a person of this name.
fn known_person(context: &Context, words: &Range<usize>) -> bool {
    let hits = &context.hits[context.hits_at(words)];
    hits.iter().any(|hit| context.meanings(hit).any(|meaning| meaning.entry.is_person()))
}

/// Adds the single words of a run that are the surname of a full name in the document.
fn surnames(context: &Context, run: &Range<usize>, full_names: usize, spans: &mut Vec<PersonSpan>) {
    for at in run.clone() {
        if !context.is_capital(at) || context.within[at] != Within::Nothing {
            continue;
        }
        if spans.iter().any(|span| span.words.contains(&at)) || !stands_alone(context, at) {
            continue;
        }
        let same = |span: &PersonSpan| span.words.len() > 1 && short_forms(context, &span.words).any(|w| w == context.text.words[at].hash);
        if let Some(full) = spans[..full_names].iter().position(same) {
            let log_odds = spans[full].log_odds.min(3.0);
            spans.push(PersonSpan { words: at..at + 1, log_odds, surname: true });
        }
    }
}

/// Tells whether no other capitalised word that is no title or word of grammar stands beside the word at `at`.
fn stands_alone(context: &Context, at: usize) -> bool {
    let other = |beside: usize| {
        context.is_capital(beside) && context.style(at) == Style::Prose && !context.is_plain(beside)
            && !context.marks[beside].end.has(Cue::Title)
    };
    let before = context.before(at).is_some_and(|b| other(b) && !context.text.begins[b]);
    let after = context.after(at + 1).is_some_and(other);
    !before && !after
}

/// Returns the hashes of the words by which a person is named after the full name: the surname, and for names written
/// family name first (no given name in front) the first word.
fn short_forms<'c>(context: &'c Context, words: &Range<usize>) -> impl Iterator<Item = u64> + use<'c> {
    let last = match context.marks[words.end - 1].alone.has(Cue::Suffix) && words.len() > 2 {
        true => words.end - 2,
        false => words.end - 1,
    };
    let family_first = context.uses[words.start].given == 0 && context.shape(words.start) != Shape::Initial;
    let first = family_first.then_some(words.start);
    std::iter::once(last).chain(first).map(|at| context.text.words[at].hash)
}
