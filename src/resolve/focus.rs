//! What a document is about: its focus country and focus place.

use super::{Subject, filed};
use crate::document::Document;
use crate::entity::Entities;
use crate::gazetteer::EntryId;
use crate::recognize::{Mention, MentionKind};

/// Weight of a mention in the title, in the first [`LEAD_BYTES`] of the body, elsewhere, and in the dateline, which says
/// where a story was filed and not what it is about.
const TITLE: f32 = 3.0;
const LEAD: f32 = 2.0;
const BODY: f32 = 1.0;
const DATELINE: f32 = 0.5;
/// The lead: about the first two paragraphs of a wire story.
const LEAD_BYTES: u32 = 400;

/// The focus of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Focus {
    /// The country that weighs most, as ISO 3166 alpha-2.
    pub country: Option<[u8; 2]>,
    /// Its share of the weight of all countries, 0 to 1.
    pub country_score: f32,
    /// The place within it that weighs most, smaller than a country.
    pub place: Option<EntryId>,
    /// The place of the dateline.
    pub dateline: Option<EntryId>,
}

/// Returns the focus of a document.
pub(super) fn focus(subject: Subject, entities: &Entities) -> Focus {
    let Subject { layers, document, text, mentions, .. } = subject;
    let mut countries: Vec<([u8; 2], f32)> = Vec::new();
    let mut places: Vec<(EntryId, [u8; 2], f32)> = Vec::new();
    let dateline = filed::place(subject, entities);
    for (mention, entity) in mentions.list.iter().zip(&entities.list) {
        let Some(id) = entity.referent.filter(|_| mention.kind != MentionKind::Person) else { continue };
        let Some(entry) = layers.entry(id).filter(|entry| entry.is_place()) else { continue };
        let filed = text.dateline.as_ref().is_some_and(|d| d.contains(mention.first as usize));
        let weight = weight(document, mention, filed) * entity.score;
        if entry.country() != [0, 0] {
            add(&mut countries, entry.country(), weight);
            let smaller = entry.place_type() != crate::gazetteer::PlaceType::Country;
            if smaller && mention.kind == MentionKind::Place {
                match places.iter_mut().find(|(known, ..)| *known == id) {
                    Some((_, _, sum)) => *sum += weight,
                    None => places.push((id, entry.country(), weight)),
                }
            }
        }
    }
    let total: f32 = countries.iter().map(|(_, weight)| weight).sum();
    let Some((country, most)) = first_max(countries.iter().map(|(code, weight)| (*code, *weight))) else {
        return Focus { dateline, ..Focus::default() };
    };
    let inside = places.iter().filter(|(_, code, _)| *code == country).map(|(id, _, weight)| (*id, *weight));
    let place = first_max(inside).map(|(id, _)| id);
    Focus { country: Some(country), country_score: most / total, place, dateline }
}

fn weight(document: &Document, mention: &Mention, filed: bool) -> f32 {
    match mention.field {
        0 if !document.title.is_empty() => TITLE,
        _ if filed => DATELINE,
        _ if mention.start < LEAD_BYTES => LEAD,
        _ => BODY,
    }
}

fn add(sums: &mut Vec<([u8; 2], f32)>, code: [u8; 2], weight: f32) {
    match sums.iter_mut().find(|(known, _)| *known == code) {
        Some((_, sum)) => *sum += weight,
        None => sums.push((code, weight)),
    }
}

/// Returns the item with the most weight; of equal ones the first.
fn first_max<T>(items: impl Iterator<Item = (T, f32)>) -> Option<(T, f32)> {
    items.reduce(|best, item| if item.1 > best.1 { item } else { best })
}
