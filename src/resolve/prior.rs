//! What is known of a candidate before the document is looked at: the entry, and how the name names it.

use super::choice::{Choice, Place};
use super::feature::Feature;
use crate::gazetteer::{Entry, Layers, NameKind, PlaceType};
use crate::recognize::Readings;
use crate::recognize::find::Hit;

/// The countries in which English is the first language of most, or that of the papers: articles are English.
const ENGLISH: [[u8; 2]; 7] = [*b"US", *b"GB", *b"CA", *b"AU", *b"NZ", *b"IE", *b"ZA"];

/// Appends the places that the hits may mean in one of the ways in `readings`, and last that they mean nothing in the
/// gazetteer. `surface` is what the text has.
pub(super) fn choices(
    layers: &Layers,
    hits: &[Hit],
    readings: Readings,
    surface: &str,
    nested: bool,
    choices: &mut Vec<Choice>,
) {
    let first = choices.len();
    for hit in hits {
        for (id, how) in layers.candidates(hit.name).filter(|(_, how)| readings.has(*how)) {
            let known = choices[first..].iter().any(|choice| choice.entry() == Some(id));
            let place = Place::of(layers, id).filter(|_| !known);
            if let Some((place, entry)) = place.zip(layers.entry(id)) {
                let mut choice = Choice::new(Some(place));
                describe(layers, &mut choice, &entry, how, surface);
                choice.set(Feature::Own, f32::from(u8::from(!layers.is_world(hit.name.layer()))));
                choice.set(Feature::Nested, f32::from(u8::from(nested)));
                choices.push(choice);
            }
        }
    }
    yield_to_country(choices, first);
    compare(&mut choices[first..]);
    let nothing = nothing(&choices[first..], nested);
    choices.push(nothing);
}

/// Fills in what the entry alone says.
fn describe(layers: &Layers, choice: &mut Choice, entry: &Entry, how: NameKind, surface: &str) {
    population(choice, entry);
    kind(choice, entry);
    name(choice, entry, how, surface);
    let country = layers.country(entry.country());
    choice.set(Feature::SameLanguage, f32::from(u8::from(ENGLISH.contains(&entry.country()))));
    choice.set(Feature::CountryPopulation, country.map_or(0.0, |country| log10(country.population())));
}

fn log10(number: u64) -> f32 {
    (1.0 + number as f32).log10()
}

fn population(choice: &mut Choice, entry: &Entry) {
    use PlaceType::*;
    let size = log10(entry.population());
    match entry.place_type() {
        City | Locality | Neighbourhood => {
            choice.set(Feature::Population, size);
            choice.set(Feature::PopulationOver4, (size - 4.0).max(0.0));
            choice.set(Feature::PopulationOver5, (size - 5.0).max(0.0));
            choice.set(Feature::PopulationOver6, (size - 6.0).max(0.0));
            choice.set(Feature::NoPopulation, f32::from(u8::from(entry.population() == 0)));
        }
        Admin1 | Admin2 | Admin3 => choice.set(Feature::DivisionPopulation, size),
        _ => {}
    }
}

fn kind(choice: &mut Choice, entry: &Entry) {
    use PlaceType::*;
    let feature = match (entry.place_type(), entry.feature_code()) {
        (_, "PCLH") => Feature::Historical,
        (Country, _) => Feature::Country,
        (Region, _) => Feature::Region,
        (Admin1, _) => Feature::Admin1,
        (Admin2, _) => Feature::Admin2,
        (Admin3, _) => Feature::Admin3,
        (City, "PPLC") => Feature::Capital,
        (City, "PPLA") => Feature::Seat,
        (City, code) if code.starts_with("PPLA") => Feature::LowSeat,
        (City, _) => return,
        (Neighbourhood, _) => Feature::Neighbourhood,
        (Locality, _) => Feature::Locality,
        (Water | Mountain | Island | Land, _) if entry.is_reviewed() => Feature::Natural,
        (Water | Mountain | Island | Land, _) => Feature::MinorNatural,
        (Site, _) if entry.is_reviewed() => Feature::Site,
        (Site, _) => Feature::MinorSite,
    };
    choice.set(feature, 1.0);
}

