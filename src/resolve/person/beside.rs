//! Beside a person's name: the title before it (`Syrian President`), what is said of the person after it (`, a plumber
//! from Troy,`), and what the sentence is about.

use super::role::{Fields, Role, roles};
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape};
use crate::recognize::{Mention, MentionKind};
use std::ops::Range;

/// How many words a title or an apposition has at most.
const REACH: usize = 10;
/// How far the words of a sentence say what it is about.
const SENTENCE: usize = 30;
/// How many words a home without a comma has, with its preposition: `of New Zealand`.
const HOME: usize = 3;
/// No one is older.
const OLDEST: u32 = 110;

/// What the text says of a person, from all mentions of the name.
#[derive(Default)]
pub(super) struct Said {
    /// What the person is.
    pub(super) role: Role,
    /// What the sentences are about.
    pub(super) topics: Fields,
    /// Whether the age is given.
    pub(super) aged: bool,
    /// Whether the town is given: `, of Duluth`.
    pub(super) at_home: bool,
    /// The mentions within titles and appositions: countries and demonyms.
    pub(super) beside: Vec<usize>,
}

impl Said {
    pub(super) fn clear(&mut self) {
        let beside = std::mem::take(&mut self.beside);
        *self = Said { beside, ..Said::default() };
        self.beside.clear();
    }

    /// Adds what stands beside the mention with the number `at`.
    pub(super) fn read(&mut self, text: &Text, mentions: &[Mention], at: usize) {
        let words = mentions[at].first as usize..mentions[at].end_word as usize;
        let room = room(text, mentions, at);
        let title = self.title(text, room.start, words.start);
        let after = self.after(text, words.end, room.end);
        let within = |part: &Range<usize>, other: &Mention| {
            part.start <= other.first as usize && other.end_word as usize <= part.end
        };
        let near = at.saturating_sub(REACH)..mentions.len().min(at + REACH);
        self.beside.extend(near.filter(|near| {
            let other = &mentions[*near];
            other.kind != MentionKind::Person && (within(&title, other) || within(&after, other))
        }));
        self.sentence(text, &words);
    }

    /// Reads the title that ends before `end`; returns its words.
    fn title(&mut self, text: &Text, start: usize, end: usize) -> Range<usize> {
        let mut at = end;
        let mut said = Role::default();
        while at > start {
            let gap = text.words[at].gap;
            let joined = gap.is_soft() || (at == end && gap == Gap::Comma);
            let role = role_ending(text, start, at).filter(|_| joined);
            if let Some((role, length)) = role {
                if !role.jobs.is_empty() {
                    said.add(role);
                }
                at -= length;
            } else if joined && gap != Gap::Comma && is_part_of_title(text, start, at - 1) {
                at -= 1;
            } else {
                break;
            }
        }
        // `the minister, X`: without a role before the comma the words belong to something else.
        if text.words[end].gap == Gap::Comma && said == Role::default() {
            at = end;
        }
        self.role.add(local(said));
        at..end
    }

    /// Reads what is said after the name, which ends before `start`; returns its words.
    fn after(&mut self, text: &Text, mut start: usize, end: usize) -> Range<usize> {
        let first = start;
        if start < end && text.words[start].gap == Gap::Comma && is_age(text, start) {
            self.aged = true;
            start += 1;
        }
        if start >= end {
            return first..start;
        }
        let home = matches!(text.folded_word(start), "of" | "from");
        match text.words[start].gap {
            Gap::Comma if home => self.at_home = true,
            Gap::Comma => {}
            Gap::Space if is_copula(text.folded_word(start)) && start + 1 < end => start += 1,
            // A town or a country, and then the sentence goes on.
            Gap::Space if home => return start..end.min(start + HOME),
            _ => return first..start,
        }
        let last = end.min(start + REACH);
        let stop = (start + 1..last).find(|at| !text.words[*at].gap.is_soft()).unwrap_or(last);
        let next = text.words.get(stop).map(|word| word.gap);
        let closed = next.is_none_or(|gap| !gap.is_soft()) || stop == start + REACH;
        // `After meeting X, the chancellor left.` says nothing of X.
        if !closed || (next != Some(Gap::Comma) && text.folded_word(start) == "the") {
            return first..start;
        }
        self.apposition(text, start, stop);
        start..stop
    }

