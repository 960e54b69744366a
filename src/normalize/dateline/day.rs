//! The day of a dateline, which mostly goes without its year: `Oct 13`, `Jan. 5`, `13 October 2014`, `March 3, 2011`.

use super::super::Text;
use super::super::words::{Gap, Shape};
use crate::date;
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// How many days after its publication a story may say that it was filed: time zones, and papers that are dated ahead.
const DAYS_AHEAD: i64 = 7;
/// How many years back a day is looked for: 29 February 1896 was the last before 1904.
const YEARS_BACK: i16 = 8;
/// A year that has every day.
const LEAP_YEAR: &str = "2000";

/// A day as a dateline says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// Without its year, in any year.
    date: Date,
    has_year: bool,
}

impl Day {
    /// Returns the date as ISO 8601. Without a year it is the latest that is not more than a week after the publication.
    pub(super) fn iso8601(self, published: &str) -> Option<String> {
        if self.has_year {
            return Some(self.date.to_string());
        }
        let latest = date::day(published.get(..LENGTH)?)?.saturating_add(DAYS_AHEAD.days());
        let years = (latest.year() - YEARS_BACK..=latest.year()).rev();
        let mut dates = years.filter_map(|year| Date::new(year, self.date.month(), self.date.day()).ok());
        dates.find(|date| *date <= latest).map(|date| date.to_string())
    }
}

/// The length of the date that an ISO 8601 time begins with.
const LENGTH: usize = "2014-10-13".len();

/// Finds the first day among words; returns its words too.
pub(super) fn find(text: &Text, words: Range<usize>) -> Option<(Range<usize>, Day)> {
    let end = words.end;
    words.into_iter().find_map(|first| at_word(text, first, end))
}

/// Reads a day whose first word is `first`: the month and a number, or these the other way round, then perhaps the year.
fn at_word(text: &Text, first: usize, end: usize) -> Option<(Range<usize>, Day)> {
    let joined = |at: usize, comma: bool| at < end && joins(text.words[at].gap, comma);
    if !joined(first + 1, false) {
        return None;
    }
    let is_number = |at: usize| text.words[at].shape == Shape::Digit;
    let (number, month) = match (is_number(first), is_number(first + 1)) {
        (true, false) => (first, first + 1),
        (false, true) => (first + 1, first),
        _ => return None,
    };
    let year =
        Some(first + 2).filter(|at| joined(*at, true)).map(|at| text.folded_word(at)).filter(|y| is_year(y));
    let (number, month) = (cardinal(text.folded_word(number)), abbreviated(text.folded_word(month)));
    let date = date::day(&format!("{number} {month} {}", year.unwrap_or(LEAP_YEAR)))?;
    let length = if year.is_some() { 3 } else { 2 };
    Some((first..first + length, Day { date, has_year: year.is_some() }))
}

/// Tells whether one date may reach across the gap; a comma stands before the year only.
fn joins(gap: Gap, comma: bool) -> bool {
    matches!(gap, Gap::Space | Gap::Stop | Gap::Hyphen) || (comma && gap == Gap::Comma)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Returns `3` for `3rd`.
fn cardinal(number: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| number.strip_suffix(ending)).unwrap_or(number)
}

/// Returns `sep` for `sept`: the one abbreviation of the press that has not three letters.
fn abbreviated(month: &str) -> &str {
    if month == "sept" { "sep" } else { month }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_that_of_the_publication_or_one_beside_it() {
        for (day, published, expected) in [
            ("2000-10-13", "2014-10-14", Some("2014-10-13")),
            ("2000-10-13", "2014-10-13T23:59:00Z", Some("2014-10-13")),
            ("2000-10-21", "2014-10-14", Some("2014-10-21")),
            ("2000-10-22", "2014-10-14", Some("2013-10-22")),
            ("2000-12-31", "2015-01-01", Some("2014-12-31")),
            ("2000-01-01", "2014-12-31T22:00:00Z", Some("2015-01-01")),
            ("2000-02-29", "2015-03-01", Some("2012-02-29")),
            ("2000-02-29", "1904-01-01", Some("1896-02-29")),
            ("2000-12-31", "9999-12-31", Some("9999-12-31")),
            ("2000-10-13", "", None),
            ("2000-10-13", "2014", None),
            ("2000-10-13", "am 14. März 2014", None),
        ] {
            let day = Day { date: day.parse().unwrap(), has_year: false };
            assert_eq!(day.iso8601(published).as_deref(), expected, "{day:?} {published}");
        }
    }

    #[test]
    fn a_year_that_is_written_stays() {
        let day = Day { date: "2011-03-03".parse().unwrap(), has_year: true };
        assert_eq!(day.iso8601("2014-10-14").as_deref(), Some("2011-03-03"));
        assert_eq!(day.iso8601("").as_deref(), Some("2011-03-03"));
    }
}
