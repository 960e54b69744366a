//! What the user typed after `dateline gazetteer`.

use super::super::args::GazetteerOptions;
use clap::{Args, Subcommand, ValueEnum};
use dateline::gazetteer::sources::SourceFormat;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    pub(crate) command: GazetteerCommand,
}

#[derive(Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Compile GeoNames dumps, Wikidata results, Linked Places, Natural Earth or tables into one gazetteer file
    Build(BuildArgs),
    /// Add an entry, or names for one, to a table of your own
    Add(Box<AddArgs>),
    /// Show version, sources, counts and sizes
    Info {
        /// A compiled gazetteer [default: the embedded world]
        file: Option<PathBuf>,
    },
    /// Show what a name may mean, or what an id stands for
    #[command(
        after_help = "Examples:\n  dateline gazetteer lookup Aleppo\n  dateline gazetteer lookup geonames:170063"
    )]
    Lookup {
        /// A name or an id
        name: String,
        #[command(flatten)]
        gazetteers: GazetteerOptions,
    },
    /// Check every byte of a compiled gazetteer, or what gazetteers and tables say
    Verify(VerifyArgs),
}

/// What is checked.
#[derive(Args)]
#[command(after_help = VERIFY_HELP)]
pub(crate) struct VerifyArgs {
    /// Compiled gazetteers; with `--deep` tables too [default: the embedded world]
    pub(crate) files: Vec<PathBuf>,
    /// Check the content: points in their countries, links, things that stand twice, names, demonyms, the order of tables;
    /// and count the entries by source, kind and country
    #[arg(long)]
    pub(crate) deep: bool,
    /// Findings that are right as they are: a CSV with the columns check, about and why
    #[arg(long, value_name = "FILE", requires = "deep")]
    pub(crate) exceptions: Option<PathBuf>,
}

const VERIFY_HELP: &str = "\
Examples:
  dateline gazetteer verify mine.dlg
  dateline gazetteer verify --deep
  dateline gazetteer verify --deep mine.csv --exceptions known.csv";

/// What a gazetteer is built from.
#[derive(Args)]
#[command(after_help = BUILD_HELP)]
pub(crate) struct BuildArgs {
    /// Files, or folders with GeoNames files and tables; merged by id in this order
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Version to put into the file
    #[arg(long, value_name = "TEXT", default_value = "unversioned")]
    pub(crate) label: String,
    /// Format of all the sources, where names and first bytes do not tell
    #[arg(long, value_enum)]
    pub(crate) format: Option<SourceFormatArg>,
    /// Take places of these countries only (ISO 3166 alpha-2)
    #[arg(long, value_name = "CODE,...", value_delimiter = ',')]
    pub(crate) country: Vec<String>,
    /// Take places of these GeoNames classes or feature codes only: P, A.ADM1, PPLA
    #[arg(long, value_name = "FEATURE,...", value_delimiter = ',')]
    pub(crate) feature: Vec<String>,
    /// Take populated places with at least so many inhabitants only
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) min_population: u64,
    /// Print errors only
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SourceFormatArg {
    Table,
    Geonames,
    AlternateNames,
    DivisionCodes,
    CountryInfo,
    Hierarchy,
    FeatureCodes,
    Wikidata,
    LinkedPlaces,
    NaturalEarth,
    Recipe,
}

impl SourceFormatArg {
    pub(crate) fn format(self) -> SourceFormat {
        match self {
            SourceFormatArg::Table => SourceFormat::Table,
            SourceFormatArg::Geonames => SourceFormat::GeoNames,
            SourceFormatArg::AlternateNames => SourceFormat::AlternateNames,
            SourceFormatArg::DivisionCodes => SourceFormat::DivisionCodes,
            SourceFormatArg::CountryInfo => SourceFormat::CountryInfo,
            SourceFormatArg::Hierarchy => SourceFormat::Hierarchy,
            SourceFormatArg::FeatureCodes => SourceFormat::FeatureCodes,
            SourceFormatArg::Wikidata => SourceFormat::Wikidata,
            SourceFormatArg::LinkedPlaces => SourceFormat::LinkedPlaces,
            SourceFormatArg::NaturalEarth => SourceFormat::NaturalEarth,
            SourceFormatArg::Recipe => SourceFormat::Recipe,
        }
    }
}

