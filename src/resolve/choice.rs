//! Choices: what a name may refer to, with the values of their features.

use super::feature::{FEATURES, Feature};
use crate::distance::EARTH_RADIUS_KM;
use crate::gazetteer::{EntryId, Extent, Layers, PlaceType, Point};

/// The values of all features.
pub type Values = [f32; FEATURES];

/// A candidate of a group of mentions, or that nothing in the gazetteer is meant.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Where it is; none when nothing in the gazetteer is meant.
    pub(super) place: Option<Place>,
    /// The values of its features.
    pub values: Values,
    /// The share of probability among the choices of its group, 0 to 1.
    pub share: f32,
    /// The sum of the shares of the choices that are right together with it, once they are ranked.
    pub sure: f32,
}

/// What is looked up once of a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) entry: EntryId,
    pub(super) kind: PlaceType,
    pub(super) country: [u8; 2],
    pub(super) admin1: Option<EntryId>,
    pub(super) admin2: Option<EntryId>,
    pub(super) direction: Option<Direction>,
    point: Option<Point>,
    /// What a region covers.
    extent: Option<Extent>,
}

/// A point as a unit vector from the centre of the Earth, so that distances need no trigonometry.
pub(super) type Direction = [f32; 3];

impl Choice {
    pub(super) fn new(place: Option<Place>) -> Choice {
        Choice { place, values: [0.0; FEATURES], share: 0.0, sure: 0.0 }
    }

    /// Returns the entry that is chosen; none when nothing in the gazetteer is meant.
    pub fn entry(&self) -> Option<EntryId> {
        self.place.map(|place| place.entry)
    }

    pub(super) fn set(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] = value;
    }

    pub(super) fn raise(&mut self, feature: Feature, value: f32) {
        let known = &mut self.values[feature as usize];
        *known = known.max(value);
    }
}

impl Place {
    pub(super) fn of(layers: &Layers, id: EntryId) -> Option<Place> {
        let entry = layers.entry(id).filter(|entry| entry.is_place())?;
        let kind = entry.place_type();
        Some(Place {
            entry: id,
            kind,
            country: entry.country(),
            admin1: layers.admin1(id),
            admin2: layers.admin2(id),
            direction: entry.point().map(direction),
            point: entry.point(),
            extent: (kind == PlaceType::Region).then(|| entry.extent()).flatten(),
        })
    }

    /// Tells whether the place lies in the other, a country, division or city around it.
    pub(super) fn lies_in(&self, outer: &Place) -> bool {
        let inside = match outer.kind {
            PlaceType::Country => outer.country != [0, 0] && outer.country == self.country,
            PlaceType::Admin1 => self.admin1 == Some(outer.entry),
            PlaceType::Admin2 => self.admin2 == Some(outer.entry),
            PlaceType::Region => {
                let covers =
                    outer.extent.zip(self.point).is_some_and(|(extent, point)| extent.contains(point));
                return covers && self.kind != PlaceType::Region;
            }
            PlaceType::City => self.kind.is_within_city() && self.is_near(outer, CITY_KM),
            _ => false,
        };
        inside && depth(self.kind) > depth(outer.kind)
    }

    /// Tells whether it is a country or first-order division.
    pub(super) fn holds_others(&self) -> bool {
        matches!(self.kind, PlaceType::Country | PlaceType::Admin1)
    }

    fn is_near(&self, other: &Place, km: f32) -> bool {
        let both = self.direction.zip(other.direction);
        both.is_some_and(|(a, b)| square_km(a, b) < km * km)
    }

    /// Tells whether it is a settlement, a site or a county: what shows where a story plays.
    pub(super) fn is_local(&self) -> bool {
        self.kind.is_local() || self.kind == PlaceType::Admin2
    }

    pub(super) fn has_country(&self) -> bool {
        self.country != [0, 0]
    }
}

/// How far from a city's point its quarters and buildings lie, in km.
const CITY_KM: f32 = 40.0;

/// Returns how deep a type of place stands in the hierarchy.
fn depth(kind: PlaceType) -> u8 {
    match kind {
        PlaceType::Country => 0,
        PlaceType::Admin1 => 1,
        PlaceType::Admin2 => 2,
        PlaceType::City => 3,
        _ => 4,
    }
}

pub(super) fn direction(point: Point) -> Direction {
    let (latitude, longitude) = ((point.latitude as f32).to_radians(), (point.longitude as f32).to_radians());
    let (sin, cos) = latitude.sin_cos();
    let (east, north) = longitude.sin_cos();
    [cos * north, cos * east, sin]
}

/// Returns the square of the straight distance in km through the Earth: within 1 % of the great circle up to 3,000 km.
pub(super) fn square_km(a: Direction, b: Direction) -> f32 {
    let square: f32 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    (EARTH_RADIUS_KM * EARTH_RADIUS_KM) as f32 * square
}

/// Returns how near two points are on a scale of `km`: 1 at the same point, half at `km`, a tenth at three times that.
pub(super) fn nearness(square_km: f32, km: f32) -> f32 {
    1.0 / (1.0 + square_km / (km * km))
}
