//! What the gazetteers say of each hit, looked up once a document.

use super::context::{Context, Meaning};
use super::find::Hit;
use crate::gazetteer::{Entry, EntryId, NameKind, PlaceType};
use crate::normalize::words::Shape;

/// What a hit may mean, as the text writes it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// The likeliest place, and how it is named.
    pub(super) place: Option<(EntryId, NameKind)>,
    /// Whether it is a demonym of something.
    pub(super) demonym: bool,
    /// Whether it names a person.
    pub(super) person: bool,
    /// Whether it names an organisation of the embedded gazetteer.
    pub(super) organisation: bool,
    /// Whether it names another thing of the embedded gazetteer that is not tagged.
    pub(super) misc: bool,
    /// Whether it names something of a kind that a user's gazetteer declares.
    pub(super) own: bool,
}

impl Known {
    /// Returns what one of two names of the same words may mean, the likeliest place of the first one first.
    pub(super) fn or(self, other: &Known) -> Known {
        Known {
            place: self.place.or(other.place),
            demonym: self.demonym | other.demonym,
            person: self.person | other.person,
            organisation: self.organisation | other.organisation,
            misc: self.misc | other.misc,
            own: self.own | other.own,
        }
    }

    /// Tells whether the embedded gazetteer has it as something that is not tagged.
    pub(super) fn is_kept_out(&self) -> bool {
        self.organisation || self.misc
    }
}

/// Fills `known` with what the gazetteers say of the hits of `context`.
pub(super) fn look_up(context: &Context, known: &mut Vec<Known>) {
    known.clear();
    known.extend(context.hits.iter().map(|hit| of_hit(context, hit)));
}

fn of_hit(context: &Context, hit: &Hit) -> Known {
    let mut known = Known { place: place(context, hit), ..Known::default() };
    let world = context.layers.is_world(hit.name.layer());
    for meaning in context.meanings(hit) {
        known.demonym |= meaning.how == NameKind::Demonym;
        known.person |= meaning.entry.is_person();
        known.own |= meaning.is_of_own_kind() && !world;
    }
    if world {
        let others = context.layers.candidates(hit.name).filter_map(|(id, _)| context.layers.entry(id));
        for entry in others.filter(|entry| !entry.is_place() && !entry.is_person()) {
            let written = is_written_so(context, hit, &entry);
            known.organisation |= written && entry.kind() == ORGANISATION;
            known.misc |= written && entry.kind() != ORGANISATION;
        }
    }
    known
}

/// The kind of `gazetteers/organisations.csv` that is one; the rest are products, events, works.
const ORGANISATION: &str = "organisation";

/// Tells whether a name in capitals stands in capitals in the text too: `WHO` is not `Who`.
fn is_written_so(context: &Context, hit: &Hit, entry: &Entry) -> bool {
    let name = entry.name();
    let loud = name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    !loud || hit.words().all(|at| !matches!(context.shape(at), Shape::Title | Shape::Lower))
}

/// Returns the likeliest place that a hit may mean.
fn place(context: &Context, hit: &Hit) -> Option<(EntryId, NameKind)> {
    let mut places = context.meanings(hit).filter(|meaning| meaning.entry.is_place());
    let first = places.next()?;
    let canonical = |meaning: &Meaning| meaning.how != NameKind::Alternate;
    let large = matches!(first.entry.place_type(), PlaceType::Country | PlaceType::Region);
    let best = if canonical(&first) || large { first } else { places.find(canonical).unwrap_or(first) };
    Some((best.id, best.how))
}
