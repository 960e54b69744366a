//! The dateline: where and when a story was filed, before the dash that begins its text.
//!
//! Forms: `MOSCOW —`, `TROY, N.C. (AP) --`, `BEIRUT/DAMASCUS, Oct 13 (Reuters) -`, `(CNN) —`, `Paris, Jan. 5 (AFP) –`.

use super::Text;
use super::words::{Gap, Shape, Word};
use crate::document::Document;

/// A dateline, as ranges of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Its first word.
    pub first: usize,
    /// The first word after it.
    pub end: usize,
}

impl Dateline {
    /// Tells whether the word numbered `at` stands in the dateline.
    pub fn contains(&self, at: usize) -> bool {
        (self.first..self.end).contains(&at)
    }
}

/// How many bytes of the body are searched for lines that begin with a dateline (captions and credits come first).
const SEARCHED: u32 = 2000;
/// The longest headline, in bytes, that may stand on the dateline's line.
const HEADLINE: u32 = 250;
/// The longest dateline in words and in bytes, dash included.
const LONGEST: (usize, u32) = (14, 90);

/// Finds the first dateline of the body.
pub(super) fn find(document: &Document, text: &Text) -> Option<Dateline> {
    let begins = |word: &Word| match word.gap {
        Gap::Start | Gap::Line | Gap::Paragraph => true,
        // A headline that the dump has put before the text: `Plant to close. TROY, N.C. -- A`.
        Gap::Sentence => word.start <= HEADLINE && word.shape == Shape::Upper,
        _ => false,
    };
    let lines = text.words.iter().enumerate().filter(|(_, w)| w.field == 1 && begins(w));
    let mut lines = lines.take_while(|(_, w)| w.start <= SEARCHED);
    lines.find_map(|(first, _)| at_line(&document.text, &text.words, first))
}

/// Reads a dateline whose first word is `first`.
fn at_line(body: &str, words: &[Word], first: usize) -> Option<Dateline> {
    let start = words[first].start;
    let mut agency = body[..start as usize].ends_with('(');
    for end in first + 1..words.len().min(first + LONGEST.0) {
        let (before, after) = (&words[end - 1], &words[end]);
        if before.shape == Shape::Lower || after.start - start > LONGEST.1 {
            return None;
        }
        let between = &body[before.end as usize..after.start as usize];
        if between.contains('\n') {
            return None;
        }
        if is_dash(between) {
            let filed = words[first].shape == Shape::Upper || words[first].shape == Shape::Dotted;
            return (filed || agency || between.contains(')')).then_some(Dateline { first, end });
        }
        agency |= between.contains('(');
    }
    None
}

/// Tells whether the text between two words holds the dash that ends a dateline.
fn is_dash(between: &str) -> bool {
    between.contains(['—', '―']) || ["--", " - ", " – "].iter().any(|dash| between.contains(dash))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::normalize::{Normalizer, Text};

    fn dateline(body: &str) -> Option<String> {
        let mut text = Text::default();
        Normalizer.normalize(&Document::from_text("d", body), &mut text);
        text.dateline.map(|d| {
            let (first, last) = (text.words[d.first], text.words[d.end - 1]);
            body[first.start as usize..last.end as usize].to_owned()
        })
    }

    #[test]
    fn forms_of_news() {
        for (body, expected) in [
            ("MOSCOW — A victory", Some("MOSCOW")),
            ("TROY, N.C. (AP) -- Police said", Some("TROY, N.C. (AP")),
            ("BEIRUT/DAMASCUS, Oct 13 (Reuters) - Talks", Some("BEIRUT/DAMASCUS, Oct 13 (Reuters")),
            ("(CNN) — The storm", Some("CNN")),
            ("Paris, Jan. 5 (AFP) – The", Some("Paris, Jan. 5 (AFP")),
            ("A caption here.\n\nROME – The pope", Some("ROME")),
            ("Plant to close. TROY, N.C. -- A", Some("TROY, N.C.")),
            ("He was born in 1990 - or so", None),
            ("Jordan - a country", None),
        ] {
            assert_eq!(dateline(body).as_deref(), expected, "{body}");
        }
    }
}
