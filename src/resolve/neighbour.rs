//! What stands beside a mention: places that may contain it, and words that say what sort of place it is.

use super::choice::{Choice, Place};
use super::feature::Feature;
use crate::gazetteer::PlaceType;
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape};
use crate::recognize::{Mention, MentionKind};

/// The mentions that may contain another, by their index.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Outers {
    /// After a comma, in brackets, or an abbreviation: `Paris, Texas`, `Lima (Ohio)`, `Paris TX`.
    next: Option<usize>,
    /// After a preposition: `Cambridge in England`, `Paris, in northern Texas`.
    within: Option<usize>,
    /// Before it: `Ontario's London`, `the Syrian city of Aleppo`.
    before: Option<usize>,
    /// Shared through a list: `Springfield and Chicopee, Mass.`.
    listed: Option<usize>,
}

impl Outers {
    /// Returns each of them with the feature that it lends to what lies in it.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, Feature)> {
        let features = [
            (self.next, Feature::WithinNext),
            (self.within, Feature::WithinIn),
            (self.before, Feature::WithinBefore),
            (self.listed, Feature::WithinListed),
        ];
        features.into_iter().filter_map(|(outer, feature)| Some((outer?, feature)))
    }
}

/// How many small words may stand between a name and its container.
const SMALL_WORDS: usize = 3;
/// How many between a container and what it contains: `Syria's second largest city, Aleppo`.
const SMALL_WORDS_BEFORE: usize = 5;
/// How many names a list may have before its container.
const LONGEST_LIST: usize = 8;

/// Fills `outers` with the mentions that may contain each.
pub(super) fn find(text: &Text, mentions: &[Mention], outers: &mut Vec<Outers>) {
    outers.clear();
    outers.resize(mentions.len(), Outers::default());
    let mut in_list = 0;
    // From the last to the first, so that a list hands its container on.
    for at in (0..mentions.len().saturating_sub(1)).rev() {
        let (inner, outer) = (&mentions[at], &mentions[at + 1]);
        if inner.field != outer.field || !is_place(inner) && !is_place(outer) {
            continue;
        }
        let pair = Pair { text, inner, outer };
        if is_place(inner) && is_place(outer) {
            outers[at].next = pair.is_next().then_some(at + 1);
            outers[at].within = pair.is_within().then_some(at + 1);
            in_list = if pair.is_listed() { in_list + 1 } else { 0 };
            if in_list > 0 && in_list < LONGEST_LIST {
                outers[at].listed = outers[at + 1].next.or(outers[at + 1].listed);
            }
        } else {
            in_list = 0;
        }
        if is_place(outer) && (is_place(inner) || inner.kind == MentionKind::Demonym) {
            outers[at + 1].before = pair.is_before().then_some(at);
        }
    }
}

fn is_place(mention: &Mention) -> bool {
    mention.kind == MentionKind::Place
}

/// Two mentions, one after the other.
struct Pair<'a> {
    text: &'a Text,
    inner: &'a Mention,
    outer: &'a Mention,
}

