//! The resolver's weights: of the choices for a name, the right one shall be likely. Few features, so the likelihood is
//! climbed by L-BFGS.

use super::{blank, lbfgs};
use crate::distance::distance_km;
use crate::error::Result;
use crate::evaluate::{GoldDocument, GoldMention};
use crate::gazetteer::Layers;
use crate::profile::{self, Profile, Tally};
use crate::resolve::{Choice, FEATURES, Feature, Observed, Ranker, Rounds, Values, log_odds};
use crate::tagger::Worker;
use rayon::prelude::*;
use std::sync::Arc;

/// A name with its choices and how right each is.
struct Sample {
    choices: Vec<Values>,
    right: Vec<f32>,
    weight: f32,
}

/// Within so many km of the gold point a place is right: the field's measure, 100 miles.
const RIGHT_KM: f64 = 161.0;
/// How right a place is that is near and not the one that gold names.
const NEARLY: f32 = 0.6;

/// Returns a ranker that was fitted on documents, each with its weight: the weights for documents alone, then with the
/// homes that these show, those for documents of which the source is known.
///
/// # Errors
/// The tagger cannot start.
pub(super) fn train(layers: &Arc<Layers>, documents: &[(&GoldDocument, f32)]) -> Result<Ranker> {
    let mut ranker = Ranker::empty();
    ranker.alone = rounds(layers, documents, &ranker, None, |ranker| &mut ranker.alone)?;
    let profile = profile(layers, documents.iter().map(|(gold, _)| *gold), &ranker)?;
    ranker.sourced = rounds(layers, documents, &ranker, Some(profile), |ranker| &mut ranker.sourced)?;
    Ok(ranker)
}

/// Returns the homes of the sources of documents, from their marked places.
///
/// # Errors
/// The tagger cannot start.
pub(super) fn profile<'d>(
    layers: &Arc<Layers>,
    documents: impl Iterator<Item = &'d GoldDocument>,
    ranker: &Ranker,
) -> Result<Profile> {
    let tagger = blank(layers.clone(), ranker.clone())?;
    let (mut worker, mut tally) = (tagger.worker(), Tally::default());
    for gold in documents {
        if let Some(source) = profile::key(&gold.document) {
            tally.add(&source, &worker.tag_given(&gold.document, &gold.places().1).0);
        }
    }
    Ok(tally.profile(layers))
}

/// Fits the first round's weights, then with what these say of the document those of the second. `part` is the part of
/// the ranker that weighs the documents.
fn rounds(
    layers: &Arc<Layers>,
    documents: &[(&GoldDocument, f32)],
    ranker: &Ranker,
    profile: Option<Profile>,
    part: impl Fn(&mut Ranker) -> &mut Rounds,
) -> Result<Rounds> {
    let mut fitted = ranker.clone();
    for round in 0..2 {
        // Documents without a source are weighed by the other part; here all are samples of this one.
        let mut asked = fitted.clone();
        let rounds = part(&mut asked).clone();
        (asked.alone, asked.sourced) = (rounds.clone(), rounds);
        let tagger = blank(layers.clone(), asked)?.with_profile(profile.clone().unwrap_or_default());
        let of_document = |worker: &mut Worker, (gold, weight): &(&GoldDocument, f32)| {
            samples(worker, layers, gold, round, *weight)
        };
        let samples: Vec<Vec<Sample>> =
            documents.par_iter().map_init(|| tagger.worker(), of_document).collect();
        let samples: Vec<Sample> = samples.into_iter().flatten().collect();
        let weights = fit(&samples);
        let rounds = part(&mut fitted);
        if round == 0 { rounds.first = weights } else { rounds.second = weights }
    }
    Ok(part(&mut fitted).clone())
}

/// Returns the samples of a document after so many rounds.
fn samples(
    worker: &mut Worker,
    layers: &Layers,
    gold: &GoldDocument,
    rounds: usize,
    weight: f32,
) -> Vec<Sample> {
    let (numbers, ranges) = gold.places();
    let mut samples = Vec::new();
    for Observed { mentions, choices } in worker.observe_given(&gold.document, &ranges, rounds) {
        for (mention, count) in counted(mentions.iter().map(|mention| &gold.mentions[numbers[*mention]])) {
            let right = right(layers, mention, &choices);
            if right.iter().any(|right| *right > 0.0) {
                let choices = choices.iter().map(|choice| choice.values).collect();
                samples.push(Sample { choices, right, weight: weight * (1.0 + f32::ln(count)) });
            }
        }
    }
    samples
}

/// Returns the places that mentions of one name mean, each with how many mean it.
fn counted<'g>(mentions: impl Iterator<Item = &'g GoldMention>) -> Vec<(&'g GoldMention, f32)> {
    let mut counted: Vec<(&GoldMention, f32)> = Vec::new();
    for mention in mentions {
        let same = |other: &GoldMention| other.geonames == mention.geonames && other.point == mention.point;
        match counted.iter_mut().find(|(other, _)| same(other)) {
            Some((_, count)) => *count += 1.0,
            None => counted.push((mention, 1.0)),
        }
    }
    counted
}

