//! Stage 3, [`Text`] → [`Mentions`]: which words name a place or a person.
//!
//! [`find`] reports every name of the gazetteer in the text, [`cues`] the phrases around them, `runs` the capitalised
//! runs. `regions` divides both into segments, each of which may be one name. `place`, `name` and `lexical` say what
//! speaks for and against a segment, the [`Model`] weighs it, the [`lattice`] turns the weights into chances, and the
//! [`consensus`] of the document corrects them. What is likely becomes a mention.

pub mod consensus;
mod context;
pub mod cues;
mod facts;
mod features;
pub mod find;
mod known;
pub mod label;
pub mod lattice;
pub mod lexical;
mod mention;
pub mod model;
pub mod name;
pub mod place;
mod recase;
mod regions;
mod runs;
mod score;

use crate::document::Document;
use crate::error::Result;
use crate::gazetteer::{Layers, NameKind, WordUse};
use crate::normalize::Text;
use crate::normalize::words::Shape;
use crate::tagger::TaggerOptions;
use consensus::Consensus;
use context::Context;
use cues::{Cue, Cues, Marks};
use facts::Facts;
use find::{Finder, Hit};
use known::Known;
use label::{Label, Scores};
use lattice::{Lattice, Region, Segment};
pub use mention::{Mention, MentionKind, Mentions, Readings};
use model::Model;
use runs::Within;
pub use score::Observed;
use score::{Named, Parts};
use std::collections::HashMap;
use std::ops::Range;

/// Decides which words name something. Shared by all workers.
pub struct Recognizer {
    finder: Finder,
    cues: Cues,
    model: Model,
    trusts_gazetteer: bool,
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
    known: Vec<Known>,
    facts: Facts,
    regions: Vec<Region>,
    segments: Vec<Segment>,
    parts: Parts,
    lattice: Lattice,
    consensus: Consensus,
}

/// A segment with what speaks for and against each label, for explanations.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The segment with its chances.
    pub segment: Segment,
    /// What each feature adds to the log-odds of each label.
    pub evidence: Vec<(String, Scores)>,
}

/// A segment in the second round, for training.
#[derive(Clone, Debug)]
pub struct Reconsidered {
    /// The segment with its scores of the first round.
    pub segment: Segment,
    /// The evidence of the document's other names.
    pub evidence: Vec<f32>,
}

impl Recognizer {
    /// Returns a recogniser of the gazetteers' names.
    ///
    /// # Errors
    /// An automaton cannot be built.
    pub fn new(layers: &Layers, options: &TaggerOptions, model: Model) -> Result<Recognizer> {
        let finder = Finder::new(layers, options.engine)?;
        Ok(Recognizer { finder, cues: Cues::new()?, model, trusts_gazetteer: options.without_model })
    }

    /// Gives a capital to the words of likely names where a sentence has none, as [`TaggerOptions::ignore_case`] asks for.
    pub fn recase(&self, layers: &Layers, text: &mut Text, scratch: &mut Scratch, mentions: &mut Mentions) {
        self.finder.find_any_case(layers, text, &mut mentions.hits);
        self.cues.mark(text, &mut scratch.marks);
        recase::recase(layers, text, &mentions.hits, &scratch.marks);
    }

    /// Fills `mentions` with what the document names.
    pub fn recognize(&self, subject: Subject, scratch: &mut Scratch, mentions: &mut Mentions) {
        self.prepare(subject, scratch, mentions);
        if self.trusts_gazetteer {
            trust(subject, scratch, mentions);
        } else {
            self.solve(subject, scratch, mentions);
        }
        let context = scratch.context(subject, &mentions.hits);
        mentions.list.clear();
        for region in &scratch.regions {
            choose(&context, &scratch.segments[region.segments.clone()], &mut mentions.list);
        }
        link_surnames(&context, &mut mentions.list);
    }

    /// Fills `mentions` with places that are given as ranges of bytes of the document's text, in order, as if they had been
    /// recognised for sure. A range without a word has no mention; the result says which range each mention is.
    pub fn take(
        &self,
        subject: Subject,
        places: &[Range<usize>],
        scratch: &mut Scratch,
        mentions: &mut Mentions,
    ) -> Vec<usize> {
        self.prepare(subject, scratch, mentions);
        let context = scratch.context(subject, &mentions.hits);
        mentions.list.clear();
        let mut taken = Vec::new();
        for (number, place) in places.iter().enumerate() {
            let words = &subject.text.words;
            let key = |word: &crate::normalize::words::Word| (word.field, word.end as usize);
            let first = words.partition_point(|word| key(word) <= (TEXT, place.start));
            let end = words.partition_point(|word| (word.field, word.start as usize) < (TEXT, place.end));
            if first < end {
                let kind = match context.placed(&(first..end)) {
                    (false, true) => MentionKind::Demonym,
                    _ => MentionKind::Place,
                };
                mentions.list.push(mention(&context, first..end, kind, CERTAIN));
                taken.push(number);
            }
        }
        taken
    }

