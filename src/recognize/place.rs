//! Places: the evidence that a hit names a place, and what it weighs.
//!
//! Each feature is a number in about 0..1 with a weight for every label in the model.

use super::context::{Context, Meaning};
use super::cues::Cue;
use super::features::{Values, features, flag, scaled};
use super::find::Hit;
use super::name::title_before;
use super::runs::Within;
use crate::gazetteer::{NameKind, PlaceType};
use crate::normalize::Style;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

features! {
    /// A piece of evidence for or against a place.
    PlaceFeature:
    /// Always 1.
    Bias;
    /// The name has several words.
    SeveralWords;
    /// It may mean a country or a region.
    Large;
    /// It may mean a first-order division.
    Division;
    /// It may mean a county.
    County;
    /// It is a demonym.
    Demonym;
    /// It may mean water, a mountain, an island.
    Natural;
    /// A settlement without feature code.
    Locality;
    /// log10(1 + population) / 7.
    Population;
    /// It is not the canonical name.
    Alternate;
    /// It is an abbreviation.
    Abbreviation;
    /// A name of up to four letters that is no canonical one.
    ShortAlternate;
    /// It is an ordinary word too, but one that a corpus lacks.
    RareWord;
    /// It is an ordinary word too that a corpus has.
    InDictionary;
    /// As an ordinary word, on the lexicon's scale.
    Common;
    /// The same where a capital says little: a sentence begins, or a heading.
    CommonHere;
    /// As a surname.
    Surname;
    /// As a given name.
    Given;
    /// A sentence begins with it.
    Begins;
    /// It stands in a heading in title case or capitals.
    Heading;
    /// A preposition of place stands before it.
    Preposition;
    /// `in` stands before it.
    In;
    /// `the` stands before it.
    The;
    /// A title stands before it.
    Title;
    /// An initial stands before it.
    Initial;
    /// A capitalised word that belongs to no other name stands before it.
    CapitalBefore;
    /// A capitalised word that belongs to no other name stands after it.
    CapitalAfter;
    /// A verb of speech stands after it.
    Speech;
    /// It stands within the name of an organisation.
    InOrganisation;
    /// It stands within the name of a site.
    InSite;
    /// It begins or ends in a geographic word.
    Geographic;
    /// A place that contains it follows a comma.
    ContainerAfter;
    /// A place that it contains stands before a comma.
    ContainerOf;
    /// Another place is beside it in a list.
    Listed;
    /// It stands in the dateline.
    Dateline;
    /// A word that is no place in news.
    NotPlace;
    /// A word of grammar, a month, a day.
    Plain;
    /// The gazetteer knows a person by it.
    KnownPerson;
    /// A genitive follows.
    Genitive;
    /// A hyphen stands beside it.
    Hyphen;
    /// A number stands before it.
    Number;
    /// `of` stands before it.
    Of;
    /// The document names it again: log2 of the number of times, over 3.
    Repeated;
    /// The document writes the word small elsewhere.
    SmallElsewhere;
    /// Another mention of the name stands after a preposition of place.
    LocatedElsewhere;
    /// Another mention of the name stands in the dateline or before its container.
    AnchoredElsewhere;
    /// The document names the first-order division of one of its places.
    DivisionNamed;
    /// The document names the country of one of its places.
    CountryNamed;
    /// The last word of several is written small.
    SmallLast;
    /// Each of several words is one of grammar or an ordinary word.
    OrdinaryWords;
    /// It stands in the title or the first sentence.
    Lead;
}

/// Adds the features of a hit that may mean `meaning` to `values`.
pub(super) fn features(context: &Context, hit: &Hit, meaning: &Meaning, values: &mut Values) {
    let mut set = |feature: PlaceFeature, value: f32| {
        if value != 0.0 {
            values.push((feature as u16, value));
        }
    };
    set(PlaceFeature::Bias, 1.0);
    name_features(context, hit, meaning, &mut set);
    neighbour_features(context, &hit.words(), &mut set);
    place_neighbours(context, hit, &mut set);
    document_features(context, hit, &mut set);
}

