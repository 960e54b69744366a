//! Sentences: where they begin, and whether one is written as prose, in title case or in capitals.

use super::Text;
use super::words::{Gap, Shape, Word};

/// How a sentence or heading is written; capitals say less in the latter two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Capitals mark names.
    #[default]
    Prose,
    /// Most Words Begin With A Capital.
    TitleCase,
    /// ALL IN CAPITALS.
    Capitals,
}

/// Words shorter than this are written small in title case (`of`, `and`, `for`), so they do not count.
const SHORT: u32 = 4;
/// The share of longer words with a capital that makes a sentence title case.
const TITLE_SHARE: f32 = 0.7;
/// A heading has at least so many longer words; fewer cannot be told from a list of names.
const LEAST_WORDS: u32 = 3;

/// Fills `begins` and `styles`.
pub(super) fn mark(text: &mut Text) {
    let Text { words, styles, begins, .. } = text;
    begins.clear();
    begins.extend(
        words.iter().map(|w| matches!(w.gap, Gap::Start | Gap::Sentence | Gap::Paragraph | Gap::Line)),
    );
    styles.clear();
    let mut first = 0;
    while first < words.len() {
        let length =
            begins[first + 1..].iter().position(|begins| *begins).unwrap_or(words.len() - first - 1) + 1;
        styles.resize(first + length, style(&words[first..first + length]));
        first += length;
    }
}

fn style(sentence: &[Word]) -> Style {
    let (mut long, mut capital, mut upper) = (0u32, 0u32, 0u32);
    for word in sentence.iter().filter(|w| w.end - w.start >= SHORT && w.shape != Shape::Digit) {
        long += 1;
        capital += u32::from(word.shape.is_capital());
        upper += u32::from(word.shape == Shape::Upper);
    }
    let share = |count: u32| count as f32 / long as f32;
    match long {
        _ if long < LEAST_WORDS => Style::Prose,
        _ if share(upper) >= TITLE_SHARE => Style::Capitals,
        _ if share(capital) >= TITLE_SHARE && sentence.len() as u32 > LEAST_WORDS => Style::TitleCase,
        _ => Style::Prose,
    }
}
