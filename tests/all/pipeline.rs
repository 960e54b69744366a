//! The whole run with sources and sinks of the tests' own: order, what ends it, and how far it reads ahead.

use crate::support::layers;
use dateline::ingest::Source;
use dateline::pipeline::{self, RunOptions, Summary};
use dateline::write::{Chunk, Encoder, Sink};
use dateline::{Document, Error, ErrorKind, Result, Tagged, Tagger, TaggerOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// The pipeline's own limits: documents in a batch, batches a thread.
const BATCH_DOCUMENTS: usize = 64;
const BATCHES_A_THREAD: usize = 3;
/// A run that takes longer has hung.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Gives `length` documents, and an error in place of the one numbered `fails_at`.
struct Numbers {
    length: usize,
    fails_at: Option<usize>,
    read: Arc<AtomicUsize>,
}

impl Source for Numbers {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        let number = self.read.load(Ordering::SeqCst);
        if self.fails_at == Some(number) {
            return Err(Error::new(ErrorKind::Input, "the disk is gone"));
        }
        if number == self.length {
            return Ok(false);
        }
        document.id = format!("number-{number}");
        // Lengths differ, so that batches do not finish in the order in which they were begun.
        document.text = "It rained in Aleppo. ".repeat(if number.is_multiple_of(50) { 200 } else { 1 });
        self.read.fetch_add(1, Ordering::SeqCst);
        Ok(true)
    }
}

/// Writes a line a document: its id and the mentions in it.
#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
    panics_at: Option<&'static str>,
}

impl Encoder for Lines {
    fn encode(&mut self, tagged: &Tagged<'_>) -> Result<()> {
        let id = &tagged.document.id;
        assert_ne!(Some(id.as_str()), self.panics_at, "on purpose");
        self.bytes.extend(format!("{id} {}\n", tagged.mentions.list.len()).bytes());
        Ok(())
    }

    fn take(&mut self) -> Chunk {
        Chunk { streams: vec![std::mem::take(&mut self.bytes)], ..Chunk::default() }
    }
}

/// Keeps what it is given; fails at the chunk numbered `fails_at`, and waits `slow` before each.
#[derive(Default)]
struct Memory {
    bytes: Vec<u8>,
    chunks: usize,
    fails_at: Option<usize>,
    panics_at: Option<&'static str>,
    slow: Duration,
    read: Arc<AtomicUsize>,
    most_ahead: usize,
}

impl Memory {
    fn documents(&self) -> usize {
        self.bytes.iter().filter(|byte| **byte == b'\n').count()
    }
}

impl Sink for Memory {
    fn encoder(&self) -> Box<dyn Encoder> {
        Box::new(Lines { bytes: Vec::new(), panics_at: self.panics_at })
    }

    fn append(&mut self, chunk: Chunk) -> Result<()> {
        if self.fails_at == Some(self.chunks) {
            return Err(Error::new(ErrorKind::Output, "the disk is full"));
        }
        std::thread::sleep(self.slow);
        self.most_ahead = self.most_ahead.max(self.read.load(Ordering::SeqCst) - self.documents());
        self.chunks += 1;
        self.bytes.extend(&chunk.streams[0]);
        Ok(())
    }
}

/// Runs on a thread of its own, so that a hang fails the test instead of holding it.
fn run(mut source: Numbers, mut sink: Memory, jobs: usize) -> (Result<Summary>, Memory) {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let places = layers(
            "id,name,feature_code,country,latitude,longitude,population\nx:1,Aleppo,PPLA,SY,36,37,2000000\n",
        );
        let tagger = Tagger::new(places.into(), &TaggerOptions::default()).unwrap();
        sink.read = source.read.clone();
        let result = pipeline::run(&mut source, &tagger, &mut sink, &RunOptions { jobs }, &mut |_, _| Ok(()));
        let _ = sender.send((result, sink));
    });
    receiver.recv_timeout(TIMEOUT).expect("the run hangs or panics")
}

