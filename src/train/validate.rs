//! Validation: how well documents are tagged by models that were not trained on them.

use super::{Corpus, Trainer};
use crate::error::Result;
use crate::evaluate::{Evaluation, mentions};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

impl Trainer<'_> {
    /// Returns an evaluation of each corpus in which each document is tagged by a model that was trained without its fold.
    /// Documents of one source belong to one fold; those without a source are dealt out in order.
    ///
    /// # Errors
    /// A tagger cannot start.
    pub fn cross_validate(&self, folds: usize) -> Result<Vec<Evaluation>> {
        let fold = |(corpus, document): (usize, usize)| {
            let source = &self.corpora[corpus].documents[document].document.source;
            if source.is_empty() { document % folds } else { xxh3_64(source.as_bytes()) as usize % folds }
        };
        self.validate(folds, fold)
    }

    /// Returns an evaluation of each corpus by a model that was trained on the others.
    ///
    /// # Errors
    /// A tagger cannot start.
    pub fn leave_one_out(&self) -> Result<Vec<Evaluation>> {
        self.validate(self.corpora.len(), |(corpus, _)| corpus)
    }

    fn validate(
        &self,
        folds: usize,
        fold: impl Fn((usize, usize)) -> usize + Sync,
    ) -> Result<Vec<Evaluation>> {
        let tagged: Vec<Vec<_>> = (0..folds)
            .into_par_iter()
            .map(|part| {
                let numbers = 0..self.documents.len();
                let (held_out, rest): (Vec<_>, Vec<_>) =
                    numbers.partition(|number| fold(self.documents[*number]) == part);
                let tagger = self.tagger(self.train_on(&rest)?)?;
                let mut worker = tagger.worker();
                let tag = |number: usize| {
                    let (corpus, document) = self.documents[number];
                    let document = &self.corpora[corpus].documents[document].document;
                    (number, mentions(&worker.tag(document)))
                };
                Ok(held_out.into_iter().map(tag).collect())
            })
            .collect::<Result<_>>()?;
        let empty = |corpus: &Corpus| Evaluation::new(corpus.scoring());
        let mut evaluations: Vec<Evaluation> = self.corpora.iter().map(empty).collect();
        for (number, mentions) in tagged.iter().flatten() {
            let (corpus, document) = self.documents[*number];
            evaluations[corpus].add(&self.corpora[corpus].documents[document], mentions);
        }
        Ok(evaluations)
    }
}
