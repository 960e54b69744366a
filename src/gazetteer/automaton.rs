//! The Aho-Corasick automaton over words: states are prefixes of names, the goto function is a hash table on
//! (state, word). Names begin and end at words, so failure means the next word start and no failure links are stored.

use super::layout::{GotoSlot, NONE, StateRecord, check, first_slot, transition};
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::words::hash_word;

/// The state before the first word.
pub const ROOT: u32 = 0;

/// Takes names in the order of their keys, then lays the automaton out for use in place.
///
/// # Cost
/// 16 bytes of memory a state and, at the end, 8 bytes a slot of the goto table.
pub struct Builder {
    states: Vec<StateRecord>,
    gotos: Vec<(u64, u32)>,
    /// The words of the last key and the state after each.
    path: Vec<(u64, u32)>,
    last: String,
}

impl Default for Builder {
    fn default() -> Builder {
        let root = StateRecord { name: NONE.into() };
        Builder { states: vec![root], gotos: Vec::new(), path: Vec::new(), last: String::new() }
    }
}

impl Builder {
    /// Adds the name numbered `name`, whose folded words `key` holds.
    ///
    /// # Errors
    /// The key sorts before the last one. The space between words sorts before every other character of a key, so keys
    /// that begin with the same words are neighbours, and the states of the last key are all that has to be remembered.
    pub fn insert(&mut self, key: &str, name: u32) -> Result<()> {
        if key < self.last.as_str() {
            return Err(Error::new(
                ErrorKind::Internal,
                format!("names are not sorted: `{key}` after `{}`", self.last),
            ));
        }
        let words = key.split(' ').map(hash_word);
        let shared = words.clone().zip(&self.path).take_while(|(word, (known, _))| word == known).count();
        self.path.truncate(shared);
        for word in words.skip(shared) {
            let state = self.path.last().map_or(ROOT, |(_, state)| *state);
            let next = self.states.len() as u32;
            self.states.push(StateRecord { name: NONE.into() });
            self.gotos.push((transition(state, word), next));
            self.path.push((word, next));
        }
        let state = self.path.last().map_or(ROOT, |(_, state)| *state);
        self.states[state as usize].name = name.into();
        key.clone_into(&mut self.last);
        Ok(())
    }

    /// Returns the states and the goto table, at most 60 % full.
    pub fn finish(self) -> (Vec<StateRecord>, Vec<GotoSlot>) {
        let slots = (self.gotos.len() * 5 / 3 + 1).next_power_of_two();
        let mut table = vec![GotoSlot { check: 0.into(), target: NONE.into() }; slots];
        for (hash, target) in self.gotos {
            let mut at = first_slot(hash, slots);
            while table[at].target.get() != NONE {
                at = (at + 1) & (slots - 1);
            }
            table[at] = GotoSlot { check: check(hash).into(), target: target.into() };
        }
        (self.states, table)
    }
}

/// A compiled automaton, borrowed from a gazetteer.
#[derive(Clone, Copy)]
pub struct Automaton<'g> {
    pub(super) states: &'g [StateRecord],
    pub(super) gotos: &'g [GotoSlot],
}

impl Automaton<'_> {
    /// Returns the state after `word`, if any name goes on so. The 32-bit check makes a wrong answer rare (one in four
    /// thousand million probes), not impossible: whoever reports a name compares it with the text.
    #[inline]
    pub fn next(&self, state: u32, word: u64) -> Option<u32> {
        let hash = transition(state, word);
        let wanted = check(hash);
        let mut at = first_slot(hash, self.gotos.len());
        // Bounded, so that a damaged table without an empty slot cannot hold the search for ever.
        for _ in 0..self.gotos.len() {
            let slot = &self.gotos[at];
            match slot.target.get() {
                NONE => return None,
                target if slot.check.get() == wanted => return Some(target),
                _ => at = (at + 1) & (self.gotos.len() - 1),
            }
        }
        None
    }

    /// Returns the number of the name that ends at `state`, if one does.
    #[inline]
    pub fn name(&self, state: u32) -> Option<u32> {
        self.states.get(state as usize).map(|record| record.name.get()).filter(|name| *name != NONE)
    }
}
