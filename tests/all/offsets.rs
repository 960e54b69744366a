//! Offsets slice back to the mention in every unit, mentions stand in order, and no text makes the tagger panic.

use crate::support::world;
use dateline::record::Grain;
use dateline::write::output::{OutputOptions, Outputs, Target};
use dateline::write::{Format, Offsets, RowOptions, Sink};
use dateline::{Document, Layers};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

const PARTS: &[&str] = &[
    "Aleppo",
    "Paris",
    "Tokyo",
    "John Smith",
    "U.S.",
    "São Paulo",
    "Sana'a",
    "İzmir",
    "Bashar al-Assad",
    "Assad",
    "Paris, Texas",
    "ALEPPO, Oct 14 (Reuters) - ",
    "Mr. Smith",
    "Syrian",
    "Calif.",
    "N.C.",
    "said",
    "in",
    "the",
    "near",
    "President",
    "Sa\u{303}o Paulo",
    "A\u{301}leppo",
    "😀",
    "👩\u{200d}👩\u{200d}👧",
    "🇸🇾",
    "İ",
    "ß",
    "ﬁ",
    "e\u{301}\u{323}",
    "\u{301}",
    "حلب",
    "دمشق",
    "תל אביב",
    "\u{202b}حلب\u{202c}",
    "東京",
    "北京市",
    "กรุงเทพ",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "Ale\u{ad}ppo",
    "Par\u{200b}is",
    "\u{200f}Paris\u{200e}",
    "𝐏𝐚𝐫𝐢𝐬",
    "Ｐａｒｉｓ",
    "\0",
    "\u{1b}[31m",
    "\"",
    "<b>",
    "&",
    "12",
];
const GAPS: &[&str] = &[
    " ", " ", " ", ", ", ". ", "", "\n", "\n\n", "\r\n", "\t", "-", "’s ", "'s ", "\u{a0}", "\u{3000}", " — ",
];

fn mixed() -> impl Strategy<Value = String> {
    let part = (prop::sample::select(PARTS), prop::sample::select(GAPS));
    prop::collection::vec(part, 0..30)
        .prop_map(|parts| parts.into_iter().flat_map(|(part, gap)| [part, gap]).collect())
}

fn layers() -> Arc<Layers> {
    static LAYERS: OnceLock<Arc<Layers>> = OnceLock::new();
    LAYERS.get_or_init(|| Layers::world().unwrap().into()).clone()
}

/// Returns the mention rows of a document as the program writes them.
fn rows(document: &Document, offsets: Offsets) -> Vec<Value> {
    let output = OutputOptions {
        grain: Grain::Mentions,
        format: Format::Jsonl,
        target: Target::Stdout,
        columns: Vec::new(),
    };
    let options = RowOptions { offsets, ..RowOptions::default() };
    let mut encoder = Outputs::open(layers(), options, &[output]).unwrap().encoder();
    encoder.encode(&world().worker().tag(document)).unwrap();
    let lines = encoder.take().streams.remove(0);
    crate::support::json_rows(std::str::from_utf8(&lines).unwrap())
}

/// Returns what stands between two offsets, counted without the program's help.
fn slice(text: &str, start: usize, end: usize, offsets: Offsets) -> String {
    match offsets {
        Offsets::Chars => text.chars().skip(start).take(end - start).collect(),
        Offsets::Utf16 => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).unwrap(),
        Offsets::Bytes => text[start..end].to_owned(),
    }
}

/// Checks the rows of a document in every unit; returns how many there are.
fn check(title: &str, text: &str) -> usize {
    let document = Document { title: title.into(), ..Document::from_text("1", text) };
    let mut numbers = Vec::new();
    for offsets in [Offsets::Chars, Offsets::Utf16, Offsets::Bytes] {
        let rows = rows(&document, offsets);
        let mut last = (0, 0);
        for row in &rows {
            let in_title = row["field"] == "title";
            let (start, end) = (row["start_char"].as_u64().unwrap(), row["end_char"].as_u64().unwrap());
            let found = slice(if in_title { title } else { text }, start as usize, end as usize, offsets);
            assert_eq!(row["mention"].as_str(), Some(found.as_str()), "{offsets:?} {row}");
            assert!(start < end, "an empty mention: {row}");
            let field = u64::from(!in_title);
            assert!(
                (field, start) >= last,
                "a mention overlaps the one before or stands out of order: {row}"
            );
            last = (field, end);
        }
        numbers.push(rows.len());
    }
    assert!(
        numbers[0] == numbers[1] && numbers[1] == numbers[2],
        "units differ in the number of rows: {numbers:?}"
    );
    numbers[0]
}

#[test]
fn known_offsets() {
    let text = "😀 İ e\u{301} Aleppo, Syria";
    let starts = |offsets| -> Vec<u64> {
        rows(&Document::from_text("1", text), offsets)
            .iter()
            .map(|row| row["start_char"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(starts(Offsets::Chars), [7, 15]);
    assert_eq!(starts(Offsets::Utf16), [8, 16]);
    assert_eq!(starts(Offsets::Bytes), [12, 20]);
}

#[test]
fn names_among_odd_characters_are_found() {
    let text = "Aid reached São Paulo 😀 and İzmir, then Sana'a in Yemen. \u{200f}Paris\u{200e}, France, and Tokyo, Japan.";
    assert!(check("U.S. aid for Aleppo, Syria", text) >= 8);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mentions_are_what_their_offsets_say(title in mixed(), text in mixed()) {
        check(&title, &text);
    }

    #[test]
    fn any_text_is_tagged(title in any::<String>(), text in any::<String>()) {
        check(&title, &text);
    }
}
