//! Compiles the tables under `gazetteers/` into the world gazetteer that the program embeds, with the library's own
//! code: one compiler for the world and for users' gazetteers.

#![allow(dead_code, unreachable_pub, unused_imports)]

#[path = "src/error.rs"]
mod error;

#[path = "src/normalize"]
mod normalize {
    pub mod fold;
    pub mod words;
}

#[path = "src/gazetteer"]
mod gazetteer {
    pub mod automaton;
    pub mod compile;
    pub mod draft;
    pub mod entry;
    pub mod extent;
    mod guard;
    pub mod layout;
    pub mod load;
    pub mod metadata;
    pub mod names;
    pub mod place_type;
    mod sort;
    mod spool;
    mod strings;
    pub mod table;
}

use gazetteer::draft::Draft;
use gazetteer::metadata::SourceCredit;
use gazetteer::table::{read_lexicon, read_table};
use std::error::Error;
use std::io::Read;
use std::path::Path;

/// The tables in the order in which they are merged: later ones add to earlier ones.
const TABLES: [&str; 12] = [
    "places.tsv.zst",
    "natural.csv",
    "regions.csv",
    "historical.csv",
    "neighbourhoods.csv",
    "sites.csv",
    "exonyms.csv",
    "persons.tsv.zst",
    "people.csv",
    "demonyms.csv",
    "abbreviations.csv",
    "organisations.csv",
];
/// Names in other scripts than the Latin one, for the feature `all-scripts`.
const SCRIPTS: &str = "scripts.tsv.zst";
const LEXICON: &str = "lexicon.tsv.zst";
const SOURCES: &str = "sources.toml";
const BORDERS: &str = "borders.tsv.zst";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("gazetteers");
    for watched in TABLES.iter().chain(&[SCRIPTS, LEXICON, SOURCES, BORDERS]) {
        println!("cargo::rerun-if-changed=gazetteers/{watched}");
    }
    for watched in
        ["build.rs", "src/error.rs", "src/normalize/fold.rs", "src/normalize/words.rs", "src/gazetteer"]
    {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut draft = Draft::new();
    let scripts = std::env::var_os("CARGO_FEATURE_ALL_SCRIPTS").map(|_| SCRIPTS);
    for table in TABLES.into_iter().chain(scripts) {
        let delimiter = if table.contains(".tsv") { b'\t' } else { b',' };
        draft.begin_source(table);
        read_table(table, open(&folder.join(table))?, delimiter, |row, at| draft.add(row, at))?;
    }
    draft.add_lexicon(read_lexicon(LEXICON, open(&folder.join(LEXICON))?)?);
    let (version, sources) = credits(&folder.join(SOURCES))?;
    let compiled = draft.compile(&version, sources)?.into_vec()?;
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    std::fs::write(Path::new(&out).join("world.dlg"), compiled)?;
    std::fs::write(Path::new(&out).join("borders.bin"), borders(&folder.join(BORDERS))?)?;
    Ok(())
}

/// Returns the rings of the borders as `src/gazetteer/borders.rs` reads them: the country's code, the number of points as
/// 32 bits, and each point as two numbers of 16 bits.
fn borders(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut compiled = Vec::new();
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(open(path)?);
    for row in table.records() {
        let row = row?;
        let points: Vec<(i16, i16)> = row[1]
            .split(' ')
            .map(|point| {
                let (x, y) = point.split_once(',').ok_or_else(|| format!("`{point}` is no point"))?;
                Ok((x.parse()?, y.parse()?))
            })
            .collect::<Result<_, Box<dyn Error>>>()?;
        compiled.extend(row[0].as_bytes());
        compiled.extend((points.len() as u32).to_le_bytes());
        compiled.extend(points.iter().flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()].concat()));
    }
    Ok(compiled)
}

/// Opens a table, decompressing it when its name ends in `.zst`.
fn open(path: &Path) -> Result<Box<dyn Read>, Box<dyn Error>> {
    let file = std::fs::File::open(path).map_err(|cause| error::Error::read(path.display(), cause))?;
    match path.extension().is_some_and(|extension| extension == "zst") {
        true => Ok(Box::new(ruzstd::decoding::StreamingDecoder::new(file)?)),
        false => Ok(Box::new(file)),
    }
}

#[derive(serde::Deserialize)]
struct Sources {
    version: String,
    source: Vec<Source>,
}

#[derive(serde::Deserialize)]
struct Source {
    package: String,
    version: String,
    licence: String,
    credit: String,
}

/// Reads the gazetteer's version and the credits of its sources.
fn credits(path: &Path) -> Result<(String, Vec<SourceCredit>), Box<dyn Error>> {
    let sources: Sources = toml::from_str(&std::fs::read_to_string(path)?)?;
    let credit = |s: Source| SourceCredit {
        name: s.package,
        version: s.version,
        licence: s.licence,
        credit: s.credit,
    };
    Ok((sources.version, sources.source.into_iter().map(credit).collect()))
}
