//! The automaton over words and the `aho-corasick` crate give the same hits.

use crate::support::{Folder, layers};
use dateline::normalize::{Normalizer, Text};
use dateline::recognize::find::{Engine, Finder, Hit};
use dateline::{Document, Layers};
use proptest::prelude::*;
use std::sync::LazyLock;

const TABLE: &str = "\
id,name,country,alternates,abbreviations,demonyms
g:1,New York,US,York New|New York City|NYC,NY|N.Y.,New Yorker|New Yorkers
g:2,New York C,US,,,
g:3,York,GB,York and York,,
g:4,Stratford-upon-Avon,GB,Stratford,,
g:5,Upon Avon,GB,Avon,,
g:6,Sana'a,YE,San'aa City,,
g:7,N'Djamena,TD,Djamena,,
g:8,St. John's,CA,Saint John|John,,
g:9,al-Bab,SY,Bab|Al Bab Al Bab,,
g:10,São Paulo,BR,Paulo São Paulo,,
g:11,東京,JP,東|京都,,
g:12,İzmir,TR,Izmir York,,
g:13,United States,US,,US|U.S.,American
";

/// Words of the names, in several cases, and what may stand between them.
const WORDS: &[&str] = &[
    "New",
    "York",
    "City",
    "C",
    "NYC",
    "NY",
    "N.Y.",
    "new",
    "york",
    "NEW",
    "YORK",
    "Yorker",
    "Yorkers",
    "Yorks",
    "and",
    "&",
    "Stratford",
    "upon",
    "Avon",
    "Upon",
    "STRATFORD",
    "Sana'a",
    "Sana’a",
    "SANA'A",
    "San'aa",
    "N'Djamena",
    "Djamena",
    "N",
    "St",
    "St.",
    "John",
    "John's",
    "Saint",
    "s",
    "al",
    "Al",
    "Bab",
    "bab",
    "São",
    "Sao",
    "Sa\u{303}o",
    "Paulo",
    "PAULO",
    "東京",
    "東",
    "京都",
    "İzmir",
    "Izmir",
    "ızmir",
    "United",
    "States",
    "US",
    "U.S.",
    "U.S",
    "us",
    "American",
    "Ame\u{ad}rican",
    "C4",
    "4",
    "😀",
    "\u{301}",
    "York\u{200b}New",
];
const GAPS: &[&str] = &[
    " ", " ", " ", " ", "-", "–", "'", "’", ". ", ".", ", ", ",", "\n", "\n\n", "  ", "", "; ", " (", ") ",
    "\u{a0}", "\u{200b}",
];

static LAYERS: LazyLock<Layers> = LazyLock::new(|| layers(TABLE));
static WALKED: LazyLock<Finder> = LazyLock::new(|| Finder::new(&LAYERS, Engine::Words).unwrap());
static SEARCHED: LazyLock<Finder> = LazyLock::new(|| Finder::new(&LAYERS, Engine::AhoCorasick).unwrap());

fn normalized(title: &str, text: &str) -> Text {
    let mut normalized = Text::default();
    Normalizer
        .normalize(&Document { title: title.into(), ..Document::from_text("1", text) }, &mut normalized);
    normalized
}

fn found(finder: &Finder, text: &Text) -> Vec<Hit> {
    let mut hits = Vec::new();
    finder.find(&LAYERS, text, &mut hits);
    hits
}

/// Returns the keys that are found, by first word and then longest first.
fn keys(finder: &Finder, text: &str) -> Vec<String> {
    let text = normalized("", text);
    found(finder, &text)
        .iter()
        .map(|hit| text.folded_words(hit.words().start, hit.words().end).to_owned())
        .collect()
}

fn text_of_names() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    let gap = prop::sample::select(GAPS);
    prop::collection::vec((word, gap), 0..25)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

#[test]
fn overlapping_names_are_all_found() {
    for (text, expected) in [
        ("In New York City", &["new york city", "new york", "york"][..]),
        // With `New York C` in the table, choosing the longest hit before testing its end would lose `New York`.
        ("New York Coty", &["new york", "york"]),
        ("New York C.", &["new york c", "new york", "york"]),
        ("Stratford-upon-Avon", &["stratford upon avon", "stratford", "upon avon", "avon"]),
        ("Stratford upon Avon", &["stratford upon avon", "stratford", "avon"]),
        ("STRATFORD UPON AVON", &["stratford upon avon", "stratford", "upon avon", "avon"]),
        ("Sana’a and SANAA, not Sanaan", &["sanaa", "sanaa"]),
        ("N'Djamena", &["ndjamena"]),
        ("in al-Bab", &["al bab", "bab"]),
        ("New, York", &["york"]),
        ("newyork yorkers", &[]),
        ("東京都", &["東 京", "東", "京 都"]),
    ] {
        assert_eq!(keys(&WALKED, text), expected, "words: {text}");
        assert_eq!(keys(&SEARCHED, text), expected, "aho-corasick: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_find_the_same_in_texts_of_names(title in text_of_names(), text in text_of_names()) {
        let normalized = normalized(&title, &text);
        prop_assert_eq!(found(&WALKED, &normalized), found(&SEARCHED, &normalized));
    }

    #[test]
    fn both_find_the_same_in_any_text(text in any::<String>()) {
        let normalized = normalized("", &text);
        prop_assert_eq!(found(&WALKED, &normalized), found(&SEARCHED, &normalized));
    }
}

/// A table whose longest name goes on with a letter that begins the text's next word.
const TRAP: &str = "id,kind,name\nm:1,company,New York C\nm:2,company,New York\n";

#[test]
fn the_longest_name_that_ends_at_a_word_is_tagged() {
    let folder = Folder::new();
    folder.write("trap.csv", TRAP).write("a.txt", "They left New York City at noon and New York C at one.");
    for engine in ["words", "aho-corasick"] {
        let arguments = [
            "tag",
            "a.txt",
            "--no-world",
            "--gazetteer",
            "trap.csv",
            "--engine",
            engine,
            "--fields",
            "mention,entity_id",
        ];
        assert_eq!(folder.done(&arguments), "mention,entity_id\nNew York,m:2\nNew York C,m:1\n", "{engine}");
    }
}

#[test]
fn the_option_does_not_change_the_output() {
    let folder = Folder::new();
    // A kind of one's own is always tagged, so that every hit shows.
    let things = TABLE.replacen("id,", "id,kind,", 1).replace("\ng:", "\nthing:");
    let things: String = things
        .lines()
        .map(|line| match line.split_once(',') {
            Some((id, rest)) if id.starts_with("thing:") => format!("{id},thing,{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    folder.write("names.csv", things).write(
        "a.jsonl",
        "{\"id\":\"1\",\"title\":\"New York City\",\"text\":\"NEW YORK (AP) - Stratford-upon-Avon and Sana'a wrote to \
         N'Djamena, St. John's and al-Bab. U.S. officials in São Paulo met New Yorkers.\"}\n",
    );
    let tag = |engine: &str| {
        folder.done(&[
            "tag",
            "a.jsonl",
            "--no-world",
            "--gazetteer",
            "names.csv",
            "--format",
            "jsonl",
            "--engine",
            engine,
        ])
    };
    let words = tag("words");
    assert_eq!(words.lines().count(), 10, "{words}");
    assert_eq!(words, tag("aho-corasick"));
}