    /// Returns every segment of a document with its chances and the evidence for them.
    pub fn judge(&self, subject: Subject, scratch: &mut Scratch, mentions: &mut Mentions) -> Vec<Judged> {
        self.prepare(subject, scratch, mentions);
        self.solve(subject, scratch, mentions);
        let context = scratch.context(subject, &mentions.hits);
        let mut judged = Vec::new();
        for (number, region) in scratch.regions.iter().enumerate() {
            for segment in &scratch.segments[region.segments.clone()] {
                let mut named = Named::new(&self.model);
                named.explain(&context, region, segment);
                let evidence = scratch.consensus.evidence(&context, number, segment);
                named.reconsider(segment, &evidence);
                judged.push(Judged { segment: *segment, evidence: named.evidence });
            }
        }
        judged
    }

    /// Returns the features of every segment of a document, for training.
    pub fn observe(&self, subject: Subject, scratch: &mut Scratch, mentions: &mut Mentions) -> Observed {
        self.prepare(subject, scratch, mentions);
        let context = scratch.context(subject, &mentions.hits);
        Observed::of(&context, &scratch.regions, &scratch.segments)
    }

    /// Returns the evidence of the second round for every segment of each region, for training.
    pub fn reconsider(
        &self,
        subject: Subject,
        scratch: &mut Scratch,
        mentions: &mut Mentions,
    ) -> Vec<(Region, Vec<Reconsidered>)> {
        self.prepare(subject, scratch, mentions);
        self.first_round(subject, scratch, mentions);
        let context = scratch.context(subject, &mentions.hits);
        let of_region = |(number, region): (usize, &Region)| {
            let segments = scratch.segments[region.segments.clone()].iter().map(|segment| Reconsidered {
                segment: *segment,
                evidence: scratch.consensus.evidence(&context, number, segment).to_vec(),
            });
            (region.clone(), segments.collect())
        };
        scratch.regions.iter().enumerate().map(of_region).collect()
    }

    /// Finds the names and the facts of a document, and divides it into segments.
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
        let mut known = std::mem::take(&mut scratch.known);
        known::look_up(&scratch.context(subject, &mentions.hits), &mut known);
        scratch.known = known;
        scratch.facts.count_words(text);
        let mut facts = std::mem::take(&mut scratch.facts);
        facts.watch(&scratch.context(subject, &mentions.hits));
        facts.survey(&scratch.context(subject, &mentions.hits));
        scratch.facts = facts;
        let (mut regions, mut segments) =
            (std::mem::take(&mut scratch.regions), std::mem::take(&mut scratch.segments));
        regions::find(&scratch.context(subject, &mentions.hits), &scratch.runs, &mut regions, &mut segments);
        (scratch.regions, scratch.segments) = (regions, segments);
    }

    /// Fills in the scores and chances of each segment by itself, and collects what they say of one another.
    fn first_round(&self, subject: Subject, scratch: &mut Scratch, mentions: &Mentions) {
        let (mut segments, mut parts) =
            (std::mem::take(&mut scratch.segments), std::mem::take(&mut scratch.parts));
        let mut consensus = std::mem::take(&mut scratch.consensus);
        let mut lattice = std::mem::take(&mut scratch.lattice);
        let context = scratch.context(subject, &mentions.hits);
        for region in &scratch.regions {
            let segments = &mut segments[region.segments.clone()];
            parts.score(&context, &self.model, &region.words, segments);
            segments.iter_mut().for_each(|segment| favour(&context, segment));
            lattice.solve(&region.words, segments);
        }
        consensus.collect(&context, &scratch.regions, &segments);
        (scratch.segments, scratch.parts) = (segments, parts);
        (scratch.consensus, scratch.lattice) = (consensus, lattice);
    }

    /// Fills in the final chances of each segment.
    fn solve(&self, subject: Subject, scratch: &mut Scratch, mentions: &Mentions) {
        self.first_round(subject, scratch, mentions);
        let mut segments = std::mem::take(&mut scratch.segments);
        let mut lattice = std::mem::take(&mut scratch.lattice);
        let context = scratch.context(subject, &mentions.hits);
        for (number, region) in scratch.regions.iter().enumerate() {
            let segments = &mut segments[region.segments.clone()];
            for segment in &mut *segments {
                let evidence = scratch.consensus.evidence(&context, number, segment);
                let single = segment.words().len() == 1;
                segment.scores =
                    consensus::rescore(&segment.scores, single, &evidence, &self.model.consensus);
            }
            lattice.solve(&region.words, segments);
        }
        (scratch.segments, scratch.lattice) = (segments, lattice);
    }
}

