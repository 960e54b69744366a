//! Which person a name means, or whether it is somebody else of that name: [`evidence`] weighs what the gazetteer says of
//! an entry against what the document says of the person. Unsure means unlinked.
//!
//! Mentions of one name in one document are one person. What is said [`beside`] any of them counts for all.

mod beside;
mod common;
mod evidence;
mod role;

use super::{KEPT, Subject, linked};
use crate::entity::{Candidate, Entities, Entity, Rule};
use crate::gazetteer::{EntryId, Layers, NameId, NameKind};
use crate::normalize::Text;
use crate::recognize::find::Hit;
use crate::recognize::{Mention, MentionKind};
use beside::Said;
use evidence::{Countries, Known, Named};
use role::roles;
use std::ops::Range;

/// The least chance with which a person is linked: two candidates that are about as likely stay below, and so does one
/// for which no more speaks than for somebody else.
const LINKED: f32 = 0.6;

/// Links the persons of a document of which the places are resolved.
pub(super) fn link(subject: Subject, entities: &mut Entities) {
    let bearers = bearers(subject);
    let mut linker = Linker::new(subject, &bearers);
    // A surname of somebody in the document is that person, whoever else is known by it alone.
    for (at, _) in bearers.iter().filter(|(at, full)| at == full) {
        linker.link(*at, entities);
    }
    // A surname may stand before its full name (in the title), so those are linked last.
    for (at, full) in bearers.iter().filter(|(at, full)| at != full) {
        entities.list[*at] = Entity { rule: Rule::Surname, ..entities.list[*full].clone() };
    }
}

/// The mentions of persons, each with that of the full name that it is a part of, or itself.
type Bearers = Vec<(usize, usize)>;

fn bearers(subject: Subject) -> Bearers {
    let list = &subject.mentions.list;
    let persons = (0..list.len()).filter(|at| list[*at].kind == MentionKind::Person);
    persons.map(|at| (at, bearer(subject, at))).collect()
}

fn bearer(subject: Subject, at: usize) -> usize {
    let list = &subject.mentions.list;
    let mention = &list[at];
    let full = mention.full_name as usize;
    if full != at {
        return bearer(subject, full);
    }
    let length = mention.end_word - mention.first;
    if length == 1 || !is_surname(subject, mention) {
        return at;
    }
    let words = |mention: &Mention| &subject.text.words[mention.first as usize..mention.end_word as usize];
    let bears = |other: &Mention| {
        let longer = other.kind == MentionKind::Person && other.end_word - other.first > length;
        let tails = words(other).iter().rev().zip(words(mention).iter().rev());
        longer && tails.into_iter().all(|(a, b)| a.hash == b.hash)
    };
    list.iter().position(bears).unwrap_or(at)
}

/// Tells whether a mention of several words is a surname alone: `bin Laden`.
fn is_surname(subject: Subject, mention: &Mention) -> bool {
    let Subject { layers, mentions, .. } = subject;
    let mut kinds = persons(layers, mentions.hits(mention)).peekable();
    kinds.peek().is_some() && kinds.all(|(_, how)| how == NameKind::Surname)
}

/// Links the persons of one document.
struct Linker<'a> {
    subject: Subject<'a>,
    bearers: &'a Bearers,
    year: Option<i16>,
    /// The names that were looked at, with their candidates.
    names: Vec<(NameId, Range<u32>)>,
    /// The countries of the document; none before they were asked for.
    countries: Option<Vec<[u8; 2]>>,
    said: Said,
    /// The words of an entry's role.
    role: Text,
}

