//! The tagger: the stages from a document to its entities, in order.

use crate::document::Document;
use crate::entity::Entities;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::Layers;
use crate::normalize::{Normalizer, Text};
use crate::profile::Profile;
use crate::recognize::find::Engine;
use crate::recognize::lattice::Region;
use crate::recognize::model::Model;
use crate::recognize::{self, Judged, Mentions, Observed, Recognizer, Reconsidered, Subject};
use crate::resolve::{self, Focus, Ranker, Resolver};
use std::ops::Range;
use std::sync::Arc;

/// How to tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaggerOptions {
    /// Which automaton finds the gazetteer's names.
    pub engine: Engine,
    /// Whether names are looked for in sentences without capitals too.
    pub ignore_case: bool,
    /// Whether every name of a place is one, without the model: what a plain gazetteer tagger finds, for comparison.
    pub without_model: bool,
}

/// Tags documents. Immutable and shared; each thread takes a [`Worker`].
pub struct Tagger {
    layers: Arc<Layers>,
    normalizer: Normalizer,
    recognizer: Recognizer,
    resolver: Resolver,
    profile: Profile,
    ignore_case: bool,
}

impl Tagger {
    /// Returns a tagger that knows the names in `layers`.
    ///
    /// # Errors
    /// There is no gazetteer in `layers`, or an automaton cannot be built.
    ///
    /// # Examples
    /// ```
    /// use dateline::{Document, Layers, Tagger, TaggerOptions};
    /// let tagger = Tagger::new(Layers::world()?.into(), &TaggerOptions::default())?;
    /// let document = Document::from_text("1", "Aid reached Aleppo, Syria, on Monday.");
    /// let mut worker = tagger.worker();
    /// let tagged = worker.tag(&document);
    /// let ids: Vec<_> = tagged.referents().map(|entry| entry.id()).collect();
    /// assert_eq!(ids, ["geonames:170063", "geonames:163843"]);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn new(layers: Arc<Layers>, options: &TaggerOptions) -> Result<Tagger> {
        Tagger::with_models(layers, options, Model::embedded()?, Ranker::embedded()?)
    }

    /// The same with a model of its own for the recogniser and a ranker for the resolver.
    ///
    /// # Errors
    /// There is no gazetteer in `layers`, or an automaton cannot be built.
    pub fn with_models(
        layers: Arc<Layers>,
        options: &TaggerOptions,
        model: Model,
        ranker: Ranker,
    ) -> Result<Tagger> {
        if layers.is_empty() {
            return Err(Error::new(ErrorKind::Gazetteer, "no gazetteer")
                .remedy("leave out `--no-world`, or give one with `--gazetteer FILE`"));
        }
        let recognizer = Recognizer::new(&layers, options, model)?;
        Ok(Tagger {
            layers,
            normalizer: Normalizer,
            recognizer,
            resolver: Resolver::new(ranker),
            profile: Profile::default(),
            ignore_case: options.ignore_case,
        })
    }

    /// Gives the tagger what is known of the sources of documents.
    pub fn with_profile(self, profile: Profile) -> Tagger {
        Tagger { profile, ..self }
    }

    /// Returns the gazetteers.
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// Returns a thread's own memory for tagging.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            tagger: self,
            text: Text::default(),
            mentions: Mentions::default(),
            entities: Entities::default(),
            recognize: recognize::Scratch::default(),
            resolve: resolve::Scratch::default(),
        }
    }
}

/// Tags one document after another, reusing its memory.
pub struct Worker<'t> {
    tagger: &'t Tagger,
    text: Text,
    mentions: Mentions,
    entities: Entities,
    recognize: recognize::Scratch,
    resolve: resolve::Scratch,
}

