//! Names by their words: the evidence that a segment is a full name, a surname, an organisation, as far as it can be
//! named. [`NameFeature`] lists it; single words and longer segments have weights of their own.

use super::context::Context;
use super::cues::Cue;
use super::features::{Values, features, flag, scaled};
use super::find::Hit;
use super::place;
use crate::gazetteer::NameKind;
use crate::normalize::Style;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

/// A name that some thousand people in a census of a hundred million bear: `8·log2(1 + 1000)`.
const STRONG: u8 = 80;

features! {
    /// A piece of evidence about the words of a segment.
    NameFeature:
    /// Always 1.
    Bias;
    /// A title stands before it.
    Title;
    /// The gazetteer knows a person by it.
    Known;
    /// The gazetteer knows an organisation by it.
    KnownOrganisation;
    /// The gazetteer knows a product, an event, a work by it.
    KnownMisc;
    /// A verb of speech stands after it.
    SpeechAfter;
    /// A verb of speech stands before it.
    SpeechBefore;
    /// An age follows: `, 34,`.
    Age;
    /// It is a credit: `Ann Lee / Reuters`.
    Credit;
    /// It is a byline: `By Ann Lee`.
    Byline;
    /// A comma and a role follow: `, the prime minister`.
    RoleAfter;
    /// The first word as a given name.
    GivenFirst;
    /// The first word as a surname.
    SurnameFirst;
    /// The last word as a given name.
    GivenLast;
    /// The last word as a surname.
    SurnameLast;
    /// The first word is in no list of names.
    UnknownFirst;
    /// The last word is in no list of names.
    UnknownLast;
    /// An initial stands within it or begins it.
    Initial;
    /// A particle stands within it.
    Particle;
    /// It ends in `Jr.` or the like.
    Suffix;
    /// Words that are heads or tails of organisations, sites and geographic names, and are no names.
    Generic;
    /// The same, but they are names too.
    GenericName;
    /// Ordinary words that are no names.
    Ordinary;
    /// Words of grammar, months, days that are no names.
    Plain;
    /// Words in capitals in prose.
    Loud;
    /// How strongly the words name a place: log10 of its population, over 7.
    Place;
    /// The place has this canonical name.
    PlaceCanonical;
    /// It names a place that contains the one before the comma: `Morgantown, W. Va.`
    Container;
    /// Words of its region that it leaves out, at most 4.
    LeftOver;
    /// Three words or more.
    ThreeWords;
    /// Five words.
    FiveWords;
    /// A heading in title case or capitals.
    Heading;
    /// A sentence begins with it.
    Begins;
    /// A preposition of place stands before it.
    Preposition;
    /// `in` stands before it.
    In;
    /// `the` stands before it.
    The;
    /// A genitive follows.
    Genitive;
    /// A hyphen stands beside it.
    Hyphen;
    /// Its last word stands elsewhere in the document.
    Again;
    /// A capitalised word stands before it in the same run, beyond its segment.
    CapitalBefore;
    /// A capitalised word stands after it in the same run, beyond its segment.
    CapitalAfter;
    /// It stands within an organisation or site.
    Within;
    /// `and` joins it to another capitalised word.
    Joined;
    /// Another word of the same spelling has a title, speech or age beside it.
    ActsElsewhere;
}

/// Adds the features of a segment within its region to `values`; they are numbered from `base` for single words and
/// after those for longer segments.
pub(super) fn features(
    context: &Context,
    region: &Range<usize>,
    words: &Range<usize>,
    base: usize,
    values: &mut Values,
) {
    let base = base + if words.len() == 1 { 0 } else { NameFeature::ALL.len() };
    let mut set = |feature: NameFeature, value: f32| {
        if value != 0.0 {
            values.push(((base + feature as usize) as u16, value));
        }
    };
    name_features(context, words, &mut set);
    word_features(context, words, &mut set);
    neighbour_features(context, words, &mut set);
    set(NameFeature::LeftOver, (region.len() - words.len()).min(MANY) as f32);
    if words.len() == 1 {
        let hash = context.text.words[words.start].hash;
        set(NameFeature::ActsElsewhere, flag(context.facts.acts(hash, acts(context, words))));
    }
}

/// More words than these count as these.
const MANY: usize = 4;

/// Returns the word of a name that is its surname in the Western order.
fn last_name(context: &Context, words: &Range<usize>) -> usize {
    let suffix = context.marks[words.end - 1].alone.has(Cue::Suffix) && words.len() > 2;
    words.end - 1 - usize::from(suffix)
}

/// What the name says by itself.
fn name_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(NameFeature, f32)) {
    use NameFeature::*;
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
    let known = context.known_as(words);
    set(Known, flag(known.person));
    set(KnownOrganisation, flag(known.organisation));
    set(KnownMisc, flag(known.misc));
    if let Some(place) = context.place_of(&known) {
        set(Place, (1.0 + place.entry.population() as f32).log10() / 7.0);
        set(PlaceCanonical, flag(place.how == NameKind::Canonical));
    }
    set(Again, flag(context.facts.count(context.text.words[last].hash).0 > 1));
}

/// Tells whether a word is common as a given name or a surname.
pub(super) fn is_name(context: &Context, at: usize) -> bool {
    context.uses[at].surname >= STRONG || context.uses[at].given >= STRONG
}

/// What its words are besides names.
fn word_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(NameFeature, f32)) {
    use NameFeature::*;
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
fn neighbour_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(NameFeature, f32)) {
    use NameFeature::*;
    let first = words.start;
    set(Title, flag(title_before(context, first)));
    set(Heading, flag(context.style(first) != Style::Prose));
    set(Begins, flag(context.text.begins[first]));
    set(Age, flag(age_after(context, words.end)));
    set(RoleAfter, flag(role_after(context, words.end)));
    let hyphen = |at: usize| context.text.words.get(at).is_some_and(|w| w.gap == Gap::Hyphen);
    set(Hyphen, flag(hyphen(first) || hyphen(words.end)));
    let and = |at: Option<usize>| at.is_some_and(|at| context.text.folded_word(at) == "and");
    set(Joined, flag(and(context.before(first)) || and(context.after(words.end))));
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
    }
    if let Some(after) = context.after(words.end) {
        set(SpeechAfter, flag(context.marks[after].begin.has(Cue::Speech)));
        set(CapitalAfter, flag(free_capital(context, after)));
        set(Genitive, flag(context.gap(after) == Gap::Apostrophe));
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
