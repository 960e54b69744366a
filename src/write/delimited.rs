//! CSV: RFC 4180 quoting, a header, UTF-8 without BOM, LF, `.` decimals, empty means missing, lists joined by `|`.

use super::{RowEncoder, Selected};
use crate::error::{Error, ErrorKind, Result};
use crate::record::{Row, Value};

pub(super) struct Csv {
    columns: Vec<Selected>,
    writer: csv::Writer<Vec<u8>>,
    number: String,
}

impl Csv {
    pub(super) fn new(columns: Vec<Selected>) -> Csv {
        Csv { columns, writer: csv::Writer::from_writer(Vec::new()), number: String::new() }
    }

    fn cell(&mut self, value: &Value) -> csv::Result<()> {
        use std::fmt::Write;
        self.number.clear();
        match value {
            Value::Missing => self.writer.write_field(""),
            Value::Text(text) => self.writer.write_field(text.as_bytes()),
            Value::Boolean(value) => self.writer.write_field(if *value { "true" } else { "false" }),
            Value::List(values) => self.writer.write_field(values.join("|")),
            Value::Integer(_) | Value::Number(_) => {
                let _ = match value {
                    Value::Number(number) => write!(self.number, "{number}"),
                    Value::Integer(number) => write!(self.number, "{number}"),
                    _ => Ok(()),
                };
                self.writer.write_field(&self.number)
            }
        }
    }
}

impl RowEncoder for Csv {
    fn encode(&mut self, row: &Row) -> Result<()> {
        let failed = |cause| Error::new(ErrorKind::Output, "cannot encode a CSV row").because(cause);
        for at in 0..self.columns.len() {
            self.cell(&row.values[self.columns[at].index]).map_err(failed)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(failed)
    }

    fn take(&mut self) -> Vec<u8> {
        let writer = std::mem::replace(&mut self.writer, csv::Writer::from_writer(Vec::new()));
        writer.into_inner().unwrap_or_default()
    }

    fn head(&self, _name: &str) -> Vec<u8> {
        let names: Vec<&str> = self.columns.iter().map(|s| s.column.name).collect();
        format!("{}\n", names.join(",")).into_bytes()
    }
}
