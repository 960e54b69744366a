//! Weights → model: lexical weights as bytes in a table of cache lines.

use super::fit::Weights;
use crate::recognize::consensus;
use crate::recognize::label::Scores;
use crate::recognize::model::{Line, Model, SLOTS};
use std::borrow::Cow;

/// Returns the model of the weights, with a table of `lines` lines; where a line is full, the features with the
/// smallest weights are left out.
pub(super) fn pack(weights: Weights, lines: usize) -> Model {
    let Weights { dense, mut lexical } = weights;
    let size = |scores: &Scores| scores.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
    lexical.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    let most = lexical.first().map_or(1.0, |(_, scores)| size(scores));
    let unit = most / 127.0;
    let mut table = vec![Line::default(); lines];
    for (feature, scores) in lexical.iter().filter(|(_, scores)| size(scores) > unit / 2.0) {
        let (line, tag) = Model::slot(*feature, lines);
        let line = &mut table[line];
        if let Some(slot) = (0..SLOTS).find(|slot| line.tags[*slot] == 0) {
            line.tags[slot] = tag;
            line.weights[slot] = scores.map(|weight| (weight / unit).round() as i8);
        }
    }
    Model { dense, consensus: consensus::unchanged(), unit, lines: Cow::Owned(table) }
}
