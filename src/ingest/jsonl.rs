//! JSON Lines: one object a line.

use super::fields::{FieldMap, FieldOptions, Role};
use super::{FieldNotice, Source, finish, rejected, utf8};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Position, Result};
use serde_json::{Map, Value};
use std::io::BufRead;

/// How deep objects are looked into for fields.
const DEEPEST: usize = 2;

/// An object with its position and its length in bytes.
type Read = (Map<String, Value>, Position, u64);

pub(super) struct JsonLines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    line: Vec<u8>,
    next: Position,
    fields: FieldMap,
    /// The first object, which was read to choose the fields.
    first: Option<Read>,
    /// Lines before it that are no objects.
    skipped: std::vec::IntoIter<Error>,
}

impl JsonLines {
    pub(super) fn open(
        name: String,
        reader: Box<dyn BufRead + Send>,
        options: &FieldOptions,
        notice: &mut FieldNotice,
    ) -> Result<JsonLines> {
        let next = Position { path: name.clone(), line: 1, byte: 0 };
        let skipped = Vec::new().into_iter();
        let fields = FieldMap::default();
        let mut source = JsonLines { name, reader, line: Vec::new(), next, fields, first: None, skipped };
        let mut skipped = Vec::new();
        loop {
            match source.object() {
                Ok(Some(first)) => {
                    let (filled, all) = (paths(&first.0, false), paths(&first.0, true));
                    source.fields = FieldMap::choose(&source.name, &filled, options)
                        .or_else(|_| FieldMap::choose(&source.name, &all, options))?;
                    notice(&source.name, &source.fields.describe());
                    source.first = Some(first);
                    break;
                }
                Ok(None) => break,
                Err(error) if error.kind() == ErrorKind::Record => skipped.push(error),
                Err(error) => return Err(error),
            }
        }
        source.skipped = skipped.into_iter();
        Ok(source)
    }

    /// Reads the next object with its position and length in bytes.
    fn object(&mut self) -> Result<Option<Read>> {
        loop {
            self.line.clear();
            let position = self.next.clone();
            let read = self
                .reader
                .read_until(b'\n', &mut self.line)
                .map_err(|cause| Error::read(&self.name, cause))?;
            self.next.line += 1;
            self.next.byte += read as u64;
            if read == 0 {
                return Ok(None);
            }
            let line = utf8(&self.line, &position)?.trim_start_matches('\u{feff}').trim();
            if !line.is_empty() {
                return parse(line, &position).map(|object| Some((object, position, read as u64)));
            }
        }
    }
}

fn parse(line: &str, position: &Position) -> Result<Map<String, Value>> {
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(value) => Err(rejected(format!("{} is no object", kind(&value)), position.clone())
            .remedy("write one JSON object a line; for an array: `jq -c '.[]'`")),
        Err(cause) => {
            let cause_text = cause.to_string();
            let what = cause_text.split(" at line ").next().unwrap_or_default();
            Err(rejected(format!("invalid JSON at column {}: {what}", cause.column()), position.clone()))
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns the dotted paths of all values that are no objects; nulls only with `nulls`.
fn paths(object: &Map<String, Value>, nulls: bool) -> Vec<String> {
    fn walk(object: &Map<String, Value>, nulls: bool, prefix: &str, depth: usize, paths: &mut Vec<String>) {
        for (key, value) in object {
            match value {
                Value::Object(inner) if depth < DEEPEST => {
                    walk(inner, nulls, &format!("{prefix}{key}."), depth + 1, paths);
                }
                Value::Null if !nulls => {}
                _ => paths.push(format!("{prefix}{key}")),
            }
        }
    }
    let mut paths = Vec::new();
    walk(object, nulls, "", 1, &mut paths);
    paths
}

/// Returns a number at the top of an object as it is written, for ids that no 64-bit number holds.
fn as_written(line: &[u8], key: &str) -> Option<String> {
    let fields: std::collections::HashMap<String, &serde_json::value::RawValue> =
        serde_json::from_slice(line).ok()?;
    fields.get(key).map(|value| value.get().to_owned())
}

/// Returns the value at a dotted path; a key that itself holds dots comes first.
fn at_path<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    object.get(path).or_else(|| {
        let (key, rest) = path.split_once('.')?;
        at_path(object.get(key)?.as_object()?, rest)
    })
}

impl Source for JsonLines {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        if let Some(error) = self.skipped.next() {
            return Err(error);
        }
        let object = match self.first.take() {
            Some(first) => Some(first),
            None => self.object()?,
        };
        let Some((object, position, bytes)) = object else { return Ok(false) };
        for role in Role::ALL {
            let Some(path) = self.fields.get(role) else { continue };
            let target = role.target(document);
            match at_path(&object, path) {
                Some(Value::String(text)) => target.push_str(text),
                Some(Value::Number(number)) if role == Role::Id => {
                    let exact = number
                        .as_f64()
                        .filter(|_| number.is_f64())
                        .and_then(|_| as_written(&self.line, path));
                    target.push_str(&exact.unwrap_or_else(|| number.to_string()));
                }
                Some(Value::Number(number)) if role == Role::Published => {
                    target.push_str(&number.to_string())
                }
                Some(Value::Null) | None if role == Role::Text => {
                    return Err(rejected(format!("field `{path}` is missing"), position));
                }
                Some(other) if matches!(role, Role::Text | Role::Title) && !other.is_null() => {
                    return Err(rejected(
                        format!("field `{path}` is {}, not a string", kind(other)),
                        position,
                    ));
                }
                _ => {}
            }
        }
        finish(document, position, bytes)?;
        Ok(true)
    }
}

impl Role {
    /// Returns the cell of a document that holds the role's value.
    pub(super) fn target(self, document: &mut Document) -> &mut String {
        match self {
            Role::Id => &mut document.id,
            Role::Title => &mut document.title,
            Role::Text => &mut document.text,
            Role::Published => &mut document.published,
            Role::Source => &mut document.source,
            Role::Url => &mut document.url,
            Role::Language => &mut document.language,
        }
    }
}