fn name(choice: &mut Choice, entry: &Entry, how: NameKind, surface: &str) {
    let canonical = entry.name();
    choice.set(Feature::Exact, f32::from(u8::from(canonical == surface)));
    match how {
        NameKind::Alternate => {
            let feature = match entry.place_type() {
                PlaceType::Country => Feature::AlternateOfCountry,
                PlaceType::Admin1 => Feature::AlternateOfAdmin1,
                PlaceType::Admin2 | PlaceType::Admin3 => Feature::AlternateOfAdmin2,
                PlaceType::City | PlaceType::Locality | PlaceType::Neighbourhood => Feature::Alternate,
                _ => Feature::AlternateOfOther,
            };
            choice.set(feature, 1.0);
            choice.set(Feature::PartOfName, f32::from(u8::from(is_part(surface, canonical))));
        }
        NameKind::Abbreviation => choice.set(Feature::Abbreviation, 1.0),
        _ => {}
    }
}

/// Tells whether a name is a part of a longer one, but for case.
fn is_part(part: &str, whole: &str) -> bool {
    let (part, whole) = (part.as_bytes(), whole.as_bytes());
    whole.len() > part.len() && whole.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// Fills in how the candidates of a name compare.
fn compare(choices: &mut [Choice]) {
    let population = |choice: &Choice| choice.values[Feature::Population as usize];
    let most = choices.iter().map(population).fold(0.0, f32::max);
    namesakes(choices);
    if let [only] = choices {
        only.set(Feature::Only, 1.0);
    }
    let largest = choices.iter_mut().find(|choice| population(choice) == most && most > 0.0);
    if let Some(choice) = largest {
        choice.set(Feature::Largest, 1.0);
    }
}

/// Takes out settlements that have the name of a country only as an alternate one, and divisions of that country: in
/// English `Mexico` is neither the city nor the state, nor is `Albania` Albany. What a user lists stays.
fn yield_to_country(choices: &mut Vec<Choice>, first: usize) {
    let has = |choice: &Choice, feature: Feature| choice.values[feature as usize] > 0.0;
    let is_alternate = |choice: &Choice| ALTERNATES.iter().any(|feature| has(choice, *feature));
    let bears = |choice: &&Choice| has(choice, Feature::Country) && !is_alternate(choice);
    let Some(country) = choices[first..].iter().find(bears).and_then(|choice| choice.place) else { return };
    let yields = |choice: &Choice| {
        let inside = choice.place.is_some_and(|place| place.lies_in(&country));
        (has(choice, Feature::Alternate) || inside && is_alternate(choice)) && !has(choice, Feature::Own)
    };
    let mut at = 0;
    choices.retain(|choice| {
        at += 1;
        at <= first || !yields(choice)
    });
}

/// The features that say that a name is an alternate one.
const ALTERNATES: [Feature; 5] = [
    Feature::Alternate,
    Feature::AlternateOfCountry,
    Feature::AlternateOfAdmin1,
    Feature::AlternateOfAdmin2,
    Feature::AlternateOfOther,
];

/// Fills in which candidates lie in others.
fn namesakes(choices: &mut [Choice]) {
    for outer in 0..choices.len() {
        let Some(place) = choices[outer].place.filter(|place| place.holds_others()) else { continue };
        let mut any = false;
        for inner in choices.iter_mut().filter(|c| c.place.is_some_and(|inner| inner.lies_in(&place))) {
            inner.set(Feature::InNamesake, 1.0);
            any = true;
        }
        choices[outer].set(Feature::HoldsNamesake, f32::from(u8::from(any)));
    }
}

/// Returns the choice that nothing in the gazetteer is meant.
fn nothing(candidates: &[Choice], nested: bool) -> Choice {
    let mut nothing = Choice::new(None);
    let all = |feature: Feature, least: f32| candidates.iter().all(|c| c.values[feature as usize] < least);
    let large = [
        Feature::Country,
        Feature::Region,
        Feature::Admin1,
        Feature::Natural,
        Feature::Site,
        Feature::Historical,
    ];
    let is_alternate = |c: &Choice| ALTERNATES.iter().any(|feature| c.values[*feature as usize] > 0.0);
    nothing.set(Feature::Nothing, 1.0);
    nothing.set(Feature::NothingNested, f32::from(u8::from(nested)));
    let small = all(Feature::Population, 4.0)
        && all(Feature::DivisionPopulation, 6.0)
        && large.iter().all(|feature| all(*feature, 1.0));
    nothing.set(Feature::NothingLarge, f32::from(u8::from(small)));
    nothing.set(Feature::NothingCanonical, f32::from(u8::from(candidates.iter().all(is_alternate))));
    nothing
}
