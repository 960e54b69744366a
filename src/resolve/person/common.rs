//! How many people bear a name, by the lexicon's counts of given names and surnames.

use crate::gazetteer::{Layers, WordUse};
use crate::normalize::words::{Shape, Word};

/// The lexicon counts in eighths of a power of two.
const UNIT: f32 = 8.0;
/// The people that the lexicon counted, as a power of two: 300 million.
const COUNTED: f32 = 28.2;
/// An initial leaves one of sixteen, another name between the first and the last one of two hundred.
const INITIAL: f32 = 4.0;
const MIDDLE: f32 = 7.6;

/// Returns how many people bear a full name, as a power of two; 0 when hardly anyone does.
///
/// Given names and surnames are taken as independent, in either order, since some languages put the surname first.
pub(super) fn bearers(layers: &Layers, words: &[Word]) -> f32 {
    let [first, between @ .., last] = words else { return 0.0 };
    let [first, last] = [first, last].map(|word| layers.word_use(word.hash));
    let pair = |given: WordUse, surname: WordUse| f32::from(given.given) + f32::from(surname.surname);
    let both = pair(first, last).max(pair(last, first)) / UNIT - COUNTED;
    let fewer = |word: &Word| if word.shape == Shape::Initial { INITIAL } else { MIDDLE };
    (both - between.iter().map(fewer).sum::<f32>()).max(0.0)
}