/// Returns how right each choice is; that nothing is meant is right when no candidate is.
fn right(layers: &Layers, gold: &GoldMention, choices: &[Choice]) -> Vec<f32> {
    let nothing = |choice: &Choice| f32::from(u8::from(choice.entry().is_none()));
    let Some(point) = gold.point else {
        let known = f32::from(u8::from(gold.nowhere));
        return choices.iter().map(|choice| nothing(choice) * known).collect();
    };
    let nearly = if gold.geonames.is_some() { NEARLY } else { 1.0 };
    let of = |choice: &Choice| {
        let Some(entry) = choice.entry().and_then(|id| layers.entry(id)) else { return 0.0 };
        let same =
            gold.geonames.as_deref().is_some_and(|id| entry.id().strip_prefix("geonames:") == Some(id));
        let near = entry.point().is_some_and(|here| distance_km(here, point) <= RIGHT_KM);
        match (same, near) {
            (true, _) => 1.0,
            (_, true) => nearly,
            _ => 0.0,
        }
    };
    let mut right: Vec<f32> = choices.iter().map(of).collect();
    // Without an id, a point that no candidate is near may be another point of the same large area.
    if gold.geonames.is_some() && right.iter().all(|right| *right == 0.0) {
        right = choices.iter().map(nothing).collect();
    }
    right
}

/// The weight of the L2 penalty, in samples.
const PENALTY: f64 = 0.5;
/// The log-odds of an entry of a user's own gazetteer, by hand, since no corpus has one: who lists a place means it, unless
/// the text speaks for another.
const OWN: f32 = 6.0;
/// Samples whose gradients are summed at once.
const BATCH: usize = 512;

/// What can only speak for a candidate: a weight below 0 would be the shadow of another feature.
const FOR: [Feature; 12] = [
    Feature::HomeCountry,
    Feature::HomeDivision,
    Feature::Home,
    Feature::Usual,
    Feature::Domain,
    Feature::WithinNext,
    Feature::WithinIn,
    Feature::WithinBefore,
    Feature::WithinListed,
    Feature::WithinElsewhere,
    Feature::TypeSaid,
    Feature::CapitalSaid,
];

/// Returns the weights that make what is right likely. Where one of [`FOR`] comes out below 0, all are fitted again
/// without it.
fn fit(samples: &[Sample]) -> Values {
    let mut left_out = [false; FEATURES];
    loop {
        let mut weights = fit_without(samples, &left_out);
        let below = FOR.iter().map(|feature| *feature as usize).filter(|at| weights[*at] < 0.0);
        let below: Vec<usize> = below.collect();
        if below.is_empty() {
            weights[Feature::Own as usize] = OWN;
            return weights;
        }
        below.into_iter().for_each(|at| left_out[at] = true);
    }
}

fn fit_without(samples: &[Sample], left_out: &[bool; FEATURES]) -> Values {
    let likelihood = |weights: &[f64]| {
        let now: Values = std::array::from_fn(|at| weights[at] as f32);
        // In batches that are added in order, so that the sum is the same on any number of threads.
        let sums: Vec<(f64, Vec<f64>)> =
            samples.par_chunks(BATCH).map(|batch| of_batch(batch, &now)).collect();
        let mut value = -0.5 * PENALTY * weights.iter().map(|weight| weight * weight).sum::<f64>();
        let mut gradient: Vec<f64> = weights.iter().map(|weight| -PENALTY * weight).collect();
        for (part, slopes) in sums {
            value += part;
            gradient.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += slope);
        }
        gradient.iter_mut().zip(left_out).filter(|(_, out)| **out).for_each(|(slope, _)| *slope = 0.0);
        (value, gradient)
    };
    let weights = lbfgs::maximize(vec![0.0; FEATURES], likelihood);
    std::array::from_fn(|at| weights[at] as f32)
}

/// Returns the log-likelihood of some samples and its gradient.
fn of_batch(samples: &[Sample], weights: &Values) -> (f64, Vec<f64>) {
    let (mut value, mut gradient) = (0.0, vec![0.0; FEATURES]);
    for sample in samples {
        value += f64::from(add_gradient(sample, weights, &mut gradient));
    }
    (value, gradient)
}

/// Adds the gradient of a sample's log-likelihood; returns that.
fn add_gradient(sample: &Sample, weights: &Values, gradient: &mut [f64]) -> f32 {
    let odds: Vec<f32> = sample.choices.iter().map(|values| log_odds(values, weights)).collect();
    let most = odds.iter().copied().fold(f32::MIN, f32::max);
    let chances: Vec<f32> = odds.iter().map(|odds| (odds - most).exp()).collect();
    let total: f32 = chances.iter().sum();
    let right: f32 =
        chances.iter().zip(&sample.right).map(|(chance, right)| chance * right).sum::<f32>().max(1e-20);
    for ((values, chance), how) in sample.choices.iter().zip(&chances).zip(&sample.right) {
        let slope = f64::from(sample.weight * (chance * how / right - chance / total));
        for (sum, value) in gradient.iter_mut().zip(values).filter(|(_, value)| **value != 0.0) {
            *sum += slope * f64::from(*value);
        }
    }
    sample.weight * (right / total).ln()
}
