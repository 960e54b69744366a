//! Gold: documents in which somebody has marked what is named, from JSON Lines.

use super::span::{CodePoints, Span};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::gazetteer::Point;
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// A marked document. Only its text is tagged: the offsets count in it.
#[derive(Clone, Debug)]
pub struct GoldDocument {
    /// The document, with id, text and source (the line's `domain`) only.
    pub document: Document,
    /// What is marked in it.
    pub mentions: Vec<GoldMention>,
    /// The part that was marked, where it is not the whole.
    pub marked: Option<Span>,
    points: CodePoints,
}

/// A marked name.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldMention {
    /// Where it stands.
    pub span: Span,
    /// Its type: `LOC`, `PER`, or one that is neither counted as a place nor as a person.
    pub kind: String,
    /// Where the place is.
    pub point: Option<Point>,
    /// The GeoNames number of the place.
    pub geonames: Option<String>,
    /// Whether the place is in no gazetteer (the number is `none`).
    pub nowhere: bool,
    /// Whether it may be tagged and need not.
    pub optional: bool,
}

impl GoldMention {
    /// Tells whether it is a place, or a demonym that is known to stand for one.
    pub fn is_place(&self) -> bool {
        !self.optional && (self.kind == "LOC" || self.kind == "NORP" && self.point.is_some())
    }
}

impl GoldDocument {
    /// Returns a marked document.
    pub fn new(document: Document, mentions: Vec<GoldMention>) -> GoldDocument {
        let points = CodePoints::of(&document.text);
        GoldDocument { document, mentions, marked: None, points }
    }

    /// Returns the words at a span.
    pub fn surface(&self, span: Span) -> &str {
        self.slice(span.start, span.end)
    }

    /// Returns the span of a range of bytes.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        self.points.span(bytes)
    }

    /// Returns the range of bytes of a span.
    pub fn bytes(&self, span: Span) -> std::ops::Range<usize> {
        self.points.range(span)
    }

    /// Returns the numbers of the marked places that do not overlap, in order, and their ranges of bytes.
    pub fn places(&self) -> (Vec<usize>, Vec<std::ops::Range<usize>>) {
        let marked = self.mentions.iter().enumerate().filter(|(_, mention)| mention.is_place());
        let mut places: Vec<_> = marked.map(|(number, mention)| (number, self.bytes(mention.span))).collect();
        places.sort_by_key(|(_, range)| range.start);
        let mut end = 0;
        places.retain(|(_, range)| {
            let free = range.start >= end;
            end = if free { range.end } else { end };
            free
        });
        places.into_iter().unzip()
    }

    /// Returns the text between two code points.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.points.slice(&self.document.text, start, end)
    }
}

/// Reads a gold file: one JSON object a line, with `id`, `text` and `mentions`.
///
/// # Errors
/// The file cannot be read, or a line is no such object, or a mention does not stand where it says.
pub fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let text = std::fs::read_to_string(path).map_err(|cause| Error::read(path.display(), cause))?;
    parse(&text, &path.display().to_string())
}

/// Reads the lines of a gold file that is called `path` in messages.
///
/// # Errors
/// A line is no gold document, or a mention does not stand where it says.
pub fn parse(text: &str, path: &str) -> Result<Vec<GoldDocument>> {
    let mut documents = Vec::new();
    let mut byte = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let position = Position { path: path.to_owned(), line: number as u64 + 1, byte };
        byte += line.len() as u64;
        let line = line.trim_start_matches('\u{feff}').trim();
        if !line.is_empty() {
            documents.push(document(line, position)?);
        }
    }
    Ok(documents)
}

/// A line as it is written.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    domain: Option<String>,
    mentions: Vec<LineMention>,
    eval_span: Option<(usize, usize)>,
}

/// A mention as it is written. Numbers may stand in quotes.
#[derive(Deserialize)]
struct LineMention {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    surface: Option<String>,
    lat: Option<Value>,
    lon: Option<Value>,
    geonameid: Option<Value>,
    optional: Option<bool>,
}

/// The number of a place that is in no gazetteer.
const NOWHERE: &str = "none";

const SHAPE: &str =
    r#"a line is {"id": "1", "text": "...", "mentions": [{"start": 0, "end": 5, "type": "LOC"}]}"#;