/// An entry for a table.
#[derive(Args)]
#[command(after_help = ADD_HELP)]
pub(crate) struct AddArgs {
    /// The table, .csv or .tsv; made when it is not there
    pub(crate) table: PathBuf,
    /// The canonical name; without it `--id` names an entry that only gets more names
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// PREFIX:ID [default: own: and the name]
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// place, person, or a kind of your own [default: place]
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// GeoNames feature code (PPL, ADM1, AIRP)
    #[arg(long, value_name = "CODE")]
    pub(crate) feature_code: Option<String>,
    /// ISO 3166 alpha-2
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// GeoNames code of the first-order division (SY.09)
    #[arg(long, value_name = "CODE")]
    pub(crate) admin1: Option<String>,
    /// Degrees north
    #[arg(long, value_name = "DEGREES", allow_negative_numbers = true)]
    pub(crate) latitude: Option<String>,
    /// Degrees east
    #[arg(long, value_name = "DEGREES", allow_negative_numbers = true)]
    pub(crate) longitude: Option<String>,
    /// Inhabitants
    #[arg(long, value_name = "N")]
    pub(crate) population: Option<String>,
    /// Wikidata item (Q41183)
    #[arg(long, value_name = "QID")]
    pub(crate) wikidata: Option<String>,
    /// Role of a person
    #[arg(long)]
    pub(crate) role: Option<String>,
    /// More names, joined by |
    #[arg(long, value_name = "NAMES")]
    pub(crate) alternates: Option<String>,
    /// Forms that count only in capitals or with full stops, joined by |
    #[arg(long, value_name = "NAMES")]
    pub(crate) abbreviations: Option<String>,
    /// Words for its people and adjectives, joined by |
    #[arg(long, value_name = "NAMES")]
    pub(crate) demonyms: Option<String>,
}

const ADD_HELP: &str = "\
Examples:
  dateline gazetteer add mine.csv --name 'Oak Mill' --feature-code PPL --country US --admin1 US.NC \\
      --latitude 35.3603 --longitude -79.8902
  dateline gazetteer add mine.csv --id geonames:5206379 --alternates 'Steel City'
  dateline gazetteer add mine.csv --kind company --name 'Northgate Ferries'
  dateline tag articles.jsonl --gazetteer mine.csv -o out/";

const BUILD_HELP: &str = "\
Sources, told by their names and first bytes:
  GeoNames              allCountries.txt, SY.txt, cities500.txt, and beside them alternateNamesV2.txt,
                        admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt, hierarchy.txt
  Wikidata              CSV results of the queries in docs/gazetteers.md (first column `item`)
  Linked Places         .json, .jsonl or .tsv of the Linked Places Format
  Natural Earth         .geojson
  a recipe              .toml that says what the columns of any CSV are (docs/gazetteers.md)
  a table               .csv or .tsv with a header of some of these columns:
    id                    PREFIX:ID; rows with one id are one entry, later rows add names and fill empty cells
    kind                  place (default), person, or a word of your own (company, ship)
    name                  the canonical name
    feature_code          GeoNames feature code (PPL, ADM1, PCLI, AIRP)
    country               ISO 3166 alpha-2
    admin1, admin2        GeoNames dotted codes (SY.09, US.CA.037)
    latitude, longitude   WGS 84 degrees
    west, south, east, north  the box that a region fills, in WGS 84 degrees
    population, wikidata, role, from, until, source
    alternates            more names, joined by |
    abbreviations         forms that count only in capitals or with full stops (US|U.S.)
    demonyms              Syrian|Syrians
    surname_alone         surnames that alone mean this person

Examples:
  dateline gazetteer build places.tsv people.csv -o mine.dlg
  dateline gazetteer build geonames/ -o syria.dlg --country SY --feature P,A
  dateline tag articles.jsonl --gazetteer mine.dlg -o out/";
