//! Fits the recogniser's weights on the development halves of the gold corpora and prints them as the source has them:
//!
//! ```sh
//! cargo run --release --example fit -- "$DATELINE_EVAL/gold"
//! ```
//!
//! Places are fitted on LGL, GeoVirus (its demonyms left out, as it has none), the newswire set and WikiGold; persons on
//! the last two. Only documents with an even number are read, so that the others can be reported on. The weights of
//! persons are evidence for places, and those of full names for single ones: run it again until nothing changes.
//!
//! The model is logistic regression with an L2 penalty (C = 1, no separate intercept), fitted by Newton's method.

use dateline::recognize::person::PersonFeature;
use dateline::recognize::place::PlaceFeature;
use dateline::{Document, Error, ErrorKind, Layers, Result, Tagger, TaggerOptions, Worker};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

/// Weights that are set by hand, because the corpora lack what they speak of.
const BY_HAND: [&str; 3] = ["Dateline", "Credit", "Container"];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fit: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "no folder").remedy("give the folder with lgl.jsonl and the others")
    })?;
    let tagger = Tagger::new(Layers::world()?.into(), &TaggerOptions::default())?;
    let mut worker = tagger.worker();
    let (mut places, mut fulls, mut singles) = (Vec::new(), Vec::new(), Vec::new());
    for (corpus, weight) in [("lgl", 1.0), ("geovirus", 1.0), ("wwnewswire_dev", 0.6), ("wikigold", 0.5)] {
        for gold in development(&Path::new(&folder).join(format!("{corpus}.jsonl")))? {
            places.extend(place_samples(&mut worker, &gold, corpus, weight));
            if matches!(corpus, "wwnewswire_dev" | "wikigold") {
                person_samples(&mut worker, &gold, &mut fulls, &mut singles);
            }
        }
    }
    let place: Vec<String> = PlaceFeature::ALL.iter().map(|feature| format!("{feature:?}")).collect();
    let person: Vec<String> = PersonFeature::ALL.iter().map(|feature| format!("{feature:?}")).collect();
    for (what, features, samples) in
        [("places", &place, &places), ("full names", &person, &fulls), ("single names", &person, &singles)]
    {
        println!("\n{what}: {} samples", samples.len());
        print(features, &fit(samples, &by_hand(features)));
    }
    Ok(())
}

/// A labelled document.
struct Gold {
    document: Document,
    /// Byte spans with their type.
    mentions: HashMap<(usize, usize), String>,
}

impl Gold {
    fn type_of(&self, start: usize, end: usize) -> Option<&str> {
        self.mentions.get(&(start, end)).map(String::as_str)
    }

    /// Tells whether a span is a place here: exactly, with its full stop, or as a part of `Paris, Texas`.
    fn is_place(&self, start: usize, end: usize) -> bool {
        let text = &self.document.text;
        let part =
            |span: &(usize, usize)| span.0 <= start && end <= span.1 && text[span.0..span.1].contains(',');
        let is = |end: usize| self.type_of(start, end) == Some("LOC");
        is(end) || is(end + 1) || self.mentions.iter().any(|(span, kind)| kind == "LOC" && part(span))
    }
}

/// Reads the documents with an even number.
fn development(path: &Path) -> Result<Vec<Gold>> {
    let text = std::fs::read_to_string(path).map_err(|cause| Error::read(path.display(), cause))?;
    let parse = |line: &str| serde_json::from_str::<Value>(line).ok().map(|value| gold(&value));
    Ok(text.lines().step_by(2).filter_map(parse).collect())
}

fn gold(value: &Value) -> Gold {
    let text = value["text"].as_str().unwrap_or_default();
    let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(text.len());
    let byte = |position: &Value| bytes[position.as_u64().unwrap_or(0) as usize];
    let mention =
        |m: &Value| ((byte(&m["start"]), byte(&m["end"])), m["type"].as_str().unwrap_or_default().to_owned());
    let mentions = value["mentions"].as_array().into_iter().flatten().map(mention).collect();
    Gold { document: Document::from_text("gold", text), mentions }
}

