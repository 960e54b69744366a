//! Labels: what a segment of words names.

/// What a segment of words may name; most words are in no segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Label {
    /// A place by its name.
    Place,
    /// A place by an adjective or a word for its people.
    Demonym,
    /// A person.
    Person,
    /// A company, agency, party, team, newspaper. Recognised in order to be kept out.
    Organisation,
    /// A building, airport, street, camp. A place where the gazetteer has it, else kept out.
    Facility,
    /// Another name: an event, a product, a ship, a work, a people without a place. Kept out.
    Misc,
}

/// How many labels there are.
pub const LABELS: usize = 6;

/// One number for each label, in the order of [`Label::ALL`].
pub type Scores = [f32; LABELS];

impl Label {
    /// All labels, in order.
    pub const ALL: [Label; LABELS] =
        [Label::Place, Label::Demonym, Label::Person, Label::Organisation, Label::Facility, Label::Misc];

    /// Returns the bit that stands for the label in a set of them.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Adds `more` to `scores`.
#[inline]
pub(super) fn add(scores: &mut Scores, more: &Scores) {
    scores.iter_mut().zip(more).for_each(|(score, more)| *score += more);
}
