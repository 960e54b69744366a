//! Stage 3, [`Text`] → [`Mentions`]: which words name a place or a person.
//!
//! [`find`] reports every name of the gazetteer in the text, [`cues`] the phrases around them, `runs` the capitalised
//! runs with the organisations and sites among them. `person` and `place` judge what each name is; the
//! [`Recognizer`] chooses among overlapping names.

mod context;
pub mod cues;
mod facts;
mod features;
pub mod find;
mod mention;
pub mod person;
pub mod place;
mod runs;

use crate::document::Document;
use crate::error::Result;
use crate::gazetteer::{Layers, NameKind, WordUse};
use crate::normalize::Text;
use crate::normalize::words::Shape;
use context::Context;
use cues::{Cues, Marks};
use facts::Facts;
use find::{Engine, Finder, Hit};
pub use mention::{Mention, MentionKind, Mentions, Readings};
use person::{FullNames, PersonFeatures, PersonSpan};
use place::PlaceFeatures;
use runs::Within;
use std::collections::HashMap;
use std::ops::Range;

/// Decides which words name something. Shared by all workers.
pub struct Recognizer {
    finder: Finder,
    cues: Cues,
}

/// What is recognised in: a document with its words, and the gazetteers.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Where names are looked up.
    pub layers: &'a Layers,
    /// The document.
    pub document: &'a Document,
    /// Its words.
    pub text: &'a Text,
}

/// Memory that recognising reuses from document to document.
#[derive(Default)]
pub struct Scratch {
    marks: Vec<Marks>,
    uses: Vec<WordUse>,
    runs: Vec<Range<usize>>,
    within: Vec<Within>,
    persons: Vec<PersonSpan>,
    full_names: FullNames,
    facts: Facts,
}

/// A hit with what speaks for and against its being a place, for explanations and for training.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The hit.
    pub hit: Hit,
    /// The evidence.
    pub features: PlaceFeatures,
    /// Its weighted sum.
    pub log_odds: f32,
    /// Whether the likeliest place is named by a demonym.
    pub demonym: bool,
}

impl Recognizer {
    /// Returns a recogniser of the gazetteers' names.
    ///
    /// # Errors
    /// An automaton cannot be built.
    pub fn new(layers: &Layers, engine: Engine) -> Result<Recognizer> {
        Ok(Recognizer { finder: Finder::new(layers, engine)?, cues: Cues::new()? })
    }

    /// Fills `mentions` with what the document names.
    pub fn recognize(&self, subject: Subject, scratch: &mut Scratch, mentions: &mut Mentions) {
        self.prepare(subject, scratch, mentions);
        let Mentions { hits, list } = mentions;
        list.clear();
        let context = scratch.context(subject, hits);
        choose(&context, list);
        link_surnames(&context, list);
    }

    /// Returns every hit that may be a place with its evidence: what [`Recognizer::recognize`] decides from.
    pub fn judge(&self, subject: Subject, scratch: &mut Scratch, mentions: &mut Mentions) -> Vec<Judged> {
        self.prepare(subject, scratch, mentions);
        let context = scratch.context(subject, &mentions.hits);
        mentions.hits.iter().filter_map(|hit| judge(&context, hit)).collect()
    }

    /// Returns every range of words that may be a person with its evidence.
    pub fn judge_persons(
        &self,
        subject: Subject,
        scratch: &mut Scratch,
        mentions: &mut Mentions,
    ) -> Vec<(Range<usize>, PersonFeatures)> {
        self.prepare(subject, scratch, mentions);
        person::judge(&scratch.context(subject, &mentions.hits), &scratch.runs)
    }

    fn prepare(&self, subject: Subject, scratch: &mut Scratch, mentions: &mut Mentions) {
        let Subject { layers, text, .. } = subject;
        self.finder.find(layers, text, &mut mentions.hits);
        self.cues.mark(text, &mut scratch.marks);
        let use_of = |word: &crate::normalize::words::Word| match word.shape {
            Shape::Digit => WordUse::default(),
            _ => layers.word_use(word.hash),
        };
        scratch.uses.clear();
        scratch.uses.extend(text.words.iter().map(use_of));
        runs::find(text, &scratch.marks, &mut scratch.runs);
        runs::classify(text, &scratch.marks, &scratch.runs, &mut scratch.within);
        scratch.facts.count_words(text);
        let mut facts = std::mem::take(&mut scratch.facts);
        facts.watch(&scratch.context(subject, &mentions.hits));
        facts.survey(&scratch.context(subject, &mentions.hits));
        scratch.facts = facts;
        let mut persons = std::mem::take(&mut scratch.persons);
        let mut names = std::mem::take(&mut scratch.full_names);
        person::find(&scratch.context(subject, &mentions.hits), &scratch.runs, &mut persons, &mut names);
        scratch.full_names = names;
        scratch.persons = persons;
    }
}

impl Scratch {
    fn context<'a>(&'a self, subject: Subject<'a>, hits: &'a [Hit]) -> Context<'a> {
        let Subject { layers, document, text } = subject;
        let Scratch { marks, uses, within, persons, full_names, facts, .. } = self;
        Context { layers, document, text, marks, uses, within, hits, persons, full_names, facts }
    }
}

fn judge(context: &Context, hit: &Hit) -> Option<Judged> {
    let place = context.place(hit)?;
    let features = place::features(context, hit, &place);
    let demonym = place.how == NameKind::Demonym;
    let declared = if hit.name.layer() > 0 { DECLARED } else { 0.0 };
    Some(Judged { hit: *hit, features, log_odds: place::log_odds(&features) + declared, demonym })
}