/// What the name says by itself.
fn name_features(context: &Context, hit: &Hit, meaning: &Meaning, set: &mut impl FnMut(PlaceFeature, f32)) {
    use PlaceFeature::*;
    let words = hit.words();
    let kind = meaning.entry.place_type();
    let demonym = meaning.how == NameKind::Demonym;
    set(SeveralWords, flag(words.len() > 1));
    set(Demonym, flag(demonym));
    set(Abbreviation, flag(meaning.how == NameKind::Abbreviation));
    let alternate = meaning.how == NameKind::Alternate;
    set(Alternate, flag(alternate));
    if !demonym {
        set(Large, flag(matches!(kind, PlaceType::Country | PlaceType::Region)));
        set(Division, flag(kind == PlaceType::Admin1));
        set(County, flag(matches!(kind, PlaceType::Admin2 | PlaceType::Admin3)));
        set(
            Natural,
            flag(matches!(
                kind,
                PlaceType::Water | PlaceType::Mountain | PlaceType::Island | PlaceType::Land
            )),
        );
        set(Locality, flag(kind == PlaceType::Locality));
        set(Population, (1.0 + meaning.entry.population() as f32).log10() / 7.0);
    }
    if words.len() > 1 {
        let last = context.marks[words.end - 1].alone;
        set(Geographic, flag(last.has(Cue::GeoTail) || context.marks[words.start].alone.has(Cue::GeoHead)));
        set(SmallLast, flag(context.shape(words.end - 1) == Shape::Lower));
        let phrase =
            |cue: Cue| context.marks[words.start].begin.has(cue) && context.marks[words.end - 1].end.has(cue);
        set(NotPlace, flag(phrase(Cue::NotPlace)));
        let ordinary = |at: usize| context.is_plain(at) || context.uses[at].common > 0;
        set(OrdinaryWords, flag(words.clone().all(ordinary)));
        return;
    }
    let at = words.start;
    let (uses, marks) = (context.uses[at], context.marks[at].alone);
    let length = context.text.folded_word(at).len();
    let quiet = context.text.begins[at] || context.style(at) != Style::Prose;
    let written = meaning.how != NameKind::Abbreviation;
    set(ShortAlternate, flag(alternate && length <= 4));
    set(Surname, scaled(uses.surname));
    set(Given, scaled(uses.given));
    set(Common, if written && !demonym { scaled(uses.common) } else { 0.0 });
    set(CommonHere, if written && quiet { scaled(uses.common) } else { 0.0 });
    set(RareWord, flag(written && (1..=RARE).contains(&uses.common) && (quiet || !demonym)));
    set(InDictionary, flag(written && uses.common > RARE && (quiet || !demonym)));
    let priors = &context.marks[at].priors;
    let other = flag(marks.has_any(&[Cue::SiteTail, Cue::Title]));
    set(NotPlace, flag(written) * priors.not_place.max(priors.org_tail).max(other));
    set(Plain, flag(written) * priors.plain);
    set(KnownPerson, flag(context.known(hit).person));
}

/// The weight of an ordinary word that WordNet lists but never met in its corpus: `8·log2(1 + 1)`.
const RARE: u8 = 8;

/// What the words beside it say.
fn neighbour_features(context: &Context, words: &Range<usize>, set: &mut impl FnMut(PlaceFeature, f32)) {
    use PlaceFeature::*;
    let at = words.start;
    set(Begins, flag(context.text.begins[at]));
    set(Heading, flag(context.style(at) != Style::Prose));
    set(Title, flag(title_before(context, at)));
    if let Some(before) = context.before(at) {
        let word = context.text.folded_word(before);
        let small = !context.is_capital(before) || context.text.begins[before];
        set(Preposition, flag(context.marks[before].end.has(Cue::PlacePrep)));
        set(In, flag(word == "in"));
        set(Of, flag(word == "of"));
        set(The, flag(word == "the"));
        set(Initial, flag(context.shape(before) == Shape::Initial && !small));
        set(CapitalBefore, flag(free_capital(context, before) && context.gap(at) != Gap::Line));
        set(Number, flag(context.shape(before) == Shape::Digit));
    }
    let hyphen = |at: usize| context.text.words.get(at).is_some_and(|w| w.gap == Gap::Hyphen);
    set(Hyphen, flag(hyphen(at) || hyphen(words.end)));
    if let Some(after) = context.after(words.end) {
        set(Speech, flag(context.marks[after].begin.has(Cue::Speech)));
        set(CapitalAfter, flag(free_capital(context, after) && context.gap(after) != Gap::Line));
        set(Genitive, flag(context.gap(after) == Gap::Apostrophe));
    }
    let within = words.clone().map(|at| match context.within[at] {
        Within::Organisation(sure) => sure,
        _ => 0.0,
    });
    set(InOrganisation, within.fold(0.0, f32::max));
    set(InSite, flag(words.clone().any(|at| context.within[at] == Within::Site)));
}

