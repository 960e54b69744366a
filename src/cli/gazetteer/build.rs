//! `dateline gazetteer build`: sources → one compiled file.

use super::super::messages::{say, thousands};
use super::super::progress::Progress;
use super::super::{Outcome, same_file};
use super::args::BuildArgs;
use dateline::gazetteer::sources::{Filter, SourceOptions, SourceSummary, read_source, sources_at};
use dateline::gazetteer::{Compiled, Draft, SourceCredit};
use dateline::write::AtomicFile;
use dateline::{Error, ErrorKind, Result};
use std::fs::File;
use std::path::Path;

pub(super) fn run(args: &BuildArgs) -> Result<Outcome> {
    let filter = Filter {
        country: args.country.clone(),
        feature: args.feature.clone(),
        min_population: args.min_population,
    };
    let options = SourceOptions { format: args.format.map(|format| format.format()), filter };
    let folder = args.output.parent().filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let mut draft = Draft::in_folder(folder)?;
    let mut credits = Vec::new();
    for path in &args.sources {
        for file in sources_at(path)? {
            read(&file, args, &options, &mut draft)?;
            credits.push(SourceCredit { name: file.display().to_string(), ..SourceCredit::default() });
        }
    }
    let compiled = draft.compile(&args.label, credits)?;
    if compiled.names == 0 {
        let sources: Vec<String> = args.sources.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::new(ErrorKind::Gazetteer, "there is no name to be found")
            .in_file(sources.join(", "))
            .remedy("give it at least one row with an id and a name that no filter leaves out"));
    }
    write(compiled, args)
}

/// Reads one source into the draft and says what was left out.
fn read(file: &Path, args: &BuildArgs, options: &SourceOptions, draft: &mut Draft) -> Result<()> {
    let shown = file.display().to_string();
    let input = File::open(file).map_err(|cause| Error::read(&shown, cause))?;
    if same_file(&args.output, file) {
        return Err(Error::new(ErrorKind::Usage, "this file is an input")
            .in_file(shown)
            .remedy("choose another with `-o`"));
    }
    let size = input.metadata().ok().map(|metadata| metadata.len());
    let progress = Progress::of_file(size, shown.clone(), args.quiet);
    let summary = read_source(file, progress.reading(input), options, draft);
    progress.finish();
    let summary = summary?;
    if !args.quiet && !summary.left.is_empty() {
        say(&format!("{shown}: {}", described(&summary)));
    }
    Ok(())
}

fn described(summary: &SourceSummary) -> String {
    let left = summary.left.iter().map(|(why, count)| format!("{} {why}", thousands(*count)));
    let left: Vec<String> = left.collect();
    format!("{} of {} rows taken; {}", thousands(summary.taken), thousands(summary.rows), left.join(", "))
}

fn write(compiled: Compiled, args: &BuildArgs) -> Result<Outcome> {
    let (size, names_left_out) = (compiled.size(), compiled.names_left_out as u64);
    let counts = (thousands(compiled.entries as u64), thousands(compiled.names as u64));
    let mut file = AtomicFile::create(&args.output)?;
    compiled.write(|bytes| file.write(bytes))?;
    file.finish()?;
    if !args.quiet {
        let megabytes = size as f64 / 1e6;
        say(&format!(
            "{}: {} entries, {} names, {megabytes:.1} MB",
            args.output.display(),
            counts.0,
            counts.1
        ));
        if names_left_out > 0 {
            let count = thousands(names_left_out);
            say(&format!("{count} names were left out: empty after folding, or longer than 100 bytes"));
        }
    }
    Ok(Outcome::Done)
}
