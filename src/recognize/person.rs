//! Persons: full names by gazetteer, shape and context; surnames and first names that stand for a full name.
//!
//! A full name is two to five words of one run. First every range of words is judged as a full name, then every single
//! word that is left, with what the full names of the document say about it. [`PersonFeature`] lists the evidence; its
//! weighted sum is the log-odds. The weights are two logistic regressions (full names, single words) fitted on the
//! development halves (documents with an even number) of the newswire set and WikiGold; see
//! `docs/decisions/0004-first-recognition.md`.

use super::context::Context;
use super::cues::Cue;
use super::features::{features, flag, scaled, weigh};
use super::find::Hit;
use super::place;
use crate::gazetteer::NameKind;
use crate::normalize::Style;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

/// A span of words that names a person.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PersonSpan {
    pub(super) words: Range<usize>,
    pub(super) log_odds: f32,
    /// Whether it is a single name that stands for a full name of the document.
    pub(super) surname: bool,
}

/// The longest name in words.
const LONGEST: usize = 5;
/// A name that some thousand people in a census of a hundred million bear: `8·log2(1 + 1000)`.
const STRONG: u8 = 80;

/// The models: full names and single words.
const FULL: usize = 0;
const SINGLE: usize = 1;

features! {
    /// A piece of evidence for or against a person.
    PersonFeature in 2:
    /// Always 1.
    Bias = -0.73, -2.58;
    /// A title stands before it.
    Title = 1.36, 0.72;
    /// The gazetteer knows a person by it.
    Known = 2.78, 3.50;
    /// A verb of speech stands after it.
    SpeechAfter = 1.13, 1.61;
    /// A verb of speech stands before it.
    SpeechBefore = 0.78, 1.15;
    /// An age follows: `, 34,`.
    Age = 1.14, 1.58;
    /// It is a credit: `Ann Lee / Reuters`. By hand: the sets that the others are fitted on have no credits.
    Credit = 3.00, 2.00;
    /// It is a byline: `By Ann Lee`.
    Byline = -0.18, -0.07;
    /// A comma and a role follow: `, the prime minister`.
    RoleAfter = 1.05, 1.62;
    /// The first word as a given name.
    GivenFirst = 4.34, 1.21;
    /// The first word as a surname.
    SurnameFirst = -1.06, 1.03;
    /// The last word as a given name.
    GivenLast = -0.95, 1.21;
    /// The last word as a surname.
    SurnameLast = 1.08, 1.03;
    /// The first word is in no list of names.
    UnknownFirst = 0.37, -0.04;
    /// The last word is in no list of names.
    UnknownLast = -0.28, -0.04;
    /// An initial stands within it or begins it.
    Initial = 2.75, 0.00;
    /// A particle stands within it.
    Particle = 0.19, 0.00;
    /// It ends in `Jr.` or the like.
    Suffix = -0.27, 0.00;
    /// Words that are heads or tails of organisations, sites and geographic names, and are no names.
    Generic = -2.79, -1.36;
    /// The same, but they are names too.
    GenericName = -2.18, -1.51;
    /// Ordinary words that are no names.
    Ordinary = -2.48, -2.80;
    /// Words of grammar, months, days that are no names.
    Plain = 0.00, 0.00;
    /// Words in capitals in prose.
    Loud = -0.61, -3.45;
    /// How strongly the words name a place: log10 of its population, over 7.
    Place = -2.40, -1.96;
    /// The place has this canonical name.
    PlaceCanonical = -2.28, -0.33;
    /// It names a place that contains the one before the comma: `Morgantown, W. Va.` By hand: rare in those sets.
    Container = -4.00, -4.00;
    /// Words of the segment that it leaves out.
    LeftOver = -1.38, 0.00;
    /// Three words or more.
    ThreeWords = 0.01, 0.00;
    /// Five words.
    FiveWords = -0.95, 0.00;
    /// A heading in title case or capitals.
    Heading = -0.68, -2.44;
    /// A sentence begins with it.
    Begins = 1.13, 0.80;
    /// A preposition of place stands before it.
    Preposition = -0.80, -0.46;
    /// `in` stands before it.
    In = -1.44, -1.06;
    /// `the` stands before it.
    The = -2.00, -0.60;
    /// A genitive follows.
    Genitive = 0.06, 0.50;
    /// A hyphen stands beside it.
    Hyphen = -2.51, -2.47;
    /// Its last word stands elsewhere in the document.
    Again = -0.05, 0.38;
    /// A capitalised word stands before it in the same run, beyond its segment.
    CapitalBefore = -1.92, -3.64;
    /// A capitalised word stands after it in the same run, beyond its segment.
    CapitalAfter = -2.19, -3.85;
    /// It stands within an organisation or site.
    Within = -0.53, -0.93;
    /// It is the last word of a full name of the document.
    SurnameOf = 0.00, 3.29;
    /// It is another word of a full name of the document.
    FirstNameOf = 0.00, 2.02;
    /// `and` joins it to another capitalised word.
    Joined = 0.76, 0.56;
    /// Another word of the same spelling has a title, speech or age beside it.
    ActsElsewhere = 0.00, 1.34;
}

