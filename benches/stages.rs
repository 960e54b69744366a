//! The stages on the sample articles, each in MB/s of text: `cargo bench`.
//!
//! Every benchmark first asserts what it must find, so that a fast wrong engine fails. Compare rows of one run only.

use dateline::ingest::Source;
use dateline::normalize::{Normalizer, Text};
use dateline::pipeline::{RunOptions, run};
use dateline::recognize::find::{Engine, Finder, Hit};
use dateline::record::Grain;
use dateline::write::output::{OutputOptions, Outputs, Target};
use dateline::write::{Format, RowOptions};
use dateline::{Document, Layers, Result, Tagger, TaggerOptions};
use divan::Bencher;
use divan::counter::BytesCount;
use std::sync::{Arc, LazyLock};

fn main() {
    divan::main();
}

static LAYERS: LazyLock<Arc<Layers>> =
    LazyLock::new(|| Arc::new(Layers::world().expect("the embedded gazetteer opens")));

static TAGGER: LazyLock<Tagger> =
    LazyLock::new(|| Tagger::new(LAYERS.clone(), &TaggerOptions::default()).expect("the tagger starts"));

static ARTICLES: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let lines = include_str!("../data/articles.jsonl").lines();
    let parsed = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a sample is JSON"));
    let field = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let document = |value: serde_json::Value| Document {
        id: field(&value, "id"),
        title: field(&value, "title"),
        text: field(&value, "text"),
        ..Document::default()
    };
    parsed.map(document).collect()
});

fn bytes() -> BytesCount {
    BytesCount::new(ARTICLES.iter().map(|article| article.title.len() + article.text.len()).sum::<usize>())
}

fn texts() -> Vec<Text> {
    let normalized = ARTICLES.iter().map(|article| {
        let mut text = Text::default();
        Normalizer.normalize(article, &mut text);
        text
    });
    normalized.collect()
}

#[divan::bench]
fn normalize(bencher: Bencher) {
    let mut text = Text::default();
    Normalizer.normalize(&ARTICLES[0], &mut text);
    assert!(text.dateline.is_some() && text.words.len() > 100);
    bencher.counter(bytes()).bench_local(|| {
        ARTICLES.iter().for_each(|article| Normalizer.normalize(article, &mut text));
    });
}

fn find(bencher: Bencher, engine: Engine) {
    let (words, texts) = (Finder::new(&LAYERS, Engine::Words).expect("the engine starts"), texts());
    let finder = Finder::new(&LAYERS, engine).expect("the engine starts");
    let (mut hits, mut expected): (Vec<Hit>, Vec<Hit>) = (Vec::new(), Vec::new());
    for text in &texts {
        words.find(&LAYERS, text, &mut expected);
        finder.find(&LAYERS, text, &mut hits);
        assert!(!hits.is_empty() && hits == expected);
    }
    bencher
        .counter(bytes())
        .bench_local(|| texts.iter().for_each(|text| finder.find(&LAYERS, text, &mut hits)));
}

#[divan::bench]
fn find_by_words(bencher: Bencher) {
    find(bencher, Engine::Words);
}

#[divan::bench]
fn find_by_aho_corasick(bencher: Bencher) {
    find(bencher, Engine::AhoCorasick);
}

#[divan::bench]
fn tag(bencher: Bencher) {
    tag_with(bencher, &TAGGER);
}

/// What a plain gazetteer tagger costs: the model's share is the rest.
#[divan::bench]
fn tag_without_model(bencher: Bencher) {
    let options = TaggerOptions { without_model: true, ..TaggerOptions::default() };
    tag_with(bencher, &Tagger::new(LAYERS.clone(), &options).expect("the tagger starts"));
}

fn tag_with(bencher: Bencher, tagger: &Tagger) {
    let mut worker = tagger.worker();
    assert!(ARTICLES.iter().map(|article| worker.tag(article).mentions.list.len()).sum::<usize>() > 500);
    bencher.counter(bytes()).bench_local(|| {
        ARTICLES.iter().map(|article| worker.tag(article).mentions.list.len()).sum::<usize>()
    });
}

/// The samples, as a source.
struct Samples(usize);

impl Source for Samples {
    fn read(&mut self, document: &mut Document) -> Result<bool> {
        let Some(article) = ARTICLES.get(self.0) else { return Ok(false) };
        document.clone_from(article);
        self.0 += 1;
        Ok(true)
    }
}

#[divan::bench(args = [1, 2])]
fn tag_and_write(bencher: Bencher, jobs: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = |grain: Grain, format: Format, name: &str| OutputOptions {
        grain,
        format,
        target: Target::File(folder.path().join(name)),
        columns: Vec::new(),
    };
    let outputs = [
        output(Grain::Mentions, Format::Csv, "mentions.csv"),
        output(Grain::Places, Format::GeoJson, "places.geojson"),
    ];
    bencher.counter(bytes()).bench_local(|| {
        let mut sink =
            Outputs::open(LAYERS.clone(), RowOptions::default(), &outputs).expect("the outputs open");
        let summary = run(&mut Samples(0), &TAGGER, &mut sink, &RunOptions { jobs }, &mut |_, _| Ok(()));
        assert_eq!(summary.expect("the run succeeds").documents, ARTICLES.len() as u64);
        sink.finish().expect("the outputs are written");
    });
}
