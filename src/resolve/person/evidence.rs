//! What speaks for and against an entry, in log-odds against the person being somebody else of that name.
//!
//! The weights are estimates of how often each is seen with the known person and with others, rounded to halves. They
//! were adjusted on the even rows of `tests/people.csv` and on names that newswire articles leave unlinked, not on the
//! odd rows.

use super::beside::Said;
use super::role::{Role, roles};
use crate::gazetteer::Entry;

/// A piece of evidence: its name for `dateline explain` and its log-odds.
pub(super) type Part = (&'static str, f32);

/// A name that hardly anyone bears means the entry in 19 of 20 articles.
const NAME: f32 = 3.0;
/// Each doubling of the bearers. Not 0.69: the news names few of them, and names the known one more often.
const BEARERS: f32 = -0.45;
/// A name of one word that is not a surname may mean much else.
const SINGLE: f32 = 1.0;
/// A surname that the table is certain of may be that of somebody whom the article calls by it alone.
const SURNAME: f32 = 1.5;
/// World figures (entries with a Wikidata id) are named more often than all others of their name.
const WORLD_FIGURE: f32 = 2.5;
/// Entries that no hand wrote: most of them are hardly ever in the news, and some stand in the table by hand as well.
const MADE: f32 = -1.0;
/// Who writes a table of persons has them in the texts.
const USERS: f32 = 4.0;
/// The same job, or an office of the right place, is a coincidence of one in fifty; another job of the field of one in three.
const JOB: f32 = 4.0;
const FIELD: f32 = 1.0;
/// An office of a place that the document does not name: there are many mayors.
const OFFICE_ELSEWHERE: f32 = 0.0;
/// Nobody in the table is a plumber; a politician is rarely called a writer.
const OTHER_FIELD: f32 = -5.0;
const ORDINARY: f32 = -6.0;
/// What the sentence is about.
const TOPIC: f32 = 1.0;
/// A name of the entry's role stands in the document: `Chicago`, `Brexit`.
const ROLE_NAME: f32 = 1.5;
/// Its country stands in the title or apposition, or another does; a town of another may be where the person is, not from.
const COUNTRY_BESIDE: f32 = 2.5;
const OTHER_DEMONYM: f32 = -3.0;
const OTHER_PLACE: f32 = -1.0;
/// The document names its country; US places are in so many articles that they say little.
const COUNTRY: f32 = 1.5;
const COUNTRY_US: f32 = 0.5;
const OTHER_COUNTRIES: f32 = -1.0;
/// The local news give age and town of persons nobody knows.
const AGED: f32 = -2.0;
const AT_HOME: f32 = -2.0;
/// The article is of its years; some years too early; a decade or more.
const IN_YEARS: f32 = 0.5;
const JUST_BEFORE: f32 = -0.5;
const BEFORE: f32 = -2.0;
const LONG_BEFORE: f32 = -8.0;
/// The former are named less and less, but for decades.
const AFTER: f32 = -1.0;
const LONG_AFTER: f32 = -1.5;

/// Years that an entry may be early by, for the table's own uncertainty, and from which it is too early by a generation.
const EARLY: i16 = 1;
const TOO_EARLY: i16 = 10;
/// Years after their time for which people stay in the news, and for which they are remembered.
const AFTERLIFE: i16 = 10;
const MEMORY: i16 = 40;

/// How the name names the entry.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Named {
    /// In full, with how many people bear the name, as a power of two.
    Fully(f32),
    /// By one word that is not a surname.
    Singly,
    /// By a surname.
    Surname,
}

/// What an entry's role says, and how the document answers.
pub(super) struct Known {
    pub(super) role: Role,
    /// Whether the document holds a name of the role; none where the role has no name.
    pub(super) named: Option<bool>,
}

/// What the countries of the document say of an entry.
#[derive(Clone, Copy, Default)]
pub(super) struct Countries {
    /// Whether the document names that of the entry.
    pub(super) named: bool,
    /// Whether it names others.
    pub(super) others: bool,
    /// Whether that of the entry stands beside the person.
    pub(super) beside: bool,
    /// Whether a demonym of another does.
    pub(super) other_demonym: bool,
    /// Whether a place of another does.
    pub(super) other_place: bool,
}

/// Returns what is known before the text is read.
pub(super) fn prior(entry: &Entry, named: Named, is_users: bool) -> [Part; 3] {
    let name = match named {
        Named::Fully(_) => NAME,
        Named::Singly => SINGLE,
        Named::Surname => SURNAME,
    };
    let bearers = if let Named::Fully(bearers) = named { BEARERS * bearers } else { 0.0 };
    let fame = match () {
        () if is_users => USERS,
        () if entry.wikidata().is_some() => WORLD_FIGURE,
        () if !entry.is_reviewed() => MADE,
        () => 0.0,
    };
    [("name", name), ("bearers", bearers), ("fame", fame)]
}

/// Returns what the roles say.
pub(super) fn role(known: &Known, said: &Said) -> [Part; 3] {
    let jobs = known.role.jobs.both(said.role.jobs);
    let fields = (known.role.fields, said.role.fields);
    let role = match () {
        () if fields.0.is_empty() || fields.1.is_empty() => 0.0,
        () if !jobs.is_empty() && roles().are_offices(jobs) && known.named == Some(false) => OFFICE_ELSEWHERE,
        () if !jobs.is_empty() => JOB,
        () if fields.0.meets(fields.1) => FIELD,
        () if fields.1.is_ordinary() => ORDINARY,
        () => OTHER_FIELD,
    };
    let topic = if known.role.fields.meets(said.topics) { TOPIC } else { 0.0 };
    let name = if known.named == Some(true) { ROLE_NAME } else { 0.0 };
    [("role", role), ("topic", topic), ("role-name", name)]
}

/// Returns what the age and the town say.
pub(super) fn person(said: &Said) -> [Part; 2] {
    [("age", if said.aged { AGED } else { 0.0 }), ("home", if said.at_home { AT_HOME } else { 0.0 })]
}

/// Returns what the countries say of an entry of `country`.
pub(super) fn country(country: &str, seen: Countries) -> [Part; 2] {
    if country.is_empty() {
        return [("country-beside", 0.0), ("country", 0.0)];
    }
    let beside = match () {
        () if seen.beside => COUNTRY_BESIDE,
        () if seen.other_demonym => OTHER_DEMONYM,
        () if seen.other_place => OTHER_PLACE,
        () => 0.0,
    };
    let named = match () {
        () if seen.named && country == "US" => COUNTRY_US,
        () if seen.named => COUNTRY,
        () if seen.others => OTHER_COUNTRIES,
        () => 0.0,
    };
    [("country-beside", beside), ("country", named)]
}

/// Returns what the year of the document says of an entry's years.
pub(super) fn years((from, until): (Option<i16>, Option<i16>), year: Option<i16>) -> Part {
    let Some(year) = year else { return ("years", 0.0) };
    let early = from.map_or(0, |from| from.saturating_sub(year));
    let late = until.map_or(0, |until| year.saturating_sub(until));
    let part = match () {
        () if early > TOO_EARLY => LONG_BEFORE,
        () if early > EARLY => BEFORE,
        () if early > 0 => JUST_BEFORE,
        () if late > MEMORY => LONG_AFTER,
        () if late > AFTERLIFE => AFTER,
        () => IN_YEARS,
    };
    ("years", part)
}
