//! Lexical features: the words in and around a segment, each as a hash under which the model may have weights.
//!
//! A feature is a [`Template`] with a value, such as "the word before is `near`". Five groups of templates belong to
//! positions (before a first word, on a first, inner or last word, after a last one), so that they are looked up once a
//! word; only the last group belongs to each segment.

use super::context::Context;
use super::cues::Cue;
use super::find::Hit;
use super::known::Known;
use crate::gazetteer::NameKind;
use crate::normalize::words::{Gap, Shape};
use std::ops::Range;

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A question about a segment; its answer is a feature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Template {
            $($(#[$doc])* $name,)*
        }

        impl Template {
            /// All templates, in order.
            pub const ALL: &[Template] = &[$(Template::$name,)*];
        }
    };
}

templates! {
    /// The two words before.
    WordsBefore,
    /// The cues of the word before.
    CuesBefore,
    /// The cues of the word before, with how common the first word is as a name and as a word.
    UseBefore,
    /// How the word before is written, and whether a sentence begins.
    ShapeBefore,
    /// The word after.
    WordAfter,
    /// The cues of the word after.
    CuesAfter,
    /// The first word.
    First,
    /// The first letters of the first word.
    FirstPrefix,
    /// How common the first word is as a name and as a word, and whether a sentence begins with it.
    FirstUse,
    /// The last word.
    Last,
    /// The last two letters of the last word.
    Ending2,
    /// The last three letters of the last word.
    Ending3,
    /// The last four letters of the last word.
    Ending4,
    /// The cues of the last word.
    LastCues,
    /// How common the last word is as a name and as a word.
    LastUse,
    /// A word in it.
    Word,
    /// The cues of a word in it.
    WordCues,
    /// The whole name.
    Name,
    /// The shapes of its words.
    Shapes,
    /// What the gazetteer says of it.
    Sort,
    /// What the gazetteer says of it, with the cues on both sides.
    SortCues,
    /// What kind of thing the gazetteer has it as, with the cues before.
    KindBefore,
    /// What the gazetteer says of it, with the style and the beginning of a sentence.
    SortStyle,
    /// Whether the region goes on before and after it.
    Reach,
    /// The cues of the last word of the region that goes on after it.
    RegionLastCues,
    /// The first word of the region that begins before it.
    RegionFirst,
    /// The words on both sides.
    Around,
    /// The last word, with the length.
    LastOf,
    /// What the gazetteer says of the places on both sides.
    Neighbours,
}

/// Returns the hash of a feature.
#[inline]
fn hash(template: Template, a: u64, b: u64) -> u64 {
    let mixed = (a ^ ((template as u64 + 1) << 56)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ b.rotate_left(23)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ mixed >> 29
}

/// Where features go.
pub(super) trait Sink {
    /// Takes a feature.
    fn take(&mut self, template: Template, feature: u64);
}

impl<F: FnMut(Template, u64)> Sink for F {
    #[inline]
    fn take(&mut self, template: Template, feature: u64) {
        self(template, feature);
    }
}

struct Writer<'s, S>(&'s mut S);

impl<S: Sink> Writer<'_, S> {
    #[inline]
    fn put(&mut self, template: Template, a: u64, b: u64) {
        self.0.take(template, hash(template, a, b));
    }
}

/// The identity of a word: its hash, or one number for all numbers.
#[inline]
fn word(context: &Context, at: usize) -> u64 {
    let word = &context.text.words[at];
    if word.shape == Shape::Digit { u64::from(word.fold_end - word.fold_start) } else { word.hash }
}

/// How common a word is in each use, in a few steps, as one number.
fn uses(context: &Context, at: usize) -> u64 {
    let step = |weight: u8| match weight {
        0 => 0,
        1..=8 => 1,
        9..=56 => 2,
        57..=96 => 3,
        _ => 4u64,
    };
    let uses = context.uses[at];
    step(uses.given) | step(uses.surname) << 3 | step(uses.common) << 6
}

fn cues(context: &Context, at: usize) -> u64 {
    u64::from(context.marks[at].alone.bits())
}

