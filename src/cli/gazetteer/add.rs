//! `dateline gazetteer add`: one more row for a table of the user's own.

use super::super::Outcome;
use super::super::explain::summary;
use super::super::messages::say;
use super::args::AddArgs;
use dateline::gazetteer::table::{COLUMNS, column_name, delimiter, read_table, reader};
use dateline::normalize::words::key;
use dateline::write::AtomicFile;
use dateline::{Error, ErrorKind, Layers, Result};

/// How many entries of the same name are shown.
const SHOWN: usize = 3;

pub(super) fn run(args: &AddArgs) -> Result<Outcome> {
    let shown = args.table.display().to_string();
    let delimiter = delimiter(&args.table)
        .ok_or_else(|| Error::new(ErrorKind::Usage, "a table is a .csv or .tsv file").in_file(&shown))?;
    let id = args.id.clone().or_else(|| args.name.as_deref().map(own_id)).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "there is nothing to add").remedy(
            "give `--name` for a new entry, or `--id` and `--alternates` for more names of a known one",
        )
    })?;
    let table = match args.table.exists() {
        true => std::fs::read(&args.table).map_err(|cause| Error::read(&shown, cause))?,
        false => format!("{}\n", COLUMNS.join(&(delimiter as char).to_string())).into_bytes(),
    };
    let table = with_row(&shown, table, delimiter, &cells(args, &id))?;
    check(&shown, &table, delimiter, args, &id)?;
    let mut file = AtomicFile::create(&args.table)?;
    file.write(&table)?;
    file.finish()?;
    say(&format!("{shown}: added `{id}`"));
    tell_namesakes(args, &id)?;
    Ok(Outcome::Done)
}

/// Returns the id of an entry that is known by its name alone: `own:oak-mill`.
fn own_id(name: &str) -> String {
    format!("own:{}", key(name).replace(|c: char| !c.is_alphanumeric(), "-"))
}

fn cells<'a>(args: &'a AddArgs, id: &'a str) -> Vec<(&'static str, &'a str)> {
    let all = [
        ("id", Some(id)),
        ("kind", args.kind.as_deref()),
        ("name", args.name.as_deref()),
        ("feature_code", args.feature_code.as_deref()),
        ("country", args.country.as_deref()),
        ("admin1", args.admin1.as_deref()),
        ("latitude", args.latitude.as_deref()),
        ("longitude", args.longitude.as_deref()),
        ("population", args.population.as_deref()),
        ("wikidata", args.wikidata.as_deref()),
        ("role", args.role.as_deref()),
        ("alternates", args.alternates.as_deref()),
        ("abbreviations", args.abbreviations.as_deref()),
        ("demonyms", args.demonyms.as_deref()),
    ];
    all.into_iter().filter_map(|(column, cell)| Some((column, cell?))).collect()
}

/// Returns the table with one more row, in the columns that its header has.
fn with_row(shown: &str, mut table: Vec<u8>, delimiter: u8, cells: &[(&str, &str)]) -> Result<Vec<u8>> {
    let failed =
        |cause| Error::new(ErrorKind::Gazetteer, "cannot read the table").because(cause).in_file(shown);
    let header = reader(delimiter).from_reader(&table[..]).headers().map_err(failed)?.clone();
    let columns: Vec<&str> = header.iter().map(column_name).collect();
    if let Some((missing, _)) = cells.iter().find(|(column, _)| !columns.iter().any(|c| c == column)) {
        return Err(Error::new(ErrorKind::Gazetteer, format!("the table has no column `{missing}`"))
            .in_file(shown)
            .remedy("add it to the header and to every row, or leave the option out"));
    }
    let row =
        columns.iter().map(|column| cells.iter().find(|(c, _)| c == column).map_or("", |(_, cell)| cell));
    if !table.is_empty() && !table.ends_with(b"\n") {
        table.push(b'\n');
    }
    let quote = if delimiter == b'\t' { csv::QuoteStyle::Never } else { csv::QuoteStyle::Necessary };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).quote_style(quote).from_writer(table);
    writer.write_record(row).map_err(failed)?;
    writer.into_inner().map_err(|error| Error::write(shown, error.into_error()))
}

/// Reads the new table back, so that a row that cannot be used is not written, and looks for the id among its rows.
fn check(shown: &str, table: &[u8], delimiter: u8, args: &AddArgs, id: &str) -> Result<()> {
    let mut named = 0;
    read_table(shown, table, delimiter, |row, _| {
        named += usize::from(row.id == id && !row.name.is_empty());
        Ok(())
    })?;
    match named > 1 && args.name.is_some() {
        true => Err(Error::new(ErrorKind::Usage, format!("the table has an entry `{id}`"))
            .in_file(shown)
            .remedy("give another `--id`; to add names to that one, leave `--name` out")),
        false => Ok(()),
    }
}

/// Says what else the world's gazetteer has of that name, since the two will compete.
fn tell_namesakes(args: &AddArgs, id: &str) -> Result<()> {
    let layers = Layers::world()?;
    let Some(name) = args.name.as_deref().filter(|_| layers.find_id(id).is_none()) else { return Ok(()) };
    let known = layers.find_name(name).into_iter().flat_map(|name| layers.candidates(name));
    for entry in known.filter_map(|(id, _)| summary(&layers, id)).take(SHOWN) {
        say(&format!("the world has this name too: {entry}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_from_names() {
        assert_eq!(own_id("Oak Mill"), "own:oak-mill");
        assert_eq!(own_id("São João d'El-Rei"), "own:sao-joao-del-rei");
    }

    #[test]
    fn rows_take_the_columns_of_the_table() {
        let table = b"id,name,lat,lon\nx:1,A,1,2".to_vec();
        let cells = [("id", "x:2"), ("name", "B, C"), ("latitude", "3"), ("longitude", "4")];
        let table = with_row("t.csv", table, b',', &cells).unwrap();
        assert_eq!(String::from_utf8(table).unwrap(), "id,name,lat,lon\nx:1,A,1,2\nx:2,\"B, C\",3,4\n");
    }
}
