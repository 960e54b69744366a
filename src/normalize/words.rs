//! Words: the alphabet that names and articles are matched in.
//!
//! A word is a run of letters, digits and marks. An apostrophe between letters joins (`Sana'a`, `O'Brien`,
//! `N'Djamena`), but a genitive `'s` is a word of its own, so that `Aleppo's` holds `Aleppo` and `St. John's` still
//! matches whole. Single letters with full stops between them are one word (`U.S.`). `&` is the word `and`. Characters
//! of scripts without spaces are one word each. Between two words stands a [`Gap`]; names go on across soft gaps only.

use super::fold::{fold_char, is_apostrophe, is_ignorable, is_unspaced, is_word_char};
use xxhash_rust::xxh3::xxh3_64;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `city`
    Lower,
    /// `Aleppo`
    Title,
    /// `ALEPPO`: two or more capitals and nothing else
    Upper,
    /// `J`: one capital letter
    Initial,
    /// `U.S.`: single letters with full stops
    Dotted,
    /// `McDonald`, `iPhone`
    Mixed,
    /// begins with a digit
    Digit,
    /// a script without case (Arabic, Chinese)
    Caseless,
}

impl Shape {
    /// Tells whether a name may begin with a word written so.
    #[inline]
    pub fn is_capital(self) -> bool {
        !matches!(self, Shape::Lower | Shape::Digit)
    }
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: the field begins here.
    Start,
    /// White space within a line.
    Space,
    /// One hyphen or dash without spaces.
    Hyphen,
    /// The apostrophe of a genitive `'s`.
    Apostrophe,
    /// The full stop of an abbreviation: `St. Louis`, `W.Va.`
    Stop,
    /// One line break: a wrapped line or a heading.
    Line,
    /// A comma.
    Comma,
    /// Any other punctuation within a sentence.
    Other,
    /// The end of a sentence.
    Sentence,
    /// A blank line.
    Paragraph,
}

impl Gap {
    /// Tells whether one name may reach across the gap.
    #[inline]
    pub fn is_soft(self) -> bool {
        matches!(self, Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Stop | Gap::Line)
    }
}

/// One word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Byte range in the field as read.
    pub start: u32,
    /// End of the byte range (exclusive).
    pub end: u32,
    /// Byte range of the folded form.
    pub fold_start: u32,
    /// End of the folded form (exclusive).
    pub fold_end: u32,
    /// XXH3 of the folded form.
    pub hash: u64,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
    /// Whether an opening quotation mark, bracket or colon stands directly before it.
    pub opens: bool,
    /// The index of the field that it stands in.
    pub field: u8,
}

