//! `tests/focus.csv`: what each of the sample articles is about, judged by reading them: the country, others that are as
//! right, and the place.

use crate::support::{csv_rows, json_rows, repository, world};
use dateline::Document;
use dateline::gazetteer::iso3166;

/// The share of articles whose country was right when this was set; it only goes up.
const COUNTRY: f64 = 0.95;
/// The same for the place.
const PLACE: f64 = 0.8;

#[test]
fn articles_are_about_what_a_reader_says() {
    let articles = json_rows(&std::fs::read_to_string(repository("data/articles.jsonl")).unwrap());
    let judged = csv_rows(&std::fs::read_to_string(repository("tests/focus.csv")).unwrap());
    let mut worker = world().worker();
    let (mut countries, mut places, mut placed) = (0, 0, 0);
    for (article, judged) in articles.iter().zip(&judged) {
        let cell = |name: &str| article[name].as_str().unwrap().to_owned();
        assert_eq!(cell("id"), judged["doc_id"]);
        let document = Document { title: cell("title"), ..Document::from_text(cell("id"), cell("text")) };
        let tagged = worker.tag(&document);
        let country = tagged.focus.country.map_or("", iso3166::alpha3);
        let right = country == judged["country"] || judged["also"].split('|').any(|also| also == country);
        countries += usize::from(right);
        let place =
            tagged.focus.place.and_then(|id| tagged.layers.entry(id)).map_or("", |place| place.name());
        let same = judged["place"].split(['/', '|']).any(|name| name.trim() == place);
        placed += usize::from(!judged["place"].is_empty());
        places += usize::from(same && !judged["place"].is_empty());
        if !right || !same {
            let (country, judged_country) = (country, &judged["country"]);
            println!(
                "{}: {country} {place}, a reader says {judged_country} {}",
                document.id, judged["place"]
            );
        }
    }
    println!("{countries} of {} countries, {places} of {placed} places", judged.len());
    assert!(countries as f64 >= COUNTRY * judged.len() as f64, "{countries} countries");
    assert!(places as f64 >= PLACE * placed as f64, "{places} places");
}
