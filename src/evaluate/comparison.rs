//! Comparison: the mentions of one class in one document, gold and system side by side.

use super::gold::{GoldDocument, GoldMention};
use super::pairing::{Pairing, pair};
use super::span::Span;
use super::system::SystemMention;
use super::{Convention, Options};
use crate::recognize::MentionKind;
use std::collections::HashSet;

/// What is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Places, and demonyms where they count.
    Place,
    /// Persons.
    Person,
}

impl Class {
    /// Returns the type that gold has for it.
    pub fn gold(self) -> &'static str {
        match self {
            Class::Place => "LOC",
            Class::Person => "PER",
        }
    }

    /// Tells whether a kind of system mention is of the class.
    pub(super) fn holds(self, kind: MentionKind, options: &Options) -> bool {
        match kind {
            MentionKind::Place => self == Class::Place,
            MentionKind::Demonym => self == Class::Place && options.demonyms == Convention::Count,
            MentionKind::Person => self == Class::Person,
            MentionKind::Other => false,
        }
    }
}

/// Names of very large areas, which have no point that is right within a few hundred kilometres (Hu et al. 2023).
const VERY_LARGE: [&str; 30] = [
    "africa",
    "algeria",
    "america",
    "american",
    "americans",
    "asia",
    "australia",
    "canada",
    "canadian",
    "canadians",
    "china",
    "chinese",
    "europe",
    "european",
    "india",
    "middle east",
    "north africa",
    "north america",
    "russia",
    "russian",
    "russians",
    "south america",
    "u.s",
    "u.s.",
    "united states",
    "united states of america",
    "us",
    "usa",
    "west africa",
    "western europe",
];

/// The mentions of one class in one document that are counted.
pub(super) struct Comparison<'a> {
    /// What should be found.
    pub(super) gold: Vec<&'a GoldMention>,
    /// What was found, no span twice.
    pub(super) system: Vec<&'a SystemMention>,
    /// Which answers which.
    pub(super) pairing: Pairing,
    /// For each system mention the gold mention that it is paired with.
    pub(super) answers: Vec<Option<usize>>,
    /// Gold mentions that are neither rewarded nor punished.
    set_aside: Vec<&'a GoldMention>,
}

impl<'a> Comparison<'a> {
    /// Compares what gold and system have of a class.
    pub(super) fn of(
        class: Class,
        document: &'a GoldDocument,
        system: &'a [SystemMention],
        options: &Options,
    ) -> Comparison<'a> {
        let is_marked = |span: Span| document.marked.is_none_or(|marked| marked.contains(span));
        let is_ignored = |m: &&GoldMention| m.optional || options.ignore.contains(&m.kind);
        let mut set_aside: Vec<&GoldMention> = document.mentions.iter().filter(is_ignored).collect();
        let of_class = document.mentions.iter().filter(|m| m.kind == class.gold() && !m.optional);
        let (large, mut gold): (Vec<_>, Vec<_>) = of_class.partition(|m| {
            class == Class::Place
                && options.very_large == Convention::LeaveOut
                && is_very_large(document.surface(m.span))
        });
        set_aside.extend(large);
        gold.retain(|m| is_marked(m.span));
        let mut seen = HashSet::new();
        let wanted =
            |m: &&SystemMention| class.holds(m.kind, options) && is_marked(m.span) && seen.insert(m.span);
        let system: Vec<&SystemMention> = system.iter().filter(wanted).collect();
        Comparison::paired(gold, system, set_aside)
    }

    fn paired(
        gold: Vec<&'a GoldMention>,
        system: Vec<&'a SystemMention>,
        set_aside: Vec<&'a GoldMention>,
    ) -> Comparison<'a> {
        let gold_spans: Vec<Span> = gold.iter().map(|m| m.span).collect();
        let system_spans: Vec<Span> = system.iter().map(|m| m.span).collect();
        let pairing = pair(&gold_spans, &system_spans);
        let mut answers = vec![None; system.len()];
        for (g, s) in &pairing.pairs {
            answers[*s] = Some(*g);
        }
        Comparison { gold, system, pairing, answers, set_aside }
    }

    /// Tells whether a system mention is not counted: it answers nothing and overlaps what is set aside.
    pub(super) fn is_ignored(&self, system: usize) -> bool {
        let span = self.system[system].span;
        self.answers[system].is_none() && self.set_aside.iter().any(|m| m.span.overlaps(span))
    }

    /// Returns the numbers of the system mentions that are counted.
    pub(super) fn counted(&self) -> impl Iterator<Item = usize> {
        (0..self.system.len()).filter(|number| !self.is_ignored(*number))
    }

    /// Tells whether a system mention has the span of the gold mention that it answers.
    pub(super) fn is_exact(&self, system: usize) -> bool {
        self.answers[system].is_some_and(|gold| self.gold[gold].span == self.system[system].span)
    }
}

fn is_very_large(surface: &str) -> bool {
    VERY_LARGE.contains(&surface.to_lowercase().as_str())
}