/// The values of all features for one range of words.
pub type PersonFeatures = [f32; PersonFeature::ALL.len()];

/// Returns the log-odds of a person by one of the models.
fn log_odds(features: &PersonFeatures, model: usize) -> f32 {
    weigh(features, PersonFeature::WEIGHTS, model)
}

/// The words of a document's full names, by hash, sorted.
#[derive(Default)]
pub(super) struct FullNames {
    surnames: Vec<u64>,
    words: Vec<u64>,
}

impl FullNames {
    fn collect(&mut self, context: &Context, spans: &[PersonSpan]) {
        let hash = |at: usize| context.text.words[at].hash;
        self.surnames.clear();
        self.words.clear();
        for span in spans {
            self.surnames.push(hash(last_name(context, &span.words)));
            self.words.extend(span.words.clone().map(hash));
        }
        self.surnames.sort_unstable();
        self.words.sort_unstable();
    }

    /// Tells whether a word is part of a full name.
    pub(super) fn have(&self, hash: u64) -> bool {
        self.words.binary_search(&hash).is_ok()
    }
}

/// Fills `spans` with the persons in the runs, in text order, and `names` with the words of the full names.
pub(super) fn find(
    context: &Context,
    runs: &[Range<usize>],
    spans: &mut Vec<PersonSpan>,
    names: &mut FullNames,
) {
    spans.clear();
    each_full(
        context,
        runs,
        &mut |segment, spans: &mut Vec<PersonSpan>| full_names(context, segment, spans),
        spans,
    );
    names.collect(context, spans);
    for at in singles(context, runs, spans) {
        let features = single_features(context, at, names);
        let log_odds = log_odds(&features, SINGLE);
        if log_odds > 0.0 {
            let surname = features[PersonFeature::SurnameOf as usize]
                + features[PersonFeature::FirstNameOf as usize]
                > 0.0;
            spans.push(PersonSpan { words: at..at + 1, log_odds, surname });
        }
    }
    spans.sort_by_key(|span| span.words.start);
}

/// Returns every range that is judged with its features: what [`find`] decides from.
pub(super) fn judge(context: &Context, runs: &[Range<usize>]) -> Vec<(Range<usize>, PersonFeatures)> {
    let mut judged = Vec::new();
    let mut spans = Vec::new();
    each_full(
        context,
        runs,
        &mut |segment, spans: &mut Vec<PersonSpan>| {
            judged.extend(
                ranges(context, &segment).map(|words| (words.clone(), features(context, &segment, &words))),
            );
            full_names(context, segment, spans);
        },
        &mut spans,
    );
    let mut names = FullNames::default();
    names.collect(context, &spans);
    judged
        .extend(singles(context, runs, &spans).map(|at| (at..at + 1, single_features(context, at, &names))));
    judged
}

