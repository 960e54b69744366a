//! The first pass: documents of each source, tagged by themselves, and what they refer to.

use super::{Tally, key, tally};
use crate::document::Document;
use crate::error::{ErrorKind, Result};
use crate::ingest::Source;
use crate::pipeline::{RunOptions, panicked};
use crate::tagger::{Tagger, Worker};
use rayon::prelude::*;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many documents of a source are tagged: more say little more.
const DOCUMENTS: u32 = 50;
/// How many sources are learned, so that memory is bounded: 50 documents of each hold about 500 referents of 16 bytes.
const SOURCES: usize = 20_000;
/// After so many documents without a source, no source is expected.
const SOURCELESS: u64 = 1_000;
/// How many documents are read before they are tagged together.
const BATCH: usize = 256;

/// What the first pass came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learnt {
    /// What was counted.
    pub tally: Tally,
    /// Documents that were tagged for it.
    pub documents: u64,
    /// Whether reading ended early because no document has a source.
    pub sourceless: bool,
}

/// Learns the homes of sources from the first documents of each. Records that cannot be read are passed over. The result
/// is the same for any number of threads.
///
/// # Errors
/// The source fails, or the tagger panics.
pub fn learn(source: &mut dyn Source, tagger: &Tagger, options: &RunOptions) -> Result<Learnt> {
    let pool = options.pool()?;
    let (mut learnt, mut taken) = (Learnt::default(), HashMap::new());
    let mut read = 0;
    loop {
        let batch = fill(source, &mut taken, &mut read)?;
        let last = batch.is_empty();
        let tag = |worker: &mut Worker, (_, document): &(String, Document)| {
            let referents = catch_unwind(AssertUnwindSafe(|| tally::referents(&worker.tag(document))));
            referents.map_err(|_| panicked(document))
        };
        let found: Vec<_> =
            pool.install(|| batch.par_iter().map_init(|| tagger.worker(), tag).collect::<Result<_>>())?;
        for ((key, _), referents) in batch.into_iter().zip(found) {
            learnt.documents += 1;
            learnt.tally.add_referents(&key, referents);
        }
        learnt.sourceless = taken.is_empty() && read >= SOURCELESS;
        if last || learnt.sourceless {
            return Ok(learnt);
        }
    }
}

/// Reads the next documents that are to be tagged, each with its source.
fn fill(
    source: &mut dyn Source,
    taken: &mut HashMap<String, u32>,
    read: &mut u64,
) -> Result<Vec<(String, Document)>> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut document = Document::default();
    while batch.len() < BATCH && !(taken.is_empty() && *read >= SOURCELESS) {
        document.clear();
        match source.read(&mut document) {
            Ok(true) => *read += 1,
            Ok(false) => break,
            Err(error) if error.kind() == ErrorKind::Record => continue,
            Err(error) => return Err(error),
        }
        let Some(key) = key(&document) else { continue };
        if !taken.contains_key(&key) && taken.len() == SOURCES {
            continue;
        }
        let count = taken.entry(key.clone()).or_default();
        if *count < DOCUMENTS {
            *count += 1;
            batch.push((key, std::mem::take(&mut document)));
        }
    }
    Ok(batch)
}
