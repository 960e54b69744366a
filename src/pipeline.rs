//! The whole run on one page: documents in, records out, on all cores, in input order.
//!
//! A reader thread fills batches with documents, rayon's workers tag and encode them, the calling thread appends the
//! results in input order. A fixed set of batches goes round, so memory is bounded by them and not by the dump, and a
//! slow sink slows the reader. Each batch carries the memory of its worker.

use crate::document::Document;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::ingest::Source;
use crate::tagger::{Tagger, Worker};
use crate::write::{Chunk, Counts, Encoder, Sink};
use serde::Serialize;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// A batch is handed on when it holds so many documents or bytes of text.
const BATCH_DOCUMENTS: usize = 64;
const BATCH_BYTES: u64 = 256 * 1024;
/// Batches for each thread: one that it works on, one ahead, one that waits for its turn to be written.
const BATCHES_A_THREAD: usize = 3;

/// How to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunOptions {
    /// Number of worker threads; 0 means one a core.
    pub jobs: usize,
}

impl RunOptions {
    /// Returns the worker threads.
    ///
    /// # Errors
    /// Threads cannot be started.
    pub fn pool(&self) -> Result<rayon::ThreadPool> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build();
        pool.map_err(|cause| Error::new(ErrorKind::Internal, "cannot start threads").because(cause))
    }
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 when the whole file was skipped.
    pub line: u64,
    /// The byte offset of the record.
    pub byte: u64,
    /// Why.
    pub reason: String,
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Documents that were tagged.
    pub documents: u64,
    /// Records that were skipped.
    pub skipped: u64,
    /// Tags that were written, by kind.
    #[serde(flatten)]
    pub tags: Counts,
    /// Bytes of input.
    pub input_bytes: u64,
    /// Documents whose date was given in a form that is not understood.
    pub undated: u64,
    /// How long it took.
    #[serde(skip)]
    pub elapsed: Duration,
}

/// One batch on its way round.
struct Batch<'t> {
    documents: Vec<Document>,
    length: usize,
    skips: Vec<Error>,
    worker: Worker<'t>,
    encoder: Box<dyn Encoder>,
    counts: Summary,
    chunk: Chunk,
}

/// Reads all documents of `source`, tags them, and appends their records to `sink` in input order. `observe` is called on
/// this thread after each batch with the counts so far and the records skipped in it.
///
/// The result is the same for any number of threads.
///
/// # Errors
/// The source or the sink fails, `observe` fails, or a worker panics; the run ends at once.
pub fn run(
    source: &mut dyn Source,
    tagger: &Tagger,
    sink: &mut dyn Sink,
    options: &RunOptions,
    observe: &mut dyn FnMut(&Summary, &[Skip]) -> Result<()>,
) -> Result<Summary> {
    let begun = Instant::now();
    let pool = options.pool()?;
    let (free, to_fill) = channel();
    let (done, to_write) = channel();
    for _ in 0..pool.current_num_threads() * BATCHES_A_THREAD {
        let _ = free.send(Batch::new(tagger.worker(), sink.encoder()));
    }
    let mut summary = std::thread::scope(|threads| {
        threads.spawn(|| read(source, &pool, to_fill, done));
        write(sink, to_write, free, observe)
    })?;
    summary.elapsed = begun.elapsed();
    Ok(summary)
}

/// Fills batches and hands them to the workers until the source ends or nobody gives batches back.
fn read<'t>(
    source: &mut dyn Source,
    pool: &rayon::ThreadPool,
    to_fill: Receiver<Batch<'t>>,
    done: Sender<(u64, Result<Batch<'t>>)>,
) {
    pool.in_place_scope_fifo(|scope| {
        for number in 0.. {
            let Ok(mut batch) = to_fill.recv() else { return };
            match batch.fill(source) {
                Err(error) => return drop(done.send((number, Err(error)))),
                Ok(false) => return,
                Ok(true) => {
                    let done = done.clone();
                    scope.spawn_fifo(move |_| drop(done.send((number, batch.work()))));
                }
            }
        }
    });
}

/// Appends results in order and gives their batches back. Returning early drops both channels, which ends the reader.
fn write<'t>(
    sink: &mut dyn Sink,
    to_write: Receiver<(u64, Result<Batch<'t>>)>,
    free: Sender<Batch<'t>>,
    observe: &mut dyn FnMut(&Summary, &[Skip]) -> Result<()>,
) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, batch) in to_write {
        waiting.insert(number, batch);
        while let Some(batch) = waiting.remove(&next) {
            let mut batch = batch?;
            next += 1;
            let chunk = std::mem::take(&mut batch.chunk);
            summary.add(&batch.counts, chunk.counts);
            let skips: Vec<Skip> = batch.skips.iter().map(Skip::of).collect();
            observe(&summary, &skips)?;
            sink.append(chunk)?;
            let _ = free.send(batch);
        }
    }
    Ok(summary)
}

impl<'t> Batch<'t> {
    fn new(worker: Worker<'t>, encoder: Box<dyn Encoder>) -> Batch<'t> {
        let (documents, skips, counts) = (Vec::new(), Vec::new(), Summary::default());
        Batch { documents, length: 0, skips, worker, encoder, counts, chunk: Chunk::default() }
    }

    /// Reads documents until the batch is full; false when there was none left.
    fn fill(&mut self, source: &mut dyn Source) -> Result<bool> {
        (self.length, self.counts) = (0, Summary::default());
        self.skips.clear();
        while self.length + self.skips.len() < BATCH_DOCUMENTS && self.counts.input_bytes < BATCH_BYTES {
            if self.length == self.documents.len() {
                self.documents.push(Document::default());
            }
            let document = &mut self.documents[self.length];
            document.clear();
            match source.read(document) {
                Ok(true) => {
                    self.length += 1;
                    self.counts.documents += 1;
                    self.counts.input_bytes += document.input_bytes;
                    self.counts.undated += u64::from(document.undated);
                }
                Ok(false) => return Ok(self.length + self.skips.len() > 0),
                Err(error) if error.kind() == ErrorKind::Record => {
                    self.counts.skipped += 1;
                    self.skips.push(error);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// Tags and encodes the documents; a panic becomes an error that names the document.
    fn work(mut self) -> Result<Batch<'t>> {
        for at in 0..self.length {
            let Batch { documents, worker, encoder, .. } = &mut self;
            let document = &documents[at];
            let tagged = catch_unwind(AssertUnwindSafe(|| encoder.encode(&worker.tag(document))));
            tagged.unwrap_or_else(|_| Err(panicked(document)))?;
        }
        self.chunk = self.encoder.take();
        Ok(self)
    }
}

/// Returns the error for a document on which a worker panicked.
pub(crate) fn panicked(document: &Document) -> Error {
    Error::new(ErrorKind::Internal, format!("tagging document `{}` failed", document.id))
        .at(document.position.clone())
        .remedy("please report it with the document")
}

impl Skip {
    fn of(error: &Error) -> Skip {
        let Position { path, line, byte } = error.position().cloned().unwrap_or_default();
        Skip { path, line, byte, reason: error.reason() }
    }
}

impl Summary {
    fn add(&mut self, batch: &Summary, tags: Counts) {
        self.documents += batch.documents;
        self.skipped += batch.skipped;
        self.input_bytes += batch.input_bytes;
        self.undated += batch.undated;
        self.tags.add(tags);
    }
}