fn each_full(
    context: &Context,
    runs: &[Range<usize>],
    each: &mut impl FnMut(Range<usize>, &mut Vec<PersonSpan>),
    spans: &mut Vec<PersonSpan>,
) {
    for run in runs {
        let mut rest = run.clone();
        while let Some(segment) = next_segment(context, &mut rest) {
            each(segment, spans);
        }
    }
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

fn is_name(context: &Context, at: usize) -> bool {
    context.uses[at].surname >= STRONG || context.uses[at].given >= STRONG
}

/// Tells whether a word is no part of a person's name and parts the names beside it.
fn breaks(context: &Context, at: usize) -> bool {
    let (marks, uses) = (context.marks[at].alone, context.uses[at]);
    let titled = marks.has(Cue::Title) && uses.given < STRONG;
    let heading = context.style(at) != Style::Prose;
    let verb = heading && !is_name(context, at) && (marks.has(Cue::Speech) || uses.common > 0);
    let plain =
        context.is_plain(at) && !marks.has(Cue::Particle) && (uses.given < STRONG || context.text.begins[at]);
    titled || verb || plain || demonym(context, at) || context.facts.is_declared(at)
}

fn demonym(context: &Context, at: usize) -> bool {
    let hits = context.hits_at(&(at..at + 1));
    context.hits[hits].iter().any(|hit| context.meanings(hit).any(|m| m.how == NameKind::Demonym))
}

/// Returns the ranges of a segment that could be a full name.
fn ranges<'c>(context: &'c Context, segment: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'c> {
    let (start, end) = (segment.start, segment.end);
    let from = move |first: usize| (first + 2..=end.min(first + LONGEST)).map(move |end| first..end);
    (start..end).flat_map(from).filter(|words| is_name_like(context, words))
}

/// Tells whether words could be a name at all: a capital at both ends, no digits, no half of a hyphenated word.
fn is_name_like(context: &Context, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    let capital = |at: usize| context.is_capital(at) && context.shape(at) != Shape::Caseless;
    let ends =
        capital(last) || context.gap(last) == Gap::Hyphen || context.marks[last].alone.has(Cue::Suffix);
    let cut =
        context.after(words.end).is_some_and(|at| context.gap(at) == Gap::Hyphen && !context.is_capital(at));
    capital(words.start)
        && ends
        && !cut
        && !matches!(context.shape(last), Shape::Initial | Shape::Dotted)
        && !context.marks[words.start].alone.has(Cue::Suffix)
        && words.clone().all(|at| context.shape(at) != Shape::Digit)
}

/// Adds the likeliest names of a segment, the likeliest first, as long as they do not overlap.
fn full_names(context: &Context, segment: Range<usize>, spans: &mut Vec<PersonSpan>) {
    let judged = ranges(context, &segment).map(|words| {
        let log_odds = log_odds(&features(context, &segment, &words), FULL);
        PersonSpan { words, log_odds, surname: false }
    });
    let best = judged
        .filter(|span| span.log_odds > 0.0)
        .reduce(|best, span| if span.log_odds > best.log_odds { span } else { best });
    let Some(best) = best else { return };
    let (before, after) = (segment.start..best.words.start, best.words.end..segment.end);
    spans.push(best);
    for rest in [before, after].into_iter().filter(|rest| rest.len() > 1) {
        full_names(context, rest, spans);
    }
}

/// Returns the single capitalised words that no span holds.
fn singles<'c>(
    context: &'c Context,
    runs: &'c [Range<usize>],
    spans: &[PersonSpan],
) -> impl Iterator<Item = usize> + use<'c> {
    let mut held = vec![false; context.text.words.len()];
    spans.iter().for_each(|span| held[span.words.clone()].fill(true));
    let free = move |at: &usize| !held[*at];
    let nameable = |at: &usize| {
        let shape = context.shape(*at);
        matches!(shape, Shape::Title | Shape::Upper | Shape::Mixed)
            && !context.is_plain(*at)
            && !context.facts.is_declared(*at)
    };
    runs.iter().flat_map(Clone::clone).filter(nameable).filter(free)
}