impl Scratch {
    fn context<'a>(&'a self, subject: Subject<'a>, hits: &'a [Hit]) -> Context<'a> {
        let Subject { layers, document, text } = subject;
        let Scratch { marks, uses, within, known, facts, .. } = self;
        Context { layers, document, text, marks, uses, within, hits, known, facts }
    }
}

/// Makes the longest places that the gazetteer has certain, from left to right, and nothing else.
fn trust(subject: Subject, scratch: &mut Scratch, mentions: &Mentions) {
    let mut segments = std::mem::take(&mut scratch.segments);
    let context = scratch.context(subject, &mentions.hits);
    let mut free = 0;
    for first in 0..segments.len() {
        let same = segments[first..].iter().take_while(|s| s.first == segments[first].first).count();
        let named = |s: &&mut Segment| s.first >= free && context.known_as(&s.words()).place.is_some();
        if let Some(segment) = segments[first..first + same].iter_mut().filter(named).max_by_key(|s| s.end) {
            let (placed, _) = context.placed(&segment.words());
            segment.chances[if placed { Label::Place } else { Label::Demonym } as usize] = 0.999;
            free = segment.end;
        }
    }
    scratch.segments = segments;
}

/// Adds what users' gazetteers and lists say to the scores of a segment.
fn favour(context: &Context, segment: &mut Segment) {
    if context.layers.is_world(context.layers.gazetteers().len() - 1) && context.layers.lists().is_empty() {
        return;
    }
    // Superadditive, so that one long name beats two short ones.
    let longer = (2 * segment.words().len() - 1) as f32;
    for hit in &context.hits[context.hits_at(&segment.words())] {
        let listed = context.layers.lists().allows(hit.name);
        let of_user = listed || !context.layers.is_world(hit.name.layer());
        let Some(meaning) = context.meanings(hit).next().filter(|_| of_user) else { continue };
        let label = match (meaning.entry.is_place(), meaning.how) {
            (true, NameKind::Demonym) => Label::Demonym,
            (true, _) => Label::Place,
            _ if meaning.entry.is_person() => Label::Person,
            _ => Label::Misc,
        };
        if listed {
            segment.scores[label as usize] = ALLOWED * longer;
        } else if meaning.is_of_own_kind() {
            segment.scores[label as usize] =
                segment.scores.into_iter().fold(0.0, f32::max) + DECLARED * longer;
        } else if hit.name.layer() > 0 && meaning.entry.is_place() {
            segment.scores[label as usize] += DECLARED;
        }
    }
}

/// The log-odds of a name that a user's list has tagged always: more than anything over it is judged.
const ALLOWED: f32 = 40.0;

/// The log-odds of a name of a user's own kind, and what they add to those of a place: it was listed to be tagged.
const DECLARED: f32 = 3.0;

/// The chance from which a segment becomes a mention. The threshold that makes F1 greatest is half of that F1 (Lipton,
/// Elkan and Naryanaswamy 2014), and F1 is between 0.8 and 0.95.
const THRESHOLD: f32 = 0.4;

/// Adds the segments of a region that are likely something that is tagged; of two that overlap, the likelier one.
fn choose(context: &Context, segments: &[Segment], list: &mut Vec<Mention>) {
    for segment in segments {
        if segment.chances.iter().sum::<f32>() <= THRESHOLD {
            continue;
        }
        let words = segment.words();
        let chance = |label: Label| segment.chances[label as usize];
        let (placed, _) = context.placed(&words);
        let own = context.known_as(&words).own;
        let site = if placed { chance(Label::Facility) } else { 0.0 };
        let kinds = [
            (MentionKind::Place, chance(Label::Place) + site),
            (MentionKind::Demonym, chance(Label::Demonym)),
            (MentionKind::Person, chance(Label::Person)),
            (MentionKind::Other, if own { chance(Label::Misc) } else { 0.0 }),
        ];
        let (kind, chance) = kinds.into_iter().fold(kinds[0], |a, b| if b.1 > a.1 { b } else { a });
        if chance > THRESHOLD {
            let found = mention(context, words, kind, (chance / (1.0 - chance)).ln().min(CERTAIN));
            match list.last_mut().filter(|last| last.end_word > found.first) {
                Some(last) if last.log_odds >= found.log_odds => {}
                Some(last) => *last = found,
                None => list.push(found),
            }
        }
    }
}