fn numbers(length: usize) -> Numbers {
    Numbers { length, fails_at: None, read: Arc::default() }
}

#[test]
fn the_order_is_that_of_the_source_for_any_number_of_threads() {
    const DOCUMENTS: usize = 5000;
    let mut outputs = Vec::new();
    for jobs in [1, 2, 5] {
        let (result, sink) = run(numbers(DOCUMENTS), Memory::default(), jobs);
        assert_eq!(result.unwrap().documents, DOCUMENTS as u64);
        outputs.push(String::from_utf8(sink.bytes).unwrap());
    }
    let ids: Vec<&str> = outputs[0].lines().map(|line| line.split_once(' ').unwrap().0).collect();
    let expected: Vec<String> = (0..DOCUMENTS).map(|number| format!("number-{number}")).collect();
    assert!(ids == expected, "documents are out of order");
    assert!(outputs[0].starts_with("number-0 200\nnumber-1 1\n"), "{}", &outputs[0][..40]);
    assert!(outputs[1] == outputs[0], "two threads give other bytes than one");
    assert!(outputs[2] == outputs[0], "five threads give other bytes than one");
}

#[test]
fn an_error_of_the_sink_ends_the_run() {
    for jobs in [1, 2, 5] {
        let source = Numbers { length: usize::MAX, ..numbers(0) };
        let (result, sink) = run(source, Memory { fails_at: Some(3), ..Memory::default() }, jobs);
        assert_eq!(result.unwrap_err().to_string(), "the disk is full");
        assert_eq!(sink.chunks, 3);
    }
}

#[test]
fn an_error_of_the_source_ends_the_run() {
    for jobs in [1, 2, 5] {
        for fails_at in [0, 1, 700] {
            let source = Numbers { fails_at: Some(fails_at), ..numbers(5000) };
            let (result, sink) = run(source, Memory::default(), jobs);
            assert_eq!(result.unwrap_err().to_string(), "the disk is gone");
            assert!(sink.documents() <= fails_at, "{} documents from {fails_at}", sink.documents());
        }
    }
}

#[test]
fn a_panic_ends_the_run_and_names_the_document() {
    for jobs in [1, 2, 5] {
        let sink = Memory { panics_at: Some("number-1234"), ..Memory::default() };
        let (result, sink) = run(Numbers { length: usize::MAX, ..numbers(0) }, sink, jobs);
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(error.to_string().contains("`number-1234`"), "{error}");
        assert!(sink.documents() <= 1234, "documents after the failed one were written");
    }
}

#[test]
fn an_error_of_the_observer_ends_the_run() {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let tagger = Tagger::new(layers("id,name\nx:1,Aleppo\n").into(), &TaggerOptions::default()).unwrap();
        let mut observe =
            |_: &Summary, _: &[pipeline::Skip]| Err(Error::new(ErrorKind::Output, "no rejects"));
        let (mut source, mut sink) = (numbers(5000), Memory::default());
        let result = pipeline::run(&mut source, &tagger, &mut sink, &RunOptions { jobs: 2 }, &mut observe);
        let _ = sender.send(result.map(|_| ()));
    });
    let result = receiver.recv_timeout(TIMEOUT).expect("the run hangs or panics");
    assert_eq!(result.unwrap_err().to_string(), "no rejects");
}

#[test]
fn the_source_is_not_read_further_ahead_than_the_batches_hold() {
    for jobs in [1, 2] {
        let sink = Memory { slow: Duration::from_millis(20), ..Memory::default() };
        let (result, sink) = run(numbers(3000), sink, jobs);
        assert_eq!(result.unwrap().documents, 3000);
        let most = jobs * BATCHES_A_THREAD * BATCH_DOCUMENTS;
        assert!(
            sink.most_ahead <= most,
            "{} documents ahead with {jobs} threads, {most} allowed",
            sink.most_ahead
        );
        assert!(sink.most_ahead > BATCH_DOCUMENTS, "the source was never ahead, so nothing was tested");
    }
}