impl Pair<'_> {
    fn between(&self) -> std::ops::Range<usize> {
        self.inner.end_word as usize..self.outer.first as usize
    }

    fn gap(&self) -> Gap {
        self.text.words[self.inner.end_word as usize].gap
    }

    fn is_small(&self, most: usize) -> bool {
        let between = self.between();
        between.len() <= most && between.into_iter().all(|at| self.text.words[at].shape == Shape::Lower)
    }

    /// Tells whether all words from the second of those between on, and the outer mention, follow without punctuation.
    fn is_tight(&self) -> bool {
        (self.inner.end_word as usize + 1..=self.outer.first as usize)
            .all(|at| self.text.words[at].gap.is_soft())
    }

    fn is_next(&self) -> bool {
        let between = self.between();
        match self.gap() {
            Gap::Comma => between.is_empty() || self.is_small(SMALL_WORDS) && self.is_tight(),
            Gap::Other => between.is_empty() && self.text.words[self.outer.first as usize].opens,
            Gap::Space | Gap::Line => between.is_empty() && is_abbreviated(self.text, self.outer),
            _ => false,
        }
    }

    /// `Cambridge in England`: a preposition without a comma before it.
    fn is_within(&self) -> bool {
        let between = self.between();
        let preposition = |at: usize| ["in", "of"].contains(&self.text.folded_word(at));
        self.gap().is_soft()
            && !between.is_empty()
            && self.is_small(SMALL_WORDS)
            && self.is_tight()
            && preposition(between.start)
    }

    /// `Springfield and Chicopee`, `Homs, Hama`.
    fn is_listed(&self) -> bool {
        let between = self.between();
        let and = || ["and", "or"].contains(&self.text.folded_word(between.start));
        match between.len() {
            0 => self.gap() == Gap::Comma,
            1 => and() && (self.gap().is_soft() || self.gap() == Gap::Comma),
            _ => false,
        }
    }

    /// Here the first mention is the container: a genitive, or an adjective or noun with a word for a type of place.
    fn is_before(&self) -> bool {
        let between = self.between();
        if between.is_empty() || !self.is_small(SMALL_WORDS_BEFORE) {
            return false;
        }
        let genitive = self.gap() == Gap::Apostrophe && between.len() == 1 && self.is_tight();
        let typed = between.clone().any(|at| is_type(self.text.folded_word(at)));
        // `France: the city of Lyon` is none, `Syria's second city, Aleppo` is one.
        let inside = between.start + 1..between.end;
        let soft = self.gap().is_soft() && inside.clone().all(|at| self.text.words[at].gap.is_soft());
        let last = self.text.words[self.outer.first as usize].gap;
        genitive || typed && soft && (last.is_soft() || last == Gap::Comma)
    }
}

/// Tells whether a mention is a short form in capitals (`Springfield IL`, `Paris TX`).
fn is_abbreviated(text: &Text, mention: &Mention) -> bool {
    mention.end_word - mention.first == 1
        && matches!(text.words[mention.first as usize].shape, Shape::Upper | Shape::Dotted)
        && mention.end - mention.start <= 4
}

/// Raises the candidates of two neighbours of which one contains the other; tells whether it does.
pub(super) fn contain(inner: &mut [Choice], outer: &mut [Choice], feature: Feature) -> bool {
    let is_country = |choice: &Choice| choice.place.is_some_and(|place| place.kind == PlaceType::Country);
    // `China, Japan` is a list, though Japan has a China too.
    let listed = inner.iter().any(is_country);
    let mut any = false;
    for outer in outer.iter_mut().filter(|outer| !(listed && is_country(outer))) {
        let Some(outer_place) = outer.place else { continue };
        for choice in inner.iter_mut().filter(|c| c.place.is_some_and(|place| place.lies_in(&outer_place))) {
            choice.set(feature, 1.0);
            choice.set(level(&outer_place), 1.0);
            outer.set(Feature::Holds, 1.0);
            any = true;
        }
    }
    any
}

fn level(outer: &Place) -> Feature {
    match outer.kind {
        PlaceType::Country | PlaceType::Region => Feature::WithinCountry,
        PlaceType::Admin1 => Feature::WithinAdmin1,
        _ => Feature::WithinAdmin2,
    }
}