/// Walks the text once and takes, at each word, the longest name that is judged to be one.
fn choose(context: &Context, list: &mut Vec<Mention>) {
    let (mut at, mut persons) = (0, context.persons.iter().peekable());
    while at < context.text.words.len() {
        while persons.next_if(|span| span.words.start < at).is_some() {}
        let person = persons.next_if(|span| span.words.start == at);
        let person = person.filter(|span| !is_stopped(context, &span.words));
        let found = allowed(context, at).or_else(|| best_place(context, at)).or_else(|| other(context, at));
        let mention = match (found, person) {
            (Some(place), Some(person)) if place.log_odds < person.log_odds => {
                Some(named_person(context, person))
            }
            (Some(place), _) => Some(place),
            (None, Some(person)) => Some(named_person(context, person)),
            (None, None) => None,
        };
        at = mention.as_ref().map_or(at + 1, |mention| mention.end_word as usize);
        list.extend(mention);
    }
}

/// Returns the longest of the hits that begin at a word and that a user's list has tagged always: as what it means first.
fn allowed(context: &Context, at: usize) -> Option<Mention> {
    let lists = context.layers.lists();
    if lists.is_empty() {
        return None;
    }
    let hit = context.hits_starting(at).find(|hit| lists.allows(hit.name))?;
    let meaning = context.meanings(hit).next()?;
    let kind = match (meaning.entry.is_place(), meaning.how) {
        (true, NameKind::Demonym) => MentionKind::Demonym,
        (true, _) => MentionKind::Place,
        _ if meaning.entry.is_person() => MentionKind::Person,
        _ => MentionKind::Other,
    };
    Some(mention(context, hit.words(), kind, ALLOWED))
}

/// The log-odds of a name that a user's list has tagged always: more than any person or place over it is judged.
const ALLOWED: f32 = 20.0;

/// Tells whether a user's list has these words never tagged.
fn is_stopped(context: &Context, words: &Range<usize>) -> bool {
    context.layers.lists().stops(context.text.folded_words(words.start, words.end))
}

/// Returns the longest of the hits that begin at a word and are judged a place.
fn best_place(context: &Context, at: usize) -> Option<Mention> {
    let judged =
        context.hits_starting(at).filter_map(|hit| judge(context, hit)).find(|j| j.log_odds > 0.0)?;
    let kind = if judged.demonym { MentionKind::Demonym } else { MentionKind::Place };
    Some(mention(context, judged.hit.words(), kind, judged.log_odds))
}

/// Returns the longest of the hits that begin at a word and that a user's gazetteer declares as a kind of its own.
fn other(context: &Context, at: usize) -> Option<Mention> {
    let declared = |hit: &&Hit| context.meanings(hit).any(|m| m.is_of_own_kind());
    let hit = context.hits_starting(at).find(declared)?;
    Some(mention(context, hit.words(), MentionKind::Other, DECLARED))
}

/// The log-odds of a name of a user's own list, and what they add to those of a place: it was listed to be tagged.
const DECLARED: f32 = 3.0;

fn named_person(context: &Context, span: &PersonSpan) -> Mention {
    mention(context, span.words.clone(), MentionKind::Person, span.log_odds)
}

fn mention(context: &Context, words: Range<usize>, kind: MentionKind, log_odds: f32) -> Mention {
    let (first, last) = (&context.text.words[words.start], &context.text.words[words.end - 1]);
    let hits = context.hits_at(&words);
    Mention {
        kind,
        field: first.field,
        start: first.start,
        end: last.end + u32::from(takes_stop(context, &words, &hits)),
        first: words.start as u32,
        end_word: words.end as u32,
        readings: readings(context, &words, kind),
        hits: hits.start as u32..hits.end as u32,
        log_odds,
        full_name: u32::MAX,
    }
}

/// Returns how a mention of `kind` may name its entry.
fn readings(context: &Context, words: &Range<usize>, kind: MentionKind) -> Readings {
    Readings::of(|how| {
        let fits = match kind {
            MentionKind::Place => !matches!(how, NameKind::Demonym | NameKind::Surname),
            MentionKind::Demonym => how == NameKind::Demonym,
            MentionKind::Person => how != NameKind::Demonym,
            MentionKind::Other => true,
        };
        fits && context.is_written_as(words, how)
    })
}

/// Tells whether the full stop after an abbreviation (`Calif.`) belongs to it.
fn takes_stop(context: &Context, words: &Range<usize>, hits: &Range<usize>) -> bool {
    let abbreviation =
        |hit: &Hit| context.place(hit).is_some_and(|place| place.how == NameKind::Abbreviation);
    let shape = context.shape(words.end - 1);
    matches!(shape, Shape::Title | Shape::Mixed)
        && context.rest(words.end - 1).starts_with('.')
        && context.hits[hits.clone()].iter().any(abbreviation)
}

/// Points each surname at the first mention of its full name, every other mention at itself.
fn link_surnames(context: &Context, list: &mut [Mention]) {
    let words = |m: &Mention| &context.text.words[m.first as usize..m.end_word as usize];
    let mut bearers: HashMap<u64, u32> = HashMap::new();
    for (at, mention) in list.iter().enumerate() {
        if mention.kind == MentionKind::Person && mention.end_word - mention.first > 1 {
            for word in words(mention) {
                bearers.entry(word.hash).or_insert(at as u32);
            }
        }
    }
    let mut spans = context.persons.iter().peekable();
    for (at, mention) in list.iter_mut().enumerate() {
        while spans.next_if(|span| (span.words.start as u32) < mention.first).is_some() {}
        let surname =
            spans.peek().is_some_and(|span| span.surname && span.words.start as u32 == mention.first);
        let bearer =
            bearers.get(&words(mention)[0].hash).filter(|_| surname && mention.kind == MentionKind::Person);
        mention.full_name = bearer.copied().unwrap_or(at as u32);
    }
}