/// Returns the features of a range of words within a segment.
fn features(context: &Context, segment: &Range<usize>, words: &Range<usize>) -> PersonFeatures {
    let mut features = [0.0; PersonFeature::ALL.len()];
    let mut set = |feature: PersonFeature, value: f32| features[feature as usize] = value;
    name_features(context, words, &mut set);
    word_features(context, words, &mut set);
    neighbour_features(context, words, &mut set);
    set(PersonFeature::LeftOver, (segment.len() - words.len()) as f32);
    features
}

/// Returns the features of a single word, given the full names of the document.
fn single_features(context: &Context, at: usize, names: &FullNames) -> PersonFeatures {
    let mut features = features(context, &(at..at + 1), &(at..at + 1));
    let hash = context.text.words[at].hash;
    let surname = names.surnames.binary_search(&hash).is_ok();
    features[PersonFeature::SurnameOf as usize] = flag(surname);
    features[PersonFeature::FirstNameOf as usize] = flag(!surname && names.have(hash));
    features[PersonFeature::ActsElsewhere as usize] =
        flag(context.facts.acts(hash, acts(context, &(at..at + 1))));
    features
}

/// Returns the word of a name that is its surname in the Western order.
fn last_name(context: &Context, words: &Range<usize>) -> usize {
    let suffix = context.marks[words.end - 1].alone.has(Cue::Suffix) && words.len() > 2;
    words.end - 1 - usize::from(suffix)
}

/// What the name says by itself.
fn name_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(PersonFeature, f32)) {
    use PersonFeature::*;
    let last = last_name(context, words);
    let (first_use, last_use) = (context.uses[words.start], context.uses[last]);
    set(Bias, 1.0);
    set(GivenFirst, scaled(first_use.given));
    set(SurnameFirst, scaled(first_use.surname));
    set(GivenLast, scaled(last_use.given));
    set(SurnameLast, scaled(last_use.surname));
    set(UnknownFirst, flag(first_use.given == 0 && first_use.surname == 0));
    set(UnknownLast, flag(last_use.given == 0 && last_use.surname == 0));
    set(Suffix, flag(last + 1 < words.end));
    set(Initial, flag((words.start..last).any(|at| context.shape(at) == Shape::Initial)));
    set(Particle, flag((words.start + 1..last).any(|at| context.marks[at].alone.has(Cue::Particle))));
    set(ThreeWords, flag(words.len() > 2));
    set(FiveWords, flag(words.len() > 4));
    let hits = &context.hits[context.hits_at(words)];
    set(Known, flag(hits.iter().any(|hit| context.meanings(hit).any(|meaning| meaning.entry.is_person()))));
    if let Some(place) = hits.iter().find_map(|hit| context.place(hit)) {
        set(Place, (1.0 + place.entry.population() as f32).log10() / 7.0);
        set(PlaceCanonical, flag(place.how == NameKind::Canonical));
    }
    set(Again, flag(context.facts.count(context.text.words[last].hash).0 > 1));
}

/// What its words are besides names.
fn word_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(PersonFeature, f32)) {
    use PersonFeature::*;
    let count = |holds: &dyn Fn(usize) -> bool| words.clone().filter(|at| holds(*at)).count() as f32;
    let generic = |at: usize| {
        let cues = [Cue::OrgTail, Cue::SiteTail, Cue::GeoTail, Cue::GeoHead, Cue::NotPlace];
        context.marks[at].alone.has_any(&cues)
    };
    let particle = |at: usize| context.marks[at].alone.has(Cue::Particle);
    set(Generic, count(&|at| generic(at) && !is_name(context, at)));
    set(GenericName, count(&|at| generic(at) && is_name(context, at)));
    set(Ordinary, count(&|at| context.uses[at].common > 0 && !is_name(context, at) && !particle(at)));
    set(Plain, count(&|at| context.is_plain(at) && !particle(at) && context.uses[at].given < STRONG));
    let loud = |at: usize| context.shape(at) == Shape::Upper && context.style(at) == Style::Prose;
    set(Loud, count(&loud));
    set(Within, flag(words.clone().any(|at| context.within[at] != super::runs::Within::Nothing)));
}

