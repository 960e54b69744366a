//! Which person a name means: an entry by its full name or a surname that stands alone, unsure means unlinked.

use crate::entity::Candidate;
use crate::gazetteer::{Layers, NameKind};
use crate::recognize::find::Hit;

/// Log-odds of an entry whose years hold the year of the document, against one whose years do not.
const IN_ITS_YEARS: f32 = 2.0;
/// Years after their time for which people stay in the news.
const AFTERLIFE: i16 = 10;

/// Appends the persons that the hits may mean; `year` is that of the document, if known.
pub(super) fn persons(layers: &Layers, hits: &[Hit], year: Option<i16>, candidates: &mut Vec<Candidate>) {
    let first = candidates.len();
    for hit in hits {
        for (id, how) in layers.candidates(hit.name) {
            let known = candidates[first..].iter().any(|c| c.entry == id);
            let named = hit.words().len() > 1 || matches!(how, NameKind::Surname | NameKind::Canonical);
            if let Some(entry) = layers.entry(id).filter(|entry| entry.is_person() && named && !known) {
                let (from, until) = entry.years();
                let after =
                    from.is_none_or(|from| year.is_none_or(|year| year >= from.saturating_sub(AFTERLIFE)));
                let before =
                    until.is_none_or(|until| year.is_none_or(|year| year <= until.saturating_add(AFTERLIFE)));
                let odds: f32 = if after && before { IN_ITS_YEARS } else { 0.0 };
                candidates.push(Candidate { entry: id, share: odds.exp(), parts: 0..0 });
            }
        }
    }
    let total: f32 = candidates[first..].iter().map(|candidate| candidate.share).sum();
    candidates[first..].iter_mut().for_each(|candidate| candidate.share /= total);
}
