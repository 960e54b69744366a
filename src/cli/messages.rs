//! Messages on standard error, and the exit code of a failure.

use dateline::{Error, ErrorKind};
use std::process::ExitCode;

/// Prints why the program failed and returns its exit code: 2, or 0 when the reader of the output has gone away.
pub(crate) fn failed(error: &Error) -> ExitCode {
    if error.kind() == ErrorKind::Closed {
        return ExitCode::SUCCESS;
    }
    say(&error.to_string());
    ExitCode::from(2)
}

/// Prints one message.
pub(crate) fn say(message: &str) {
    eprintln!("dateline: {}", printable(message));
}

/// Returns text without control characters, so that nothing in an input steers the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c })
        .collect()
}

/// Returns a number with commas between thousands.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(1234567), "1,234,567");
        assert_eq!(printable("a\u{1b}[31mb"), "a\u{fffd}[31mb");
    }
}
