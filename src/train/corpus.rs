//! Corpora: labelled documents, and what a corpus labels at all.

use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Convention, GoldDocument, GoldMention, Options, gold};
use std::path::Path;

/// A file of labelled documents.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Its name: that of the file.
    pub name: String,
    /// What it labels.
    pub policy: Policy,
    /// How much each of its documents counts.
    pub weight: f32,
    /// Its documents.
    pub documents: Vec<GoldDocument>,
}

/// What a corpus labels: what it does not label may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether persons, organisations and other names are labelled too, and not only places.
    pub names: bool,
    /// How demonyms are labelled.
    pub demonyms: Demonyms,
}

/// How a corpus labels demonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demonyms {
    /// As places.
    AsPlaces,
    /// As something else: `NORP`, `MISC`.
    Apart,
    /// Not at all.
    Unlabelled,
}

/// Words that are demonyms without doubt: what a corpus labels them as, it labels demonyms as.
const DEMONYMS: [&str; 6] = ["American", "British", "Chinese", "French", "German", "Russian"];

impl Corpus {
    /// Reads a corpus of the form that `dateline evaluate` reads.
    ///
    /// # Errors
    /// The file cannot be read, holds no document, or a line is none of this form.
    pub fn read(path: &Path, weight: f32) -> Result<Corpus> {
        let documents = gold::read(path)?;
        if documents.is_empty() {
            return Err(Error::new(ErrorKind::Input, format!("{}: no documents", path.display()))
                .remedy("give JSON Lines with id, text and mentions"));
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Corpus { name, policy: Policy::of(&documents), weight, documents })
    }

    /// Returns what counts when the corpus is scored.
    pub fn scoring(&self) -> Options {
        let as_places = self.policy.demonyms == Demonyms::AsPlaces;
        let demonyms = if as_places { Convention::Count } else { Convention::LeaveOut };
        Options { demonyms, ignore: vec!["NORP".into(), "FAC".into()], ..Options::default() }
    }
}

impl Policy {
    fn of(documents: &[GoldDocument]) -> Policy {
        let all = || documents.iter().flat_map(|d| d.mentions.iter().map(move |m| (d, m)));
        let is_demonym = |d: &GoldDocument, m: &GoldMention| DEMONYMS.contains(&d.surface(m.span));
        let (mut as_place, mut apart) = (false, false);
        for (document, mention) in all() {
            as_place |= mention.kind == "LOC" && is_demonym(document, mention);
            apart |= mention.kind == "NORP" || (mention.kind == "MISC" && is_demonym(document, mention));
        }
        let demonyms = match (apart, as_place) {
            (true, _) => Demonyms::Apart,
            (_, true) => Demonyms::AsPlaces,
            _ => Demonyms::Unlabelled,
        };
        Policy { names: all().any(|(_, mention)| mention.kind == "PER"), demonyms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(mentions: &str) -> Policy {
        let line = format!(r#"{{"id": "1", "text": "French Ann of Bern", "mentions": [{mentions}]}}"#);
        Policy::of(&gold::parse(&line, "gold").unwrap())
    }

    #[test]
    fn what_is_labelled_is_seen() {
        let (place, demonym) =
            (r#"{"start": 14, "end": 18, "type": "LOC"}"#, r#"{"start": 0, "end": 6, "type":"#);
        let person = r#"{"start": 7, "end": 10, "type": "PER"}"#;
        assert_eq!(policy(place), Policy { names: false, demonyms: Demonyms::Unlabelled });
        let as_place = format!(r#"{place}, {demonym} "LOC"}}"#);
        assert_eq!(policy(&as_place), Policy { names: false, demonyms: Demonyms::AsPlaces });
        let apart = format!(r#"{person}, {demonym} "NORP"}}"#);
        assert_eq!(policy(&apart), Policy { names: true, demonyms: Demonyms::Apart });
    }
}
