//! What stands beside a mention: places that contain it or lie in it, and words that say what sort of place it is.

use crate::gazetteer::{EntryId, Layers, PlaceType};
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape};
use crate::recognize::{Mention, MentionKind};

/// How many small words may stand between a comma and the container: `Aleppo, in northern Syria`.
const SMALL_WORDS: usize = 3;

/// Fills `containers` with the index of the mention that may contain each: after a comma or in brackets (`Paris, Texas`,
/// `Lima (Ohio)`), or shared through a list (`Springfield and Chicopee, Mass.`).
pub(super) fn containers(text: &Text, mentions: &[Mention], containers: &mut Vec<Option<usize>>) {
    containers.clear();
    containers.resize(mentions.len(), None);
    // From the last to the first, so that a list hands its container on.
    for at in (0..mentions.len().saturating_sub(1)).rev() {
        containers[at] = match beside(text, mentions, at) {
            Beside::Container => Some(at + 1),
            Beside::Listed => containers[at + 1],
            Beside::Nothing => None,
        };
    }
}

/// What the mention after another is to it.
enum Beside {
    Container,
    Listed,
    Nothing,
}

fn beside(text: &Text, mentions: &[Mention], at: usize) -> Beside {
    let (inner, outer) = (&mentions[at], &mentions[at + 1]);
    if inner.kind != MentionKind::Place || outer.kind != MentionKind::Place || inner.field != outer.field {
        return Beside::Nothing;
    }
    let between = inner.end_word as usize..outer.first as usize;
    let small =
        between.len() <= SMALL_WORDS && between.clone().all(|at| text.words[at].shape == Shape::Lower);
    match text.words[inner.end_word as usize].gap {
        Gap::Comma if small => Beside::Container,
        Gap::Other if between.is_empty() && text.words[outer.first as usize].opens => Beside::Container,
        Gap::Space if between.is_empty() && abbreviated(text, outer) => Beside::Container,
        Gap::Space if between.len() == 1 && text.folded_word(between.start) == "and" => Beside::Listed,
        _ => Beside::Nothing,
    }
}

/// Tells whether a mention is a short form in capitals (`Springfield IL`, `Paris TX`).
fn abbreviated(text: &Text, mention: &Mention) -> bool {
    mention.end_word - mention.first == 1
        && matches!(text.words[mention.first as usize].shape, Shape::Upper | Shape::Dotted)
        && mention.end - mention.start <= 4
}

/// Tells whether `outer` is a country or division and `inner` lies in it.
pub(super) fn contains(layers: &Layers, outer: EntryId, inner: EntryId) -> bool {
    let (Some(out), Some(within)) = (layers.entry(outer), layers.entry(inner)) else { return false };
    let inside = match out.place_type() {
        PlaceType::Country => out.country() != [0, 0] && out.country() == within.country(),
        PlaceType::Admin1 => layers.admin1(outer).is_some_and(|outer| layers.admin1(inner) == Some(outer)),
        PlaceType::Admin2 => layers.admin2(outer).is_some_and(|outer| layers.admin2(inner) == Some(outer)),
        _ => false,
    };
    inside && rank(within.place_type()) > rank(out.place_type())
}

/// Returns how deep a type of place stands in the hierarchy.
fn rank(kind: PlaceType) -> u8 {
    match kind {
        PlaceType::Country => 0,
        PlaceType::Admin1 => 1,
        PlaceType::Admin2 => 2,
        _ => 3,
    }
}

/// Returns whether the words beside the mention say that it is a place of the type of `entry`: `Washington state`,
/// `the city of Aleppo`, `Homs and Aleppo governorates`.
pub(super) fn says_type(text: &Text, mention: &Mention, kind: PlaceType) -> bool {
    let (first, end) = (mention.first as usize, mention.end_word as usize);
    let soft = |at: usize| text.words.get(at).is_some_and(|w| w.gap.is_soft());
    let after = soft(end).then(|| text.folded_word(end));
    let of = first > 1 && soft(first) && text.folded_word(first - 1) == "of";
    let before = of.then(|| text.folded_word(first - 2));
    [after, before].into_iter().flatten().any(|word| types(word).contains(&kind))
}

/// Returns the types of place that a generic word stands for.
fn types(word: &str) -> &'static [PlaceType] {
    use PlaceType::*;
    match word {
        "state" | "province" | "provinces" | "governorate" | "governorates" | "oblast" | "prefecture"
        | "canton" => &[Admin1],
        "region" | "territory" => &[Admin1, Region],
        "county" | "counties" | "parish" => &[Admin2],
        "district" => &[Admin2, Admin3],
        "city" | "town" | "village" | "suburb" => &[City, Locality],
        "river" | "lake" | "sea" | "bay" | "strait" => &[Water],
        "island" | "islands" => &[Island],
        "mountain" | "mountains" => &[Mountain],
        _ => &[],
    }
}