/// The number in [`crate::document::FIELDS`] of the body.
const TEXT: u8 = 1;

/// The greatest log-odds of a mention.
const CERTAIN: f32 = 14.0;

fn mention(context: &Context, words: Range<usize>, kind: MentionKind, log_odds: f32) -> Mention {
    let (first, last) = (&context.text.words[words.start], &context.text.words[words.end - 1]);
    let hits = context.hits_at(&words);
    let part = (hits.is_empty() && kind == MentionKind::Place).then(|| part(context, &words)).flatten();
    let named = part.clone().unwrap_or(words.clone());
    let (nested, hits) = (part.is_some(), part.map_or(hits, |part| context.hits_at(&part)));
    Mention {
        kind,
        field: first.field,
        start: first.start,
        end: last.end + u32::from(takes_stop(context, &words, &hits)),
        first: words.start as u32,
        end_word: words.end as u32,
        readings: readings(context, &named, kind),
        nested,
        hits: hits.start as u32..hits.end as u32,
        log_odds,
        full_name: u32::MAX,
    }
}

/// Returns the longest place within some words of which the others only say what is there: `Kandahar airport`, `downtown
/// Aleppo`, `Bay Region`.
fn part(context: &Context, words: &Range<usize>) -> Option<Range<usize>> {
    let inside = words.clone().flat_map(|first| context.hits_starting(first)).map(Hit::words);
    let generic = |at: usize| GENERIC.contains(&context.text.folded_word(at));
    let places = inside.filter(|part| {
        let within = part.end <= words.end && part.len() < words.len();
        within && words.clone().all(|at| part.contains(&at) || generic(at)) && context.placed(part).0
    });
    places.max_by_key(|part| part.len())
}

/// Words that stand beside the name of a place and say what is there, or which part is meant.
#[rustfmt::skip]
const GENERIC: [&str; 72] = [
    "airport", "airfield", "arena", "barracks", "base", "basin", "border", "camp", "canton", "cathedral", "central",
    "city", "college", "county", "department", "district", "downtown", "east", "eastern", "field", "governorate",
    "greater", "hospital", "inner", "international", "island", "islands", "jail", "lower", "metro", "mid",
    "military", "municipality", "museum", "naval", "north", "northeast", "northeastern", "northern", "northwest",
    "northwestern", "oblast", "of", "old", "outer", "peninsula", "plateau", "port", "prefecture", "prison", "province",
    "refugee", "region", "republic", "south", "southeast", "southeastern", "southern", "southwest", "southwestern",
    "stadium", "state", "station", "suburban", "the", "town", "university", "upper", "uptown", "valley", "village",
    "western",
];

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

/// Tells whether the full stop after an abbreviation (`Calif.`, `Main St.`, `Jr.`) belongs to a name.
fn takes_stop(context: &Context, words: &Range<usize>, hits: &Range<usize>) -> bool {
    let last = words.end - 1;
    let abbreviation =
        |hit: &Hit| context.place(hit).is_some_and(|place| place.how == NameKind::Abbreviation);
    let street = words.len() > 1 && STREETS.contains(&context.text.folded_word(last));
    let short = street || context.marks[last].alone.has(Cue::Suffix);
    matches!(context.shape(last), Shape::Title | Shape::Mixed)
        && context.rest(last).starts_with('.')
        && (short || context.hits[hits.clone()].iter().any(abbreviation))
}

/// Abbreviations at the end of the names of streets.
const STREETS: [&str; 7] = ["ave", "blvd", "dr", "hwy", "ln", "rd", "st"];

/// Points each name of one word at the first mention of a person's full name that has the word, every other mention at
/// itself.
fn link_surnames(context: &Context, list: &mut [Mention]) {
    let words = |m: &Mention| &context.text.words[m.first as usize..m.end_word as usize];
    let is_full = |m: &Mention| m.end_word - m.first > 1;
    let mut bearers: HashMap<u64, u32> = HashMap::new();
    for (at, mention) in list.iter().enumerate() {
        if mention.kind == MentionKind::Person && is_full(mention) {
            for word in words(mention) {
                bearers.entry(word.hash).or_insert(at as u32);
            }
        }
    }
    for (at, mention) in list.iter_mut().enumerate() {
        let short = mention.kind == MentionKind::Person && !is_full(mention);
        let bearer = bearers.get(&words(mention)[0].hash).filter(|_| short);
        mention.full_name = bearer.copied().unwrap_or(at as u32);
    }
}
