//! Dates as dumps and datelines write them → ISO 8601.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{Timestamp, fmt::strtime};

/// Forms without a zone, tried in order; what follows a date is cut off.
const DATE_TIMES: [&str; 4] = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
const DATES: [&str; 8] =
    ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%A, %B %d, %Y"];

/// Returns a date or date and time as ISO 8601: instants in UTC with `Z`, times without a zone as they are.
///
/// Understood are ISO 8601 in its usual variants, RFC 2822 (`Tue, 13 Oct 2015 09:30:00 GMT`), dates with the month's
/// English name, `YYYYMMDD`, and Unix time in seconds or milliseconds. A date that could be read in two ways
/// (`03/04/2015`) is not guessed.
pub(crate) fn iso8601(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('-') {
        return None;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.to_string());
    }
    if let Ok(instant) = DateTimeParser::new().parse_timestamp(text) {
        return Some(instant.to_string());
    }
    if let Some(day) = day(text) {
        return Some(day.to_string());
    }
    unix(text).or_else(|| zoned(text)).or_else(|| local(text))
}

/// Returns a date without a time, in one of the forms that [`iso8601`] understands.
pub(crate) fn day(text: &str) -> Option<Date> {
    DATES.iter().find_map(|form| Date::strptime(form, text).ok())
}

fn local(text: &str) -> Option<String> {
    let whole = match text.split_once('.') {
        Some((seconds, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => seconds,
        Some(_) => return None,
        None => text,
    };
    DATE_TIMES.iter().find_map(|form| DateTime::strptime(form, whole).ok()).map(|time| time.to_string())
}

/// A time with an offset but a space for the `T`: `2009-03-20 12:24:52.002364-05`.
fn zoned(text: &str) -> Option<String> {
    let forms = ["%Y-%m-%d %H:%M:%S%.f%:z", "%Y-%m-%d %H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z"];
    let padded = format!("{text}00");
    let parse = |form: &&str, text: &str| strtime::parse(form, text).ok()?.to_timestamp().ok();
    forms
        .iter()
        .find_map(|form| parse(form, text).or_else(|| parse(form, &padded)))
        .map(|instant| instant.to_string())
}

/// Unix time: ten digits of seconds or thirteen of milliseconds.
fn unix(text: &str) -> Option<String> {
    let number: i64 = text.parse().ok()?;
    let instant = match text.len() {
        9 | 10 => Timestamp::from_second(number).ok()?,
        12 | 13 => Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(instant.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_dumps() {
        for (text, expected) in [
            ("2016-10-14", Some("2016-10-14")),
            ("2016-10-14T08:00:00Z", Some("2016-10-14T08:00:00Z")),
            ("2016-10-14T08:00:00+02:00", Some("2016-10-14T06:00:00Z")),
            ("2016-10-14 08:00:00", Some("2016-10-14T08:00:00")),
            ("2009-03-20 12:24:52.002364-05", Some("2009-03-20T17:24:52.002364Z")),
            ("Fri, 14 Oct 2016 08:00:00 GMT", Some("2016-10-14T08:00:00Z")),
            ("October 14, 2016", Some("2016-10-14")),
            ("14 Oct 2016", Some("2016-10-14")),
            ("20161014", Some("2016-10-14")),
            ("1476432000", Some("2016-10-14T08:00:00Z")),
            ("2016-10-14 08:00", Some("2016-10-14T08:00:00")),
            ("2016-10-14 08:00:00.zzz", None),
            ("-999999999", None),
            ("03/04/2015", None),
            ("yesterday", None),
        ] {
            assert_eq!(iso8601(text).as_deref(), expected, "{text}");
        }
    }
}
