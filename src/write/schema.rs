//! The record contract as JSON Schema (draft 2020-12), made from the one list of columns.

use crate::record::{Column, ColumnType, Grain};
use serde_json::{Map, Value, json};

/// Returns the JSON Schema of one row of each grain, under `$defs`.
pub fn json_schema() -> Value {
    let grains: Map<String, Value> = Grain::ALL.iter().map(|g| (g.as_str().to_owned(), grain(*g))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dateline records",
        "description": "One row of each grain as JSON Lines has it: missing values are left out, lists are arrays. \
                        In CSV the columns have the same names and order, missing values are empty, lists are joined by |.",
        "$defs": grains,
    })
}

fn grain(grain: Grain) -> Value {
    let mut properties: Map<String, Value> =
        grain.columns().iter().map(|column| (column.name.to_owned(), property(column))).collect();
    if grain == Grain::Mentions {
        properties.insert("candidates".to_owned(), candidates());
    }
    let id = grain.columns()[0].name;
    json!({ "type": "object", "required": [id], "properties": properties, "additionalProperties": false })
}

fn property(column: &Column) -> Value {
    let mut property = match column.kind {
        ColumnType::Text => json!({ "type": "string" }),
        ColumnType::Integer => json!({ "type": "integer", "minimum": 0 }),
        ColumnType::Number => json!({ "type": "number" }),
        ColumnType::Boolean => json!({ "type": "boolean" }),
        ColumnType::List => json!({ "type": "array", "items": { "type": "string" } }),
    };
    property["description"] = column.about.into();
    property
}

fn candidates() -> Value {
    json!({
        "type": "array",
        "description": "The best few entries that the name may mean, likeliest first; only in JSON.",
        "items": {
            "type": "object",
            "required": ["entity_id", "name", "country", "score"],
            "properties": {
                "entity_id": { "type": "string" },
                "name": { "type": "string" },
                "country": { "type": "string", "description": "ISO 3166 alpha-2." },
                "score": { "type": "number", "description": "Share of probability among the candidates." },
                "features": { "type": "object", "description": "With --explain: what each kind of evidence adds." },
            },
        },
    })
}
