//! Text without capitals: gives the words that are likely names a capital, so that the rest can go on as usual.
//!
//! Where case says nothing, the gazetteer and the lexicon have to: a name of several words, a name that is no ordinary
//! word, an ordinary word (`reading`) only after a preposition of place or before its container.

use super::cues::{Cue, Marks};
use super::find::Hit;
use crate::gazetteer::{Layers, NameKind, PlaceType};
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

/// The population from which an ordinary word after a preposition is a place.
const LARGE: u64 = 50_000;

/// Gives a capital to the words of names in sentences that have none; `hits` are all names, whatever their case.
pub(super) fn recase(layers: &Layers, text: &mut Text, hits: &[Hit], marks: &[Marks]) {
    let named: Vec<Range<usize>> = sentences(text)
        .into_iter()
        .filter(|sentence| sentence.clone().skip(1).all(|at| !text.words[at].shape.is_capital()))
        .flat_map(|sentence| {
            let here = hits.iter().map(Hit::words).zip(hits);
            here.filter(move |(words, _)| sentence.start <= words.start && words.end <= sentence.end)
        })
        .filter(|(words, hit)| is_name(layers, text, hit, words, marks))
        .map(|(words, _)| words)
        .collect();
    for at in named.into_iter().flatten() {
        let shape = &mut text.words[at].shape;
        if *shape == Shape::Lower {
            *shape = Shape::Title;
        }
    }
}

fn sentences(text: &Text) -> Vec<Range<usize>> {
    let starts: Vec<usize> = (0..text.words.len()).filter(|at| text.begins[*at]).collect();
    let ends = starts.iter().skip(1).copied().chain([text.words.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn is_name(layers: &Layers, text: &Text, hit: &Hit, words: &Range<usize>, marks: &[Marks]) -> bool {
    let ordinary =
        |at: usize| layers.word_use(text.words[at].hash).common > 0 || marks[at].alone.has(Cue::Function);
    let strange = words.clone().any(|at| !ordinary(at));
    let mut candidates = layers.candidates(hit.name).filter_map(|(id, how)| Some((layers.entry(id)?, how)));
    if words.len() > 1 {
        return strange || candidates.any(|(entry, _)| is_large(&entry));
    }
    let written =
        |how: NameKind| matches!(how, NameKind::Canonical | NameKind::Demonym | NameKind::Alternate);
    let local = is_placed(text, words, marks);
    candidates.any(|(entry, how)| {
        let large = is_large(&entry);
        match how {
            NameKind::Surname => strange,
            NameKind::Demonym => strange || large,
            how => written(how) && if strange { large || local } else { large && local },
        }
    })
}

fn is_large(entry: &crate::gazetteer::Entry) -> bool {
    let area = matches!(entry.place_type(), PlaceType::Country | PlaceType::Region | PlaceType::Admin1);
    entry.is_place() && (area || entry.population() >= LARGE)
}

/// Tells whether a preposition of place stands directly before words, or a comma after them.
fn is_placed(text: &Text, words: &Range<usize>, marks: &[Marks]) -> bool {
    let preposition = words.start > 0
        && text.words[words.start].gap == Gap::Space
        && marks[words.start - 1].end.has(Cue::PlacePrep);
    preposition || text.words.get(words.end).is_some_and(|next| next.gap == Gap::Comma)
}
