//! `dateline explain`: a text with its tags, and for each what it was decided from.

use super::Outcome;
use super::args::ExplainArgs;
use super::messages::printable;
use anstyle::{AnsiColor, Style};
use dateline::entity::Entity;
use dateline::gazetteer::EntryId;
use dateline::recognize::label::Label;
use dateline::recognize::{Judged, Mention, MentionKind};
use dateline::{Document, Error, Layers, Result, Tagged, Tagger, TaggerOptions};
use std::fmt::Write as _;
use std::io::{Read, Write};

/// Parts of a candidate's log-odds that are smaller are not shown.
const SMALL: f32 = 0.005;
/// How many pieces of evidence are shown for a tag.
const EVIDENCE: usize = 6;

pub(crate) fn run(args: Box<ExplainArgs>) -> Result<Outcome> {
    let tagger = Tagger::new(args.gazetteers.open()?.into(), &TaggerOptions::default())?;
    let (tagger, ..) = args.sources.known(tagger)?;
    let source = args.source.unwrap_or_default();
    let document = Document { source, ..Document::from_text("-", text(args.text)?) };
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

/// The evidence for each segment.
type Evidence = Vec<Judged>;

fn evidence(tagger: &Tagger, document: &Document) -> Evidence {
    tagger.worker().judge(document).1
}

/// Returns the label that the model has for a kind of mention.
fn label(kind: MentionKind) -> Label {
    match kind {
        MentionKind::Place => Label::Place,
        MentionKind::Demonym => Label::Demonym,
        MentionKind::Person => Label::Person,
        MentionKind::Other => Label::Misc,
    }
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
    let of_mention = |j: &&Judged| j.segment.first == mention.first && j.segment.end == mention.end_word;
    if let Some(judged) = evidence.iter().find(of_mention) {
        let label = label(mention.kind) as usize;
        let mut parts: Vec<(&str, f32)> =
            judged.evidence.iter().map(|(name, scores)| (name.as_str(), scores[label])).collect();
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let parts: Vec<String> =
            parts.iter().take(EVIDENCE).map(|(name, part)| format!("{name} {part:+.2}")).collect();
        let _ = writeln!(shown, "    recognised: {}", parts.join(", "));
    }
    for candidate in tagged.entities.candidates(entity) {
        let Some(summary) = summary(tagged.layers, candidate.entry) else { continue };
        let mut parts = tagged.entities.parts(candidate).to_vec();
        parts.retain(|(_, part)| part.abs() >= SMALL);
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let parts: Vec<String> = parts.iter().map(|(name, part)| format!("{name} {part:+.2}")).collect();
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
