//! The dateline: where and when a story was filed, and by whom, before the dash that begins its text.
//!
//! Forms: `MOSCOW —`, `TROY, N.C. (AP) --`, `BEIRUT/DAMASCUS, Oct 13 (Reuters) -`, `(CNN) —`, `Paris, Jan. 5 (AFP) –`,
//! `WASHINGTON, Sept. 9 /PRNewswire/ --`, `TROY, N.C. (Staff reports) —`. `parts` tells its words apart, `day` reads
//! its date.

mod day;
mod parts;

use super::Text;
use super::words::{Gap, Shape, Word};
use crate::document::Document;
use std::ops::Range;

/// A dateline and its parts, as ranges of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Its first word.
    pub first: usize,
    /// The first word after it.
    pub end: usize,
    /// The words that say where: `TROY, N.C.`, or `BEIRUT/DAMASCUS`, which names two places. Empty for `(CNN) —`.
    pub place: Range<usize>,
    /// The words that say who, in brackets or between slashes: `AP`, `PRNewswire`. Empty when there are none.
    pub agency: Range<usize>,
    /// When, as an ISO 8601 date; none when it says no day, or no year and the document has no date to take it from.
    pub date: Option<String>,
}

impl Dateline {
    /// Tells whether the word numbered `at` stands in the dateline.
    pub fn contains(&self, at: usize) -> bool {
        (self.first..self.end).contains(&at)
    }
}

/// How many bytes of the body are searched for lines that begin with a dateline (captions and credits come first).
const SEARCHED: u32 = 2000;
/// The longest headline, in bytes, that may stand on the dateline's line.
const HEADLINE: u32 = 250;
/// The longest dateline in words and in bytes, dash included.
const LONGEST: (usize, u32) = (14, 90);

/// Finds the first dateline of the body and reads it.
pub(super) fn find(document: &Document, text: &Text) -> Option<Dateline> {
    let begins = |word: &Word| match word.gap {
        Gap::Start | Gap::Line | Gap::Paragraph => true,
        // A headline that the dump has put before the text: `Plant to close. TROY, N.C. -- A`.
        Gap::Sentence => word.start <= HEADLINE && word.shape == Shape::Upper,
        _ => false,
    };
    let lines = text.words.iter().enumerate().filter(|(_, w)| w.field == 1 && begins(w));
    let mut lines = lines.take_while(|(_, w)| w.start <= SEARCHED);
    let words = lines.find_map(|(first, _)| at_line(&document.text, &text.words, first))?;
    Some(parts::read(document, text, words))
}

/// Returns the words of a dateline whose first word is `first`.
fn at_line(body: &str, words: &[Word], first: usize) -> Option<Range<usize>> {
    let start = words[first].start;
    let filed = words[first].shape == Shape::Upper || words[first].shape == Shape::Dotted;
    let mut agency = body[..start as usize].ends_with('(');
    let mut byline = false;
    for end in first + 1..words.len().min(first + LONGEST.0) {
        let (before, after) = (&words[end - 1], &words[end]);
        if (before.shape == Shape::Lower && !byline) || after.start - start > LONGEST.1 {
            return None;
        }
        let between = &body[before.end as usize..after.start as usize];
        // A line with a colon says of itself what it is: `LOCATION: BEIRUT - 33.9 N`.
        if between.contains(['\n', ':']) {
            return None;
        }
        if is_dash(between) {
            return (filed || agency || between.contains(')')).then_some(first..end);
        }
        agency |= between.contains('(');
        if let Some(at) = between.rfind(['(', ')']) {
            byline = filed && between[at..].starts_with('(') && is_byline(body, after);
        }
    }
    None
}

/// Tells whether small words may stand in the brackets that begin with `word`: in `(Staff reports)` and `(dpa)`, and not in
/// `(which it denies)`.
fn is_byline(body: &str, word: &Word) -> bool {
    word.shape.is_capital() || body[word.end as usize..].starts_with([')', '/'])
}

/// Tells whether the text between two words holds the dash that ends a dateline.
fn is_dash(between: &str) -> bool {
    between.contains(['—', '―']) || ["--", " - ", " – "].iter().any(|dash| between.contains(dash))
}

