//! `dateline gazetteer verify`: every byte of a compiled gazetteer; with `--deep` what it says about the world.

use super::super::Outcome;
use super::super::messages::thousands;
use super::args::VerifyArgs;
use super::{print, with};
use dateline::gazetteer::deep::{self, Finding, Report};
use dateline::gazetteer::table::delimiter;
use dateline::gazetteer::tidy;
use dateline::{Error, ErrorKind, Gazetteer, Layers, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// How many findings of one check are printed.
const SHOWN: usize = 20;
/// How many countries the table of countries has.
const COUNTRIES: usize = 12;
/// What is known and right about the embedded world: check, about, why.
const KNOWN: &str = include_str!("../../../gazetteers/exceptions.csv");

pub(super) fn run(args: &VerifyArgs) -> Result<Outcome> {
    if !args.deep {
        return match &args.files[..] {
            [] => with(None, verify),
            files => {
                files.iter().try_for_each(|file| with(Some(file), verify).map(|_| ())).map(|()| Outcome::Done)
            }
        };
    }
    let mut exceptions = Exceptions::default();
    exceptions.read("exceptions.csv", KNOWN)?;
    if !args.files.is_empty() {
        // Tables may repeat some of the world's entries, and need not repeat all.
        exceptions.rows.values_mut().for_each(|used| *used = true);
    }
    if let Some(path) = &args.exceptions {
        let text = std::fs::read_to_string(path).map_err(|cause| Error::read(path.display(), cause))?;
        exceptions.read(&path.display().to_string(), &text)?;
    }
    match &args.files[..] {
        [] => {
            let layers = Layers::world()?;
            layers.gazetteers()[0].verify()?;
            tell("the embedded world", Vec::new(), deep::check(&layers), exceptions)
        }
        files => {
            let mut layers = Layers::world()?;
            let (mut tables, mut report) = (Vec::new(), Report::default());
            for file in files {
                if delimiter(file).is_some() {
                    tables.extend(tidy::check(file)?);
                }
                if has_entries(file)? {
                    layers.push_file(file)?;
                    layers.gazetteers().last().map_or(Ok(()), Gazetteer::verify)?;
                    report.add(deep::check(&layers));
                    layers.pop();
                }
            }
            let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            tell(&names.join(", "), tables, report, exceptions)
        }
    }
}

fn verify(gazetteer: &Gazetteer) -> Result<Outcome> {
    gazetteer.verify()?;
    print(&format!("ok: {} bytes, {}\n", thousands(gazetteer.size() as u64), gazetteer.checksum()))?;
    Ok(Outcome::Done)
}

/// Tells whether a file is a gazetteer or a table of one, and not a list of phrases, exceptions or the like.
fn has_entries(file: &Path) -> Result<bool> {
    if delimiter(file).is_none() {
        return Ok(true);
    }
    let text = std::fs::read(file).map_err(|cause| Error::read(file.display(), cause))?;
    Ok(text.starts_with(b"id"))
}

/// Prints what was found and counted; findings that no exception covers make the check fail.
fn tell(what: &str, tables: Vec<Finding>, report: Report, mut exceptions: Exceptions) -> Result<Outcome> {
    let Report { findings, counts, countries } = report;
    let (known, mut open): (Vec<_>, Vec<_>) =
        tables.into_iter().chain(findings).partition(|finding| exceptions.cover(finding));
    open.extend(exceptions.unused());
    let mut by_check: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    open.iter().for_each(|finding| by_check.entry(finding.check).or_default().push(finding));
    let mut text = String::new();
    for (check, found) in &by_check {
        let _ = writeln!(text, "{check}: {}", thousands(found.len() as u64));
        for finding in found.iter().take(SHOWN) {
            let _ = writeln!(text, "  {}: {}", finding.about, finding.text);
        }
        if found.len() > SHOWN {
            let _ = writeln!(text, "  ... and {} more", thousands((found.len() - SHOWN) as u64));
        }
    }
    text.push_str(&table(&counts));
    text.push_str(&largest(&countries));
    let _ = writeln!(text, "known exceptions: {}", thousands(known.len() as u64));
    print(&text)?;
    match open.len() {
        0 => {
            print(&format!("ok: {what}\n"))?;
            Ok(Outcome::Done)
        }
        count => Err(Error::new(ErrorKind::Gazetteer, format!("{} findings", thousands(count as u64)))
            .in_file(what)
            .remedy(
                "correct them, or list them with a reason in a CSV `check,about,why` for `--exceptions`",
            )),
    }
}

/// Returns the table of sources (rows) and kinds (columns).
fn table(counts: &BTreeMap<(String, String), usize>) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for ((source, kind), count) in counts {
        *kinds.entry(kind).or_default() += count;
        *sources.entry(source).or_default() += count;
    }
    let mut text = format!("\n{:<24}{:>10}", "source", "all");
    kinds.keys().for_each(|kind| text.push_str(&format!("{kind:>14}")));
    text.push('\n');
    let mut line = |name: &str, all: usize, cell: &dyn Fn(&str) -> usize| {
        text.push_str(&format!("{name:<24}{:>10}", thousands(all as u64)));
        for kind in kinds.keys() {
            let count = cell(kind);
            text.push_str(&format!(
                "{:>14}",
                if count == 0 { String::new() } else { thousands(count as u64) }
            ));
        }
        text.push('\n');
    };
    for (source, all) in &sources {
        line(source, *all, &|kind| counts.get(&(source.to_string(), kind.to_owned())).copied().unwrap_or(0));
    }
    line("all", kinds.values().sum(), &|kind| kinds.get(kind).copied().unwrap_or(0));
    text
}

/// Returns the countries with the most entries.
fn largest(countries: &BTreeMap<String, usize>) -> String {
    let mut sorted: Vec<(&String, &usize)> = countries.iter().collect();
    sorted.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), *code));
    let shown = sorted.iter().take(COUNTRIES).map(|(code, count)| {
        format!("{} {}", if code.is_empty() { "none" } else { code.as_str() }, thousands(**count as u64))
    });
    let shown: Vec<String> = shown.collect();
    format!("\nentries by country: {}, of {} countries\n", shown.join(", "), countries.len())
}

/// Findings that are right as they are.
#[derive(Default)]
struct Exceptions {
    /// Check and what it is about, and whether something was covered by it.
    rows: BTreeMap<(String, String), bool>,
}

impl Exceptions {
    fn read(&mut self, shown: &str, text: &str) -> Result<()> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.map_err(|cause| {
                Error::new(ErrorKind::Gazetteer, "cannot read the exceptions").because(cause).in_file(shown)
            })?;
            let [check, about, why] = [0, 1, 2].map(|at| row.get(at).unwrap_or_default().to_owned());
            if why.is_empty() {
                return Err(Error::new(
                    ErrorKind::Gazetteer,
                    format!("the exception for `{about}` has no reason"),
                )
                .in_file(shown)
                .remedy("say in the column `why` how it is right"));
            }
            self.rows.insert((check, about), false);
        }
        Ok(())
    }

    fn cover(&mut self, finding: &Finding) -> bool {
        let row = self.rows.get_mut(&(finding.check.to_owned(), finding.about.clone()));
        row.is_some_and(|used| {
            *used = true;
            true
        })
    }

    /// Returns the exceptions that cover nothing any more, as findings.
    fn unused(&self) -> impl Iterator<Item = Finding> {
        let unused = self.rows.iter().filter(|(_, used)| !**used);
        unused.map(|((check, about), _)| Finding {
            check: "exception",
            about: about.clone(),
            text: format!("nothing is found there by `{check}` any more"),
        })
    }
}
