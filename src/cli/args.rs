//! What the user typed, but for `evaluate` and `gazetteer`, whose arguments stand beside what they do.

use super::evaluate::EvaluateArgs;
use super::gazetteer::args::GazetteerArgs;
use super::source_prior::SourceOptions;
#[cfg(feature = "train")]
use super::train::TrainArgs;
use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline::ingest::InputFormat;
use dateline::ingest::fields::{FieldOptions, Role};
use dateline::pipeline::RunOptions;
use dateline::recognize::find::Engine;
use dateline::record::Grain;
use dateline::write::{Format, Offsets};
use dateline::{Layers, Result, TaggerOptions};
use std::path::{Path, PathBuf};

/// Tags places and people in article dumps and puts them on the map.
///
/// One program with the world's gazetteer inside: no download, no server.
#[derive(Parser)]
#[command(name = "dateline", version = env!("CARGO_PKG_VERSION"), long_version = version(), max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  dateline tag articles.jsonl -o out/          mentions.csv, documents.csv, places.geojson, run.json
  dateline tag dump/ -o places.geojson --grain places
  zcat dump.jsonl.gz | dateline tag - > mentions.csv
  dateline explain \"Fighting in Aleppo, Syria\"
  dateline gazetteer lookup Springfield

Exit code: 0 done; 1 done, but records were skipped; 2 failed.";

/// Returns the version with the credits of the embedded gazetteer.
fn version() -> String {
    let credits = Layers::world().map(|layers| {
        let metadata = layers.gazetteers()[0].metadata().clone();
        let lines = metadata
            .sources
            .iter()
            .map(|s| format!("  {} {} ({}): {}", s.name, s.version, s.licence, s.credit));
        format!("\ngazetteer: {}\ndata:\n{}", metadata.version, lines.collect::<Vec<_>>().join("\n"))
    });
    format!("{}{}", env!("CARGO_PKG_VERSION"), credits.unwrap_or_default())
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Tag articles: files, folders, globs or standard input to CSV, JSONL, GeoJSON
    Tag(Box<TagArgs>),
    /// Show how one text is tagged: candidates, evidence and the rule that decided
    Explain(Box<ExplainArgs>),
    /// Measure how well documents that were marked by hand are tagged
    Evaluate(Box<EvaluateArgs>),
    /// Train the recogniser's model on documents that were marked by hand
    #[cfg(feature = "train")]
    Train(Box<TrainArgs>),
    /// Print the record contract as JSON Schema
    Schema(SchemaArgs),
    /// Build, inspect, search and check gazetteers
    Gazetteer(Box<GazetteerArgs>),
}

/// Which gazetteers are used.
#[derive(Args, Clone)]
pub(crate) struct GazetteerOptions {
    /// Add gazetteers over the embedded world, the last on top: compiled files, or CSV or TSV tables (see
    /// `gazetteer build --help`); several with commas between them, or by repeating the option
    #[arg(long, value_name = "FILE,...", value_delimiter = ',', help_heading = "Gazetteers")]
    pub(crate) gazetteer: Vec<PathBuf>,
    /// Leave the embedded world gazetteer out
    #[arg(long, help_heading = "Gazetteers")]
    pub(crate) no_world: bool,
    /// Never tag these names, never mean these entries: one name or id a line
    #[arg(long, value_name = "FILE", help_heading = "Gazetteers")]
    pub(crate) stop_list: Vec<PathBuf>,
    /// Always tag these names: one name a line
    #[arg(long, value_name = "FILE", help_heading = "Gazetteers")]
    pub(crate) allow_list: Vec<PathBuf>,
    /// Always tag these names, each as one entry: a CSV with the columns name and id
    #[arg(long, value_name = "FILE", help_heading = "Gazetteers")]
    pub(crate) override_list: Vec<PathBuf>,
}