impl<'a> Linker<'a> {
    fn new(subject: Subject<'a>, bearers: &'a Bearers) -> Linker<'a> {
        Linker {
            subject,
            bearers,
            year: subject.document.published.get(..4).and_then(|year| year.parse().ok()),
            names: Vec::new(),
            countries: None,
            said: Said::default(),
            role: Text::default(),
        }
    }

    /// Links a mention that is not a part of another.
    fn link(&mut self, at: usize, entities: &mut Entities) {
        let Subject { mentions, .. } = self.subject;
        let mention = &mentions.list[at];
        let Some(name) = mentions.hits(mention).first().map(|hit| hit.name) else { return };
        let known = self.names.iter().find(|(known, _)| *known == name).map(|(_, range)| range.clone());
        let range = known.unwrap_or_else(|| {
            let range = self.candidates(at, entities);
            self.names.push((name, range.clone()));
            range
        });
        let confidence = entities.list[at].score;
        let best = entities.candidates.get(range.start as usize).filter(|_| !range.is_empty());
        entities.list[at] = match best.is_some_and(|best| best.share >= LINKED) {
            true => {
                let single = mention.end_word - mention.first == 1;
                linked(entities, range, if single { Rule::Surname } else { Rule::FullName }, confidence)
            }
            false => Entity { candidates: range, ..entities.list[at].clone() },
        };
    }

    /// Appends the candidates of a mention, best first.
    fn candidates(&mut self, at: usize, entities: &mut Entities) -> Range<u32> {
        let Subject { layers, mentions, text, .. } = self.subject;
        let mention = &mentions.list[at];
        let words = &text.words[mention.first as usize..mention.end_word as usize];
        let single = words.len() == 1;
        let first = entities.candidates.len();
        for (id, how) in persons(layers, mentions.hits(mention)) {
            let stands = !single || matches!(how, NameKind::Surname | NameKind::Canonical);
            if !stands || entities.candidates[first..].iter().any(|known| known.entry == id) {
                continue;
            }
            if entities.candidates.len() == first {
                self.gather(at, entities);
            }
            let named = match how {
                NameKind::Surname => Named::Surname,
                _ if single => Named::Singly,
                _ => Named::Fully(common::bearers(layers, words)),
            };
            let parts = self.weigh(id, named, entities);
            let share = entities.parts[parts.start as usize..].iter().map(|(_, part)| part).sum();
            entities.candidates.push(Candidate { entry: id, share, parts });
        }
        share(&mut entities.candidates[first..]);
        entities.candidates.truncate(first + KEPT);
        first as u32..entities.candidates.len() as u32
    }

    /// Gathers what the document says of the person and which countries it names.
    fn gather(&mut self, at: usize, entities: &Entities) {
        let Subject { text, mentions, .. } = self.subject;
        self.said.clear();
        let list = &mentions.list;
        let name = |at: usize| mentions.hits(&list[at]).first().map(|hit| hit.name);
        for (other, _) in self.bearers.iter().filter(|(_, full)| *full == at || name(*full) == name(at)) {
            self.said.read(text, list, *other);
        }
        if self.countries.is_none() {
            let countries = (0..list.len()).filter_map(|at| self.country(at, entities)).collect();
            self.countries = Some(countries);
        }
    }

    /// Returns the country of a place that a mention names.
    fn country(&self, at: usize, entities: &Entities) -> Option<[u8; 2]> {
        let entry = self.subject.layers.entry(entities.list[at].referent?)?;
        Some(entry.country()).filter(|country| entry.is_place() && country[0] != 0)
    }

    /// Appends what speaks for and against an entry.
    fn weigh(&mut self, id: EntryId, named: Named, entities: &mut Entities) -> Range<u32> {
        let layers = self.subject.layers;
        let first = entities.parts.len() as u32;
        let Some(entry) = layers.entry(id) else { return first..first };
        let known = self.known(entry.role());
        let countries = self.countries(entry.country(), entities);
        let parts = [
            &evidence::prior(&entry, named, !layers.is_world(id.layer()))[..],
            &evidence::role(&known, &self.said),
            &evidence::person(&self.said),
            &evidence::country(entry.country_code(), countries),
            &[evidence::years(entry.years(), self.year)],
        ];
        let parts = parts.into_iter().flatten().filter(|(_, part)| *part != 0.0);
        entities.parts.extend(parts);
        first..entities.parts.len() as u32
    }

    /// Returns what the role of an entry says, and whether the document holds one of its names.
    fn known(&mut self, role: &str) -> Known {
        let words = &self.subject.text.words;
        let mut named = None;
        let role = roles().read(role, &mut self.role, |name| {
            let found = words.iter().any(|word| word.hash == name);
            named = Some(found || named == Some(true));
        });
        Known { role, named }
    }

    /// Returns what the countries of the document say of one, the country of an entry whose role was read last.
    fn countries(&self, country: [u8; 2], entities: &Entities) -> Countries {
        let named = self.countries.as_deref().unwrap_or_default();
        let mut seen = Countries {
            named: named.contains(&country),
            others: named.iter().any(|other| *other != country),
            ..Countries::default()
        };
        for at in &self.said.beside {
            let Some(other) = self.country(*at, entities) else { continue };
            let mention = &self.subject.mentions.list[*at];
            let demonym = mention.kind == MentionKind::Demonym;
            // `American player held in Russia`: the table has the country of the news, the role that of the person.
            let word = self.subject.text.words[mention.first as usize].hash;
            let fits = other == country || (demonym && self.role.words.iter().any(|own| own.hash == word));
            seen.beside |= fits;
            seen.other_demonym |= !fits && demonym;
            seen.other_place |= !fits && !demonym;
        }
        seen
    }
}

/// Returns the persons that the hits may mean.
fn persons<'a>(layers: &'a Layers, hits: &'a [Hit]) -> impl Iterator<Item = (EntryId, NameKind)> + 'a {
    let candidates = hits.iter().flat_map(|hit| layers.candidates(hit.name));
    candidates.filter(|(id, _)| layers.entry(*id).is_some_and(|entry| entry.is_person()))
}

/// Turns the log-odds of candidates into chances beside that of somebody else, and sorts them, best first.
fn share(candidates: &mut [Candidate]) {
    let total: f32 = 1.0 + candidates.iter().map(|candidate| candidate.share.exp()).sum::<f32>();
    candidates.iter_mut().for_each(|candidate| candidate.share = candidate.share.exp() / total);
    candidates.sort_by(|a, b| b.share.total_cmp(&a.share));
}
