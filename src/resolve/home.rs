//! What is known of a source: the region that it writes about, and what it means by a name.

use super::choice::{Choice, Direction, Place, direction, nearness, square_km};
use super::feature::Feature;
use crate::gazetteer::{EntryId, Layers, NameId, PlaceType, Point};
use std::collections::BTreeMap;

/// The home of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// The countries that it names, with their shares.
    pub countries: Vec<([u8; 2], f32)>,
    /// The first-order divisions that it names, with their shares.
    pub divisions: Vec<(EntryId, f32)>,
    /// Where most of its places are: a direction from the centre of the Earth, the share of its places there, and the
    /// scale in km.
    pub centre: Option<(Direction, f32, f32)>,
    /// What its names mean, each with its share, sorted by name.
    pub usual: Vec<(NameId, EntryId, f32)>,
    /// The country of its address.
    pub domain: Option<[u8; 2]>,
}

/// Fills in what the source says for the choices of a name.
pub(super) fn apply(home: &Home, name: NameId, choices: &mut [Choice]) {
    let usual = usual(home, name);
    for choice in choices.iter_mut() {
        let Some(place) = choice.place else { continue };
        if place.has_country() {
            choice.set(Feature::HomeCountry, share(&home.countries, place.country));
            choice.set(Feature::Domain, f32::from(u8::from(home.domain == Some(place.country))));
        }
        if let Some(admin1) = place.admin1 {
            choice.set(Feature::HomeDivision, share(&home.divisions, admin1));
        }
        if let Some(((centre, strength, km), here)) = home.centre.zip(place.direction) {
            choice.set(Feature::Home, strength * nearness(square_km(centre, here), km));
        }
        let known = usual.iter().find(|(_, entry, _)| *entry == place.entry);
        choice.set(Feature::Usual, known.map_or(0.0, |(.., share)| *share));
    }
}

fn usual(home: &Home, name: NameId) -> &[(NameId, EntryId, f32)] {
    let first = home.usual.partition_point(|(known, ..)| *known < name);
    let count = home.usual[first..].iter().take_while(|(known, ..)| *known == name).count();
    &home.usual[first..first + count]
}

fn share<K: PartialEq>(shares: &[(K, f32)], key: K) -> f32 {
    shares.iter().find(|(known, _)| *known == key).map_or(0.0, |(_, share)| *share)
}

/// Counts that are added to totals, so that few documents say little.
const SMOOTHING: f32 = 2.0;
/// The scale of a home region, in km.
const HOME_KM: f32 = 100.0;
/// The most places among which the centre of a home is looked for.
const CENTRES: usize = 64;

/// How often a name means an entry.
pub type Counts = BTreeMap<(Option<NameId>, EntryId), u32>;

impl Home {
    /// Returns the home of a source from how many of its documents name which entries; a name that is not known says where
    /// the source is at home and nothing of what it means by a name.
    pub fn learnt(layers: &Layers, counts: &Counts, domain: Option<[u8; 2]>) -> Home {
        let mut home = Home { domain, ..Home::default() };
        let (mut total, mut local) = (0.0, 0.0);
        let mut points: Vec<(Direction, f32)> = Vec::new();
        let mut names: BTreeMap<NameId, f32> = BTreeMap::new();
        for ((name, entry), count) in counts {
            let Some(place) = Place::of(layers, *entry) else { continue };
            let count = *count as f32;
            if let Some(name) = name {
                *names.entry(*name).or_default() += count;
            }
            if place.has_country() {
                add(&mut home.countries, place.country, count);
                total += count;
            }
            if let Some(admin1) = place.admin1 {
                add(&mut home.divisions, admin1, count);
                local += count;
            }
            if place.is_local() {
                points.extend(place.direction.map(|direction| (direction, count)));
            }
        }
        home.countries.iter_mut().for_each(|(_, share)| *share /= total + SMOOTHING);
        home.divisions.iter_mut().for_each(|(_, share)| *share /= local + SMOOTHING);
        let share = |((name, entry), count): (&(Option<NameId>, EntryId), &u32)| {
            let name = (*name)?;
            Some((name, *entry, *count as f32 / (names.get(&name)? + SMOOTHING)))
        };
        home.usual = counts.iter().filter_map(share).collect();
        home.centre = centre(points);
        home
    }

    /// Returns a home that a user gives by hand: a point with a radius in km, in the country and division of the settlement
    /// nearest to it, and a country.
    ///
    /// # Cost
    /// With a point, a look at every entry: some milliseconds.
    pub fn given(layers: &Layers, near: Option<(Point, f32)>, country: Option<[u8; 2]>) -> Home {
        let nearest = near.and_then(|(point, _)| nearest(layers, direction(point)));
        let country = country.or(nearest.map(|place| place.country));
        let division = nearest.filter(|place| Some(place.country) == country).and_then(|place| place.admin1);
        Home {
            centre: near.map(|(point, km)| (direction(point), 1.0, km)),
            countries: country.into_iter().map(|country| (country, 1.0)).collect(),
            divisions: division.into_iter().map(|division| (division, 1.0)).collect(),
            usual: Vec::new(),
            domain: country,
        }
    }
}

/// Returns the settlement of the lowest gazetteer that is nearest to a point.
fn nearest(layers: &Layers, here: Direction) -> Option<Place> {
    let count = layers.gazetteers().first()?.entry_count() as u32;
    let places = (0..count).filter_map(|index| Place::of(layers, Layers::entry_id(0, index)));
    let distance = |place: &Place| place.direction.map_or(f32::MAX, |there| square_km(here, there));
    places.filter(|place| place.kind == PlaceType::City).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// Returns the point that most others are near, with the share of them that are.
fn centre(mut points: Vec<(Direction, f32)>) -> Option<(Direction, f32, f32)> {
    points.sort_by(|a, b| b.1.total_cmp(&a.1));
    points.truncate(CENTRES);
    let total: f32 = points.iter().map(|(_, count)| count).sum();
    let density = |here: &(Direction, f32)| -> f32 {
        points.iter().map(|(there, count)| count * nearness(square_km(here.0, *there), HOME_KM)).sum()
    };
    let dense = points.iter().map(|point| (point.0, density(point)));
    let best = dense.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    Some((best.0, best.1 / (total + SMOOTHING), HOME_KM))
}

fn add<K: PartialEq>(sums: &mut Vec<(K, f32)>, key: K, count: f32) {
    match sums.iter_mut().find(|(known, _)| *known == key) {
        Some((_, sum)) => *sum += count,
        None => sums.push((key, count)),
    }
}