impl GazetteerOptions {
    /// Returns the files that are read.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        let lists = [&self.stop_list, &self.allow_list, &self.override_list];
        self.gazetteer.iter().chain(lists.into_iter().flatten()).map(PathBuf::as_path)
    }

    /// Opens the gazetteers and reads the lists. What a list says holds for all gazetteers; overrides come first, since they
    /// may bring names of their own.
    pub(crate) fn open(&self) -> Result<Layers> {
        let mut layers = if self.no_world { Layers::none() } else { Layers::world()? };
        self.gazetteer.iter().try_for_each(|path| layers.push_file(path))?;
        self.override_list.iter().try_for_each(|path| layers.push_overrides(path))?;
        self.allow_list.iter().try_for_each(|path| layers.push_allow_list(path))?;
        self.stop_list.iter().try_for_each(|path| layers.push_stop_list(path))?;
        Ok(layers)
    }
}

/// On how many threads.
#[derive(Args, Clone)]
pub(crate) struct JobsOption {
    /// Number of threads [default: one a core]
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=1024))]
    jobs: u16,
}

impl JobsOption {
    pub(crate) fn options(&self) -> RunOptions {
        RunOptions { jobs: self.jobs.into() }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormatArg {
    Csv,
    Jsonl,
    Geojson,
    Geojsonl,
}

impl FormatArg {
    pub(crate) fn format(self) -> Format {
        match self {
            FormatArg::Csv => Format::Csv,
            FormatArg::Jsonl => Format::Jsonl,
            FormatArg::Geojson => Format::GeoJson,
            FormatArg::Geojsonl => Format::GeoJsonl,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum GrainArg {
    Mentions,
    Documents,
    Places,
}

impl GrainArg {
    pub(crate) fn grain(self) -> Grain {
        match self {
            GrainArg::Mentions => Grain::Mentions,
            GrainArg::Documents => Grain::Documents,
            GrainArg::Places => Grain::Places,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum InputFormatArg {
    Jsonl,
    Csv,
    Tsv,
    Text,
}

impl InputFormatArg {
    pub(crate) fn format(self) -> InputFormat {
        match self {
            InputFormatArg::Jsonl => InputFormat::Jsonl,
            InputFormatArg::Csv => InputFormat::Csv,
            InputFormatArg::Tsv => InputFormat::Tsv,
            InputFormatArg::Text => InputFormat::Text,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum OffsetsArg {
    Chars,
    Utf16,
    Bytes,
}

impl OffsetsArg {
    pub(crate) fn offsets(self) -> Offsets {
        match self {
            OffsetsArg::Chars => Offsets::Chars,
            OffsetsArg::Utf16 => Offsets::Utf16,
            OffsetsArg::Bytes => Offsets::Bytes,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum EngineArg {
    Words,
    AhoCorasick,
}

impl EngineArg {
    pub(crate) fn engine(self) -> Engine {
        match self {
            EngineArg::Words => Engine::Words,
            EngineArg::AhoCorasick => Engine::AhoCorasick,
        }
    }
}

#[derive(Args)]
#[command(after_help = TAG_EXAMPLES)]
pub(crate) struct TagArgs {
    /// Files, folders, globs, or `-` for standard input (the default when something is piped in)
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,

    /// Where to write: a folder (the standard set of files), a file (its extension gives the format), or `-`
    #[arg(short, long, value_name = "PATH", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Format of the output, where the file's extension does not say it [default on standard output: csv]
    #[arg(long, value_enum)]
    pub(crate) format: Option<FormatArg>,
    /// What a row stands for
    #[arg(long, value_enum, default_value = "mentions")]
    pub(crate) grain: GrainArg,
    /// Columns to write, in the contract's order [default: all]
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
    /// What start_char and end_char count
    #[arg(long, value_enum, default_value = "chars")]
    pub(crate) offsets: OffsetsArg,

    /// Leave out tags with a lower score (0 to 1)
    #[arg(long, value_name = "SCORE", default_value_t = 0.0, value_parser = score, allow_negative_numbers = true)]
    pub(crate) min_score: f32,
    /// Kinds to keep: place, person, demonym, or a kind of your own gazetteer [default: all]
    #[arg(long, value_name = "KIND,...", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// With JSONL: show for each candidate what each kind of evidence adds
    #[arg(long)]
    pub(crate) explain: bool,

    /// Format of the input, where the file's extension does not say it [default on standard input: jsonl]
    #[arg(long, value_enum)]
    pub(crate) input_format: Option<InputFormatArg>,
    #[command(flatten)]
    pub(crate) field_names: FieldNames,

    #[command(flatten)]
    pub(crate) gazetteers: GazetteerOptions,
    #[command(flatten)]
    pub(crate) sources: SourceOptions,
    /// Look for names in sentences without capitals too; finds more, and more that is wrong
    #[arg(long)]
    pub(crate) ignore_case: bool,
    /// Tag every name of a place in the gazetteers, without the model that judges names
    #[arg(long)]
    pub(crate) without_model: bool,
    /// Automaton that finds the names; the output is the same (aho-corasick takes seconds to start)
    #[arg(long, value_enum, default_value = "words")]
    pub(crate) engine: EngineArg,
    #[command(flatten)]
    pub(crate) jobs: JobsOption,
    /// Print errors only
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl TagArgs {
    pub(crate) fn tagger_options(&self) -> TaggerOptions {
        TaggerOptions {
            engine: self.engine.engine(),
            ignore_case: self.ignore_case,
            without_model: self.without_model,
        }
    }
}

/// Parses a score.
fn score(text: &str) -> std::result::Result<f32, String> {
    let score = text.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "a score is a number from 0 to 1".to_owned())
}

const TAG_EXAMPLES: &str = "\
Examples:
  dateline tag articles.jsonl -o out/                    the standard set: mentions.csv, documents.csv,
                                                         places.geojson, run.json, rejects.jsonl
  dateline tag 'dump/2016-*.csv' -o mentions.csv         format by extension
  dateline tag news/ -o map.geojson --grain places
  dateline tag - --format jsonl < dump.jsonl | jq .name
  dateline tag dump.csv --text-field Story --title-field Head --kinds place --min-score 0.5
  dateline tag a.jsonl --gazetteer companies.csv         your own names over the world's
  dateline tag a.jsonl --near 36.3,-88.3,100             all articles are from around Paris, Tennessee
  dateline tag 2026-*.jsonl --source-profile papers.csv  what the papers write about, learned once

Fields are found by the names that dumps use (id, title, text, date, source, url, language and their
variants; dots lead into objects: article.body); the choice is printed on standard error.

Where articles have a source or an address, a first pass over up to 50 articles of each learns what
it writes about (of standard input, the first 2,000 articles or 16 MB are read ahead for it).";

/// Fields that the user names.
#[derive(Args, Clone)]
pub(crate) struct FieldNames {
    /// Field with the document's id
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    id_field: Option<String>,
    /// Field with the headline
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    title_field: Option<String>,
    /// Field with the body
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    text_field: Option<String>,
    /// Field with the date of publication
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    date_field: Option<String>,
    /// Field with the publisher
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    source_field: Option<String>,
    /// Field with the address
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    url_field: Option<String>,
    /// Field with the language
    #[arg(long, value_name = "NAME", help_heading = "Input fields")]
    language_field: Option<String>,
}

impl FieldNames {
    pub(crate) fn options(&self) -> FieldOptions {
        let mut options = FieldOptions::default();
        let pairs = [
            (Role::Id, &self.id_field),
            (Role::Title, &self.title_field),
            (Role::Text, &self.text_field),
            (Role::Published, &self.date_field),
            (Role::Source, &self.source_field),
            (Role::Url, &self.url_field),
            (Role::Language, &self.language_field),
        ];
        for (role, name) in pairs {
            options.named[role as usize].clone_from(name);
        }
        options
    }
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  dateline explain \"Fighting in Aleppo\"\n  dateline explain - < article.txt\n  dateline explain \"Police in Paris\" --near 36.3,-88.3,100"
)]
pub(crate) struct ExplainArgs {
    /// The text, or `-` to read it from standard input
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) gazetteers: GazetteerOptions,
    #[command(flatten)]
    pub(crate) sources: SourceOptions,
    /// The text's publication, domain or address, for `--source-profile`
    #[arg(long, value_name = "NAME", requires = "source_profile", help_heading = "Sources")]
    pub(crate) source: Option<String>,
}

#[derive(Args)]
pub(crate) struct SchemaArgs {
    /// Print the columns as a table (CSV) instead: grain, column, type, meaning
    #[arg(long)]
    pub(crate) dictionary: bool,
}