fn document(line: &str, position: Position) -> Result<GoldDocument> {
    let wrong = |message: String| Error::new(ErrorKind::Input, message).at(position.clone());
    let line: Line = serde_json::from_str(line).map_err(|cause| {
        let text = cause.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        wrong(format!("no gold document: {what} at column {}", cause.column())).remedy(SHAPE)
    })?;
    let id =
        word(&line.id).ok_or_else(|| wrong("the id is empty".into()).remedy("give each document one"))?;
    let mut document = Document::from_text(id, line.text);
    document.position = position.clone();
    document.source = line.domain.unwrap_or_default();
    let mut gold = GoldDocument::new(document, Vec::with_capacity(line.mentions.len()));
    gold.marked = line.eval_span.map(|(start, end)| Span { start, end });
    for mention in &line.mentions {
        check(mention, &gold)
            .map_err(|message| wrong(message).remedy("offsets count Unicode code points in `text`"))?;
    }
    gold.mentions = line.mentions.into_iter().map(LineMention::mention).collect();
    Ok(gold)
}

/// Checks that a mention stands where it says.
fn check(mention: &LineMention, gold: &GoldDocument) -> std::result::Result<(), String> {
    let LineMention { start, end, .. } = *mention;
    let length = gold.points.count();
    if start >= end || end > length {
        return Err(format!("a mention from {start} to {end} in a text of {length}"));
    }
    let stands = gold.slice(start, end);
    match mention.surface.as_deref().filter(|surface| *surface != stands) {
        Some(surface) => {
            Err(format!("the mention `{surface}` is `{stands}` in the text from {start} to {end}"))
        }
        None => Ok(()),
    }
}

impl LineMention {
    fn mention(self) -> GoldMention {
        GoldMention {
            span: Span { start: self.start, end: self.end },
            kind: self.kind,
            point: point(self.lat.as_ref(), self.lon.as_ref()),
            geonames: self.geonameid.as_ref().and_then(word).filter(|id| id != "0" && id != NOWHERE),
            nowhere: self.geonameid.as_ref().and_then(word).is_some_and(|id| id == NOWHERE),
            optional: self.optional.unwrap_or(false),
        }
    }
}

/// Returns a string or number as a string, unless it is empty.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns a point on the Earth; 0°, 0° stands for one that is not known.
fn point(latitude: Option<&Value>, longitude: Option<&Value>) -> Option<Point> {
    let degrees = |value: Option<&Value>| word(value?)?.trim().parse::<f64>().ok();
    let point = Point { latitude: degrees(latitude)?, longitude: degrees(longitude)? };
    super::system::usable(point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(line: &str) -> String {
        parse(line, "gold.jsonl").unwrap_err().to_string()
    }

    #[test]
    fn offsets_count_code_points() {
        let line = r#"{"id": 7, "text": "Zürich und Genève", "mentions": [{"start": 11, "end": 17, "surface":
            "Genève", "type": "LOC", "lat": "46.2", "lon": 6.15, "geonameid": 2660646}]}"#;
        let gold = parse(&line.replace('\n', " "), "gold.jsonl").unwrap().remove(0);
        let mention = &gold.mentions[0];
        assert_eq!((gold.document.id.as_str(), gold.surface(mention.span)), ("7", "Genève"));
        assert_eq!(mention.point, Some(Point { latitude: 46.2, longitude: 6.15 }));
        assert_eq!(mention.geonames.as_deref(), Some("2660646"));
    }

    #[test]
    fn a_point_that_is_not_known_is_none() {
        let (zero, far) = (Value::from(0), Value::from(91));
        assert_eq!(point(Some(&zero), Some(&zero)), None);
        assert_eq!(point(Some(&far), Some(&zero)), None);
        assert_eq!(point(Some(&Value::Null), Some(&zero)), None);
    }

    #[test]
    fn bad_lines_are_errors_with_line_and_remedy() {
        insta::assert_snapshot!(failed("\n{\"id\": \"1\", \"text\": \"\"}\n"), @r#"gold.jsonl:2 (byte 1): no gold document: missing field `mentions` at column 23; a line is {"id": "1", "text": "...", "mentions": [{"start": 0, "end": 5, "type": "LOC"}]}"#);
        let at = |mention: &str| {
            failed(&format!(
                r#"{{"id": "1", "text": "In Bern", "mentions": [{{"type": "LOC", {mention}}}]}}"#
            ))
        };
        insta::assert_snapshot!(at(r#""start": 3, "end": 8"#), @"gold.jsonl:1 (byte 0): a mention from 3 to 8 in a text of 7; offsets count Unicode code points in `text`");
        insta::assert_snapshot!(at(r#""start": 3, "end": 7, "surface": "Basel""#), @"gold.jsonl:1 (byte 0): the mention `Basel` is `Bern` in the text from 3 to 7; offsets count Unicode code points in `text`");
    }
}
