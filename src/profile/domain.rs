//! The country whose code a source's address ends in.

use crate::gazetteer::iso3166;

/// Country codes under which sites from anywhere stand.
const SOLD: [&str; 16] =
    ["AC", "AI", "CC", "CO", "EU", "FM", "GG", "IO", "LY", "ME", "NU", "SH", "TK", "TO", "TV", "WS"];

/// Returns the country of an address: `CA` for `lfpress.ca`.
pub(super) fn country(source: &str) -> Option<[u8; 2]> {
    let (name, code) = source.trim_end_matches('/').rsplit_once('.')?;
    let code = code.to_ascii_uppercase();
    let code = if code == "UK" { "GB" } else { &code };
    let code: [u8; 2] = code.as_bytes().try_into().ok()?;
    let known = !iso3166::alpha3(code).is_empty() && !name.is_empty() && !name.contains(' ');
    (known && !SOLD.iter().any(|sold| sold.as_bytes() == code)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::country;

    #[test]
    fn only_codes_of_countries_count() {
        for (source, expected) in [
            ("lfpress.ca", Some(*b"CA")),
            ("oxford.co.uk", Some(*b"GB")),
            ("news.example", None),
            ("start.tv", None),
            ("St. Louis Herald Inc. us", None),
            ("troy", None),
        ] {
            assert_eq!(country(source), expected, "{source}");
        }
    }
}
