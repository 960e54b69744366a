//! The tagger: the stages from a document to its entities, in order.

use crate::document::Document;
use crate::entity::Entities;
use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::Layers;
use crate::normalize::{Normalizer, Text};
use crate::recognize::find::Engine;
use crate::recognize::lattice::Region;
use crate::recognize::model::Model;
use crate::recognize::{self, Judged, Mentions, Observed, Recognizer, Reconsidered, Subject};
use crate::resolve::{self, Focus, Resolver};
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
        Tagger::with_model(layers, options, Model::embedded()?)
    }

    /// The same with a model of its own for the recogniser.
    ///
    /// # Errors
    /// There is no gazetteer in `layers`, or an automaton cannot be built.
    pub fn with_model(layers: Arc<Layers>, options: &TaggerOptions, model: Model) -> Result<Tagger> {
        if layers.is_empty() {
            return Err(Error::new(ErrorKind::Gazetteer, "no gazetteer")
                .remedy("leave out `--no-world`, or give one with `--gazetteer FILE`"));
        }
        let recognizer = Recognizer::new(&layers, options, model)?;
        Ok(Tagger {
            layers,
            normalizer: Normalizer,
            recognizer,
            resolver: Resolver,
            ignore_case: options.ignore_case,
        })
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
        let Worker { tagger, text, mentions, entities, recognize, resolve } = self;
        tagger.recognizer.recognize(Subject { layers: &tagger.layers, document, text }, recognize, mentions);
        let focus = tagger.resolver.resolve(&tagger.layers, document, text, mentions, resolve, entities);
        Tagged { layers: &tagger.layers, document, text, mentions, entities, focus }
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
