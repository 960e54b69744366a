//! Validation: how well documents are tagged by models that were not trained on them.

use super::{Corpus, Trainer, blank, ranker};
use crate::error::Result;
use crate::evaluate::{Evaluation, Given, GoldDocument, focus_is_right, mentions};
use crate::profile::{Profile, Tally, key};
use crate::tagger::Tagger;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

/// How the documents are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// Into so many folds: documents of one source belong to one, those without a source are dealt out in order.
    Folds(usize),
    /// Each corpus by itself.
    Corpora,
}

impl Trainer<'_> {
    /// Returns an evaluation of each corpus in which each document is tagged by models that were trained without its part.
    /// With `sources`, the homes of sources are learned from the documents that are tagged.
    ///
    /// # Errors
    /// A tagger cannot start.
    pub fn validate(&self, division: Division, sources: bool) -> Result<Vec<Evaluation>> {
        let tagged: Vec<Vec<_>> = (0..self.parts(division))
            .into_par_iter()
            .map(|part| {
                let (held_out, rest) = self.divided(division, part);
                let tagger = self.tagger(self.train_on(&rest)?, self.rank_on(&rest)?)?;
                let profile = if sources { self.profile(&tagger, &held_out) } else { Profile::default() };
                let tagger = tagger.with_profile(profile);
                let mut worker = tagger.worker();
                let tag = |number: usize| {
                    let gold = self.gold(number);
                    let tagged = worker.tag(&gold.document);
                    (number, mentions(&tagged), focus_is_right(&tagged, gold))
                };
                Ok(held_out.into_iter().map(tag).collect())
            })
            .collect::<Result<_>>()?;
        let empty = |corpus: &Corpus| Evaluation::new(corpus.scoring());
        let mut evaluations: Vec<Evaluation> = self.corpora.iter().map(empty).collect();
        for (number, mentions, focus) in tagged.iter().flatten() {
            let evaluation = &mut evaluations[self.documents[*number].0];
            evaluation.add(self.gold(*number), mentions);
            evaluation.add_focus(*focus);
        }
        Ok(evaluations)
    }

    /// Returns how well the marked places of each corpus are resolved by rankers that were trained without their part.
    ///
    /// # Errors
    /// A tagger cannot start.
    pub fn validate_given(&self, division: Division, sources: bool, km: f64) -> Result<Vec<Given>> {
        let mut given = vec![Given::default(); self.corpora.len()];
        let parts: Vec<Vec<(usize, Given)>> = (0..self.parts(division))
            .into_par_iter()
            .map(|part| {
                let (held_out, rest) = self.divided(division, part);
                let ranker = self.rank_on(&rest)?;
                let golds = || held_out.iter().map(|number| self.gold(*number));
                let known = sources.then(|| ranker::profile(&self.layers, golds(), &ranker)).transpose()?;
                let tagger = blank(self.layers.clone(), ranker)?.with_profile(known.unwrap_or_default());
                let mut worker = tagger.worker();
                let resolve = |number: &usize| {
                    let mut given = Given::default();
                    given.add(&mut worker, &self.layers, self.gold(*number), km);
                    (self.documents[*number].0, given)
                };
                Ok(held_out.iter().map(resolve).collect())
            })
            .collect::<Result<_>>()?;
        for (corpus, part) in parts.into_iter().flatten() {
            given[corpus] += part;
        }
        Ok(given)
    }

    fn parts(&self, division: Division) -> usize {
        match division {
            Division::Folds(folds) => folds,
            Division::Corpora => self.corpora.len(),
        }
    }

    /// Returns the numbers of the documents of a part, and of the others.
    fn divided(&self, division: Division, part: usize) -> (Vec<usize>, Vec<usize>) {
        (0..self.documents.len()).partition(|number| self.part(division, *number) == part)
    }

    fn part(&self, division: Division, number: usize) -> usize {
        let (corpus, document) = self.documents[number];
        let source = &self.gold(number).document.source;
        match division {
            Division::Corpora => corpus,
            Division::Folds(folds) if source.is_empty() => document % folds,
            Division::Folds(folds) => xxh3_64(source.as_bytes()) as usize % folds,
        }
    }

    pub(super) fn gold(&self, number: usize) -> &GoldDocument {
        let (corpus, document) = self.documents[number];
        &self.corpora[corpus].documents[document]
    }

    /// Returns the homes of sources, learned by tagging documents.
    fn profile(&self, tagger: &Tagger, documents: &[usize]) -> Profile {
        let (mut worker, mut tally) = (tagger.worker(), Tally::default());
        for number in documents {
            let document = &self.gold(*number).document;
            if let Some(source) = key(document) {
                tally.add(&source, &worker.tag(document));
            }
        }
        tally.profile(&self.layers)
    }
}