/// What stands beside it.
fn neighbour_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(PersonFeature, f32)) {
    use PersonFeature::*;
    let first = words.start;
    set(Title, flag(title_before(context, first)));
    set(Heading, flag(context.style(first) != Style::Prose));
    set(Begins, flag(context.text.begins[first]));
    set(Age, flag(age_after(context, words.end)));
    set(RoleAfter, flag(role_after(context, words.end)));
    set(Hyphen, flag(context.gap(first) == Gap::Hyphen));
    let next = context.text.words.get(words.end);
    let credited =
        next.is_some_and(|w| w.gap == Gap::Other) && context.marks[words.end].begin.has(Cue::Agency);
    set(Credit, flag(credited));
    set(Container, flag(is_container(context, words)));
    if let Some(before) = context.before(first) {
        let (word, marks) = (context.text.folded_word(before), context.marks[before]);
        set(Byline, flag(word == "by" && context.is_capital(before)));
        set(SpeechBefore, flag(marks.begin.has(Cue::Speech) && !context.is_capital(before)));
        set(Preposition, flag(marks.end.has(Cue::PlacePrep)));
        set(The, flag(word == "the"));
        set(In, flag(word == "in"));
        set(CapitalBefore, flag(free_capital(context, before)));
        set(Joined, flag(word == "and"));
    }
    if let Some(after) = context.after(words.end) {
        set(SpeechAfter, flag(context.marks[after].begin.has(Cue::Speech)));
        set(CapitalAfter, flag(free_capital(context, after)));
        set(Genitive, flag(context.gap(after) == Gap::Apostrophe));
        if context.gap(after) == Gap::Hyphen {
            set(Hyphen, 1.0);
        }
        if context.text.folded_word(after) == "and" {
            set(Joined, 1.0);
        }
    }
}

/// Tells whether a word is capitalised in prose and neither a word of grammar nor a title.
fn free_capital(context: &Context, at: usize) -> bool {
    let title = context.marks[at].end.has(Cue::Title) || context.marks[at].begin.has(Cue::Title);
    context.is_capital(at) && context.style(at) == Style::Prose && !context.is_plain(at) && !title
}

pub(super) fn title_before(context: &Context, at: usize) -> bool {
    context
        .before(at)
        .is_some_and(|before| context.marks[before].end.has(Cue::Title) && context.gap(at) != Gap::Line)
}

/// Tells whether the words name a place that contains the place before the comma.
fn is_container(context: &Context, words: &Range<usize>) -> bool {
    let inside =
        |outer: &Hit| context.hits_ending(words.start).any(|inner| place::contains(context, outer, inner));
    context.gap(words.start) == Gap::Comma && context.hits[context.hits_at(words)].iter().any(inside)
}

fn age_after(context: &Context, end: usize) -> bool {
    let next = context.text.words.get(end);
    next.is_some_and(|w| w.gap == Gap::Comma && w.shape == Shape::Digit && w.end - w.start <= 2)
}

/// Tells whether a comma and a title follow, perhaps with `the`, `a` or `who` between.
fn role_after(context: &Context, end: usize) -> bool {
    let comma = context.text.words.get(end).is_some_and(|w| w.gap == Gap::Comma);
    let role = |at: usize| context.marks.get(at).is_some_and(|m| m.begin.has(Cue::Title));
    let small = |at: usize| {
        matches!(context.text.folded_word(at), "the" | "a" | "an" | "its" | "his" | "her" | "who")
    };
    comma && (role(end) || (small(end) && (role(end + 1) || context.text.folded_word(end) == "who")))
}

/// Tells whether a word does what persons do: it has a title, speaks, or has an age.
pub(super) fn acts(context: &Context, words: &Range<usize>) -> bool {
    let speaks = context.after(words.end).is_some_and(|at| context.marks[at].begin.has(Cue::Speech));
    speaks || title_before(context, words.start) || age_after(context, words.end)
}