/// Returns the hash of a folded word: the letter of the automaton's alphabet.
#[inline]
pub fn hash_word(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

/// Appends the words of `text` to `words` and their folded forms to `folded`, separated by one space where a name may
/// go on and by a line feed where it may not.
pub fn split(text: &str, field: u8, folded: &mut String, words: &mut Vec<Word>) {
    Splitter { text, bytes: text.as_bytes(), field, folded, words, last_end: 0, first: true }.run();
}

/// Returns the folded words of a name, joined by one space: the key under which it is stored.
pub fn key(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut words = Vec::new();
    split(name, 0, &mut folded, &mut words);
    folded.trim().replace('\n', " ")
}

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    field: u8,
    folded: &'a mut String,
    words: &'a mut Vec<Word>,
    last_end: usize,
    first: bool,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            at = match self.bytes[at] {
                b if b.is_ascii_alphanumeric() => self.word(at),
                b'&' => self.ampersand(at),
                b if b.is_ascii() => at + 1,
                _ => self.wide(at),
            };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(b) if b.is_ascii() => Some(*b as char),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    fn wide(&mut self, at: usize) -> usize {
        match self.char_at(at) {
            Some(c) if is_unspaced(c) => self.unspaced(at, c),
            Some(c) if c.is_alphanumeric() => self.word(at),
            Some(c) => at + c.len_utf8(),
            None => at + 1,
        }
    }

    /// A word that begins at `at`; returns where it ends.
    fn word(&mut self, at: usize) -> usize {
        if let Some(end) = self.dotted_end(at) {
            return self.dotted(at, end);
        }
        let fold_start = self.begin(at);
        let mut case = Case::default();
        let mut end = at;
        while let Some(c) = self.char_at(end) {
            if is_word_char(c) && !is_unspaced(c) {
                case.see(c);
                fold_char(c, self.folded);
                end += c.len_utf8();
            } else if let Some(next) = self.joined(end, c) {
                end = next;
            } else {
                break;
            }
        }
        self.push(at, end, fold_start, case.shape());
        end
    }

    /// Returns where the word goes on after an apostrophe or invisible character at `at`, if it does.
    fn joined(&self, at: usize, c: char) -> Option<usize> {
        let next = at + c.len_utf8();
        let follows = self.char_at(next).is_some_and(|n| is_word_char(n) && !is_unspaced(n));
        let joins = is_ignorable(c) || (is_apostrophe(c) && !self.genitive(next));
        (follows && joins).then_some(next)
    }

    /// Tells whether the `s` of a genitive stands alone at `at`.
    fn genitive(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), Some(b's' | b'S')) && !self.char_at(at + 1).is_some_and(is_word_char)
    }

    /// Returns the end of an abbreviation of single letters with full stops that begins at `at`.
    fn dotted_end(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut letters = 0;
        while self.bytes.get(end).is_some_and(u8::is_ascii_alphabetic)
            && self.bytes.get(end + 1) == Some(&b'.')
        {
            letters += 1;
            end += 2;
        }
        // `U.S` without its last full stop
        if letters >= 1
            && self.bytes.get(end).is_some_and(u8::is_ascii_uppercase)
            && !self.char_at(end + 1).is_some_and(is_word_char)
        {
            letters += 1;
            end += 1;
        }
        let closed = !self.char_at(end).is_some_and(is_word_char);
        (letters >= 2 && closed && self.bytes[at].is_ascii_uppercase()).then_some(end)
    }

    fn dotted(&mut self, at: usize, end: usize) -> usize {
        let fold_start = self.begin(at);
        let letters = self.bytes[at..end].iter().filter(|b| **b != b'.');
        self.folded.extend(letters.map(|b| b.to_ascii_lowercase() as char));
        self.push(at, end, fold_start, Shape::Dotted);
        end
    }

    fn ampersand(&mut self, at: usize) -> usize {
        let fold_start = self.begin(at);
        self.folded.push_str("and");
        self.push(at, at + 1, fold_start, Shape::Lower);
        at + 1
    }

    fn unspaced(&mut self, at: usize, c: char) -> usize {
        let fold_start = self.begin(at);
        fold_char(c, self.folded);
        let end = at + c.len_utf8();
        self.push(at, end, fold_start, Shape::Caseless);
        end
    }

    /// Writes the separator before a word that begins at `at`; returns where its folded form begins.
    fn begin(&mut self, at: usize) -> usize {
        let soft = !self.first && self.gap(at).is_soft();
        self.folded.push(if soft { ' ' } else { '\n' });
        self.folded.len()
    }

    fn push(&mut self, start: usize, end: usize, fold_start: usize, shape: Shape) {
        let gap = self.gap(start);
        let opens = self.text[self.last_end..start].ends_with(['"', '“', '„', '«', '‘', '\'', '(', '[', ':']);
        self.words.push(Word {
            start: start as u32,
            end: end as u32,
            fold_start: fold_start as u32,
            fold_end: self.folded.len() as u32,
            hash: hash_word(&self.folded[fold_start..]),
            shape,
            gap,
            opens,
            field: self.field,
        });
        self.last_end = end;
        self.first = false;
    }

    fn gap(&self, start: usize) -> Gap {
        match self.words.last() {
            Some(before) if !self.first => gap_between(before, &self.text[self.last_end..start]),
            _ => Gap::Start,
        }
    }
}

