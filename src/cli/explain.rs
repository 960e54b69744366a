//! `dateline explain`: a text with its tags, and for each what it was decided from.

use super::Outcome;
use super::args::ExplainArgs;
use super::messages::printable;
use anstyle::{AnsiColor, Style};
use dateline::entity::Entity;
use dateline::gazetteer::EntryId;
use dateline::recognize::{Mention, MentionKind, place};
use dateline::{Document, Error, Layers, Result, Tagged, Tagger, TaggerOptions};
use std::fmt::Write as _;
use std::io::{Read, Write};

/// How many pieces of evidence are shown for a tag.
const EVIDENCE: usize = 6;

pub(crate) fn run(args: ExplainArgs) -> Result<Outcome> {
    let tagger = Tagger::new(args.gazetteers.open()?.into(), &TaggerOptions::default())?;
    let document = Document::from_text("-", text(args.text)?);
    let evidence = evidence(&tagger, &document);
    let mut worker = tagger.worker();
    let tagged = worker.tag(&document);
    let mut shown = marked(&tagged);
    for (mention, entity) in tagged.tags() {
        shown.push_str(&describe(&tagged, mention, entity, &evidence));
    }
    let mut out = anstream::stdout();
    out.write_all(shown.as_bytes()).map_err(|cause| Error::write("standard output", cause))?;
    Ok(Outcome::Done)
}

fn text(argument: String) -> Result<String> {
    if argument != "-" {
        return Ok(argument);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|cause| Error::read("-", cause))?;
    Ok(text)
}

/// The evidence for a place at some words: first word, end, and what each feature adds.
type Evidence = Vec<(u32, u32, Vec<(String, f32)>)>;

fn evidence(tagger: &Tagger, document: &Document) -> Evidence {
    let mut worker = tagger.worker();
    let (_, judged) = worker.judge(document);
    let evidence = |j: dateline::recognize::Judged| {
        let mut parts = place::contributions(&j.features);
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        parts.truncate(EVIDENCE);
        (j.hit.first, j.hit.end.0, parts)
    };
    judged.into_iter().map(evidence).collect()
}

fn style(kind: MentionKind) -> Style {
    let colour = match kind {
        MentionKind::Place => AnsiColor::Green,
        MentionKind::Demonym => AnsiColor::Cyan,
        MentionKind::Person => AnsiColor::Magenta,
        MentionKind::Other => AnsiColor::Yellow,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

/// Returns the text with its tags in brackets and colours.
fn marked(tagged: &Tagged) -> String {
    let text = &tagged.document.text;
    let (mut shown, mut at) = (String::new(), 0);
    for (mention, _) in tagged.tags() {
        let (start, end) = (mention.start as usize, mention.end as usize);
        let style = style(mention.kind);
        let _ = write!(
            shown,
            "{}{style}[{}]{style:#}",
            printable(&text[at..start]),
            printable(&text[start..end])
        );
        at = end;
    }
    shown + &printable(&text[at..]) + "\n\n"
}

fn describe(tagged: &Tagged, mention: &Mention, entity: &Entity, evidence: &Evidence) -> String {
    let surface = &tagged.document.text[mention.start as usize..mention.end as usize];
    let kind = format!("{:?}", mention.kind).to_lowercase();
    let style = style(mention.kind);
    let mut shown = format!(
        "{style}{}{style:#}  {kind}, score {:.3}, rule {}\n",
        printable(surface),
        entity.score,
        entity.rule.as_str()
    );
    let of_mention = |e: &&(u32, u32, Vec<_>)| e.0 == mention.first && e.1 == mention.end_word;
    if let Some((.., parts)) =
        evidence.iter().find(of_mention).filter(|_| mention.kind != MentionKind::Person)
    {
        let parts: Vec<String> = parts.iter().map(|(name, part)| format!("{name} {part:+.2}")).collect();
        let _ = writeln!(shown, "    recognised: {}", parts.join(", "));
    }
    for candidate in
        &tagged.entities.candidates[entity.candidates.start as usize..entity.candidates.end as usize]
    {
        let Some(summary) = summary(tagged.layers, candidate.entry) else { continue };
        let parts = candidate.parts.iter().filter(|(_, part)| *part != 0.0);
        let parts: Vec<String> = parts.map(|(name, part)| format!("{name} {part:+.2}")).collect();
        let _ = writeln!(shown, "    {:.3}  {}  ({})", candidate.share, summary, parts.join(", "));
    }
    shown
}

/// Returns an entry on one line.
pub(crate) fn summary(layers: &Layers, id: EntryId) -> Option<String> {
    let entry = layers.entry(id)?;
    let country = entry.country_code();
    let division = layers.admin1(id).filter(|division| *division != id);
    let division =
        division.and_then(|division| layers.entry(division)).map_or("", |division| division.name());
    let place = [division, country].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(", ");
    let what = match (entry.feature_code(), entry.role()) {
        ("", "") if entry.is_place() => entry.place_type().as_str(),
        ("", "") => entry.kind(),
        ("", role) => role,
        (code, _) => code,
    };
    let population = Some(entry.population()).filter(|p| *p > 0);
    let population =
        population.map(|p| format!(", pop. {}", super::messages::thousands(p))).unwrap_or_default();
    let shown = format!("{}  {}  {what}  {place}{population}", entry.id(), entry.name());
    Some(shown.trim_end().to_owned())
}
