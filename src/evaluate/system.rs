//! System mentions: what a tagger found in a document, in the form that is compared with gold.

use super::span::{CodePoints, Span};
use crate::entity::Entity;
use crate::gazetteer::{Layers, Point};
use crate::recognize::{Mention, MentionKind};
use crate::tagger::Tagged;

/// The number in [`crate::document::FIELDS`] of the field that gold marks.
const TEXT: u8 = 1;

/// A name that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemMention {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: MentionKind,
    /// Where the place is that it refers to.
    pub point: Option<Point>,
    /// The id of the entry that it refers to: `geonames:170063`.
    pub entry: Option<String>,
    /// How likely it is a name of its kind, as the recogniser has it, 0 to 1.
    pub probability: f32,
    /// How likely the tag is right, 0 to 1.
    pub score: f32,
}

impl SystemMention {
    /// Returns the GeoNames number of the entry that it refers to.
    pub fn geonames(&self) -> Option<&str> {
        self.entry.as_deref()?.strip_prefix("geonames:")
    }
}

/// Returns what was found in the text of a tagged document; what was found in its title is left out.
pub fn mentions(tagged: &Tagged) -> Vec<SystemMention> {
    let points = CodePoints::of(&tagged.document.text);
    let tags = tagged.tags().filter(|(mention, _)| mention.field == TEXT);
    tags.map(|(mention, entity)| system(tagged.layers, &points, mention, entity)).collect()
}

fn system(layers: &Layers, points: &CodePoints, mention: &Mention, entity: &Entity) -> SystemMention {
    let entry = entity.referent.and_then(|id| layers.entry(id));
    let point =
        entry.as_ref().filter(|_| mention.kind != MentionKind::Person).and_then(|entry| entry.point());
    SystemMention {
        span: points.span(mention.start as usize..mention.end as usize),
        kind: mention.kind,
        point: point.and_then(usable),
        entry: entry.map(|entry| entry.id()),
        probability: 1.0 / (1.0 + (-mention.log_odds).exp()),
        score: entity.score,
    }
}

/// Returns a point if it is on the Earth and not 0°, 0°, which stands for one that is not known.
pub(super) fn usable(point: Point) -> Option<Point> {
    let Point { latitude, longitude } = point;
    let known = latitude != 0.0 || longitude != 0.0;
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    (known && on_earth).then_some(point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Layers;
    use crate::{Document, Tagger, TaggerOptions};

    #[test]
    fn titles_are_left_out_and_offsets_count_code_points() {
        let tagger = Tagger::new(Layers::world().unwrap().into(), &TaggerOptions::default()).unwrap();
        let mut document = Document::from_text("1", "Im Café: talks in Aleppo, Syria.");
        document.title = "Talks in Moscow".into();
        let found = mentions(&tagger.worker().tag(&document));
        let spans: Vec<_> = found.iter().map(|m| (m.span.start, m.span.end, m.geonames())).collect();
        assert_eq!(spans, [(18, 24, Some("170063")), (26, 31, Some("163843"))]);
        assert!(found.iter().all(|m| m.probability > 0.5 && m.point.is_some()));
    }
}
