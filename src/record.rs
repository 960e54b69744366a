//! The record contract: which columns each grain has, in which order, of which type and why.
//!
//! [`Grain::columns`] is the only list of columns; every output format, the JSON Schema and the data dictionary are
//! driven by it.

use std::borrow::Cow;

/// What one row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// One row a tagged mention.
    Mentions,
    /// One row an article.
    Documents,
    /// One row a place: the map layer.
    Places,
}

/// The type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8 text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// True or false.
    Boolean,
    /// Several texts; joined by `|` where the format has no lists.
    List,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in every format.
    pub name: &'static str,
    /// The type of its values.
    pub kind: ColumnType,
    /// What it means.
    pub about: &'static str,
}

const fn column(name: &'static str, kind: ColumnType, about: &'static str) -> Column {
    Column { name, kind, about }
}

use ColumnType::{Boolean, Integer, List, Number, Text};

const MENTIONS: &[Column] = &[
    column("doc_id", Text, "Id of the document: the input's own, else path:line or the path. Never empty."),
    column("field", Text, "The field that the offsets count in: title or text."),
    column(
        "start_char",
        Integer,
        "First position, in Unicode code points of the field as read (see --offsets).",
    ),
    column("end_char", Integer, "Position after the last: text[start_char:end_char] == mention."),
    column("mention", Text, "The text between the offsets, exactly."),
    column("kind", Text, "place, person, demonym, or a kind that a user's gazetteer declares."),
    column(
        "entity_id",
        Text,
        "geonames:170063, wikidata:Q44329, dateline:SLUG or PREFIX:ID; empty when not linked.",
    ),
    column("wikidata_id", Text, "Wikidata QID where known."),
    column("name", Text, "The entry's canonical name."),
    column(
        "place_type",
        Text,
        "country, region, admin1, admin2, admin3, city, neighbourhood, locality, water, mountain, island, land, site.",
    ),
    column(
        "feature_code",
        Text,
        "GeoNames feature code (PPLA, ADM1, PCLI); empty when the sources give none.",
    ),
    column(
        "country_iso3",
        Text,
        "ISO 3166 alpha-3 (join on this one: NA, Namibia's alpha-2, reads as missing).",
    ),
    column("country_iso2", Text, "ISO 3166 alpha-2."),
    column("admin1_code", Text, "GeoNames dotted code of the first-order division: SY.09."),
    column("admin1_name", Text, "Its name."),
    column("latitude", Number, "WGS 84 degrees north of the referent; empty for persons."),
    column("longitude", Number, "WGS 84 degrees east of the referent; empty for persons."),
    column("precision", Text, "What the point stands for: country, region, admin1, admin2, city, site."),
    column("score", Number, "How likely the tag is right, recognised and linked, 0 to 1."),
    column(
        "rule",
        Text,
        "What decided: unambiguous, containment, place-type, country-context, nearness, population, full-name, surname, \
         user-gazetteer, shape.",
    ),
    column("is_dateline", Boolean, "Whether the mention stands in the dateline."),
    column("context", Text, "About 60 characters on each side, on one line."),
];

const DOCUMENTS: &[Column] = &[
    column("doc_id", Text, "Id of the document."),
    column("title", Text, "Its headline."),
    column("url", Text, "Where it was published."),
    column("published", Text, "When it was published, ISO 8601."),
    column("source", Text, "Who published it."),
    column("language", Text, "Its language, as the input says."),
    column("dateline_place_id", Text, "entity_id of the dateline's place."),
    column("dateline_name", Text, "Name of the dateline's place."),
    column(
        "dateline_agency",
        Text,
        "Who filed the story, as the dateline's brackets say: AP, Reuters, Staff reports.",
    ),
    column(
        "dateline_date",
        Text,
        "When, ISO 8601: 2014-10-13. A year that the dateline leaves out is taken from published; empty without one.",
    ),
    column("focus_country_iso3", Text, "The country that the document is about, ISO 3166 alpha-3."),
    column("focus_country_score", Number, "Its share of the weight of all countries, 0 to 1."),
    column("focus_place_id", Text, "entity_id of the place within that country that weighs most."),
    column("focus_place_name", Text, "Its name."),
    column("latitude", Number, "WGS 84 degrees north of the focus place, else of the focus country."),
    column("longitude", Number, "WGS 84 degrees east of the focus place, else of the focus country."),
    column("n_places", Integer, "Mentions of places."),
    column("n_persons", Integer, "Mentions of persons."),
    column("countries", List, "Countries by ISO 3166 alpha-3, most mentioned first."),
    column("places", List, "Names of places, most mentioned first."),
    column("persons", List, "Names of persons, most mentioned first."),
];

