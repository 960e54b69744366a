//! `dateline tag`: articles to records.

use super::args::TagArgs;
use super::messages::{say, thousands};
use super::progress::Progress;
use super::run_info::RunInfo;
use super::{Outcome, same_file};
use dateline::ingest::Inputs;
use dateline::ingest::inputs;
use dateline::pipeline::{self, Skip, Summary};
use dateline::record::Grain;
use dateline::write::output::{OutputOptions, Outputs, Target};
use dateline::write::{AtomicFile, Format, RowOptions, select};
use dateline::{Error, ErrorKind, Layers, Result, Tagger};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many skipped records are shown on standard error.
const SHOWN_SKIPS: u64 = 10;

pub(crate) fn run(args: Box<TagArgs>) -> Result<Outcome> {
    let files = inputs::find(&arguments(&args)?, args.input_format.map(|format| format.format()))?;
    let outputs = Plan::of(&args)?;
    outputs.spare(
        files
            .iter()
            .filter_map(|file| file.path.as_deref())
            .chain(args.gazetteers.files())
            .chain(args.sources.file()),
    )?;
    let layers = Arc::new(args.gazetteers.open()?);
    check_kinds(&args.kinds, &layers)?;
    let tagger = Tagger::new(layers.clone(), &args.tagger_options())?;
    let rows = RowOptions {
        offsets: args.offsets.offsets(),
        min_score: args.min_score,
        kinds: args.kinds.clone(),
        explain: args.explain,
    };
    let progress = Progress::new(&files, args.quiet);
    let quiet = args.quiet;
    let notice = progress.clone();
    let inputs = Inputs::new(
        files.clone(),
        args.field_names.options(),
        Box::new(move |path, fields| {
            if !quiet {
                notice.around(|| say(&format!("{path}: {fields}")));
            }
        }),
    );
    let jobs = args.jobs.options();
    let fields = args.field_names.options();
    let (tagger, prior, mut source) = args.sources.prepare(tagger, &files, &fields, inputs, &jobs)?;
    if let Some(message) = prior.message().filter(|_| !args.quiet) {
        progress.around(|| say(&message));
    }
    let info = RunInfo::new(&args, &files, &layers, &prior);
    outputs.prepare()?;
    let mut sink = Outputs::open(layers.clone(), rows, &outputs.outputs)?;
    let mut rejects = outputs.rejects.as_deref().map(AtomicFile::create).transpose()?;
    let mut shown = 0;
    let mut observe = |summary: &Summary, skips: &[Skip]| {
        progress.advance(summary);
        skips.iter().try_for_each(|skip| match &mut rejects {
            Some(file) => file.write(format!("{}\n", serde_json::json!(skip)).as_bytes()),
            None => {
                shown += 1;
                if shown <= SHOWN_SKIPS {
                    progress.around(|| say(&skipped(skip)));
                }
                Ok(())
            }
        })
    };
    let summary = pipeline::run(&mut *source, &tagger, &mut sink, &jobs, &mut observe)?;
    progress.finish();
    sink.finish()?;
    rejects.map_or(Ok(()), AtomicFile::finish)?;
    if let Some(path) = &outputs.info {
        info.write(path, &summary)?;
    }
    if !args.quiet {
        say(&described(&summary, &outputs));
    }
    Ok(if summary.skipped > 0 { Outcome::Skipped } else { Outcome::Done })
}

/// Returns the inputs that were asked for; none means standard input, unless that is a terminal.
fn arguments(args: &TagArgs) -> Result<Vec<String>> {
    match args.inputs.is_empty() {
        false => Ok(args.inputs.clone()),
        true if std::io::stdin().is_terminal() => Err(Error::new(ErrorKind::Usage, "no input")
            .remedy("name files or folders, or pipe JSON Lines in; `dateline tag --help` shows examples")),
        true => Ok(vec!["-".to_owned()]),
    }
}

fn check_kinds(kinds: &[String], layers: &Layers) -> Result<()> {
    // What else the world has is kept out.
    let users = layers.gazetteers().iter().enumerate().filter(|(layer, _)| !layers.is_world(*layer));
    let declared = users.flat_map(|(_, g)| g.metadata().kinds.iter().map(String::as_str));
    let mut known = vec!["place", "person", "demonym"];
    known.extend(declared.filter(|kind| !["place", "person"].contains(kind)));
    match kinds.iter().find(|kind| !known.contains(&kind.as_str())) {
        Some(kind) => Err(Error::new(ErrorKind::Usage, format!("there is no kind `{kind}`"))
            .remedy(format!("the kinds are: {}", known.join(", ")))),
        None => Ok(()),
    }
}

/// Where a run writes what.
struct Plan {
    outputs: Vec<OutputOptions>,
    folder: Option<PathBuf>,
    rejects: Option<PathBuf>,
    info: Option<PathBuf>,
}

impl Plan {
    fn of(args: &TagArgs) -> Result<Plan> {
        let path = &args.output;
        let plan = if path == Path::new("-") {
            let format = args.format.map_or(Format::Csv, |format| format.format());
            Plan::single(args, format, Target::Stdout, None)
        } else if is_folder(path) {
            Plan::folder(args)?
        } else {
            let format = file_format(args)?;
            Plan::single(args, format, Target::File(path.clone()), Some(with_suffix(path, ".run.json")))
        };
        plan.check_columns(&args.fields)?;
        let nested = plan.outputs.iter().any(|output| output.format == Format::Jsonl);
        match args.explain && !(nested && args.fields.is_empty()) {
            true => Err(Error::new(
                ErrorKind::Usage,
                "`--explain` needs a format that holds lists, and all columns",
            )
            .remedy("use `--format jsonl` without `--fields`")),
            false => Ok(plan),
        }
    }

