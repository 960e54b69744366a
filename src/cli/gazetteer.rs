//! `dateline gazetteer`: build, info, lookup, verify.

use super::args::{GazetteerArgs, GazetteerCommand, GazetteerOptions};
use super::explain::summary;
use super::messages::{say, thousands};
use super::{Outcome, same_file};
use dateline::gazetteer::table::{delimiter, read_table};
use dateline::gazetteer::{Draft, SourceCredit};
use dateline::write::AtomicFile;
use dateline::{Error, ErrorKind, Gazetteer, Layers, Result};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many candidates `lookup` shows.
const SHOWN: usize = 20;

pub(crate) fn run(args: GazetteerArgs) -> Result<Outcome> {
    match args.command {
        GazetteerCommand::Build { tables, output, label } => build(&tables, &output, label),
        GazetteerCommand::Info { file } => with(file.as_deref(), info),
        GazetteerCommand::Lookup { name, gazetteers } => lookup(&name, &gazetteers),
        GazetteerCommand::Verify { file } => with(file.as_deref(), verify),
    }
}

fn print(text: &str) -> Result<()> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|cause| Error::write("standard output", cause))
}

/// Calls `command` with the gazetteer at `file`, or with the embedded one.
fn with(file: Option<&Path>, command: fn(&Gazetteer) -> Result<Outcome>) -> Result<Outcome> {
    match file {
        Some(path) => command(&Gazetteer::open(path)?).map_err(|error| error.in_file(path.display())),
        None => command(&Layers::world()?.gazetteers()[0]),
    }
}

fn build(tables: &[PathBuf], output: &Path, label: String) -> Result<Outcome> {
    let mut draft = Draft::new();
    let mut sources = Vec::new();
    for table in tables {
        let shown = table.display().to_string();
        let file = File::open(table).map_err(|cause| Error::read(&shown, cause))?;
        if same_file(output, table) {
            return Err(Error::new(ErrorKind::Usage, "this file is an input")
                .in_file(shown)
                .remedy("choose another with `-o`"));
        }
        let Some(delimiter) = delimiter(table) else {
            return Err(Error::new(ErrorKind::Usage, "a table is a .csv or .tsv file").in_file(shown));
        };
        read_table(&shown, file, delimiter, |row, at| draft.add(row, at))?;
        sources.push(SourceCredit { name: shown, ..SourceCredit::default() });
    }
    let built = Gazetteer::from_vec(draft.compile(&label, sources)?.into_vec()?)?;
    if built.name_count() == 0 {
        return Err(Error::new(ErrorKind::Gazetteer, "there is no name to be found")
            .in_file(tables.iter().map(|table| table.display().to_string()).collect::<Vec<_>>().join(", "))
            .remedy("give it at least one row with an id and a name"));
    }
    let mut file = AtomicFile::create(output)?;
    file.write(built.as_bytes())?;
    file.finish()?;
    let metadata = built.metadata();
    say(&format!(
        "{}: {} entries, {} names, {:.1} MB",
        output.display(),
        thousands(metadata.entries as u64),
        thousands(metadata.names as u64),
        built.size() as f64 / 1e6
    ));
    if metadata.names_left_out > 0 {
        say(&format!(
            "{} names were left out: empty after folding, or longer than 100 bytes",
            metadata.names_left_out
        ));
    }
    Ok(Outcome::Done)
}

fn info(gazetteer: &Gazetteer) -> Result<Outcome> {
    let metadata = gazetteer.metadata();
    let count = |number: usize| thousands(number as u64);
    let mut text = format!(
        "version     {}\nchecksum    {}\nsize        {:.1} MB\nentries     {} ({} places, {} persons)\nnames       {}\n\
         candidates  {} ({} names left out)\nkinds       {}\n",
        metadata.version,
        gazetteer.checksum(),
        gazetteer.size() as f64 / 1e6,
        count(metadata.entries),
        count(metadata.places),
        count(metadata.persons),
        count(metadata.names),
        count(metadata.candidates),
        count(metadata.names_left_out),
        metadata.kinds.join(", "),
    );
    for (section, size) in gazetteer.section_sizes() {
        text.push_str(&format!(
            "section     {:<11} {:>12} bytes\n",
            format!("{section:?}"),
            thousands(size as u64)
        ));
    }
    for source in &metadata.sources {
        let SourceCredit { name, version, licence, credit } = source;
        let licence = if licence.is_empty() { String::new() } else { format!("({licence})") };
        let words = [name, version, &licence, credit].into_iter().filter(|word| !word.is_empty());
        text.push_str(&format!("source      {}\n", words.cloned().collect::<Vec<_>>().join(" ")));
    }
    print(&text)?;
    Ok(Outcome::Done)
}

fn lookup(name: &str, gazetteers: &GazetteerOptions) -> Result<Outcome> {
    let layers = gazetteers.open()?;
    if let Some(entry) = layers.find_id(name).and_then(|id| layers.entry(id)) {
        print(&format!("{}\n", summary(&entry)))?;
        return Ok(Outcome::Done);
    }
    let names = layers.find_name(name);
    if names.is_empty() {
        return Err(Error::new(ErrorKind::Usage, format!("`{name}` is in no gazetteer"))
            .remedy("case, diacritics and hyphens do not matter; try another spelling, or an id"));
    }
    let all: Vec<_> = names.into_iter().flat_map(|name| layers.candidates(name)).collect();
    let mut text = String::new();
    for (id, how) in all.iter().take(SHOWN) {
        if let Some(entry) = layers.entry(*id) {
            text.push_str(&format!("{:<12} {}\n", how.as_str(), summary(&entry)));
        }
    }
    if all.len() > SHOWN {
        text.push_str(&format!("... and {} more\n", all.len() - SHOWN));
    }
    print(&text)?;
    Ok(Outcome::Done)
}

fn verify(gazetteer: &Gazetteer) -> Result<Outcome> {
    gazetteer.verify()?;
    print(&format!("ok: {} bytes, {}\n", thousands(gazetteer.size() as u64), gazetteer.checksum()))?;
    Ok(Outcome::Done)
}
