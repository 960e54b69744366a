//! `dateline evaluate`: how well documents that were marked by hand are tagged.

use super::Outcome;
use super::args::{GazetteerOptions, JobsOption};
use clap::{Args, ValueEnum};
use dateline::evaluate::{
    Calibration, Convention, Evaluation, Figures, Given, GoldDocument, Mistake, Options, given, gold, table,
    tag,
};
use dateline::ingest::Replay;
use dateline::profile::learn;
use dateline::{Error, ErrorKind, Layers, Result, Tagger, TaggerOptions};
use serde::Serialize;
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvaluateArgs {
    /// Gold files: JSON Lines with id, text and mentions (start, end, type, lat, lon, geonameid)
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,

    /// Whether demonyms that are tagged (Syrian) count as places
    #[arg(long, value_enum, default_value = "count", help_heading = "What counts")]
    demonyms: ConventionArg,
    /// Gold types on which a tag is neither right nor wrong, such as NORP,FAC
    #[arg(long, value_name = "TYPE,...", value_delimiter = ',', help_heading = "What counts")]
    ignore: Vec<String>,
    /// Whether gold names of very large areas (China, Europe) count
    #[arg(long, value_enum, default_value = "count", help_heading = "What counts")]
    very_large: ConventionArg,
    /// Radius in kilometres within which a place is right
    #[arg(long, value_name = "KM", default_value_t = 161.0, value_parser = radius, help_heading = "What counts")]
    km: f64,
    /// Only documents whose id is in this file
    #[arg(long, value_name = "FILE", help_heading = "Which documents")]
    ids: Option<PathBuf>,
    /// Only documents with such a number in their file, from 0
    #[arg(long, value_enum, help_heading = "Which documents")]
    half: Option<Half>,

    /// Table for people, or one JSON object for each gold file
    #[arg(long, value_enum, default_value = "table", help_heading = "What is shown")]
    format: FormatArg,
    /// List the mistakes, N of each kind [default N: all]
    #[arg(long, value_name = "N", num_args = 0..=1, value_parser = number, help_heading = "What is shown")]
    errors: Option<Option<usize>>,
    /// Show how sure the recogniser is beside how often it is right
    #[arg(long, help_heading = "What is shown")]
    calibration: bool,

    /// Resolve the marked places instead of recognised ones: the resolver by itself
    #[arg(long, conflicts_with_all = ["errors", "calibration"])]
    given: bool,
    /// Do not learn from the documents where their sources are at home
    #[arg(long)]
    no_source_prior: bool,
    /// Tag every name of a place in the gazetteer, without the model, for comparison
    #[arg(long)]
    without_model: bool,
    #[command(flatten)]
    gazetteers: GazetteerOptions,
    #[command(flatten)]
    jobs: JobsOption,
}

const EXAMPLES: &str = "\
Examples:
  dateline evaluate lgl.jsonl
  dateline evaluate geovirus.jsonl --demonyms leave-out --very-large leave-out
  dateline evaluate newswire.jsonl --ignore NORP,FAC --half odd
  dateline evaluate lgl.jsonl --given                    the resolver by itself
  dateline evaluate lgl.jsonl --no-source-prior
  dateline evaluate lgl.jsonl --errors 50 | less
  dateline evaluate *.jsonl --format json | jq .end_to_end.f1