    /// Reads an apposition: its roles up to the first preposition, and after it what makes them local.
    fn apposition(&mut self, text: &Text, start: usize, end: usize) {
        let (mut said, mut at, mut is_head) = (Role::default(), start, true);
        while at < end {
            let found = roles().at(text, at, end);
            let counts = |role: Role| !role.jobs.is_empty() && (is_head || roles().is_local(role));
            if let Some((role, _)) = found.filter(|(role, _)| counts(*role)) {
                said.add(role);
            }
            is_head &= at == start || !ENDS_HEAD.contains(&text.folded_word(at));
            at += found.map_or(1, |(_, length)| length);
        }
        self.role.add(local(said));
    }

    /// Reads what the sentence around some words is about.
    fn sentence(&mut self, text: &Text, words: &Range<usize>) {
        let begins = |at: &usize| matches!(text.words[*at].gap, Gap::Start | Gap::Sentence | Gap::Paragraph);
        let first = words.start.saturating_sub(SENTENCE);
        let begin = (first..=words.start).rev().find(begins).unwrap_or(first);
        let last = text.words.len().min(words.end + SENTENCE);
        let end = (words.end..last).find(begins).unwrap_or(last);
        for at in (begin..words.start).chain(words.end..end) {
            if let Some((role, _)) = roles().at(text, at, end) {
                self.topics.add(role.fields);
            }
        }
    }
}

/// Words after which an apposition speaks of something else than the person: `a clerk at the court`.
const ENDS_HEAD: [&str; 15] = [
    "of", "from", "in", "at", "for", "to", "with", "by", "on", "who", "whose", "where", "under", "after",
    "against",
];

/// Small words that may stand within a title.
const JOINS: [&str; 12] =
    ["former", "ex", "acting", "new", "then", "first", "late", "the", "vice", "deputy", "young", "old"];

/// Returns the words around a mention that are not those of another person.
fn room(text: &Text, mentions: &[Mention], at: usize) -> Range<usize> {
    let is_person = |mention: &&Mention| mention.kind == MentionKind::Person;
    let before = mentions[..at].iter().rev().take(REACH).find(is_person);
    let after = mentions[at + 1..].iter().take(REACH).find(is_person);
    let start = (mentions[at].first as usize).saturating_sub(REACH);
    let end = text.words.len().min(mentions[at].end_word as usize + REACH + 1);
    before.map_or(start, |m| start.max(m.end_word as usize))..after.map_or(end, |m| end.min(m.first as usize))
}

/// Returns the role that ends before `end`, and of how many words it is.
fn role_ending(text: &Text, start: usize, end: usize) -> Option<(Role, usize)> {
    let of = |length: usize| {
        let found =
            end.checked_sub(length).filter(|at| *at >= start).and_then(|at| roles().at(text, at, end));
        found.filter(|(role, found)| *found == length && !role.fields.is_empty())
    };
    of(2).or_else(|| of(1))
}

/// Tells whether a word may belong to a title without being one: a name, a small word, or an `and` between roles.
fn is_part_of_title(text: &Text, start: usize, at: usize) -> bool {
    let word = text.folded_word(at);
    match text.words[at].shape {
        Shape::Lower => {
            JOINS.contains(&word) || (word == "and" && role_ending(text, start, at).is_some()) || word == "s"
        }
        shape => shape.is_capital(),
    }
}

/// Makes a role that is held in something local an ordinary one: the president of a garden club.
fn local(role: Role) -> Role {
    match roles().is_local(role) {
        true => roles().local(),
        false => role,
    }
}

fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "was")
}

/// Tells whether a word is an age: `Jane Roe, 34,`.
fn is_age(text: &Text, at: usize) -> bool {
    let closed = text.words.get(at + 1).is_none_or(|next| !next.gap.is_soft());
    closed && text.folded_word(at).parse().is_ok_and(|age: u32| age <= OLDEST)
}