/// Features of what stands before a segment that begins at `first`.
pub(super) fn before(context: &Context, first: usize, sink: &mut impl Sink) {
    use Template::*;
    let mut out = Writer(sink);
    let gap = context.gap(first) as u64;
    let begins = u64::from(context.text.begins[first]) << 8 | (context.style(first) as u64) << 9;
    let opens = u64::from(context.text.words[first].opens) << 12;
    let near = |back: usize| {
        let at = first.checked_sub(back)?;
        let same = context.text.words[at].field == context.text.words[first].field;
        (same && !matches!(context.gap(first), Gap::Start | Gap::Paragraph | Gap::Sentence)).then_some(at)
    };
    let (one, two) = (near(1), near(2).filter(|_| !context.text.begins[first - 1]));
    let one_word = one.map_or(0, |at| word(context, at));
    let two_word = two.map_or(0, |at| word(context, at));
    out.put(WordsBefore, one_word, two_word ^ gap);
    let end_cues = one.map_or(0, |at| u64::from(context.marks[at].end.bits()));
    out.put(CuesBefore, end_cues, gap);
    out.put(UseBefore, end_cues << 16 | uses(context, first), gap);
    out.put(ShapeBefore, one.map_or(99, |at| context.shape(at) as u64), gap | begins | opens);
}

/// Features of what stands after a segment that ends before `end`.
pub(super) fn after(context: &Context, end: usize, sink: &mut impl Sink) {
    use Template::*;
    let mut out = Writer(sink);
    let near = |at: usize| {
        let next = context.text.words.get(at)?;
        (!matches!(next.gap, Gap::Start | Gap::Paragraph | Gap::Sentence)).then_some(at)
    };
    let one = near(end);
    let gap = one.map_or(99, |at| context.gap(at) as u64);
    out.put(WordAfter, one.map_or(0, |at| word(context, at)), gap);
    out.put(CuesAfter, one.map_or(0, |at| u64::from(context.marks[at].begin.bits())), gap);
}

/// Features of a first word.
pub(super) fn first(context: &Context, at: usize, sink: &mut impl Sink) {
    use Template::*;
    let mut out = Writer(sink);
    let begins = u64::from(context.text.begins[at]) | (context.style(at) as u64) << 1;
    out.put(First, word(context, at), 0);
    let folded = context.text.folded_word(at).as_bytes();
    out.put(FirstPrefix, bytes(&folded[..folded.len().min(3)]), u64::from(folded.len() > 3));
    out.put(FirstUse, uses(context, at), begins << 8 | context.shape(at) as u64);
}

/// Features of a last word.
pub(super) fn last(context: &Context, at: usize, sink: &mut impl Sink) {
    use Template::*;
    let mut out = Writer(sink);
    out.put(Last, word(context, at), 0);
    out.put(LastCues, u64::from(context.marks[at].end.bits()), 0);
    let folded = context.text.folded_word(at).as_bytes();
    for (template, length) in [(Ending2, 2), (Ending3, 3), (Ending4, 4)] {
        let tail = &folded[folded.len().saturating_sub(length)..];
        out.put(template, bytes(tail), u64::from(folded.len() > length));
    }
    out.put(LastUse, uses(context, at), context.shape(at) as u64);
}

/// Features of any word of a segment.
pub(super) fn inner(context: &Context, at: usize, sink: &mut impl Sink) {
    use Template::*;
    let mut out = Writer(sink);
    out.put(Word, word(context, at), 0);
    out.put(WordCues, cues(context, at), context.gap(at) as u64);
}

