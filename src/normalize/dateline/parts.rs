//! The parts of a dateline: which of its words say where, which say who, and which day it is.

use super::super::Text;
use super::super::words::{Gap, Word};
use super::{Dateline, day};
use crate::document::Document;
use std::ops::Range;

/// The days of the week, folded. `KABUL, Thursday (AP) -` says one, and no place.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Tells the parts of a dateline apart: what stands in brackets is who, a day is when, and the rest is where.
pub(super) fn read(document: &Document, text: &Text, words: Range<usize>) -> Dateline {
    let Range { start: first, end } = words;
    let Some(brackets) = brackets(&document.text, &text.words[first..=end]) else {
        return Dateline { first, end, place: end..end, agency: end..end, date: None };
    };
    let (day_words, day) = day::find(text, first..end).unzip();
    let day_words = day_words.unwrap_or(end..end);
    let is_when = |at: usize| day_words.contains(&at) || is_weekday(text, at);
    let run = |from: usize, bracket: usize| {
        first_run(from..end, |at| brackets[at - first] == bracket && !is_when(at))
    };
    // `BY JANE DOE Staff Writer March 15, 2009 NEWARK --`
    let signed = text.folded_word(first) == "by" && !day_words.is_empty();
    let after_day = Some(run(day_words.end, OUTSIDE)).filter(|place| signed && !place.is_empty());
    // Not `1` in `(1) —`.
    let names = |at: usize| text.folded_word(at).contains(char::is_alphabetic) && !is_when(at);
    let of_agency = (first..end).find(|at| brackets[at - first] != OUTSIDE && names(*at));
    Dateline {
        first,
        end,
        place: after_day.unwrap_or_else(|| run(first, OUTSIDE)),
        agency: of_agency.map_or(end..end, |at| run(at, brackets[at - first])),
        date: day.and_then(|day| day.iso8601(&document.published)),
    }
}

/// Tells whether the word is a day of the week; after a comma, because `FRIDAY HARBOR` is a place.
fn is_weekday(text: &Text, at: usize) -> bool {
    text.words[at].gap == Gap::Comma && WEEKDAYS.contains(&text.folded_word(at))
}

/// Returns the first of the words that belong together and those after it; an empty range at the end when none do.
fn first_run(words: Range<usize>, belongs: impl Fn(usize) -> bool) -> Range<usize> {
    let first = words.clone().find(|at| belongs(*at)).unwrap_or(words.end);
    first..(first..words.end).find(|at| !belongs(*at)).unwrap_or(words.end)
}

/// The number of no bracket.
const OUTSIDE: usize = 0;

/// Returns for each word of a dateline the number of the bracket that it stands in, from 1, or [`OUTSIDE`]. `words` has
/// also the word after the dash. None when the dash stands in a bracket, as that of a life does: `Jane Doe (12 May 1871 -`.
fn brackets(body: &str, words: &[Word]) -> Option<Vec<usize>> {
    let (after, words) = words.split_last()?;
    let mut number = OUTSIDE;
    let mut closed_by = None;
    // The bracket before the first word is no part of the dateline.
    let mut from = words.first().map_or(0, |word| before_bracket(body, word.start as usize));
    let mut numbers = Vec::with_capacity(words.len());
    for word in words {
        let start = word.start as usize;
        let now_closed_by = pass(closed_by, &body[from..start], &body[start..after.start as usize]);
        let (between, opened) = (&body[from..start], now_closed_by.is_some());
        number += usize::from(opened && (closed_by.is_none() || between.contains(['(', '['])));
        closed_by = now_closed_by;
        numbers.push(if opened { number } else { OUTSIDE });
        from = word.end as usize;
    }
    let dash = &body[from..after.start as usize];
    closed_by.is_none_or(|closing| dash.contains(closing)).then_some(numbers)
}

/// Returns where the bracket directly before `start` begins, or `start`.
fn before_bracket(body: &str, start: usize) -> usize {
    if body[..start].ends_with(['(', '[']) { start - 1 } else { start }
}

/// Returns what closes the bracket that stands open after `between`, when `closed_by` did so before it and `rest` follows.
///
/// Press releases have slashes for brackets (`/PRNewswire/ --`), which stand at a space; those of `BEIRUT/DAMASCUS` and
/// `BEIRUT / DAMASCUS` do not, or at two.
fn pass(closed_by: Option<char>, between: &str, rest: &str) -> Option<char> {
    between.char_indices().fold(closed_by, |closed_by, (at, mark)| {
        let (before, after) = (&between[..at], &between[at + mark.len_utf8()..]);
        match (closed_by, mark) {
            (None, '(') => Some(')'),
            (None, '[') => Some(']'),
            (None, '/') if before.ends_with(' ') && after.is_empty() && rest.contains('/') => Some('/'),
            (Some('/'), '/') if after.is_empty() => closed_by,
            (Some(closing), mark) if closing == mark => None,
            _ => closed_by,
        }
    })
}