    fn single(args: &TagArgs, format: Format, target: Target, info: Option<PathBuf>) -> Plan {
        let (grain, columns) = (args.grain.grain(), args.fields.clone());
        let outputs = vec![OutputOptions { grain, format, target, columns }];
        Plan { outputs, folder: None, rejects: None, info }
    }

    /// The standard set of files.
    fn folder(args: &TagArgs) -> Result<Plan> {
        if args.format.is_some() {
            return Err(Error::new(ErrorKind::Usage, "a folder gets the standard set of files")
                .in_file(args.output.display())
                .remedy("for another format give a file, `-o mentions.jsonl`, or leave `--format` out"));
        }
        let folder = &args.output;
        let output = |grain: Grain, format: Format| OutputOptions {
            grain,
            format,
            target: Target::File(folder.join(format!("{}.{}", grain.as_str(), format.as_str()))),
            columns: args.fields.clone(),
        };
        let outputs = vec![
            output(Grain::Mentions, Format::Csv),
            output(Grain::Documents, Format::Csv),
            output(Grain::Places, Format::GeoJson),
        ];
        let (rejects, info) = (Some(folder.join("rejects.jsonl")), Some(folder.join("run.json")));
        Ok(Plan { outputs, folder: Some(folder.clone()), rejects, info })
    }

    /// Checks that each wanted column is one of some output, and each output keeps one.
    fn check_columns(&self, names: &[String]) -> Result<()> {
        let known =
            |name: &str| self.outputs.iter().any(|o| o.grain.columns().iter().any(|c| c.name == name));
        match names.iter().find(|name| !known(name)) {
            Some(name) => {
                let columns = self.outputs.iter().flat_map(|o| o.grain.columns()).map(|column| column.name);
                Err(Error::new(ErrorKind::Usage, format!("there is no column `{name}`"))
                    .remedy(format!("the columns are: {}", columns.collect::<Vec<_>>().join(", "))))
            }
            None => self.outputs.iter().try_for_each(|output| match select(output.grain, names).is_empty() {
                true => Err(Error::new(
                    ErrorKind::Usage,
                    format!("no column of {} is left", output.grain.as_str()),
                )
                .remedy("name a column of each output, or write one grain to a file")),
                false => Ok(()),
            }),
        }
    }

    /// Refuses to write over what is read.
    fn spare<'p>(&self, inputs: impl Iterator<Item = &'p Path>) -> Result<()> {
        let inputs: Vec<&Path> = inputs.collect();
        let targets = self.outputs.iter().filter_map(|output| match &output.target {
            Target::File(path) => Some(path),
            Target::Stdout => None,
        });
        let mut targets = targets.chain(&self.rejects).chain(&self.info);
        match targets.find(|target| inputs.iter().any(|input| same_file(target, input))) {
            Some(target) => Err(Error::new(ErrorKind::Usage, "this file is an input")
                .in_file(target.display())
                .remedy("write to another with `-o`")),
            None => Ok(()),
        }
    }

    /// Makes the output folder.
    fn prepare(&self) -> Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        std::fs::create_dir_all(folder).map_err(|cause| {
            Error::new(ErrorKind::Output, "cannot make the folder")
                .because(cause)
                .in_file(folder.display())
                .remedy("choose another with `-o`")
        })
    }
}

/// A path names a folder when one stands there, when it ends in a slash, or when it has no extension and nothing else
/// stands there.
fn is_folder(path: &Path) -> bool {
    let slash = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    path.is_dir() || slash || (path.extension().is_none() && !path.exists())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn file_format(args: &TagArgs) -> Result<Format> {
    if let Some(format) = args.format {
        return Ok(format.format());
    }
    let extension = args.output.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let known = Format::ALL.into_iter().find(|format| format.as_str() == extension);
    let known = known.or_else(|| (extension == "ndjson").then_some(Format::Jsonl));
    known.ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("`.{extension}` is no format that dateline writes"))
            .in_file(args.output.display())
            .remedy("use .csv, .jsonl, .geojson or .geojsonl, or say `--format`")
    })
}

fn skipped(skip: &Skip) -> String {
    let place = match skip.line {
        0 => skip.path.clone(),
        line => format!("{}:{line} (byte {})", skip.path, skip.byte),
    };
    format!("skipped {place}: {}", skip.reason)
}

fn described(summary: &Summary, plan: &Plan) -> String {
    let tags = &summary.tags;
    let seconds = summary.elapsed.as_secs_f64();
    let others = if tags.others > 0 {
        format!(", {} of your own kinds", thousands(tags.others))
    } else {
        String::new()
    };
    let mut text = format!(
        "{} documents, {} mentions ({} places, {} demonyms, {} persons{others}), {} skipped, {:.1} MB in {:.1} s ({:.1} MB/s)",
        thousands(summary.documents),
        thousands(tags.mentions()),
        thousands(tags.places),
        thousands(tags.demonyms),
        thousands(tags.persons),
        thousands(summary.skipped),
        summary.input_bytes as f64 / 1e6,
        seconds,
        summary.input_bytes as f64 / 1e6 / seconds.max(1e-9),
    );
    if summary.undated > 0 {
        text.push_str(&format!(
            "\n  {} dates are in a form that is not understood and were left empty",
            thousands(summary.undated)
        ));
    }
    match (&plan.folder, &plan.rejects) {
        (Some(_), Some(rejects)) if summary.skipped > 0 => {
            text.push_str(&format!("\n  what was skipped and why: {}", rejects.display()));
        }
        (None, _) if summary.skipped > SHOWN_SKIPS => {
            text.push_str(&format!("\n  {} more were skipped", thousands(summary.skipped - SHOWN_SKIPS)));
        }
        _ => {}
    }
    text
}
