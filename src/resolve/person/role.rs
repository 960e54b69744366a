//! Roles: the field of work and the job that words name, the same for an article (`striker`) and for an entry
//! (`French footballer`).

use crate::normalize::Text;
use crate::normalize::words::{hash_word, split};
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../gazetteers/roles.csv");

/// The fields of work that the table may name.
#[rustfmt::skip]
const FIELDS: [&str; 12] = [
    "politics", "sport", "arts", "religion", "military", "business", "law", "royalty", "crime", "science", "media",
    "ordinary",
];

/// The field of what people in the local news are: plumbers, nurses, students, neighbours.
const ORDINARY: Fields = Fields(1 << (FIELDS.len() - 1));

/// The job of whoever has a part in something local, which makes a president one of a garden club.
const LOCAL: &str = "local";

/// Jobs that are held in one place of many: a mayor is a mayor of somewhere.
const OFFICES: [&str; 4] = ["mayor", "governor", "bishop", "councillor"];

/// The most jobs that a set holds.
const MOST_JOBS: u32 = u128::BITS;

/// A set of fields of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(u16);

/// A set of jobs: a striker and a goalkeeper have the same, a senator and a mayor have not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Jobs(u128);

/// What words say that somebody is, or, where they name no job, what they are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// The fields of work.
    pub(super) fields: Fields,
    /// The jobs.
    pub(super) jobs: Jobs,
}

/// The words of the table.
pub(super) struct Roles {
    phrases: HashMap<u64, Role>,
    local: Jobs,
    offices: Jobs,
}

/// Returns the roles of the table that is part of the program.
pub(super) fn roles() -> &'static Roles {
    static ROLES: LazyLock<Roles> = LazyLock::new(Roles::new);
    &ROLES
}

impl Fields {
    /// Tells whether two sets have a field in common.
    pub(super) fn meets(self, other: Fields) -> bool {
        self.0 & other.0 != 0
    }

    /// Tells whether no field is in the set.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Tells whether an ordinary job is in the set.
    pub(super) fn is_ordinary(self) -> bool {
        self.meets(ORDINARY)
    }

    pub(super) fn add(&mut self, other: Fields) {
        self.0 |= other.0;
    }
}

impl Jobs {
    /// Returns the jobs of both sets.
    pub(super) fn both(self, other: Jobs) -> Jobs {
        Jobs(self.0 & other.0)
    }

    /// Tells whether no job is in the set.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl Role {
    pub(super) fn add(&mut self, other: Role) {
        self.fields.add(other.fields);
        self.jobs.0 |= other.jobs.0;
    }
}

impl Roles {
    fn new() -> Roles {
        let mut jobs: Vec<&str> = Vec::new();
        let rows = TABLE.lines().skip(1).filter_map(|line| parse(line, &mut jobs));
        let phrases = rows.collect();
        let set = |names: &[&str]| {
            Jobs(names.iter().filter_map(|name| bit(&jobs, name)).fold(0, |set, bit| set | bit))
        };
        Roles { phrases, local: set(&[LOCAL]), offices: set(&OFFICES) }
    }

    /// Returns what the words at `at` of a text say, and how many they are; phrases of two words go first.
    pub(super) fn at(&self, text: &Text, at: usize, end: usize) -> Option<(Role, usize)> {
        let phrase = |length: usize| {
            let hash =
                if length == 1 { text.words[at].hash } else { hash_word(text.folded_words(at, at + length)) };
            self.phrases.get(&hash).map(|role| (*role, length))
        };
        (at + 2 <= end).then(|| phrase(2)).flatten().or_else(|| phrase(1))
    }

    /// Tells whether the role is a part in something local.
    pub(super) fn is_local(&self, role: Role) -> bool {
        !role.jobs.both(self.local).is_empty()
    }

    /// Returns the role of whoever has a part in something local.
    pub(super) fn local(&self) -> Role {
        Role { fields: ORDINARY, jobs: self.local }
    }

    /// Tells whether all of these jobs are held in one place of many.
    pub(super) fn are_offices(&self, jobs: Jobs) -> bool {
        jobs.0 & !self.offices.0 == 0
    }

    /// Reads what an entry's role says; `text` is filled with its words, and those of which the table knows nothing
    /// (`Chicago`, `Brexit`) are passed to `name`.
    pub(super) fn read(&self, role: &str, text: &mut Text, mut name: impl FnMut(u64)) -> Role {
        text.words.clear();
        text.folded.clear();
        split(role, 0, &mut text.folded, &mut text.words);
        let (mut at, mut said) = (0, Role::default());
        while at < text.words.len() {
            let found = self.at(text, at, text.words.len());
            match found {
                Some((role, _)) => said.add(role),
                None if text.words[at].shape.is_capital() => name(text.words[at].hash),
                None => {}
            }
            at += found.map_or(1, |(_, length)| length);
        }
        said
    }
}

/// Returns the hash of a row's phrase and its role; `jobs` are those seen so far.
fn parse<'t>(line: &'t str, jobs: &mut Vec<&'t str>) -> Option<(u64, Role)> {
    let mut cells = line.split(',');
    let (phrase, fields, job) = (cells.next()?, cells.next()?, cells.next()?);
    let field = |name: &str| FIELDS.iter().position(|field| *field == name).map(|at| 1 << at);
    let fields = fields.split('|').filter(|name| !name.is_empty());
    let fields = fields.map(field).try_fold(0, |set, bit| bit.map(|bit: u16| set | bit))?;
    if !job.is_empty() && !jobs.contains(&job) {
        jobs.push(job);
    }
    let job = if job.is_empty() { 0 } else { bit(jobs, job)? };
    Some((hash_word(phrase), Role { fields: Fields(fields), jobs: Jobs(job) }))
}

fn bit(jobs: &[&str], job: &str) -> Option<u128> {
    let at = jobs.iter().position(|known| *known == job)? as u32;
    (at < MOST_JOBS).then(|| 1 << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::words::key;

    fn role(text: &str) -> Role {
        roles().read(text, &mut Text::default(), |_| {})
    }

    #[test]
    fn the_table_is_sorted_and_known() {
        let mut jobs = Vec::new();
        for line in TABLE.lines().skip(1) {
            assert!(parse(line, &mut jobs).is_some(), "{line}");
            let phrase = line.split(',').next().unwrap();
            assert_eq!(key(phrase), phrase);
            assert!(phrase.split(' ').count() <= 2, "{line}");
        }
        let phrases = TABLE.lines().skip(1).map(|line| line.split(',').next());
        assert!(phrases.is_sorted_by(|a, b| a < b));
        for office in OFFICES.iter().chain(&[LOCAL]) {
            assert!(jobs.contains(office), "{office}");
        }
    }

    #[test]
    fn a_striker_is_a_footballer_and_no_general() {
        assert_eq!(role("striker").jobs, role("footballer").jobs);
        assert_eq!(role("Prime Minister").jobs, role("premier").jobs);
        assert!(!role("Attorney General").fields.meets(role("general").fields));
    }

    #[test]
    fn names_in_a_role_are_told() {
        let mut names = Vec::new();
        roles().read("Mayor of Chicago", &mut Text::default(), |name| names.push(name));
        assert_eq!(names, [hash_word("chicago")]);
    }
}
