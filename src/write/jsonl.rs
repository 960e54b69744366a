//! JSON Lines: one object a row with the columns as keys; missing values are left out, lists are arrays. Mentions also
//! have `candidates`, unless columns are chosen.

use super::{RowEncoder, Selected};
use crate::error::{Error, ErrorKind, Result};
use crate::record::{Row, Value};
use serde_json::Map;

pub(super) struct Jsonl {
    columns: Vec<Selected>,
    bytes: Vec<u8>,
}

impl Jsonl {
    pub(super) fn new(columns: Vec<Selected>) -> Jsonl {
        Jsonl { columns, bytes: Vec::new() }
    }
}

impl RowEncoder for Jsonl {
    fn encode(&mut self, row: &Row) -> Result<()> {
        let mut object = Map::new();
        for selected in &self.columns {
            let value = &row.values[selected.index];
            if *value != Value::Missing {
                object.insert(selected.column.name.to_owned(), value.to_json());
            }
        }
        if !row.candidates.is_empty() {
            object.insert("candidates".to_owned(), row.candidates.clone().into());
        }
        serde_json::to_writer(&mut self.bytes, &object)
            .map_err(|cause| Error::new(ErrorKind::Output, "cannot encode a JSON row").because(cause))?;
        self.bytes.push(b'\n');
        Ok(())
    }

    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}
