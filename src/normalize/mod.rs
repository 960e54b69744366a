//! Stage 2, [`Document`] → [`Text`]: words with their folded forms, sentences, the dateline.

pub mod dateline;
pub mod fold;
mod sentences;
pub mod words;

use crate::document::{Document, FIELDS};
use dateline::Dateline;
pub use sentences::Style;
use std::ops::Range;
use words::Word;

/// The words of a document, ready to be matched.
#[derive(Default)]
pub struct Text {
    /// The words of all fields, in order.
    pub words: Vec<Word>,
    /// The folded words: a space before each that a name may reach, a line feed before the others.
    pub folded: String,
    /// For each word, the style of the sentence that it stands in.
    pub styles: Vec<Style>,
    /// For each word, whether a sentence begins with it.
    pub begins: Vec<bool>,
    /// The dateline of the body, if it has one.
    pub dateline: Option<Dateline>,
}

impl Text {
    /// Returns the folded form of a word.
    #[inline]
    pub fn folded_word(&self, at: usize) -> &str {
        let word = &self.words[at];
        &self.folded[word.fold_start as usize..word.fold_end as usize]
    }

    /// Returns the folded form of the words from `first` to before `end`, joined by spaces where a name may go on.
    #[inline]
    pub fn folded_words(&self, first: usize, end: usize) -> &str {
        &self.folded[self.words[first].fold_start as usize..self.words[end - 1].fold_end as usize]
    }

    /// Returns words of one field of `document` with what stands between them, as they are written there; of no words
    /// an empty text.
    pub fn written<'d>(&self, document: &'d Document, words: Range<usize>) -> &'d str {
        match self.words.get(words).unwrap_or_default() {
            [] => "",
            [first, .., last] => &document.field(first.field)[first.start as usize..last.end as usize],
            [word] => &document.field(word.field)[word.start as usize..word.end as usize],
        }
    }
}

/// Turns documents into texts.
#[derive(Default)]
pub struct Normalizer;

impl Normalizer {
    /// Fills `text` from `document`, reusing its memory.
    pub fn normalize(&self, document: &Document, text: &mut Text) {
        text.words.clear();
        text.folded.clear();
        for field in 0..FIELDS.len() as u8 {
            words::split(document.field(field), field, &mut text.folded, &mut text.words);
        }
        sentences::mark(text);
        text.dateline = dateline::find(document, text);
    }
}