/// Returns the gap that `between` makes after the word `before`.
fn gap_between(before: &Word, between: &str) -> Gap {
    if between == " " || between.is_empty() {
        return Gap::Space;
    }
    let lines = between.bytes().filter(|b| *b == b'\n').count();
    let marks = between.trim();
    match marks {
        _ if lines >= 2 => Gap::Paragraph,
        "" if lines == 1 => Gap::Line,
        "" => Gap::Space,
        "-" | "‐" | "‑" | "–" if marks.len() == between.len() => Gap::Hyphen,
        "." if lines == 0 && abbreviates(before) => Gap::Stop,
        "," => Gap::Comma,
        _ if marks.chars().count() == 1
            && between.len() == marks.len()
            && marks.chars().all(is_apostrophe) =>
        {
            Gap::Apostrophe
        }
        _ if marks.contains(['.', '!', '?', '…', '。', '؟'])
            && (lines > 0 || between.contains(char::is_whitespace)) =>
        {
            Gap::Sentence
        }
        _ => Gap::Other,
    }
}

/// Tells whether a full stop after `word` may be that of an abbreviation: four letters or fewer (`Mass.`, `St.`, `J.`).
fn abbreviates(word: &Word) -> bool {
    word.fold_end - word.fold_start <= 4 && word.shape.is_capital()
}

/// What has been seen of a word's case.
#[derive(Default)]
struct Case {
    upper: u32,
    lower: u32,
    other: u32,
    first_upper: bool,
    digit_first: bool,
}

impl Case {
    fn see(&mut self, c: char) {
        let first = self.upper + self.lower + self.other == 0;
        if c.is_uppercase() {
            self.upper += 1;
            self.first_upper |= first;
        } else if c.is_lowercase() {
            self.lower += 1;
        } else {
            self.digit_first |= first && c.is_numeric();
            self.other += 1;
        }
    }

    fn shape(&self) -> Shape {
        match (self.upper, self.lower) {
            _ if self.digit_first => Shape::Digit,
            (0, 0) => Shape::Caseless,
            (0, _) => Shape::Lower,
            (1, 0) if self.other == 0 => Shape::Initial,
            (_, 0) => Shape::Upper,
            (1, _) if self.first_upper => Shape::Title,
            _ => Shape::Mixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns each word with its gap, as `gap:word`.
    fn show(text: &str) -> Vec<String> {
        let (mut folded, mut words) = (String::new(), Vec::new());
        split(text, 0, &mut folded, &mut words);
        let one = |w: &Word| format!("{:?}:{}", w.gap, &text[w.start as usize..w.end as usize]);
        words.iter().map(one).collect()
    }

    #[test]
    fn words_and_gaps() {
        for (text, expected) in [
            ("Aleppo's market", vec!["Start:Aleppo", "Apostrophe:s", "Space:market"]),
            ("Sana’a, N'Djamena", vec!["Start:Sana’a", "Comma:N'Djamena"]),
            ("St. Louis is. In", vec!["Start:St", "Stop:Louis", "Space:is", "Sentence:In"]),
            ("the U.S. Navy", vec!["Start:the", "Space:U.S.", "Space:Navy"]),
            ("Wilkes-Barre — Pa.", vec!["Start:Wilkes", "Hyphen:Barre", "Other:Pa"]),
            ("New\nYork\n\nParis", vec!["Start:New", "Line:York", "Paragraph:Paris"]),
            ("Tyne & Wear", vec!["Start:Tyne", "Space:&", "Space:Wear"]),
            ("İzmir/Adana", vec!["Start:İzmir", "Other:Adana"]),
            ("東京 Tokyo", vec!["Start:東", "Space:京", "Space:Tokyo"]),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn shapes() {
        for (text, shape) in [
            ("Aleppo", Shape::Title),
            ("ALEPPO", Shape::Upper),
            ("U.S.", Shape::Dotted),
            ("J", Shape::Initial),
            ("McCain", Shape::Mixed),
            ("4TH", Shape::Digit),
            ("حلب", Shape::Caseless),
            ("city", Shape::Lower),
        ] {
            let (mut folded, mut words) = (String::new(), Vec::new());
            split(text, 0, &mut folded, &mut words);
            assert_eq!(words[0].shape, shape, "{text}");
        }
    }

    #[test]
    fn keys_meet() {
        assert_eq!(key("Sana'a"), key("SANAA"));
        assert_eq!(key("Wilkes-Barre"), key("Wilkes Barre"));
        assert_eq!(key("St. John's"), "st john s");
        assert_eq!(key("U.S."), key("US"));
        assert_eq!(key("Washington, D.C."), "washington dc");
    }
}