/// Fills in what the words beside a mention say of the type of its candidates: `Washington state`, `the city of Aleppo`,
/// `Homs and Aleppo governorates`, `the capital, Tripoli`.
pub(super) fn type_by_words(text: &Text, mention: &Mention, choices: &mut [Choice]) {
    let said: Vec<&[PlaceType]> = words_beside(text, mention).map(types).filter(|t| !t.is_empty()).collect();
    let capital = words_beside(text, mention).any(|word| word == "capital");
    let mut any = false;
    for choice in choices.iter_mut() {
        let Some(place) = choice.place else { continue };
        let fits = said.iter().any(|types| types.contains(&place.kind));
        any |= fits;
        if !said.is_empty() {
            choice.set(if fits { Feature::TypeSaid } else { Feature::TypeDenied }, 1.0);
        }
        let is_capital =
            choice.values[Feature::Capital as usize] + choice.values[Feature::Seat as usize] > 0.0;
        if capital && is_capital {
            choice.set(Feature::CapitalSaid, 1.0);
        }
    }
    let nothing = choices.iter_mut().find(|choice| choice.place.is_none());
    if let Some(nothing) = nothing.filter(|_| !said.is_empty() && !any) {
        nothing.set(Feature::NothingTyped, 1.0);
    }
}

/// Returns the words that may say the type: the one after, after `and NAME` too, and those before `of` or the comma.
fn words_beside<'t>(text: &'t Text, mention: &Mention) -> impl Iterator<Item = &'t str> {
    let (first, end) = (mention.first as usize, mention.end_word as usize);
    let word = |at: usize| text.words.get(at);
    let soft = |at: usize| word(at).is_some_and(|word| word.gap.is_soft());
    let after = soft(end).then_some(end);
    // `Homs and Aleppo governorates`
    let listed = after.filter(|at| text.folded_word(*at) == "and" && soft(end + 1) && soft(end + 2));
    let listed = listed.filter(|at| word(at + 1).is_some_and(|w| w.shape.is_capital())).map(|at| at + 2);
    let plural = listed.filter(|at| text.folded_word(*at).ends_with('s'));
    let of = first > 1 && soft(first) && soft(first - 1) && text.folded_word(first - 1) == "of";
    let before = of.then(|| first - 2);
    let same_field =
        first > 0 && word(first).is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::Space | Gap::Line));
    let apposed = (same_field && text.words[first - 1].shape == Shape::Lower).then(|| first - 1);
    [after, plural, before, apposed].into_iter().flatten().map(|at| text.folded_word(at))
}

/// Tells whether a name says that it is a site: `Zaatari camp`, `Hospital of St. John`.
pub(super) fn is_site(text: &Text, mention: &Mention) -> bool {
    let ends = [mention.first as usize, mention.end_word as usize - 1];
    ends.into_iter().any(|at| SITES.contains(&text.folded_word(at)))
}

/// Words for sites.
const SITES: [&str; 22] = [
    "airfield",
    "airport",
    "arena",
    "barracks",
    "base",
    "bridge",
    "camp",
    "cathedral",
    "checkpoint",
    "clinic",
    "college",
    "crossing",
    "hospital",
    "jail",
    "mosque",
    "museum",
    "port",
    "prison",
    "refinery",
    "stadium",
    "station",
    "university",
];

fn is_type(word: &str) -> bool {
    word == "capital" || word == "port" || word == "hometown" || !types(word).is_empty()
}

/// Returns the types of place that a generic word stands for.
fn types(word: &str) -> &'static [PlaceType] {
    use PlaceType::*;
    match word {
        "state" | "states" | "province" | "provinces" | "governorate" | "governorates" | "oblast"
        | "oblasts" | "prefecture" | "prefectures" | "canton" | "cantons" => &[Admin1, Admin2],
        "region" | "territory" | "regions" => &[Admin1, Admin2, Region],
        "county" | "counties" | "parish" | "parishes" => &[Admin2, Admin1, Admin3],
        "district" | "districts" => &[Admin2, Admin3, Neighbourhood],
        "city" | "cities" | "town" | "towns" | "village" | "villages" | "suburb" | "suburbs" => {
            &[City, Locality, Neighbourhood]
        }
        "neighbourhood" | "neighborhood" => &[Neighbourhood, City, Locality],
        "river" | "lake" | "sea" | "bay" | "strait" => &[Water],
        "island" | "islands" => &[Island, Country, Admin1],
        "mountain" | "mountains" => &[Mountain],
        _ => &[],
    }
}