A gold file has one JSON object a line; offsets count Unicode code points in text, the types LOC
and PER count:
  {\"id\": \"1\", \"text\": \"In Bern\", \"mentions\": [{\"start\": 3, \"end\": 7, \"type\": \"LOC\"}]}";

#[derive(Clone, Copy, ValueEnum)]
enum ConventionArg {
    Count,
    LeaveOut,
}

impl ConventionArg {
    fn convention(self) -> Convention {
        match self {
            ConventionArg::Count => Convention::Count,
            ConventionArg::LeaveOut => Convention::LeaveOut,
        }
    }
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Half {
    Even,
    Odd,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FormatArg {
    Table,
    Json,
}

/// Parses a radius.
fn radius(text: &str) -> std::result::Result<f64, String> {
    let km = text.parse().ok().filter(|km: &f64| km.is_finite() && *km > 0.0);
    km.ok_or_else(|| "a radius is a number of kilometres above 0".to_owned())
}

/// Parses how many mistakes are listed.
fn number(text: &str) -> std::result::Result<usize, String> {
    text.parse().map_err(|_| "a number is wanted; name the gold files before `--errors`".to_owned())
}

pub(crate) fn run(args: Box<EvaluateArgs>) -> Result<Outcome> {
    let ids = args.ids.as_deref().map(ids).transpose()?;
    let files = args.gold.iter().map(|path| Ok((path, args.documents(path, ids.as_ref())?)));
    let files: Vec<(&PathBuf, Vec<GoldDocument>)> = files.collect::<Result<_>>()?;
    let options = TaggerOptions { without_model: args.without_model, ..TaggerOptions::default() };
    let layers = Arc::new(args.gazetteers.open()?);
    for (path, documents) in files {
        let tagger = args.tagger(layers.clone(), &options, &documents)?;
        let name = path.display().to_string();
        let shown = match args.given {
            true => args.shown_given(&name, &given(&tagger, &documents, &args.jobs.options(), args.km)?)?,
            false => args.shown(&name, &args.evaluate(&tagger, &documents)?)?,
        };
        let mut out = std::io::stdout();
        out.write_all(shown.as_bytes()).map_err(|cause| Error::write("standard output", cause))?;
    }
    Ok(Outcome::Done)
}

/// Reads ids with white space between them.
fn ids(path: &Path) -> Result<HashSet<String>> {
    let text = std::fs::read_to_string(path).map_err(|cause| Error::read(path.display(), cause))?;
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

impl EvaluateArgs {
    /// Reads the documents of a gold file that are asked for.
    fn documents(&self, path: &Path, ids: Option<&HashSet<String>>) -> Result<Vec<GoldDocument>> {
        let in_half = |number: usize| self.half.is_none_or(|half| (half == Half::Odd) == (number % 2 == 1));
        let is_wanted = |gold: &GoldDocument| ids.is_none_or(|ids| ids.contains(&gold.document.id));
        let numbered = gold::read(path)?.into_iter().enumerate();
        let wanted = numbered.filter(|(number, gold)| in_half(*number) && is_wanted(gold));
        let documents: Vec<GoldDocument> = wanted.map(|(_, gold)| gold).collect();
        match documents.is_empty() {
            true => Err(Error::new(ErrorKind::Usage, "no document to evaluate")
                .in_file(path.display())
                .remedy("check the file, `--ids` and `--half`")),
            false => Ok(documents),
        }
    }

    /// Returns a tagger that has learned the homes of the documents' sources.
    fn tagger(
        &self,
        layers: Arc<Layers>,
        options: &TaggerOptions,
        documents: &[GoldDocument],
    ) -> Result<Tagger> {
        let tagger = Tagger::new(layers, options)?;
        if self.no_source_prior {
            return Ok(tagger);
        }
        let mut documents = Replay(documents.iter().map(|gold| &gold.document));
        let learnt = learn(&mut documents, &tagger, &self.jobs.options())?;
        let profile = learnt.tally.profile(tagger.layers());
        Ok(tagger.with_profile(profile))
    }

    fn options(&self) -> Options {
        Options {
            demonyms: self.demonyms.convention(),
            very_large: self.very_large.convention(),
            ignore: self.ignore.clone(),
            km: self.km,
        }
    }

    fn evaluate(&self, tagger: &Tagger, documents: &[GoldDocument]) -> Result<Evaluation> {
        let answers = tag(tagger, documents, &self.jobs.options(), self.errors.is_some())?;
        let mut evaluation = Evaluation::new(self.options());
        for (gold, answer) in documents.iter().zip(&answers) {
            evaluation.add_with_reasons(gold, &answer.mentions, &answer.reasons);
            evaluation.add_focus(answer.focus);
        }
        Ok(evaluation)
    }

    /// Returns what is printed for one gold file whose marked places were resolved.
    fn shown_given(&self, file: &str, given: &Given) -> Result<String> {
        match self.format {
            FormatArg::Json => json(&GivenReport { file, given }),
            FormatArg::Table => Ok(table::given(file, given, self.km) + "\n"),
        }
    }

    /// Returns what is printed for one gold file.
    fn shown(&self, file: &str, evaluation: &Evaluation) -> Result<String> {
        let calibration = self.calibration.then(|| evaluation.calibration());
        let most = self.errors.map(|most| most.unwrap_or(usize::MAX));
        if self.format == FormatArg::Json {
            let mistakes = most.map(|most| first_of_each_kind(evaluation.mistakes(), most));
            return json(&Report { file, figures: evaluation.figures(), calibration, mistakes });
        }
        let mut shown = evaluation.table(file);
        shown.extend(calibration.map(|calibration| table::calibration(&calibration)));
        shown.extend(most.map(|most| table::mistakes(&evaluation.mistakes(), most)));
        Ok(shown + "\n")
    }
}

/// What is printed for scripts of marked places that were resolved.
#[derive(Serialize)]
struct GivenReport<'a> {
    file: &'a str,
    given: &'a Given,
}

/// What is printed for scripts.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    #[serde(flatten)]
    figures: Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<Calibration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistakes: Option<Vec<&'a Mistake>>,
}

fn json(report: &impl Serialize) -> Result<String> {
    let failed = |cause| Error::new(ErrorKind::Output, "cannot write the figures").because(cause);
    Ok(serde_json::to_string(report).map_err(failed)? + "\n")
}

fn first_of_each_kind(mistakes: Vec<&Mistake>, most: usize) -> Vec<&Mistake> {
    let mut counts = std::collections::HashMap::new();
    let mut is_first = |mistake: &&Mistake| {
        let count = counts.entry(mistake.kind).or_insert(0);
        *count += 1;
        *count <= most
    };
    mistakes.into_iter().filter(|mistake| is_first(mistake)).collect()
}
