//! Text → hits: every name of the gazetteer that stands in a text, overlapping ones too.
//!
//! Two engines give the same hits. [`Engine::Words`] walks the automaton over words that is compiled into the
//! gazetteer; [`Engine::AhoCorasick`] builds the `aho-corasick` crate's automaton over all keys and searches the folded
//! text, which takes seconds to build and is there as the oracle. In both, names begin and end at words: a hit inside a
//! word is never seen, and the choice among overlapping hits comes after that test, not before.

use crate::error::{Error, ErrorKind, Result};
use crate::gazetteer::automaton::ROOT;
use crate::gazetteer::{Layers, NameId};
use crate::normalize::Text;
use crate::normalize::words::{Gap, Shape, Word};
use aho_corasick::{AhoCorasick, MatchKind};

/// A name of the gazetteer at some words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The first word.
    pub first: u32,
    /// The first word after it, with the longest hits sorted first.
    pub end: std::cmp::Reverse<u32>,
    /// The name.
    pub name: NameId,
}

impl Hit {
    /// Returns the range of words.
    pub fn words(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end.0 as usize
    }
}

/// Which automaton finds the names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// The automaton over words, compiled into the gazetteer.
    #[default]
    Words,
    /// The `aho-corasick` crate over folded text, built at start.
    AhoCorasick,
}

impl Engine {
    /// Returns the word that the option and `run.json` use.
    pub fn as_str(self) -> &'static str {
        match self {
            Engine::Words => "words",
            Engine::AhoCorasick => "aho-corasick",
        }
    }
}

/// Finds names in texts.
pub struct Finder {
    oracles: Option<Vec<AhoCorasick>>,
}

impl Finder {
    /// Returns a finder of the gazetteers' names.
    ///
    /// # Cost
    /// Nothing for [`Engine::Words`]; about 4 s a million names for [`Engine::AhoCorasick`].
    ///
    /// # Errors
    /// The automaton of the crate cannot be built.
    pub fn new(layers: &Layers, engine: Engine) -> Result<Finder> {
        let oracles = match engine {
            Engine::Words => None,
            Engine::AhoCorasick => Some(layers.gazetteers().iter().map(build_oracle).collect::<Result<_>>()?),
        };
        Ok(Finder { oracles })
    }

    /// Fills `hits` with all names in `text`, by first word and then longest first.
    pub fn find(&self, layers: &Layers, text: &Text, hits: &mut Vec<Hit>) {
        self.find_where(layers, text, may_begin, hits);
    }

    /// The same for names in small letters too.
    pub fn find_any_case(&self, layers: &Layers, text: &Text, hits: &mut Vec<Hit>) {
        self.find_where(layers, text, |words, at| words[at].shape != Shape::Digit, hits);
    }

    fn find_where(
        &self,
        layers: &Layers,
        text: &Text,
        begins: impl Fn(&[Word], usize) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        hits.clear();
        for layer in 0..layers.gazetteers().len() {
            match &self.oracles {
                None => walk(layers, layer, text, &begins, hits),
                Some(oracles) => search(&oracles[layer], layer, text, &begins, hits),
            }
        }
        if !layers.lists().is_empty() {
            let key = |hit: &Hit| text.folded_words(hit.first as usize, hit.end.0 as usize);
            hits.retain(|hit| !layers.lists().stops(key(hit)));
        }
        hits.sort_unstable();
    }
}

/// Tells whether a name may begin at a word: at a capital or a letter without case, or at a small particle that a
/// hyphen joins to a capital (`al-Bab`, `s-Hertogenbosch`).
#[inline]
fn may_begin(words: &[Word], at: usize) -> bool {
    let joined = |next: &Word| next.gap == Gap::Hyphen && next.shape.is_capital();
    words[at].shape.is_capital() || words.get(at + 1).is_some_and(joined)
}

fn walk(
    layers: &Layers,
    layer: usize,
    text: &Text,
    begins: &impl Fn(&[Word], usize) -> bool,
    hits: &mut Vec<Hit>,
) {
    let gazetteer = &layers.gazetteers()[layer];
    let automaton = gazetteer.automaton();
    let words = &text.words;
    for first in (0..words.len()).filter(|at| begins(words, *at)) {
        let mut state = ROOT;
        for end in first + 1..=words.len() {
            if end > first + 1 && !words[end - 1].gap.is_soft() {
                break;
            }
            let Some(next) = automaton.next(state, words[end - 1].hash) else { break };
            state = next;
            if let Some(name) = automaton.name(state)
                && gazetteer.key(name) == text.folded_words(first, end)
            {
                let name = Layers::name_id(layer, name);
                hits.push(Hit { first: first as u32, end: std::cmp::Reverse(end as u32), name });
            }
        }
    }
}

fn build_oracle(gazetteer: &crate::gazetteer::Gazetteer) -> Result<AhoCorasick> {
    let keys = (0..gazetteer.name_count() as u32).map(|name| gazetteer.key(name));
    AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(keys)
        .map_err(|cause| Error::new(ErrorKind::Gazetteer, "cannot build the automaton").because(cause))
}

fn search(
    oracle: &AhoCorasick,
    layer: usize,
    text: &Text,
    begins: &impl Fn(&[Word], usize) -> bool,
    hits: &mut Vec<Hit>,
) {
    for found in oracle.find_overlapping_iter(&text.folded) {
        let (start, end) = (found.start() as u32, found.end() as u32);
        let Ok(first) = text.words.binary_search_by_key(&start, |word| word.fold_start) else { continue };
        let Ok(last) = text.words.binary_search_by_key(&end, |word| word.fold_end) else { continue };
        if begins(&text.words, first) {
            let name = Layers::name_id(layer, found.pattern().as_u32());
            hits.push(Hit { first: first as u32, end: std::cmp::Reverse(last as u32 + 1), name });
        }
    }
}