const PLACES: &[Column] = &[
    column("entity_id", Text, "Id of the place."),
    column("wikidata_id", Text, "Wikidata QID where known."),
    column("name", Text, "Its canonical name."),
    column("place_type", Text, "Sort of place, as in mentions."),
    column("feature_code", Text, "GeoNames feature code."),
    column("country_iso3", Text, "ISO 3166 alpha-3."),
    column("admin1_name", Text, "Name of its first-order division."),
    column("latitude", Number, "WGS 84 degrees north."),
    column("longitude", Number, "WGS 84 degrees east."),
    column("precision", Text, "What the point stands for."),
    column("n_mentions", Integer, "Mentions as a place (demonyms are not counted)."),
    column("n_documents", Integer, "Documents with at least one of them."),
    column("first_published", Text, "Earliest date of those documents."),
    column("last_published", Text, "Latest date of those documents."),
    column("top_persons", List, "Up to five persons of the same documents, most documents first."),
    column("sample_doc_id", Text, "The document of the surest mention."),
    column("sample_context", Text, "Its context."),
];

impl Grain {
    /// All grains.
    pub const ALL: [Grain; 3] = [Grain::Mentions, Grain::Documents, Grain::Places];

    /// Returns its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Grain::Mentions => MENTIONS,
            Grain::Documents => DOCUMENTS,
            Grain::Places => PLACES,
        }
    }

    /// Returns its name, which is that of its files and layers.
    pub fn as_str(self) -> &'static str {
        match self {
            Grain::Mentions => "mentions",
            Grain::Documents => "documents",
            Grain::Places => "places",
        }
    }
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing: an empty cell, an absent key.
    Missing,
    /// A text; an empty one is missing.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(u64),
    /// A decimal number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// Several texts.
    List(Vec<String>),
}

impl<'a> Value<'a> {
    /// Returns a text, or [`Value::Missing`] for an empty one.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Value<'a> {
        let text = text.into();
        if text.is_empty() { Value::Missing } else { Value::Text(text) }
    }

    /// Returns a number rounded to `digits` decimals, or [`Value::Missing`] where it is no finite number.
    pub fn number(value: f64, digits: i32) -> Value<'a> {
        let scale = 10f64.powi(digits);
        let rounded = (value * scale).round() / scale;
        if rounded.is_finite() { Value::Number(rounded + 0.0) } else { Value::Missing }
    }

    /// Returns the value as JSON.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Missing => serde_json::Value::Null,
            Value::Text(text) => text.as_ref().into(),
            Value::Integer(value) => (*value).into(),
            Value::Number(value) => (*value).into(),
            Value::Boolean(value) => (*value).into(),
            Value::List(values) => values.clone().into(),
        }
    }
}

/// One row: a value for each column of its grain, and what only nested formats can hold.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// The values, in the order of the grain's columns.
    pub values: Vec<Value<'a>>,
    /// The point, longitude first, when the row may stand on a map.
    pub point: Option<[f64; 2]>,
    /// The id of the row's feature.
    pub id: String,
    /// The candidates of a mention, for JSON.
    pub candidates: Vec<serde_json::Value>,
}