#[cfg(test)]
mod tests {
    use super::Dateline;
    use crate::document::Document;
    use crate::normalize::{Normalizer, Text};

    /// Returns the text of a document with its dateline.
    fn read(document: &Document) -> (Text, Option<Dateline>) {
        let mut text = Text::default();
        Normalizer.normalize(document, &mut text);
        let dateline = text.dateline.clone();
        (text, dateline)
    }

    fn dateline(body: &str) -> Option<String> {
        let document = Document::from_text("d", body);
        let (text, dateline) = read(&document);
        dateline.map(|d| text.written(&document, d.first..d.end).to_owned())
    }

    #[test]
    fn forms_of_news() {
        for (body, expected) in [
            ("MOSCOW — A victory", Some("MOSCOW")),
            ("TROY, N.C. (AP) -- Police said", Some("TROY, N.C. (AP")),
            ("BEIRUT/DAMASCUS, Oct 13 (Reuters) - Talks", Some("BEIRUT/DAMASCUS, Oct 13 (Reuters")),
            ("(CNN) — The storm", Some("CNN")),
            ("Paris, Jan. 5 (AFP) – The", Some("Paris, Jan. 5 (AFP")),
            ("A caption here.\n\nROME – The pope", Some("ROME")),
            ("Plant to close. TROY, N.C. -- A", Some("TROY, N.C.")),
            ("TROY, N.C. (Staff reports) — A", Some("TROY, N.C. (Staff reports")),
            ("By JANE DOE, Associated Press Writer\n\nTROY, N.C. (AP) -- A", Some("TROY, N.C. (AP")),
            ("He was born in 1990 - or so", None),
            ("Jordan - a country", None),
            ("LONDON (dpa) - A", Some("LONDON (dpa")),
            ("NATO (which denies it) - a pact", None),
            ("HYDERABAD, Sindh: Glass workers - they", None),
            ("LOCATION: BEIRUT — a port", None),
            ("By JANE DOE, Associated Press Writer\n\nPolice said", None),
        ] {
            assert_eq!(dateline(body).as_deref(), expected, "{body}");
        }
    }

    /// Returns where, who and when, of a document published in October 2014.
    fn parts(body: &str) -> [String; 3] {
        let published = "2014-10-14T08:30:00Z".to_owned();
        let document = Document { published, ..Document::from_text("d", body) };
        let (text, dateline) = read(&document);
        let dateline = dateline.unwrap_or_else(|| panic!("no dateline in {body}"));
        let written = |words| text.written(&document, words).to_owned();
        [written(dateline.place), written(dateline.agency), dateline.date.unwrap_or_default()]
    }

