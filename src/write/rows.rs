//! [`Tagged`] → [`Row`]s of the grains that a document alone makes: mentions and documents.

use super::Counts;
use crate::document::FIELDS;
use crate::entity::Entity;
use crate::gazetteer::{Entry, EntryId, Layers, iso3166};
use crate::recognize::{Mention, MentionKind};
use crate::record::{Row, Value};
use crate::tagger::Tagged;
use serde_json::json;
use std::borrow::Cow;
use std::collections::HashMap;

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offsets {
    /// Unicode code points (Python, spaCy, W3C Web Annotation).
    #[default]
    Chars,
    /// UTF-16 code units (JavaScript, Java).
    Utf16,
    /// Bytes of UTF-8 (Rust, Go).
    Bytes,
}

impl Offsets {
    /// Returns the length of `text` in these units.
    pub fn length(self, text: &str) -> u64 {
        let length = match self {
            Offsets::Bytes => text.len(),
            _ if text.is_ascii() => text.len(),
            Offsets::Chars => text.chars().count(),
            Offsets::Utf16 => text.encode_utf16().count(),
        };
        length as u64
    }

    /// Returns the word that `run.json` and the options use.
    pub fn as_str(self) -> &'static str {
        match self {
            Offsets::Chars => "chars",
            Offsets::Utf16 => "utf16",
            Offsets::Bytes => "bytes",
        }
    }
}

/// Which tags become rows, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowOptions {
    /// What offsets count.
    pub offsets: Offsets,
    /// Tags with a lower score are left out.
    pub min_score: f32,
    /// Kinds that are kept; empty means all.
    pub kinds: Vec<String>,
    /// Whether candidates carry the parts of their score.
    pub explain: bool,
}

/// One tag that becomes a row.
pub(super) struct Tag<'w> {
    /// Its number among the tags of the document that are kept, from 1.
    pub(super) number: usize,
    pub(super) mention: &'w Mention,
    pub(super) entity: &'w Entity,
    pub(super) entry: Option<Entry<'w>>,
    pub(super) kind: &'w str,
}

impl Tag<'_> {
    pub(super) fn is_place(&self) -> bool {
        self.mention.kind == MentionKind::Place
    }

    pub(super) fn is_person(&self) -> bool {
        self.mention.kind == MentionKind::Person
    }

    /// Returns the name to show: the entry's, else the mention.
    pub(super) fn name<'a>(&'a self, tagged: &'a Tagged) -> &'a str {
        self.entry.as_ref().map_or_else(|| surface(tagged, self.mention), |entry| entry.name())
    }
}

/// Returns the tags of a document that become rows.
pub(super) fn tags<'w>(tagged: &Tagged<'w>, options: &RowOptions) -> Vec<Tag<'w>> {
    let mut tags = Vec::with_capacity(tagged.mentions.list.len());
    for (mention, entity) in tagged.tags() {
        let entry = entity.referent.and_then(|id| tagged.layers.entry(id));
        let kind = match mention.kind {
            MentionKind::Place => "place",
            MentionKind::Demonym => "demonym",
            MentionKind::Person => "person",
            MentionKind::Other => entry.map_or("other", |entry| entry.kind()),
        };
        let wanted = options.kinds.is_empty() || options.kinds.iter().any(|k| k == kind);
        if wanted && entity.score >= options.min_score {
            tags.push(Tag { number: tags.len() + 1, mention, entity, entry, kind });
        }
    }
    tags
}

/// Counts tags by kind.
pub(super) fn count(tags: &[Tag]) -> Counts {
    let mut counts = Counts::default();
    for tag in tags {
        *match tag.mention.kind {
            MentionKind::Place => &mut counts.places,
            MentionKind::Demonym => &mut counts.demonyms,
            MentionKind::Person => &mut counts.persons,
            MentionKind::Other => &mut counts.others,
        } += 1;
    }
    counts
}

fn surface<'a>(tagged: &'a Tagged, mention: &Mention) -> &'a str {
    &tagged.document.field(mention.field)[mention.start as usize..mention.end as usize]
}

/// Counts offsets forward through the fields of a document, each byte once.
#[derive(Default)]
struct Counter {
    field: u8,
    byte: usize,
    count: u64,
}

impl Counter {
    fn count(&mut self, tagged: &Tagged, field: u8, byte: u32, unit: Offsets) -> u64 {
        if field != self.field || (byte as usize) < self.byte {
            *self = Counter { field, ..Counter::default() };
        }
        self.count += unit.length(&tagged.document.field(field)[self.byte..byte as usize]);
        self.byte = byte as usize;
        self.count
    }
}

