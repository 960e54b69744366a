//! Where a story was filed: the place of its dateline.

use super::Subject;
use super::choice::Place;
use crate::entity::Entities;
use crate::gazetteer::EntryId;
use crate::recognize::MentionKind;

/// Returns the first place of the dateline that holds no other place of it: Troy of `TROY, N.C.` as of `N.C., TROY`, and
/// Beirut of `BEIRUT/DAMASCUS`. What an agency is named for (`(Jakarta Post)`) is none of them.
pub(super) fn place(subject: Subject, entities: &Entities) -> Option<EntryId> {
    let Subject { layers, text, mentions, .. } = subject;
    let words = &text.dateline.as_ref()?.place;
    let named = mentions.list.iter().zip(&entities.list).filter(|(mention, _)| {
        mention.kind == MentionKind::Place && words.contains(&(mention.first as usize))
    });
    let places: Vec<Place> = named.filter_map(|(_, entity)| Place::of(layers, entity.referent?)).collect();
    let innermost = |outer: &&Place| !places.iter().any(|inner| inner.lies_in(outer));
    places.iter().find(innermost).map(|place| place.entry)
}
