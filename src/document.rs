//! A document: one article as it was read.

use crate::error::Position;

/// The fields of a document that are tagged, in order; offsets count within one of them.
pub const FIELDS: [&str; 2] = ["title", "text"];

/// One article. Sources fill and reuse it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The id: the input's own, else `path:line` or the path; never empty.
    pub id: String,
    /// The headline; empty when there is none.
    pub title: String,
    /// The body.
    pub text: String,
    /// Where it was published.
    pub url: String,
    /// When it was published, as ISO 8601; empty when not known.
    pub published: String,
    /// Whether the input gave a date in a form that is not understood.
    pub undated: bool,
    /// Who published it.
    pub source: String,
    /// BCP 47 language as the input says; empty when it does not.
    pub language: String,
    /// Where in the input file it stands.
    pub position: Position,
    /// Bytes of input that it took up.
    pub input_bytes: u64,
}

impl Document {
    /// Returns a document with a body and nothing else.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Document {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// Empties all fields, keeping their memory.
    pub fn clear(&mut self) {
        let Document { id, title, text, url, published, undated, source, language, position, input_bytes } =
            self;
        for field in [id, title, text, url, published, source, language] {
            field.clear();
        }
        *position = Position::default();
        *input_bytes = 0;
        *undated = false;
    }

    /// Returns the text of the field numbered `field` in [`FIELDS`].
    pub fn field(&self, field: u8) -> &str {
        if field == 0 { &self.title } else { &self.text }
    }
}
