//! `dateline schema`: the record contract.

use super::Outcome;
use super::args::SchemaArgs;
use dateline::record::Grain;
use dateline::write::schema::json_schema;
use dateline::{Error, ErrorKind, Result};
use std::io::Write;

pub(crate) fn run(args: SchemaArgs) -> Result<Outcome> {
    let text = match args.dictionary {
        true => dictionary()?,
        false => format!("{:#}\n", json_schema()).into_bytes(),
    };
    std::io::stdout().write_all(&text).map_err(|cause| Error::write("standard output", cause))?;
    Ok(Outcome::Done)
}

fn dictionary() -> Result<Vec<u8>> {
    let failed = |cause: csv::Error| Error::new(ErrorKind::Output, "cannot write the table").because(cause);
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["grain", "column", "type", "meaning"]).map_err(failed)?;
    for grain in Grain::ALL {
        for column in grain.columns() {
            let kind = format!("{:?}", column.kind).to_lowercase();
            table.write_record([grain.as_str(), column.name, &kind, column.about]).map_err(failed)?;
        }
    }
    Ok(table.into_inner().unwrap_or_default())
}
