//! The ranker: the weights that `dateline train` has learned for the features of candidates, one a line in
//! `gazetteers/resolver.model`.

use super::choice::{Choice, Values};
use super::feature::{FEATURES, Feature};
use crate::error::{Error, ErrorKind, Result};

/// The weights of a linear model of the probability of each choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranker {
    /// Those for documents of which the source is not known.
    pub alone: Rounds,
    /// Those for documents with a [`super::Home`].
    pub sourced: Rounds,
}

/// The weights of each round.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounds {
    /// Those of the first, which knows nothing of the rest of the document.
    pub first: Values,
    /// Those of the later ones.
    pub second: Values,
}

static EMBEDDED: &str = include_str!("../../gazetteers/resolver.model");

const HEADER: &str = "feature,first,second,first_with_source,second_with_source";

impl Ranker {
    /// Returns the ranker that is part of the program.
    ///
    /// # Errors
    /// It was trained for other features: `dateline train` makes a new one.
    pub fn embedded() -> Result<Ranker> {
        Ranker::parse(EMBEDDED)
    }

    /// Returns a ranker from the table of its weights.
    ///
    /// # Errors
    /// A feature is missing or not known, or a weight is no number.
    pub fn parse(table: &str) -> Result<Ranker> {
        let mut ranker = Ranker::empty();
        let mut lines = table.lines();
        let header = lines.next().is_some_and(|line| line == HEADER);
        let mut known = 0;
        for line in lines {
            let mut cells = line.split(',');
            let name = cells.next().unwrap_or_default();
            let feature = Feature::ALL.iter().find(|feature| feature.as_str() == name);
            let feature =
                *feature.ok_or_else(|| bad(&format!("has a feature `{name}` that is not known")))?;
            for weights in ranker.columns() {
                let weight = cells.next().and_then(|cell| cell.parse().ok());
                weights[feature as usize] =
                    weight.ok_or_else(|| bad(&format!("has no number for `{name}`")))?;
            }
            known += 1;
        }
        match header && known == FEATURES {
            true => Ok(ranker),
            false => Err(bad("lacks features")),
        }
    }

    /// Returns the table of the weights.
    pub fn to_table(&self) -> String {
        let mut table = format!("{HEADER}\n");
        let mut ranker = self.clone();
        for feature in Feature::ALL {
            let weights = ranker.columns().map(|column| format!("{:.4}", column[*feature as usize]));
            table.push_str(&format!("{},{}\n", feature.as_str(), weights.join(",")));
        }
        table
    }

    /// Returns a ranker that knows nothing: all weights are 0.
    pub fn empty() -> Ranker {
        let rounds = Rounds { first: [0.0; FEATURES], second: [0.0; FEATURES] };
        Ranker { alone: rounds.clone(), sourced: rounds }
    }

    /// Returns the columns of the table.
    fn columns(&mut self) -> [&mut Values; 4] {
        let Ranker { alone, sourced } = self;
        [&mut alone.first, &mut alone.second, &mut sourced.first, &mut sourced.second]
    }
}

fn bad(what: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("the resolver's table of weights {what}"))
        .remedy("make a new one with `dateline train`")
}

/// Returns the log-odds of a choice.
pub fn log_odds(values: &Values, weights: &Values) -> f32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Sets each choice's share to the softmax of the log-odds.
pub(super) fn share(choices: &mut [Choice], weights: &Values) {
    for choice in choices.iter_mut() {
        choice.share = log_odds(&choice.values, weights);
    }
    let most = choices.iter().map(|choice| choice.share).fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for choice in choices.iter_mut() {
        choice.share = (choice.share - most).exp();
        total += choice.share;
    }
    choices.iter_mut().for_each(|choice| choice.share /= total);
}