    #[test]
    fn parts_of_datelines() {
        for (body, expected) in [
            ("MOSCOW — A victory", ["MOSCOW", "", ""]),
            ("NEW DELHI — A", ["NEW DELHI", "", ""]),
            ("TROY, N.C. (AP) -- A", ["TROY, N.C.", "AP", ""]),
            ("WASHINGTON, D.C. — A", ["WASHINGTON, D.C.", "", ""]),
            ("KINGSTON, Ontario — A", ["KINGSTON, Ontario", "", ""]),
            ("SAN JOSÉ, Costa Rica — A", ["SAN JOSÉ, Costa Rica", "", ""]),
            ("ALEPPO, Syria — A", ["ALEPPO, Syria", "", ""]),
            ("LONDON (Reuters) - A", ["LONDON", "Reuters", ""]),
            ("BEIRUT/DAMASCUS, Oct 13 (Reuters) - A", ["BEIRUT/DAMASCUS", "Reuters", "2014-10-13"]),
            ("BEIRUT / DAMASCUS (dpa) - A", ["BEIRUT / DAMASCUS", "dpa", ""]),
            ("(CNN) — A", ["", "CNN", ""]),
            ("(CNN) ATLANTA — A", ["ATLANTA", "CNN", ""]),
            ("Paris, Jan. 5 (AFP) – A", ["Paris", "AFP", "2014-01-05"]),
            ("GENEVA, 3 March 2011 (IRIN) - A", ["GENEVA", "IRIN", "2011-03-03"]),
            ("GENEVA, 3rd March 2011 (IRIN) - A", ["GENEVA", "IRIN", "2011-03-03"]),
            ("ROME, March 3, 2011 (UPI) -- A", ["ROME", "UPI", "2011-03-03"]),
            ("ROME, 13 October 2014 – A", ["ROME", "", "2014-10-13"]),
            ("WASHINGTON, Sept. 9 /PRNewswire/ -- A", ["WASHINGTON", "PRNewswire", "2014-09-09"]),
            ("TORONTO, Sept. 9, 2013 /PRNewswire-CNW/ -- A", ["TORONTO", "PRNewswire-CNW", "2013-09-09"]),
            ("UNITED NATIONS, Jan 2 (Xinhua) -- A", ["UNITED NATIONS", "Xinhua", "2014-01-02"]),
            ("CHICAGO (Tribune News Service) — A", ["CHICAGO", "Tribune News Service", ""]),
            ("TROY, N.C. (Staff reports) — A", ["TROY, N.C.", "Staff reports", ""]),
            ("BAMAKO (Studio Tamani/AFP) — A", ["BAMAKO", "Studio Tamani/AFP", ""]),
            ("ZUGDIDI, Georgia (Civil.ge) — A", ["ZUGDIDI, Georgia", "Civil.ge", ""]),
            ("BERLIN (dpa/AFP) - A", ["BERLIN", "dpa/AFP", ""]),
            ("(1) — A", ["", "", ""]),
            ("SEOUL [Yonhap] — A", ["SEOUL", "Yonhap", ""]),
            ("BY JANE DOE Staff Writer March 15, 2009 NEWARK — A", ["NEWARK", "", "2009-03-15"]),
            ("BY JANE DOE Staff Writer NEWARK (AP) — A", ["BY JANE DOE Staff Writer NEWARK", "AP", ""]),
            ("By Jane Doe NEWARK  Nov 3 (AP) - A", ["By Jane Doe NEWARK", "AP", "2013-11-03"]),
            ("Jane Doe (12 May 1871 - 3 May 1940) was", ["", "", ""]),
            ("MOSCOW (Reuters) - (Adds details) A", ["MOSCOW", "Reuters", ""]),
            ("SUVA (Feb 25) — A", ["SUVA", "", "2014-02-25"]),
            ("SUVA (Feb 25) (AFP) — A", ["SUVA", "AFP", "2014-02-25"]),
            ("SUVA (AAP, Feb 25) — A", ["SUVA", "AAP", "2014-02-25"]),
            ("KABUL, Thursday, Oct. 9 (AP) — A", ["KABUL", "AP", "2014-10-09"]),
            ("FRIDAY HARBOR, Wash. — A", ["FRIDAY HARBOR, Wash", "", ""]),
            ("MAY PEN, Jamaica — A", ["MAY PEN, Jamaica", "", ""]),
            ("MARCH, England — A", ["MARCH, England", "", ""]),
            ("OCT. 13, BEIRUT — A", ["BEIRUT", "", "2014-10-13"]),
            ("ROME, Oct 32 (AP) - A", ["ROME, Oct 32", "AP", ""]),
            ("İZMİR, Ekim 13 (Ａ社) — A", ["İZMİR, Ekim 13", "Ａ社", ""]),
        ] {
            assert_eq!(parts(body), expected, "{body}");
        }
    }

    /// What datelines are made of, and what is wide, invisible or unbalanced.
    const PIECES: [&str; 24] = [
        "MOSCOW", "By", "Oct", "Sept.", "13", "2014", "3rd", "Friday", "İZMİR", "社", "é", "\u{301}",
        "\u{200b}", "(", ")", "[", "]", "/", ", ", ". ", " ", " - ", "—", "\n",
    ];

    proptest::proptest! {
        #[test]
        fn any_text_is_read(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..20)) {
            let document = Document::from_text("d", pieces.concat());
            let (text, dateline) = read(&document);
            for words in dateline.into_iter().flat_map(|d| [d.first..d.end, d.place, d.agency]) {
                assert!(words.start <= words.end && words.end <= text.words.len(), "{words:?}");
                text.written(&document, words);
            }
        }
    }
}
