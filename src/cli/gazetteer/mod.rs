//! `dateline gazetteer`: build, add, info, lookup, verify.

mod add;
pub(crate) mod args;
mod build;
mod verify;

use super::Outcome;
use super::args::GazetteerOptions;
use super::explain::summary;
use super::messages::thousands;
use args::{GazetteerArgs, GazetteerCommand};
use dateline::gazetteer::{Entry, SourceCredit};
use dateline::{Error, ErrorKind, Gazetteer, Layers, Result};
use std::io::Write;
use std::path::Path;

/// How many candidates `lookup` shows.
const SHOWN: usize = 20;

pub(crate) fn run(args: GazetteerArgs) -> Result<Outcome> {
    match args.command {
        GazetteerCommand::Build(args) => build::run(&args),
        GazetteerCommand::Add(args) => add::run(&args),
        GazetteerCommand::Info { file } => with(file.as_deref(), info),
        GazetteerCommand::Lookup { name, gazetteers } => lookup(&name, &gazetteers),
        GazetteerCommand::Verify(args) => verify::run(&args),
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

/// Returns the point and the extent of an entry, as far as it has them.
fn place(entry: &Entry) -> String {
    let point = entry.point().map(|p| format!(", {} {}", p.latitude, p.longitude)).unwrap_or_default();
    let extent = entry.extent().map(|e| format!(", extent {} {} {} {}", e.west, e.south, e.east, e.north));
    point + &extent.unwrap_or_default()
}

fn lookup(name: &str, gazetteers: &GazetteerOptions) -> Result<Outcome> {
    let layers = gazetteers.open()?;
    if let Some((id, entry)) = layers.find_id(name).and_then(|id| Some((id, summary(&layers, id)?))) {
        print(&format!("{entry}{}\n", layers.entry(id).map(|entry| place(&entry)).unwrap_or_default()))?;
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
        if let Some(entry) = summary(&layers, *id) {
            text.push_str(&format!("{:<12} {entry}\n", how.as_str()));
        }
    }
    if all.len() > SHOWN {
        text.push_str(&format!("... and {} more\n", all.len() - SHOWN));
    }
    print(&text)?;
    Ok(Outcome::Done)
}