/// Tells whether a word is capitalised in prose and no word of grammar, title, demonym or place of its own.
fn free_capital(context: &Context, at: usize) -> bool {
    if !context.is_capital(at) || context.style(at) != Style::Prose || context.is_plain(at) {
        return false;
    }
    let title = context.marks[at].end.has(Cue::Title) || context.marks[at].begin.has(Cue::Title);
    let placed = context.hits_at(&(at..at + 1));
    let demonym = |hit: &Hit| context.place(hit).is_some_and(|p| p.how == NameKind::Demonym);
    !title && !context.hits[placed].iter().any(demonym)
}

/// What places beside it say.
fn place_neighbours(context: &Context, hit: &Hit, set: &mut impl FnMut(PlaceFeature, f32)) {
    use PlaceFeature::*;
    let words = hit.words();
    let comma = |at: usize| context.text.words.get(at).is_some_and(|w| w.gap == Gap::Comma);
    if comma(words.end) {
        let inside = |other: &Hit| contains(context, other, hit);
        set(ContainerAfter, flag(context.hits_starting(words.end).any(inside)));
    }
    if words.start > 0 && comma(words.start) {
        let inside = |other: &Hit| contains(context, hit, other);
        set(ContainerOf, flag(context.hits_ending(words.start).any(inside)));
    }
    let sure = |other: &Hit| {
        context
            .place(other)
            .is_some_and(|p| p.how <= NameKind::Alternate && p.entry.population() > LISTED_POPULATION)
    };
    let joined =
        |at: usize| comma(at) || context.after(at).is_some_and(|at| context.text.folded_word(at) == "and");
    let next = if comma(words.end) { words.end } else { words.end + 1 };
    let after = joined(words.end) && context.hits_starting(next).any(sure);
    let before = words.start > 1
        && match context.text.folded_word(words.start - 1) {
            "and" => context.hits_ending(words.start - 1).any(sure),
            _ => comma(words.start) && context.hits_ending(words.start).any(sure),
        };
    set(Listed, flag(after || before));
    set(Dateline, flag(context.text.dateline.as_ref().is_some_and(|d| d.contains(words.start))));
}

/// Tells whether a hit stands in the dateline or before a comma and a place that contains it.
pub(super) fn is_anchored(context: &Context, hit: &Hit) -> bool {
    let end = hit.end.0 as usize;
    let comma = context.text.words.get(end).is_some_and(|w| w.gap == Gap::Comma);
    let filed = context.text.dateline.as_ref().is_some_and(|d| d.contains(hit.first as usize));
    filed || (comma && context.hits_starting(end).any(|other| contains(context, other, hit)))
}

/// The population from which the name of a place vouches for its neighbour in a list.
const LISTED_POPULATION: u64 = 15_000;

/// Tells whether a place that `outer` may mean contains one that `inner` may mean.
pub(super) fn contains(context: &Context, outer: &Hit, inner: &Hit) -> bool {
    let divisions = context.meanings(outer).filter(|m| {
        m.entry.is_place() && matches!(m.entry.place_type(), PlaceType::Country | PlaceType::Admin1)
    });
    let mut divisions = divisions.take(4);
    divisions.any(|outer| {
        let code = outer.entry.country();
        let admin1_of = |m: &Meaning| context.layers.admin1(m.id);
        let admin1 = (outer.entry.place_type() == PlaceType::Admin1).then(|| admin1_of(&outer));
        let inside = |m: Meaning| {
            m.entry.is_place()
                && m.entry.country() == code
                && admin1.is_none_or(|a| admin1_of(&m) == a)
                && m.id != outer.id
        };
        context.meanings(inner).any(inside)
    })
}

/// What the rest of the document says.
fn document_features(context: &Context, hit: &Hit, set: &mut impl FnMut(PlaceFeature, f32)) {
    use PlaceFeature::*;
    let words = &hit.words();
    let hash = context.text.words[words.start].hash;
    let (capital, small) = context.facts.count(hash);
    if words.len() == 1 {
        set(SmallElsewhere, flag(small > 0));
    }
    set(Repeated, ((1.0 + capital as f32).log2() / 4.0).min(1.0));
    let here = usize::from(super::facts::after_preposition(context, hit));
    set(LocatedElsewhere, flag(context.facts.located(hit) > here));
    let here = usize::from(is_anchored(context, hit));
    set(AnchoredElsewhere, flag(context.facts.anchored(hit) > here));
    let (division, country) = context.facts.supports(context, hit);
    set(DivisionNamed, flag(division));
    set(CountryNamed, flag(country));
    set(Lead, flag(words.start < LEAD_WORDS));
}

/// Words of the title and the first sentence.
const LEAD_WORDS: usize = 40;
