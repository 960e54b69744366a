//! Focus: whether the country that a document is said to be about is that of most places that gold marks.

use super::gold::{GoldDocument, GoldMention};
use crate::distance::distance_km;
use crate::gazetteer::{Entry, Layers};
use crate::tagger::Tagged;

/// Within so many km of the gold point an entry of the name is the place that gold means.
const SAME_KM: f64 = 161.0;

/// Tells whether the focus country of a document is the one that more than half of its marked places lie in, of those
/// with a country; none when there is no such country.
pub fn focus_is_right(tagged: &Tagged, gold: &GoldDocument) -> Option<bool> {
    let mut counts: Vec<([u8; 2], usize)> = Vec::new();
    let marked = gold.mentions.iter().filter(|mention| mention.is_place());
    for country in marked.filter_map(|mention| country(tagged.layers, gold, mention)) {
        match counts.iter_mut().find(|(known, _)| *known == country) {
            Some((_, count)) => *count += 1,
            None => counts.push((country, 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let most = counts.into_iter().find(|(_, count)| 2 * count > all);
    most.map(|(country, _)| tagged.focus.country == Some(country))
}

/// Returns the country of the place that gold means: of the entry with its number, else of the nearest one of the name.
fn country(layers: &Layers, gold: &GoldDocument, mention: &GoldMention) -> Option<[u8; 2]> {
    let point = mention.point?;
    let numbered = mention.geonames.as_ref().and_then(|number| layers.find_id(&format!("geonames:{number}")));
    let named = || {
        let ids = layers.find_name(gold.surface(mention.span));
        let entries = ids.into_iter().flat_map(|name| layers.candidates(name));
        let distance = |entry: &Entry| entry.point().map_or(f64::MAX, |here| distance_km(here, point));
        let entries = entries.filter_map(|(id, _)| layers.entry(id)).filter(|entry| entry.is_place());
        let nearest = entries.min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.filter(|entry| distance(entry) <= SAME_KM)
    };
    let entry = numbered.and_then(|id| layers.entry(id)).or_else(named)?;
    Some(entry.country()).filter(|country| *country != [0, 0])
}
