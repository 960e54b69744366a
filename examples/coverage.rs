//! Tells how much of what people marked in texts the gazetteer knows, before anything is recognised or resolved:
//!
//! ```sh
//! cargo run --release --example coverage -- "$DATELINE_EVAL/gold"
//! ```
//!
//! Further arguments are gazetteers to put on top.
//!
//! - **Places**: the share of the marked places with a point that have a *right candidate*: an entry with the same name after
//!   folding whose point lies within 161 km (the radius that the field compares by). With it, how many candidates a marked
//!   place has on average, and what the share is without the names of very large areas (`--hu` in the scorer).
//! - **Persons**: the share of the marked persons whose name is that of an entry, and the share whose every word is a given
//!   name or surname of the lexicon, the last one a surname.

use dateline::gazetteer::{Layers, NameKind};
use dateline::normalize::words::{hash_word, key};
use dateline::{Point, distance_km};
use serde_json::Value;
use std::path::Path;

/// The radius within which a place counts as the right one (100 miles).
const RADIUS_KM: f64 = 161.0;
/// Names of very large areas that some leave out of the count (Hu et al. 2023), as the scorer lists them.
const VERY_LARGE: &str = "china,russia,canada,india,algeria,europe,asia,us,canadians,american,usa,america,africa,west africa,\
    united states,australia,chinese,russian,russians,middle east,canadian,americans,european,\
    united states of america,north africa,north america,south america,western europe";

/// A marked name and its point, if it has one.
type Marked = (String, Option<Point>);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder =
        std::env::args().nth(1).or_else(|| Some(format!("{}/gold", std::env::var("DATELINE_EVAL").ok()?)));
    let folder = folder.ok_or("name the folder with the marked texts")?;
    let mut layers = Layers::world()?;
    std::env::args().skip(2).try_for_each(|path| layers.push_file(Path::new(&path)))?;
    for corpus in ["lgl", "geovirus"] {
        let places = marked(&folder, corpus, "LOC")?;
        print_places(corpus, &layers, places.iter());
        let large: Vec<&str> = VERY_LARGE.split(',').map(str::trim).collect();
        let smaller = places.iter().filter(|(name, _)| !large.contains(&key(name).as_str()));
        print_places(&format!("{corpus}, without very large areas"), &layers, smaller);
    }
    for corpus in ["wwnewswire_dev", "wikigold"] {
        print_persons(corpus, &layers, &marked(&folder, corpus, "PER")?);
    }
    Ok(())
}

/// Returns the marked names of a type, with their points.
fn marked(folder: &str, corpus: &str, kind: &str) -> Result<Vec<Marked>, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(Path::new(folder).join(format!("{corpus}.jsonl")))?;
    let mut names = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let document: Value = serde_json::from_str(line)?;
        let body: Vec<char> = document["text"].as_str().unwrap_or_default().chars().collect();
        for mention in document["mentions"].as_array().into_iter().flatten().filter(|m| m["type"] == kind) {
            let range = mention["start"].as_u64().zip(mention["end"].as_u64());
            let (start, end) = range.ok_or("a mention has no offsets")?;
            let point = mention["lat"].as_f64().zip(mention["lon"].as_f64());
            let point = point.map(|(latitude, longitude)| Point { latitude, longitude });
            names.push((body[start as usize..end as usize].iter().collect(), point));
        }
    }
    Ok(names)
}

fn print_places<'a>(corpus: &str, layers: &Layers, places: impl Iterator<Item = &'a Marked>) {
    let (mut all, mut known, mut right, mut candidates) = (0u32, 0u32, 0u32, 0usize);
    for (name, point) in places {
        let Some(point) = point else { continue };
        let found: Vec<_> = layers
            .find_name(name)
            .into_iter()
            .flat_map(|name| layers.candidates(name))
            .filter_map(|(id, how)| layers.entry(id).filter(|e| e.is_place() && how != NameKind::Surname))
            .collect();
        all += 1;
        known += u32::from(!found.is_empty());
        candidates += found.len();
        let near = |there: Option<Point>| there.is_some_and(|there| distance_km(*point, there) <= RADIUS_KM);
        right += u32::from(found.iter().any(|entry| near(entry.point())));
    }
    let percent = |count: u32| 100.0 * f64::from(count) / f64::from(all.max(1));
    println!(
        "{corpus}: {all} located places; with a candidate {:.1} %, with a right one {:.1} %; {:.1} candidates a place",
        percent(known),
        percent(right),
        candidates as f64 / f64::from(all.max(1))
    );
}

fn print_persons(corpus: &str, layers: &Layers, persons: &[Marked]) {
    let (mut entries, mut lists) = (0usize, 0usize);
    for (name, _) in persons {
        let person = |id| layers.entry(id).is_some_and(|entry| entry.is_person());
        let mut meant = layers.find_name(name).into_iter().flat_map(|name| layers.candidates(name));
        let entry = meant.any(|(id, _)| person(id));
        let key = key(name);
        let uses: Vec<_> = key.split(' ').map(|word| layers.word_use(hash_word(word))).collect();
        let named =
            uses.iter().zip(key.split(' ')).all(|(u, word)| u.given > 0 || u.surname > 0 || word.len() == 1);
        let list = named && uses.last().is_some_and(|last| last.surname > 0);
        entries += usize::from(entry);
        lists += usize::from(list || entry);
    }
    let percent = |count: usize| 100.0 * count as f64 / persons.len().max(1) as f64;
    println!(
        "{corpus}: {} persons; an entry {:.1} %, an entry or the lists of names {:.1} %",
        persons.len(),
        percent(entries),
        percent(lists)
    );
}
