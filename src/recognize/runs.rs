//! Runs of capitalised words, and which of them are organisations or sites.

use super::cues::{Cue, Marks};
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

/// What a word belongs to besides being a name of the gazetteer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Within {
    /// Nothing that is known.
    #[default]
    Nothing,
    /// The name of an organisation, product, team or event, and how sure that is, 0 to 1.
    Organisation(f32),
    /// The name of a facility or street.
    Site,
}

/// Fills `runs` with the maximal runs of capitalised words; small particles and `of` join when a capital follows.
pub(super) fn find(text: &Text, marks: &[Marks], runs: &mut Vec<Range<usize>>) {
    runs.clear();
    let mut at = 0;
    while at < text.words.len() {
        if !text.words[at].shape.is_capital() {
            at += 1;
            continue;
        }
        let first = at;
        at += 1;
        while let Some(next) = joined(text, marks, at) {
            at = next;
        }
        runs.push(first..at);
    }
}

/// The longest half of a hyphenated Chinese or Korean given name, in bytes (`Kyung-hwan`, `Ting-kwok`).
const SYLLABLE: u32 = 6;

/// Returns the word after the next part of a run that has reached `at`, if it goes on.
fn joined(text: &Text, marks: &[Marks], at: usize) -> Option<usize> {
    let joins = |at: usize| {
        let stop = |before: usize| {
            text.words[before].shape == Shape::Initial
                || marks[before].end.has_any(&[Cue::Title, Cue::GeoHead, Cue::Suffix])
        };
        match text.words.get(at)?.gap {
            Gap::Space | Gap::Hyphen => Some(()),
            Gap::Stop if stop(at - 1) => Some(()),
            _ => None,
        }
    };
    joins(at)?;
    if text.words[at].shape.is_capital() {
        return Some(at + 1);
    }
    // `Highway 19`, `Terminal 5`
    let numbered = marks[at - 1].alone.has_any(&[Cue::SiteTail, Cue::SiteHead, Cue::GeoHead]);
    if text.words[at].shape == Shape::Digit && text.words[at].gap == Gap::Space && numbered {
        return Some(at + 1);
    }
    // `Yoon Suk-yeol`: the small half of a hyphenated given name.
    let hyphenated =
        text.words[at].gap == Gap::Hyphen && !marks[at].alone.has_any(&[Cue::Function, Cue::Title]);
    if hyphenated
        && text.words[at].shape == Shape::Lower
        && text.words[at].end - text.words[at].start <= SYLLABLE
    {
        return Some(at + 1);
    }
    let small = marks[at].alone.has(Cue::Particle) || text.folded_word(at) == "of";
    if small && text.words[at].shape == Shape::Lower {
        let mut next = at + 1;
        if matches!(text.folded_word(next.min(text.words.len() - 1)), "the" | "la" | "los") {
            next += 1;
        }
        joins(next)?;
        return text.words[next].shape.is_capital().then_some(next + 1);
    }
    None
}

/// Fills `within` with what each word belongs to.
pub(super) fn classify(text: &Text, marks: &[Marks], runs: &[Range<usize>], within: &mut Vec<Within>) {
    within.clear();
    within.resize(text.words.len(), Within::Nothing);
    for run in runs {
        tails(text, marks, run, within);
        heads(text, marks, run, within);
    }
}

fn capital(text: &Text, at: usize) -> bool {
    text.words[at].shape.is_capital()
}

/// Marks what ends in the tail of an organisation or site: from the run's first name to the tail.
fn tails(text: &Text, marks: &[Marks], run: &Range<usize>, within: &mut [Within]) {
    for last in (run.start + 1..run.end).rev().filter(|at| capital(text, *at)) {
        let what = match marks[last].end {
            cues if cues.has(Cue::OrgTail) => Within::Organisation(marks[last].priors.org_tail),
            cues if cues.has(Cue::SiteTail) => Within::Site,
            _ => continue,
        };
        let mut first = run.start;
        while first < last && marks[first].alone.has_any(&[Cue::Function, Cue::Title]) {
            first += 1;
        }
        if first < last {
            within[first..=last].fill(what);
            return;
        }
    }
}

/// Marks what begins with the head of an organisation or site: from the head to the end of the run.
fn heads(text: &Text, marks: &[Marks], run: &Range<usize>, within: &mut [Within]) {
    for first in run.clone().filter(|at| capital(text, *at)) {
        let what = match marks[first].begin {
            cues if cues.has(Cue::OrgHead) => Within::Organisation(marks[first].priors.org_head),
            cues if cues.has(Cue::SiteHead) => Within::Site,
            _ => continue,
        };
        if within[first] == Within::Nothing && first + 1 < run.end {
            within[first..run.end].fill(what);
            return;
        }
    }
}
