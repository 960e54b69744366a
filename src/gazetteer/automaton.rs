//! The Aho-Corasick automaton over words: states are prefixes of names, the goto function is a hash table on
//! (state, word). Names begin and end at words, so failure means the next word start and no failure links are stored.

use super::layout::{GotoSlot, NONE, StateRecord, check, first_slot, transition};
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::words::hash_word;
use std::collections::HashMap;

/// The state before the first word.
pub const ROOT: u32 = 0;

/// Collects names, then lays the automaton out for use in place.
pub struct Builder {
    states: Vec<StateRecord>,
    gotos: Vec<(u64, u32)>,
    known: HashMap<u64, (u32, u64, u32)>,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder { states: vec![StateRecord { name: NONE.into() }], gotos: Vec::new(), known: HashMap::new() }
    }
}

impl Builder {
    /// Adds the name numbered `name`, whose folded words `key` holds.
    ///
    /// # Errors
    /// Two transitions have the same 64-bit hash (not seen; chance below 1e-7 for a million names).
    pub fn insert(&mut self, key: &str, name: u32) -> Result<()> {
        let mut state = ROOT;
        for word in key.split(' ') {
            state = self.follow(state, hash_word(word), key)?;
        }
        self.states[state as usize].name = name.into();
        Ok(())
    }

    fn follow(&mut self, state: u32, word: u64, key: &str) -> Result<u32> {
        let hash = transition(state, word);
        let next = self.states.len() as u32;
        let (from, by, target) = *self.known.entry(hash).or_insert((state, word, next));
        if (from, by) != (state, word) {
            return Err(Error::new(ErrorKind::Gazetteer, format!("hash collision at name `{key}`"))
                .remedy("leave this name out"));
        }
        if target == next {
            self.states.push(StateRecord { name: NONE.into() });
            self.gotos.push((hash, target));
        }
        Ok(target)
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