/// One labelled set of features.
struct Sample {
    features: Vec<f64>,
    positive: bool,
    weight: f64,
}

fn place_samples(worker: &mut Worker, gold: &Gold, corpus: &str, weight: f64) -> Vec<Sample> {
    let (text, judged) = worker.judge(&gold.document);
    let span = |words: std::ops::Range<usize>| {
        (text.words[words.start].start as usize, text.words[words.end - 1].end as usize)
    };
    let found: Vec<((usize, usize), bool, Vec<f64>)> = judged
        .into_iter()
        .map(|j| (span(j.hit.words()), j.demonym, j.features.iter().map(|value| f64::from(*value)).collect()))
        .collect();
    let exact: Vec<(usize, usize)> =
        found.iter().map(|f| f.0).filter(|s| gold.type_of(s.0, s.1) == Some("LOC")).collect();
    let mut samples: Vec<Sample> = Vec::new();
    let mut last = None;
    for (span, demonym, features) in found {
        let nested = exact.iter().any(|e| e.0 <= span.0 && span.1 <= e.1 && *e != span);
        let kind = gold.type_of(span.0, span.1);
        if nested || last == Some(span) || (demonym && corpus == "geovirus") || kind == Some("FAC") {
            continue;
        }
        last = Some(span);
        let people = demonym && (kind == Some("NORP") || (kind == Some("MISC") && corpus == "wikigold"));
        samples.push(Sample { features, positive: people || gold.is_place(span.0, span.1), weight });
    }
    samples
}

fn person_samples(worker: &mut Worker, gold: &Gold, fulls: &mut Vec<Sample>, singles: &mut Vec<Sample>) {
    let (text, judged) = worker.judge_persons(&gold.document);
    for (words, features) in judged {
        let (start, end) = (text.words[words.start].start, text.words[words.end - 1].end);
        let positive = gold.type_of(start as usize, end as usize) == Some("PER");
        let features = features.iter().map(|value| f64::from(*value)).collect();
        let samples = if words.len() == 1 { &mut *singles } else { &mut *fulls };
        samples.push(Sample { features, positive, weight: 1.0 });
    }
}

fn by_hand(features: &[String]) -> Vec<bool> {
    features.iter().map(|feature| BY_HAND.contains(&feature.as_str())).collect()
}

fn print(features: &[String], weights: &[f64]) {
    for (feature, weight) in features.iter().zip(weights).filter(|(f, _)| !BY_HAND.contains(&f.as_str())) {
        println!("    {feature} = {weight:.2}");
    }
}

/// Returns the weights that minimise the penalised logistic loss; features in `fixed` are left out.
fn fit(samples: &[Sample], fixed: &[bool]) -> Vec<f64> {
    let size = fixed.len();
    let mut weights = vec![0.0; size];
    for _ in 0..50 {
        // Gradient and Hessian of the loss with the penalty |w|²/2.
        let mut gradient = weights.clone();
        let mut hessian = vec![vec![0.0; size]; size];
        (0..size).for_each(|i| hessian[i][i] = 1.0);
        for sample in samples {
            let sum: f64 = (0..size).filter(|i| !fixed[*i]).map(|i| sample.features[i] * weights[i]).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let error = (probability - f64::from(u8::from(sample.positive))) * sample.weight;
            let curvature = probability * (1.0 - probability) * sample.weight;
            for i in (0..size).filter(|i| !fixed[*i] && sample.features[*i] != 0.0) {
                gradient[i] += error * sample.features[i];
                for j in (0..size).filter(|j| !fixed[*j]) {
                    hessian[i][j] += curvature * sample.features[i] * sample.features[j];
                }
            }
        }
        let step = solve(hessian, gradient);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight -= step);
        if step.iter().all(|step| step.abs() < 1e-6) {
            break;
        }
    }
    weights
}

/// Solves a positive definite system by Gaussian elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let (above, below) = matrix.split_at_mut(pivot + 1);
        for (row, values) in below.iter_mut().enumerate() {
            let factor = values[pivot] / above[pivot][pivot];
            values.iter_mut().zip(&above[pivot]).for_each(|(value, above)| *value -= factor * above);
            right[pivot + 1 + row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}
