//! A check of a reviewed table as text: that its rows are sorted, none stands twice, and no name is listed twice.

use super::deep::Finding;
use super::table::{Row, csv_error, delimiter, position, read_table, reader};
use crate::error::{Error, Result};
use crate::normalize::words::key;
use std::collections::HashSet;
use std::path::Path;

/// Checks the table at `path`; its rows are to be sorted by their cells, the first column first.
///
/// # Errors
/// The table cannot be read, with file, line and byte.
pub fn check(path: &Path) -> Result<Vec<Finding>> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| Error::read(&shown, cause))?;
    let delimiter = delimiter(path).unwrap_or(b',');
    let mut findings = order(&shown, &bytes, delimiter)?;
    let has_ids = bytes
        .split(|b| *b == b'\n')
        .next()
        .is_some_and(|header| header.split(|b| *b == delimiter).any(|column| column.trim_ascii() == b"id"));
    if has_ids {
        read_table(&shown, &bytes[..], delimiter, |row, at| {
            findings.extend(repeated_names(&row, &at.to_string()));
            Ok(())
        })?;
    }
    Ok(findings)
}

fn order(shown: &str, bytes: &[u8], delimiter: u8) -> Result<Vec<Finding>> {
    let mut reader = reader(delimiter).from_reader(bytes);
    let mut findings = Vec::new();
    let (mut last, mut record) = (csv::StringRecord::new(), csv::StringRecord::new());
    while reader.read_record(&mut record).map_err(|cause| csv_error(shown, cause))? {
        let about = position(shown, record.position()).to_string();
        match record.iter().cmp(last.iter()) {
            std::cmp::Ordering::Less => {
                let text = format!("`{}` stands after `{}`", &record[0], &last[0]);
                findings.push(Finding { check: "sorted", about, text });
            }
            std::cmp::Ordering::Equal => {
                findings.push(Finding { check: "duplicate", about, text: "the row stands twice".to_owned() });
            }
            std::cmp::Ordering::Greater => {}
        }
        std::mem::swap(&mut last, &mut record);
    }
    Ok(findings)
}

/// Finds names of a row that differ in nothing that matters: case, diacritics, apostrophes, hyphens. Abbreviations are left
/// out, since `US` and `U.S.` are read differently.
fn repeated_names(row: &Row, about: &str) -> Vec<Finding> {
    let mut seen = HashSet::new();
    let name = Some(&row.name).filter(|name| !name.is_empty());
    let [alternates, _, demonyms, surnames] = &row.names;
    let all = name.into_iter().chain(alternates).chain(demonyms).chain(surnames);
    let again = all.filter(|name| !seen.insert(key(name)));
    let finding = |name: &String| Finding {
        check: "duplicate",
        about: about.to_owned(),
        text: format!("`{name}` is listed twice but for its spelling"),
    };
    again.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_order_is_found() {
        let table = b"id,name\nx:2,B\nx:1,A\nx:1,A\n";
        let found: Vec<_> = order("t.csv", table, b',').unwrap().into_iter().map(|f| f.check).collect();
        assert_eq!(found, ["sorted", "duplicate"]);
        let row = Row {
            name: "Al-Bab".to_owned(),
            names: [vec!["al Bab".to_owned()], vec![], vec![], vec![]],
            ..Row::default()
        };
        assert_eq!(repeated_names(&row, "t.csv:2").len(), 1);
    }
}
