//! Spans: where a mention stands, in Unicode code points, as gold files count.

use serde::Serialize;

/// A range of Unicode code points in the text of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The first code point.
    pub start: usize,
    /// The first code point after it.
    pub end: usize,
}

impl Span {
    /// Returns its length.
    pub fn length(self) -> usize {
        self.end - self.start
    }

    /// Returns how many code points two spans share.
    pub fn overlap(self, other: Span) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Tells whether two spans share a code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.overlap(other) > 0
    }

    /// Tells whether a span lies within this one.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The code points of a text by number: translates between their offsets and those of bytes.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// The byte at which each begins, and the length of the text.
    bytes: Vec<usize>,
}

impl CodePoints {
    /// Counts the code points of a text.
    pub fn of(text: &str) -> CodePoints {
        CodePoints { bytes: text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect() }
    }

    /// Returns how many there are.
    pub fn count(&self) -> usize {
        self.bytes.len() - 1
    }

    /// Returns the span of a range of bytes.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        let number = |byte: usize| self.bytes.partition_point(|begin| *begin < byte);
        Span { start: number(bytes.start), end: number(bytes.end) }
    }

    /// Returns the part of the text between two code points; those after the end count as the end.
    pub fn slice<'t>(&self, text: &'t str, start: usize, end: usize) -> &'t str {
        &text[self.range(Span { start, end })]
    }

    /// Returns the range of bytes of a span.
    pub fn range(&self, span: Span) -> std::ops::Range<usize> {
        let byte = |number: usize| self.bytes[number.min(self.count())];
        byte(span.start)..byte(span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_are_translated() {
        let text = "Zürich – Genève";
        let points = CodePoints::of(text);
        let bytes = text.find("Genève").unwrap()..text.len();
        let span = points.span(bytes);
        assert_eq!((points.count(), span), (15, Span { start: 9, end: 15 }));
        assert_eq!(points.slice(text, 9, 15), "Genève");
        assert_eq!(points.slice(text, 9, 99), "Genève");
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        let (a, b) = (Span { start: 0, end: 5 }, Span { start: 5, end: 9 });
        assert!(!a.overlaps(b) && a.overlap(Span { start: 3, end: 9 }) == 2);
    }
}
