//! Writes a made-up dump in the form of GeoNames' `allCountries.txt`, to try `dateline gazetteer build` at full size:
//!
//! ```sh
//! cargo run --release --example synthetic_dump -- 13000000 > /tmp/dump/allCountries.txt
//! dateline gazetteer build /tmp/dump/allCountries.txt -o /tmp/dump/all.dlg
//! ```
//!
//! As in the real dump (readme.txt there), four rows in ten have alternate names, 2.4 each, one in ten of them in another
//! script; names are of one to three words, and one in three is shared by many places. The numbers are pseudo-random and
//! always the same.

use std::fmt::Write as _;
use std::io::{BufWriter, Write, stdout};

const SYLLABLES: [&str; 40] = [
    "ka", "lo", "mir", "ba", "tel", "san", "ver", "du", "or", "en", "hal", "qui", "za", "pol", "ri", "ton",
    "esh", "ga", "no", "vi", "mar", "ul", "sk", "bre", "fa", "jo", "len", "wi", "ost", "ham", "pa", "ti",
    "cor", "ne", "sha", "lu", "gra", "ay", "ed", "mo",
];
const OTHER_SCRIPT: [&str; 16] =
    ["ка", "ло", "мир", "ба", "тел", "сан", "вер", "ду", "ор", "ен", "хал", "за", "пол", "ри", "тон", "га"];
const GENERICS: [&str; 8] = ["River", "Hill", "Creek", "Lake", "Mountain", "Farm", "School", "Point"];
const FEATURES: [(&str, &str); 16] = [
    ("P", "PPL"),
    ("P", "PPL"),
    ("P", "PPL"),
    ("P", "PPL"),
    ("H", "STM"),
    ("H", "STM"),
    ("H", "LK"),
    ("T", "HLL"),
    ("T", "MT"),
    ("S", "SCH"),
    ("S", "CH"),
    ("S", "FRM"),
    ("L", "LCTY"),
    ("A", "ADM2"),
    ("A", "ADM3"),
    ("V", "FRST"),
];
const COUNTRIES: [&str; 12] = ["AD", "BR", "CN", "DE", "IN", "IR", "NO", "RU", "SY", "TR", "US", "ZA"];

/// The generator of G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003), with his shifts 13, 7, 17.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }

    /// Appends a name; one in three is made of few syllables, so that many places share it.
    fn name(&mut self, syllables: &[&str], out: &mut String) {
        let shared = self.below(3) == 0;
        for word in 0..1 + self.below(2) {
            out.push_str(if word > 0 { " " } else { "" });
            let from = out.len();
            for _ in 0..if shared { 2 } else { 3 + self.below(2) } {
                out.push_str(syllables[self.below(syllables.len())]);
            }
            let first = out[from..].chars().next().map_or(0, char::len_utf8);
            let capital = out[from..from + first].to_uppercase();
            out.replace_range(from..from + first, &capital);
        }
        if self.below(4) == 0 {
            let _ = write!(out, " {}", GENERICS[self.below(GENERICS.len())]);
        }
    }
}

fn row(id: usize, random: &mut Random, out: &mut String) {
    let mut name = String::new();
    random.name(&SYLLABLES, &mut name);
    let _ = write!(out, "{id}\t{name}\t{name}\t");
    if random.below(10) < 4 {
        for alternate in 0..1 + random.below(4) {
            out.push_str(if alternate > 0 { "," } else { "" });
            if random.below(10) == 0 { random.name(&OTHER_SCRIPT, out) } else { random.name(&SYLLABLES, out) }
        }
    }
    let (class, code) = FEATURES[random.below(FEATURES.len())];
    let country = COUNTRIES[id * COUNTRIES.len() / 14_000_000 % COUNTRIES.len()];
    let (latitude, longitude) =
        (random.below(1_700_000) as f64 / 1e4 - 85.0, random.below(3_600_000) as f64 / 1e4 - 180.0);
    let (admin1, admin2) = (random.below(30), random.below(100));
    let population = if class == "P" && random.below(20) == 0 { random.below(200_000) } else { 0 };
    let _ = writeln!(
        out,
        "\t{latitude:.4}\t{longitude:.4}\t{class}\t{code}\t{country}\t\t{admin1:02}\t{admin1:02}{admin2:03}\t\t\t{population}\t\t120\tEtc/UTC\t2026-11-01"
    );
}

fn main() -> std::io::Result<()> {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(1_000);
    let (mut random, mut out) =
        (Random(0x2545_F491_4F6C_DD1D), BufWriter::with_capacity(1 << 20, stdout().lock()));
    let mut line = String::new();
    for id in 1..=rows {
        line.clear();
        row(id, &mut random, &mut line);
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}
