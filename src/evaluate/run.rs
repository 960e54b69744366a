//! Run: gold documents tagged on all cores.

use super::focus::focus_is_right;
use super::given::Given;
use super::gold::GoldDocument;
use super::reasons::Reasons;
use super::system::{SystemMention, mentions};
use crate::error::Result;
use crate::pipeline::{RunOptions, panicked};
use crate::tagger::{Tagger, Worker};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the tagger made of a gold document.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What it found.
    pub mentions: Vec<SystemMention>,
    /// Whether its focus country is that of most marked places; none when there is no such country.
    pub focus: Option<bool>,
    /// What it decided from; empty when it was not asked.
    pub reasons: Reasons,
}

/// Tags gold documents, and asks for reasons if wanted; the answers are in the order of the documents.
///
/// # Errors
/// Threads cannot be started, or the tagger panics.
pub fn tag(
    tagger: &Tagger,
    documents: &[GoldDocument],
    options: &RunOptions,
    reasons: bool,
) -> Result<Vec<Answer>> {
    let pool = options.pool()?;
    let answered = |worker: &mut Worker, gold: &GoldDocument| {
        let answer = catch_unwind(AssertUnwindSafe(|| answer(worker, gold, reasons)));
        answer.map_err(|_| panicked(&gold.document))
    };
    pool.install(|| documents.par_iter().map_init(|| tagger.worker(), answered).collect())
}

/// Resolves the marked places of documents.
///
/// # Errors
/// Threads cannot be started, or the tagger panics.
pub fn given(tagger: &Tagger, documents: &[GoldDocument], options: &RunOptions, km: f64) -> Result<Given> {
    let pool = options.pool()?;
    let of_document = |worker: &mut Worker, gold: &GoldDocument| {
        let mut given = Given::default();
        let added = catch_unwind(AssertUnwindSafe(|| given.add(worker, tagger.layers(), gold, km)));
        added.map_err(|_| panicked(&gold.document))?;
        Ok(given)
    };
    let all: Vec<Given> = pool
        .install(|| documents.par_iter().map_init(|| tagger.worker(), of_document).collect::<Result<_>>())?;
    let mut sum = Given::default();
    all.into_iter().for_each(|given| sum += given);
    Ok(sum)
}

fn answer(worker: &mut Worker, gold: &GoldDocument, reasons: bool) -> Answer {
    let tagged = worker.tag(&gold.document);
    let (mentions, focus) = (mentions(&tagged), focus_is_right(&tagged, gold));
    let reasons = if reasons { Reasons::of(worker, gold) } else { Reasons::default() };
    Answer { mentions, focus, reasons }
}