/// Calls `each` with the row of every tag; `nested` rows have candidates.
pub(super) fn mentions<E>(
    tagged: &Tagged,
    tags: &[Tag],
    options: &RowOptions,
    nested: bool,
    mut each: impl FnMut(&Row) -> Result<(), E>,
) -> Result<(), E> {
    let mut counter = Counter::default();
    for tag in tags {
        let start = counter.count(tagged, tag.mention.field, tag.mention.start, options.offsets);
        let end = counter.count(tagged, tag.mention.field, tag.mention.end, options.offsets);
        let mut row = mention(tagged, tag, start, end);
        if nested {
            row.candidates = candidates(tagged, tag.entity, options.explain);
        }
        each(&row)?;
    }
    Ok(())
}

fn mention<'w>(tagged: &Tagged<'w>, tag: &Tag<'w>, start: u64, end: u64) -> Row<'w> {
    let document = tagged.document;
    let Tag { mention, entity, entry, .. } = tag;
    let mut values = vec![
        Value::text(&*document.id),
        Value::text(FIELDS[mention.field as usize]),
        Value::Integer(start),
        Value::Integer(end),
        Value::text(&document.field(mention.field)[mention.start as usize..mention.end as usize]),
        Value::text(tag.kind),
    ];
    values.extend(entry_values(tagged.layers, entity.referent.filter(|_| entry.is_some())));
    let in_dateline = tagged.text.dateline.as_ref().is_some_and(|d| d.contains(mention.first as usize));
    values.extend([
        Value::number(entity.score.into(), 3),
        Value::text(entity.rule.as_str()),
        Value::Boolean(in_dateline),
        Value::text(context(tagged, mention)),
    ]);
    Row {
        values,
        point: entry
            .as_ref()
            .filter(|_| tag.is_place() || mention.kind == MentionKind::Other)
            .and_then(point),
        id: format!("{}:{}", document.id, tag.number),
        candidates: Vec::new(),
    }
}

/// Returns longitude and latitude of an entry, if it has a point.
pub(super) fn point(entry: &Entry) -> Option<[f64; 2]> {
    entry.point().map(|point| [point.longitude, point.latitude])
}

/// Returns the values from `entity_id` to `precision`.
fn entry_values<'w>(layers: &'w Layers, id: Option<EntryId>) -> [Value<'w>; 12] {
    let Some((id, entry)) = id.and_then(|id| Some((id, layers.entry(id)?))) else {
        return [const { Value::Missing }; 12];
    };
    let (place, person) = (entry.is_place(), entry.is_person());
    let admin1 = layers.admin1(id).and_then(|division| layers.entry(division)).filter(|_| !person);
    let coordinate = |degrees: f64| Value::number(degrees, 5);
    let point = entry.point().filter(|_| !person);
    [
        Value::text(entry.id()),
        Value::text(entry.wikidata().unwrap_or_default()),
        Value::text(entry.name()),
        if place { Value::text(entry.place_type().as_str()) } else { Value::Missing },
        Value::text(entry.feature_code()),
        Value::text(iso3166::alpha3(entry.country())),
        Value::text(entry.country_code()),
        admin1.map_or(Value::Missing, |division| Value::text(division.code())),
        admin1.map_or(Value::Missing, |division| Value::text(division.name())),
        point.map_or(Value::Missing, |point| coordinate(point.latitude)),
        point.map_or(Value::Missing, |point| coordinate(point.longitude)),
        if place { Value::text(entry.place_type().precision()) } else { Value::Missing },
    ]
}

fn candidates(tagged: &Tagged, entity: &Entity, explain: bool) -> Vec<serde_json::Value> {
    let shown = tagged.entities.candidates(entity).iter().filter_map(|candidate| {
        let entry = tagged.layers.entry(candidate.entry)?;
        let score = Value::number(candidate.share.into(), 3).to_json();
        let mut shown = json!({ "entity_id": entry.id(), "name": entry.name(), "country": entry.country_code(), "score": score });
        if explain {
            let parts = tagged.entities.parts(candidate).iter().map(|(name, part)| {
                ((*name).to_owned(), Value::number((*part).into(), 2).to_json())
            });
            shown["features"] = parts.collect::<serde_json::Map<_, _>>().into();
        }
        Some(shown)
    });
    shown.collect()
}

/// How many bytes of context are shown on each side, before widening to whole words.
const CONTEXT: usize = 60;

