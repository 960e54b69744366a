//! Training: labelled documents → the recogniser's [`Model`].
//!
//! ```text
//! corpus ─sample─▶ lattices with what is allowed ─fit─▶ weights ─pack─▶ Model ◀─second─ the consensus, fitted on
//!                                                                              documents left out of the first round
//! ```
//!
//! The model is fitted by maximum likelihood: of all ways to divide a region, those that agree with the labels shall
//! be likely. Corpora that label places only say nothing of the other labels, and all ways that agree with the places
//! are right. Training is deterministic: the same input gives the same bytes, on any number of threads.

mod corpus;
mod fit;
mod gradient;
mod lbfgs;
mod pack;
mod ranker;
mod sample;
mod second;
mod validate;

use crate::error::Result;
use crate::gazetteer::Layers;
use crate::recognize::model::Model;
use crate::resolve::Ranker;
use crate::tagger::{Tagger, TaggerOptions};
pub use corpus::{Corpus, Demonyms, Policy};
use rayon::prelude::*;
use sample::Sample;
use std::sync::Arc;
pub use validate::Division;

/// How to train. The defaults were chosen by cross-validation.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainOptions {
    /// Passes over the samples.
    pub epochs: usize,
    /// The first step of AdaGrad; it falls linearly to a tenth.
    pub step: f32,
    /// The weight of the L2 penalty.
    pub penalty: f32,
    /// The share of lexical features that is left out at random in each step, so that no feature is relied on alone.
    pub dropout: f32,
    /// A lexical feature counts from so many segments on.
    pub least: u32,
    /// Lines of 64 bytes in the table of lexical features, eight features each.
    pub lines: usize,
    /// Parts into which the documents are divided for the second round.
    pub parts: usize,
}

impl Default for TrainOptions {
    fn default() -> TrainOptions {
        TrainOptions {
            epochs: 10,
            step: 0.1,
            penalty: 1e-4,
            dropout: 0.15,
            least: 3,
            lines: 15_500,
            parts: 3,
        }
    }
}

/// Trains on corpora whose features are computed once.
pub struct Trainer<'c> {
    layers: Arc<Layers>,
    options: TrainOptions,
    corpora: &'c [Corpus],
    /// The documents of all corpora: the number of the corpus and that in it.
    documents: Vec<(usize, usize)>,
    samples: Vec<Sample>,
}

impl<'c> Trainer<'c> {
    /// Returns a trainer on the corpora.
    ///
    /// # Errors
    /// The tagger cannot start.
    pub fn new(layers: Arc<Layers>, corpora: &'c [Corpus], options: TrainOptions) -> Result<Trainer<'c>> {
        let tagger = blank(layers.clone(), Ranker::empty())?;
        let numbers =
            |(number, corpus): (usize, &Corpus)| (0..corpus.documents.len()).map(move |d| (number, d));
        let documents: Vec<(usize, usize)> = corpora.iter().enumerate().flat_map(numbers).collect();
        let sample = |worker: &mut _, (corpus, document): &(usize, usize)| {
            let Corpus { policy, weight, documents, .. } = &corpora[*corpus];
            Sample::new(worker, &documents[*document], *policy, *weight)
        };
        let samples = documents.par_iter().map_init(|| tagger.worker(), sample).collect();
        Ok(Trainer { layers, options, corpora, documents, samples })
    }

    /// Returns a model fitted on all documents.
    ///
    /// # Errors
    /// The tagger cannot start.
    pub fn train(&self) -> Result<Model> {
        self.train_on(&(0..self.documents.len()).collect::<Vec<_>>())
    }

    /// Returns a ranker fitted on all documents with points.
    ///
    /// # Errors
    /// The tagger cannot start.
    pub fn rank(&self) -> Result<Ranker> {
        self.rank_on(&(0..self.documents.len()).collect::<Vec<_>>())
    }

    /// Returns a ranker fitted on some documents, by number.
    fn rank_on(&self, chosen: &[usize]) -> Result<Ranker> {
        let places = |corpus: usize| -> usize {
            let of_corpus = chosen.iter().filter(|number| self.documents[**number].0 == corpus);
            of_corpus
                .map(|number| self.gold(*number).mentions.iter().filter(|m| m.point.is_some()).count())
                .sum()
        };
        let places: Vec<usize> = (0..self.corpora.len()).map(places).collect();
        let most = places.iter().copied().max().unwrap_or(0);
        // A corpus counts by the square root of its places: the large one does not speak for all, nor the small one.
        let document = |number: &usize| {
            let places = places[self.documents[*number].0].max(1);
            (self.gold(*number), (most as f32 / places as f32).sqrt())
        };
        ranker::train(&self.layers, &chosen.iter().map(document).collect::<Vec<_>>())
    }

    /// Returns a model fitted on some documents, by number.
    fn train_on(&self, chosen: &[usize]) -> Result<Model> {
        let parts = self.options.parts;
        let of_part = |part: usize| -> Result<Vec<second::Lattice>> {
            let (rest, held_out): (Vec<_>, Vec<_>) =
                chosen.iter().enumerate().partition(|(n, _)| n % parts != part);
            let rest: Vec<usize> = rest.into_iter().map(|(_, number)| *number).collect();
            let tagger = self.tagger(self.first_round(&rest), Ranker::empty())?;
            let mut worker = tagger.worker();
            let lattices = |(_, number): (usize, &usize)| {
                let (corpus, document) = self.documents[*number];
                let document = &self.corpora[corpus].documents[document].document;
                second::lattices(&mut worker, document, &self.samples[*number])
            };
            Ok(held_out.into_iter().flat_map(lattices).collect())
        };
        let lattices: Vec<Vec<second::Lattice>> =
            (0..parts).into_par_iter().map(of_part).collect::<Result<_>>()?;
        let lattices: Vec<second::Lattice> = lattices.into_iter().flatten().collect();
        Ok(Model { consensus: second::fit(&lattices), ..self.first_round(chosen) })
    }

    /// Returns a model with the weights of the first round only.
    fn first_round(&self, chosen: &[usize]) -> Model {
        let samples: Vec<&Sample> = chosen.iter().map(|number| &self.samples[*number]).collect();
        pack::pack(fit::fit(&samples, &self.options), self.options.lines)
    }

    fn tagger(&self, model: Model, ranker: Ranker) -> Result<Tagger> {
        Tagger::with_models(self.layers.clone(), &TaggerOptions::default(), model, ranker)
    }
}

/// Returns a tagger whose recogniser knows nothing.
fn blank(layers: Arc<Layers>, ranker: Ranker) -> Result<Tagger> {
    Tagger::with_models(layers, &TaggerOptions::default(), Model::empty(), ranker)
}
