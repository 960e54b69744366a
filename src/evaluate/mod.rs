//! How well the tagger does on documents that were marked by hand (gold).
//!
//! ```text
//! gold file ─gold─▶ GoldDocument ─run─▶ SystemMentions ─comparison─▶ metrics, calibration, mistakes ─table─▶ text
//! ```
//!
//! An [`Evaluation`] takes one document after another, so that each may be tagged by another tagger.

mod calibration;
mod comparison;
mod focus;
mod given;
pub mod gold;
mod metrics;
mod mistakes;
mod pairing;
mod reasons;
mod run;
mod span;
mod system;
pub mod table;

pub use calibration::{Bin, Calibration, Reliability};
pub use comparison::Class;
use comparison::Comparison;
pub use focus::focus_is_right;
pub use given::Given;
pub use gold::{GoldDocument, GoldMention};
pub use metrics::{EndToEnd, Figures, FocusFigures, Recognition, Resolution, Scores};
use metrics::{Located, Recognized};
use mistakes::Finder;
pub use mistakes::{Mistake, MistakeKind, commonest};
pub use pairing::{Pairing, pair};
pub use reasons::Reasons;
pub use run::{Answer, given, tag};
pub use span::{CodePoints, Span};
pub use system::{SystemMention, mentions};

/// Whether mentions that corpora treat differently are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Convention {
    /// They count.
    #[default]
    Count,
    /// They are neither rewarded nor punished.
    LeaveOut,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Whether demonyms that the system finds count as places. Left out, they are no mentions at all.
    pub demonyms: Convention,
    /// Whether gold names of very large areas (China, Europe) count. Where they are left out, a place without a point counts as
    /// one that is wrong by half of the Earth (the convention of Hu et al. 2023).
    pub very_large: Convention,
    /// Gold types that are neither rewarded nor punished.
    pub ignore: Vec<String>,
    /// The radius in kilometres within which a place is right.
    pub km: f64,
}

impl Default for Options {
    fn default() -> Options {
        let count = Convention::Count;
        Options { demonyms: count, very_large: count, ignore: Vec::new(), km: 161.0 }
    }
}

/// Adds up how well documents were tagged.
///
/// # Examples
/// ```
/// use dateline::evaluate::{Evaluation, Options, gold, mentions};
/// use dateline::{Layers, Tagger, TaggerOptions};
/// let tagger = Tagger::new(Layers::world()?.into(), &TaggerOptions::default())?;
/// let line = r#"{"id": "1", "text": "Aid reached Aleppo.", "mentions": [{"start": 12, "end": 18, "type": "LOC"}]}"#;
/// let mut evaluation = Evaluation::new(Options::default());
/// for gold in gold::parse(line, "gold.jsonl")? {
///     let mut worker = tagger.worker();
///     evaluation.add(&gold, &mentions(&worker.tag(&gold.document)));
/// }
/// assert_eq!(evaluation.figures().places.exact.f1, 1.0);
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evaluation {
    options: Options,
    documents: usize,
    places: Counts,
    persons: Counts,
    located: Located,
    scores: calibration::Samples,
    focus: FocusFigures,
    mistakes: Vec<Mistake>,
}

/// What is counted of one class.
#[derive(Clone, Debug, Default)]
struct Counts {
    recognized: Recognized,
    samples: calibration::Samples,
}

impl Evaluation {
    /// Returns an evaluation of no documents.
    pub fn new(options: Options) -> Evaluation {
        let (places, persons) = (Counts::default(), Counts::default());
        Evaluation {
            options,
            documents: 0,
            places,
            persons,
            located: Located::default(),
            scores: calibration::Samples::default(),
            focus: FocusFigures::default(),
            mistakes: Vec::new(),
        }
    }

    /// Adds what a system found in a document.
    pub fn add(&mut self, gold: &GoldDocument, system: &[SystemMention]) {
        self.add_with_reasons(gold, system, &Reasons::default());
    }

    /// Adds what a system found in a document; mistakes say what was decided from.
    pub fn add_with_reasons(&mut self, gold: &GoldDocument, system: &[SystemMention], reasons: &Reasons) {
        let Evaluation { options, documents, places, persons, located, scores, mistakes, .. } = self;
        let finder = Finder { document: gold, system, reasons, options };
        *documents += 1;
        for (class, counts) in [(Class::Place, places), (Class::Person, persons)] {
            let comparison = Comparison::of(class, gold, system, options);
            counts.recognized.add(&comparison);
            counts.samples.add(&comparison);
            mistakes.extend(finder.recognition(class, &comparison));
            if class == Class::Place {
                located.add(&comparison, options);
                scores.add_located(&comparison, options.km);
                mistakes.extend(finder.resolution(&comparison));
            }
        }
    }

    /// Adds whether the focus country of a document is that of most of its marked places; none when there is no such country.
    pub fn add_focus(&mut self, right: Option<bool>) {
        self.focus.documents += usize::from(right.is_some());
        self.focus.right += usize::from(right == Some(true));
    }

    /// Returns the figures of the documents so far.
    pub fn figures(&self) -> Figures {
        let (resolution, end_to_end) = self.located.figures().unzip();
        Figures {
            documents: self.documents,
            places: self.places.recognized.figures(),
            persons: self.has_persons().then(|| self.persons.recognized.figures()),
            resolution,
            end_to_end,
            focus: Some(self.focus).filter(|focus| focus.documents > 0),
        }
    }

    /// Returns how sure the recogniser was, beside how often it was right.
    pub fn calibration(&self) -> Calibration {
        Calibration {
            places: self.places.samples.reliability(),
            persons: self.has_persons().then(|| self.persons.samples.reliability()),
            located: self.located.figures().map(|_| self.scores.reliability()),
        }
    }

    /// Returns where system and gold differ. A corpus in which no person is marked says nothing about persons.
    pub fn mistakes(&self) -> Vec<&Mistake> {
        let counts = |kind| self.has_persons() || kind != MistakeKind::PersonFalsePositive;
        self.mistakes.iter().filter(|mistake| counts(mistake.kind)).collect()
    }

    /// Returns the figures as a table under a heading.
    pub fn table(&self, name: &str) -> String {
        table::figures(name, &self.figures(), self.options.km)
    }

    fn has_persons(&self) -> bool {
        self.persons.recognized.has_gold()
    }
}

#[cfg(test)]
mod tests;