/// The first or last few letters of a word as a number.
fn bytes(part: &[u8]) -> u64 {
    part.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// What the gazetteer says of a segment, as one number: how its likeliest place is named, of what type and size that
/// is, whether it is a person's name, whether a longer name covers it.
pub(super) fn sort(context: &Context, words: &Range<usize>) -> u64 {
    let known = context.known_as(words);
    let place = context.place_of(&known).map_or(0, |place| {
        let size = (1.0 + place.entry.population() as f32).log10() as u64;
        let size = if place.how == NameKind::Demonym { 0 } else { size.saturating_sub(2) };
        1 + size + ((place.how as u64) << 4) + ((place.entry.place_type() as u64) << 8)
    });
    let Known { demonym, person, organisation, misc, .. } = known;
    let [person, demonym, organisation, misc] = [person, demonym, organisation, misc].map(u64::from);
    place | person << 20 | demonym << 21 | organisation << 22 | misc << 23 | cover(context, words) << 24
}

/// Returns 0 when no longer name of the gazetteer holds these words, 2 when one of something that is not tagged does,
/// else 1.
fn cover(context: &Context, words: &Range<usize>) -> u64 {
    let from = context.hits.partition_point(|hit| (hit.first as usize) + super::context::LONGEST < words.end);
    let near = context.hits[from..].iter().take_while(|hit| hit.first as usize <= words.start);
    let covers = |hit: &&Hit| {
        let hit = hit.words();
        hit.start <= words.start && hit.end >= words.end && hit != *words
    };
    near.filter(covers).map(|hit| if context.known(hit).is_kept_out() { 2 } else { 1 }).max().unwrap_or(0)
}

/// Features of a whole segment within its region.
pub(super) fn segment(context: &Context, region: &Range<usize>, words: &Range<usize>, sink: &mut impl Sink) {
    use Template::*;
    let sort = sort(context, words);
    let mut out = Writer(sink);
    let (start, last, length) = (words.start, words.end - 1, words.len() as u64);
    let fold = |value: &dyn Fn(usize) -> u64| {
        words.clone().fold(length, |sum, at| sum.wrapping_mul(0x100_0000_01B3).wrapping_add(value(at)))
    };
    out.put(Name, name(context, words), 0);
    out.put(Shapes, fold(&|at| context.shape(at) as u64 | (context.gap(at) as u64) << 4), 0);
    let begins = u64::from(context.text.begins[start]) | (context.style(start) as u64) << 1;
    let before = context.before(start);
    let after = context.after(words.end);
    out.put(Sort, sort, length);
    let cues_before = before.map_or(0, |at| u64::from(context.marks[at].end.bits()));
    out.put(KindBefore, sort & !0xFF, cues_before);
    let sides = cues_before << 24 ^ after.map_or(0, |at| u64::from(context.marks[at].begin.bits()));
    out.put(SortCues, sort, sides);
    out.put(SortStyle, sort, begins << 8 | context.shape(start) as u64);
    let (left, right) = (start > region.start, words.end < region.end);
    out.put(Reach, u64::from(left) | u64::from(right) << 1 | length << 2, context.style(start) as u64);
    if right {
        let end = region.end - 1;
        out.put(RegionLastCues, u64::from(context.marks[end].end.bits()), u64::from(sort != 0));
    }
    if left {
        out.put(RegionFirst, word(context, region.start), u64::from(sort != 0));
    }
    out.put(Around, before.map_or(0, |at| word(context, at)), after.map_or(0, |at| word(context, at)));
    if length > 1 {
        out.put(LastOf, word(context, last), length);
    }
    out.put(Neighbours, neighbours(context, words), u64::from(sort != 0));
}

/// The hash of all words of a segment.
pub(super) fn name(context: &Context, words: &Range<usize>) -> u64 {
    words.clone().fold(words.len() as u64, |sum, at| {
        (sum ^ word(context, at)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
    })
}

/// What places the gazetteer has beside a segment, across a comma, a hyphen or `and`.
fn neighbours(context: &Context, words: &Range<usize>) -> u64 {
    let kind = |hit: &Hit| context.place(hit).map_or(0, |place| 1 + place.entry.place_type() as u64);
    let joins =
        |at: usize| context.text.words.get(at).is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::Hyphen));
    let and = |at: usize| context.after(at).is_some_and(|at| context.text.folded_word(at) == "and");
    let after = if joins(words.end) {
        context.hits_starting(words.end).map(kind).max().unwrap_or(0)
    } else if and(words.end) {
        context.hits_starting(words.end + 1).map(kind).max().unwrap_or(0) | 32
    } else {
        64
    };
    let before = if words.start > 0 && joins(words.start) {
        context.hits_ending(words.start).map(kind).max().unwrap_or(0)
    } else if words.start > 1
        && context.before(words.start).is_some_and(|at| context.text.folded_word(at) == "and")
    {
        context.hits_ending(words.start - 1).map(kind).max().unwrap_or(0) | 32
    } else {
        64
    };
    // The cue tells a list of organisations from one of places.
    let cue = context.after(words.end).is_some_and(|at| context.marks[at].begin.has(Cue::OrgTail));
    before << 8 | after | u64::from(cue) << 16
}