impl Worker<'_> {
    /// Tags a document.
    pub fn tag<'w>(&'w mut self, document: &'w Document) -> Tagged<'w> {
        self.read(document);
        let Worker { tagger, text, mentions, recognize, .. } = self;
        tagger.recognizer.recognize(Subject { layers: &tagger.layers, document, text }, recognize, mentions);
        self.resolve(document)
    }

    /// Tags a document in which places are given as ranges of bytes of its text, in order: only these are resolved. The
    /// result says which range each mention is.
    pub fn tag_given<'w>(
        &'w mut self,
        document: &'w Document,
        places: &[Range<usize>],
    ) -> (Tagged<'w>, Vec<usize>) {
        let taken = self.take(document, places);
        (self.resolve(document), taken)
    }

    /// Returns the groups of given places with the values of their features after so many rounds, for training; each
    /// mention by the number of its range.
    pub fn observe_given(
        &mut self,
        document: &Document,
        places: &[Range<usize>],
        rounds: usize,
    ) -> Vec<resolve::Observed> {
        let taken = self.take(document, places);
        let Worker { tagger, text, mentions, resolve, .. } = self;
        let (layers, home) = (&*tagger.layers, tagger.profile.home(document));
        let subject = resolve::Subject { layers, document, text, mentions, home };
        let mut observed = tagger.resolver.observe(subject, resolve, rounds);
        for group in &mut observed {
            group.mentions.iter_mut().for_each(|mention| *mention = taken[*mention]);
        }
        observed
    }

    /// Takes given places for the mentions of a document.
    fn take(&mut self, document: &Document, places: &[Range<usize>]) -> Vec<usize> {
        self.read(document);
        let Worker { tagger, text, mentions, recognize, .. } = self;
        let subject = Subject { layers: &tagger.layers, document, text };
        tagger.recognizer.take(subject, places, recognize, mentions)
    }

    /// Resolves the mentions of a document.
    fn resolve<'w>(&'w mut self, document: &'w Document) -> Tagged<'w> {
        let Worker { tagger, text, mentions, entities, resolve, .. } = self;
        let (layers, home) = (&*tagger.layers, tagger.profile.home(document));
        let subject = resolve::Subject { layers, document, text, mentions, home };
        let focus = tagger.resolver.resolve(subject, resolve, entities);
        Tagged { layers, document, text, mentions, entities, focus }
    }

    /// Returns the words of a document, and every segment that may be a name with the evidence for what it may be.
    pub fn judge(&mut self, document: &Document) -> (&Text, Vec<Judged>) {
        self.ask(document, Recognizer::judge)
    }

    /// Returns the words of a document, and the features of every segment that may be a name, for training.
    pub fn observe(&mut self, document: &Document) -> (&Text, Observed) {
        self.ask(document, Recognizer::observe)
    }

    /// Returns the words of a document, and what the first round says of its segments, for training the second.
    pub fn reconsider(&mut self, document: &Document) -> (&Text, Vec<(Region, Vec<Reconsidered>)>) {
        self.ask(document, Recognizer::reconsider)
    }

    /// Splits a document into words.
    fn read(&mut self, document: &Document) {
        let Worker { tagger, text, mentions, recognize, .. } = self;
        tagger.normalizer.normalize(document, text);
        if tagger.ignore_case {
            tagger.recognizer.recase(&tagger.layers, text, recognize, mentions);
        }
    }

    fn ask<T>(
        &mut self,
        document: &Document,
        question: impl FnOnce(&Recognizer, Subject, &mut recognize::Scratch, &mut Mentions) -> T,
    ) -> (&Text, T) {
        self.read(document);
        let Worker { tagger, text, mentions, recognize, .. } = self;
        let subject = Subject { layers: &tagger.layers, document, text };
        let answer = question(&tagger.recognizer, subject, recognize, mentions);
        (text, answer)
    }
}

/// A tagged document.
pub struct Tagged<'w> {
    /// The gazetteers that its referents are in.
    pub layers: &'w Layers,
    /// The document.
    pub document: &'w Document,
    /// Its words.
    pub text: &'w Text,
    /// What it names.
    pub mentions: &'w Mentions,
    /// What the names refer to, in the same order.
    pub entities: &'w Entities,
    /// What it is about.
    pub focus: Focus,
}

impl<'w> Tagged<'w> {
    /// Returns each mention with its entity.
    pub fn tags(&self) -> impl Iterator<Item = (&'w recognize::Mention, &'w crate::entity::Entity)> {
        self.mentions.list.iter().zip(&self.entities.list)
    }

    /// Returns the entries that the linked mentions refer to, in text order.
    pub fn referents(&self) -> impl Iterator<Item = crate::gazetteer::Entry<'w>> {
        let layers = self.layers;
        self.entities.list.iter().filter_map(move |entity| layers.entry(entity.referent?))
    }
}
