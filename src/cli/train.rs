//! `dateline train`: labelled documents → the recogniser's model.

use super::Outcome;
use super::args::{GazetteerOptions, JobsOption};
use clap::Args;
use dateline::evaluate::{Evaluation, table};
use dateline::train::{Corpus, Division, TrainOptions, Trainer};
use dateline::write::AtomicFile;
use dateline::{Error, ErrorKind, Result};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TrainArgs {
    /// Gold files, as `dateline evaluate` reads them; =WEIGHT counts each of its documents so much
    #[arg(value_name = "GOLD[=WEIGHT]", required = true)]
    corpora: Vec<Weighted>,

    /// Where the recogniser's model is written
    #[arg(short, long, value_name = "FILE", required_unless_present_any = ["resolver", "folds", "leave_one_out"])]
    output: Option<PathBuf>,
    /// Where the resolver's table of weights is written
    #[arg(long, value_name = "FILE")]
    resolver: Option<PathBuf>,
    /// Show how well documents are tagged by models trained without their fold, in N folds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..))]
    folds: Option<u16>,
    /// Show how well each file is tagged by a model trained on the others
    #[arg(long)]
    leave_one_out: bool,
    /// Resolve the marked places instead of recognised ones: the resolver by itself
    #[arg(long)]
    given: bool,
    /// Do not learn where sources are at home
    #[arg(long)]
    no_source_prior: bool,
    /// Show how sure the recogniser is beside how often it is right
    #[arg(long)]
    calibration: bool,
    /// List the mistakes in the held-out documents, N of each kind
    #[arg(long, value_name = "N")]
    errors: Option<usize>,

    /// Passes over the documents
    #[arg(long, value_name = "N", default_value_t = TrainOptions::default().epochs, help_heading = "How")]
    epochs: usize,
    /// Share of the words that is left out at random in each step
    #[arg(long, value_name = "SHARE", default_value_t = TrainOptions::default().dropout, help_heading = "How")]
    dropout: f32,
    /// Size of the model in lines of 64 bytes, each for eight features
    #[arg(long, value_name = "LINES", default_value_t = TrainOptions::default().lines, help_heading = "How")]
    lines: usize,

    #[command(flatten)]
    gazetteers: GazetteerOptions,
    #[command(flatten)]
    jobs: JobsOption,
}

const EXAMPLES: &str = "\
Examples:
  dateline train lgl.jsonl newswire.jsonl data/labelled.jsonl=0.5 --folds 5 --calibration
  dateline train lgl.jsonl newswire.jsonl data/labelled.jsonl=0.5 --leave-one-out
  dateline train lgl.jsonl newswire.jsonl data/labelled.jsonl=0.5 -o gazetteers/recognizer.model

The types LOC, PER, ORG, FAC, NORP (demonyms) and MISC are learned; a file with LOC only says
nothing of the others. Documents with the same domain are kept in one fold.";

/// A file with its weight.
#[derive(Clone, Debug, PartialEq)]
struct Weighted {
    path: PathBuf,
    weight: f32,
}

impl FromStr for Weighted {
    type Err = std::convert::Infallible;

    fn from_str(argument: &str) -> std::result::Result<Weighted, Self::Err> {
        let split = argument.rsplit_once('=').and_then(|(path, weight)| Some((path, weight.parse().ok()?)));
        let (path, weight) = split.filter(|(_, weight)| *weight > 0.0).unwrap_or((argument, 1.0));
        Ok(Weighted { path: path.into(), weight })
    }
}

pub(crate) fn run(args: &TrainArgs) -> Result<Outcome> {
    if !(0.0..1.0).contains(&args.dropout) || args.lines == 0 || args.epochs == 0 {
        return Err(Error::new(ErrorKind::Usage, "--dropout is a share below 1, the others are above 0"));
    }
    args.jobs.options().pool()?.install(|| train(args))?;
    Ok(Outcome::Done)
}

fn train(args: &TrainArgs) -> Result<()> {
    let TrainArgs { epochs, dropout, lines, .. } = *args;
    let read = |file: &Weighted| Corpus::read(&file.path, file.weight);
    let corpora: Vec<Corpus> = args.corpora.iter().map(read).collect::<Result<_>>()?;
    let options = TrainOptions { epochs, dropout, lines, ..TrainOptions::default() };
    let trainer = Trainer::new(args.gazetteers.open()?.into(), &corpora, options)?;
    for (division, how) in args.divisions() {
        if args.given {
            let given = trainer.validate_given(division, !args.no_source_prior, 161.0)?;
            for (corpus, given) in corpora.iter().zip(given) {
                print(&table::given(&format!("{}, {how}", corpus.name), &given, 161.0))?;
            }
        } else {
            show(args, &corpora, how, &trainer.validate(division, !args.no_source_prior)?)?;
        }
    }
    if let Some(path) = &args.resolver {
        write(path, trainer.rank()?.to_table().as_bytes())?;
    }
    match &args.output {
        Some(path) => write(path, &trainer.train()?.to_bytes()),
        None => Ok(()),
    }
}

impl TrainArgs {
    /// Returns the ways to divide the documents that are asked for.
    fn divisions(&self) -> Vec<(Division, &'static str)> {
        let folds = self.folds.map(|folds| (Division::Folds(usize::from(folds)), "folds"));
        let corpora = self.leave_one_out.then_some((Division::Corpora, "trained on the others"));
        folds.into_iter().chain(corpora).collect()
    }
}

fn print(text: &str) -> Result<()> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|cause| Error::write("standard output", cause))
}

fn show(args: &TrainArgs, corpora: &[Corpus], how: &str, evaluations: &[Evaluation]) -> Result<()> {
    for (corpus, evaluation) in corpora.iter().zip(evaluations) {
        let mut shown = evaluation.table(&format!("{}, {how}", corpus.name));
        if args.calibration {
            shown.push_str(&table::calibration(&evaluation.calibration()));
        }
        if let Some(most) = args.errors {
            shown.push_str(&table::mistakes(&evaluation.mistakes(), most));
        }
        shown.push('\n');
        print(&shown)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write(bytes)?;
    file.finish()
}