/// Returns the words around a mention on one line.
pub(super) fn context<'a>(tagged: &Tagged<'a>, mention: &Mention) -> Cow<'a, str> {
    let text = tagged.document.field(mention.field);
    let (start, end) = (mention.start as usize, mention.end as usize);
    let from = text.floor_char_boundary(start.saturating_sub(CONTEXT));
    let to = text.ceil_char_boundary((end + CONTEXT).min(text.len()));
    let from =
        if from == 0 { 0 } else { text[from..start].find(char::is_whitespace).map_or(from, |at| from + at) };
    let to = if to == text.len() {
        to
    } else {
        text[end..to].rfind(char::is_whitespace).map_or(to, |at| end + at)
    };
    let shown = text[from..to].trim();
    match shown.contains(|c: char| c.is_control()) || shown.contains("  ") {
        true => shown
            .split_whitespace()
            .map(|word| word.replace(char::is_control, ""))
            .collect::<Vec<_>>()
            .join(" ")
            .into(),
        false => shown.into(),
    }
}

/// Returns the row of a document.
pub(super) fn document<'w>(tagged: &Tagged<'w>, tags: &[Tag<'w>]) -> Row<'w> {
    let document = tagged.document;
    let focus = &tagged.focus;
    let country = focus.country.and_then(|code| tagged.layers.country(code));
    let place = focus.place.and_then(|id| tagged.layers.entry(id));
    let dateline = focus.dateline.and_then(|id| tagged.layers.entry(id));
    let filed = tagged.text.dateline.as_ref();
    let shown = place.as_ref().or(country.as_ref());
    let point = shown.and_then(point);
    let id = |entry: &Option<Entry>| Value::text(entry.as_ref().map(|e| e.id()).unwrap_or_default());
    let name = |entry: &Option<Entry<'w>>| Value::text(entry.as_ref().map_or("", |e| e.name()));
    let coordinate = |at: usize| point.map_or(Value::Missing, |point| Value::number(point[at], 5));
    let places = tags.iter().filter(|tag| tag.is_place());
    let persons = tags.iter().filter(|tag| tag.is_person());
    let countries = tags.iter().filter(|tag| !tag.is_person()).filter_map(|tag| tag.entry.as_ref());
    let values = vec![
        Value::text(&*document.id),
        Value::text(&*document.title),
        Value::text(&*document.url),
        Value::text(&*document.published),
        Value::text(&*document.source),
        Value::text(&*document.language),
        id(&dateline),
        name(&dateline),
        Value::text(filed.map_or("", |filed| tagged.text.written(document, filed.agency.clone()))),
        Value::text(filed.and_then(|filed| filed.date.as_deref()).unwrap_or_default()),
        Value::text(focus.country.map_or("", iso3166::alpha3)),
        focus.country.map_or(Value::Missing, |_| Value::number(focus.country_score.into(), 3)),
        id(&place),
        name(&place),
        coordinate(1),
        coordinate(0),
        Value::Integer(places.clone().count() as u64),
        Value::Integer(persons.clone().count() as u64),
        most_mentioned(
            countries.map(|entry| iso3166::alpha3(entry.country())).filter(|code| !code.is_empty()),
        ),
        most_mentioned(places.map(|tag| tag.name(tagged))),
        most_mentioned(persons.map(|tag| full_name(tagged, tags, tag))),
    ];
    Row { values, point, id: document.id.clone(), candidates: Vec::new() }
}

/// Returns the name of a person: the entry's, else the full name that a surname stands for.
pub(super) fn full_name<'a>(tagged: &'a Tagged, tags: &'a [Tag], tag: &'a Tag) -> &'a str {
    match (&tag.entry, tagged.mentions.list.get(tag.mention.full_name as usize)) {
        (None, Some(full)) if full.kind == MentionKind::Person && !tags.is_empty() => surface(tagged, full),
        _ => tag.name(tagged),
    }
}

/// Returns distinct names, most frequent first, then in order of appearance; `|` within a name becomes `/`.
fn most_mentioned<'a, 'w>(names: impl Iterator<Item = &'a str>) -> Value<'w> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for name in names {
        let at = *places.entry(name).or_insert(counts.len());
        match counts.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counts.is_empty() {
        true => Value::Missing,
        false => Value::List(counts.into_iter().map(|(name, _)| one_line(name)).collect()),
    }
}

/// Returns a name as it stands in a list: on one line, with `/` for `|`.
pub(super) fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/")
}
