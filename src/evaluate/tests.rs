//! Whole evaluations of small documents.

use super::*;
use crate::document::Document;
use crate::gazetteer::Point;
use crate::recognize::MentionKind;

const TEXT: &str = "American troops left Paris, Texas. China and Sarah Paris did not.";

const ALEPPO: Point = Point { latitude: 36.2, longitude: 37.16 };
const DAMASCUS: Point = Point { latitude: 33.51, longitude: 36.29 };

fn span(surface: &str) -> Span {
    let start = TEXT.find(surface).unwrap();
    Span { start, end: start + surface.len() }
}

fn gold(mentions: &[(&str, &str, Option<Point>)]) -> GoldDocument {
    let mention = |(surface, kind, point): &(&str, &str, Option<Point>)| GoldMention {
        span: span(surface),
        kind: (*kind).into(),
        point: *point,
        geonames: None,
        nowhere: false,
        optional: false,
    };
    GoldDocument::new(Document::from_text("1", TEXT), mentions.iter().map(mention).collect())
}

fn found(surface: &str, kind: MentionKind, point: Option<Point>) -> SystemMention {
    SystemMention { span: span(surface), kind, point, entry: None, probability: 0.75, score: 0.5 }
}

fn evaluated(options: Options, gold: &GoldDocument, system: &[SystemMention]) -> Evaluation {
    let mut evaluation = Evaluation::new(options);
    evaluation.add(gold, system);
    evaluation
}

fn counts(evaluation: &Evaluation) -> (usize, usize, f64, f64) {
    let places = evaluation.figures().places;
    (places.gold, places.system, places.exact.f1, places.overlap.f1)
}

#[test]
fn demonyms_that_are_left_out_are_no_mentions() {
    let gold = gold(&[("Paris", "LOC", None)]);
    let system =
        [found("American", MentionKind::Demonym, None), found("Paris", MentionKind::Place, Some(ALEPPO))];
    let counted = evaluated(Options::default(), &gold, &system);
    assert_eq!(counts(&counted), (1, 2, 2.0 / 3.0, 2.0 / 3.0));
    let options = Options { demonyms: Convention::LeaveOut, ..Options::default() };
    let left_out = evaluated(options, &gold, &system);
    assert_eq!(counts(&left_out), (1, 1, 1.0, 1.0));
    assert_eq!(left_out.calibration().places.mentions, 1);
    assert!(left_out.mistakes().is_empty());
}

#[test]
fn ignored_types_are_neither_rewarded_nor_punished() {
    let gold = gold(&[("American", "NORP", None), ("Texas", "LOC", None)]);
    let system = [found("American", MentionKind::Demonym, None), found("Texas", MentionKind::Place, None)];
    assert_eq!(counts(&evaluated(Options::default(), &gold, &system)).1, 2);
    let options = Options { ignore: vec!["NORP".into()], ..Options::default() };
    let ignored = evaluated(options, &gold, &system);
    assert_eq!(counts(&ignored), (1, 1, 1.0, 1.0));
    assert_eq!(ignored.calibration().places.mentions, 1);
}

#[test]
fn very_large_areas_can_be_left_out() {
    let gold = gold(&[("China", "LOC", Some(DAMASCUS)), ("Texas", "LOC", Some(ALEPPO))]);
    let system = [found("China", MentionKind::Place, Some(ALEPPO)), found("Texas", MentionKind::Place, None)];
    let counted = evaluated(Options::default(), &gold, &system).figures().resolution.unwrap();
    assert_eq!((counted.pairs, counted.resolved, counted.within), (2, 1, 0.0));
    let options = Options { very_large: Convention::LeaveOut, ..Options::default() };
    let left_out = evaluated(options, &gold, &system);
    assert_eq!(counts(&left_out), (1, 1, 1.0, 1.0));
    let resolution = left_out.figures().resolution.unwrap();
    assert_eq!((resolution.pairs, resolution.resolved, resolution.mean_km), (1, 1, Some(20_039.0)));
}

#[test]
fn a_place_is_right_within_the_radius() {
    let gold = gold(&[("Paris", "LOC", Some(ALEPPO)), ("Texas", "LOC", None)]);
    let system = [
        found("Paris", MentionKind::Place, Some(DAMASCUS)),
        found("Texas", MentionKind::Place, Some(ALEPPO)),
    ];
    let near = evaluated(Options::default(), &gold, &system);
    let EndToEnd { gold: wanted, system: located, correct, .. } = near.figures().end_to_end.unwrap();
    assert_eq!((wanted, located, correct), (1, 1, 0));
    assert_eq!(near.mistakes()[0].kind, MistakeKind::WrongReferent);
    let far = evaluated(Options { km: 311.0, ..Options::default() }, &gold, &system);
    assert_eq!(far.figures().end_to_end.unwrap().scores.f1, 1.0);
    assert!(far.mistakes().is_empty());
}

#[test]
fn no_gold_person_means_no_figures_of_persons() {
    let system = [found("Sarah Paris", MentionKind::Person, None)];
    let silent = evaluated(Options::default(), &gold(&[]), &system);
    assert!(silent.figures().persons.is_none() && silent.mistakes().is_empty());
    let marked = evaluated(Options::default(), &gold(&[("Sarah Paris", "PER", None)]), &system);
    assert_eq!(marked.figures().persons.unwrap().exact.f1, 1.0);
}

#[test]
fn only_the_marked_part_counts() {
    let mut gold = gold(&[("China", "LOC", None), ("Texas", "LOC", None)]);
    gold.marked = Some(Span { start: 0, end: span("China").start });
    let system = [found("China", MentionKind::Place, None), found("Texas", MentionKind::Place, None)];
    assert_eq!(counts(&evaluated(Options::default(), &gold, &system)), (1, 1, 1.0, 1.0));
}

#[test]
fn mistakes_are_listed_by_kind_with_the_commonest_first() {
    let gold = gold(&[("Paris, Texas", "LOC", None), ("Sarah Paris", "PER", None)]);
    let system = [
        found("Texas", MentionKind::Place, None),
        found("American", MentionKind::Demonym, None),
        found("Sarah", MentionKind::Place, None),
    ];
    let evaluation = evaluated(Options::default(), &gold, &system);
    insta::assert_snapshot!(table::mistakes(&evaluation.mistakes(), 1), @"

    place false positives: 2
          1  American
          1  Sarah

      1:0  [American] troops left Paris, Texas. China and Sarah Paris d  | p 0.75, gold nothing
      ... and 1 more

    place spans: 1
          1  Texas

      1:28  American troops left Paris, [Texas]. China and Sarah Paris did not.  | p 0.75, gold `Paris, Texas`

    person misses: 1
          1  Sarah Paris

      1:45  American troops left Paris, Texas. China and [Sarah Paris] did not.  | tagged place `Sarah` p 0.75
    ");
}

#[test]
fn figures_and_calibration_are_tables() {
    let gold = gold(&[("Paris", "LOC", Some(ALEPPO)), ("Texas", "LOC", Some(ALEPPO))]);
    let system = [found("Paris", MentionKind::Place, Some(ALEPPO)), found("China", MentionKind::Place, None)];
    let evaluation = evaluated(Options::default(), &gold, &system);
    let table = evaluation.table("gold.jsonl") + &table::calibration(&evaluation.calibration());
    insta::assert_snapshot!(table, @"
    gold.jsonl, documents: 1
                             gold system precision recall     F1
      places, exact             2      2      50.0   50.0   50.0
      places, overlap           2      2      50.0   50.0   50.0
      end to end, 161 km        2      1     100.0   50.0   66.7
      resolution: places with a point 1, resolved 1; within 161 km 100.0 (of all 100.0)
      mean 0.0 km, median 0.0 km, AUC 0.000
      calibration of places: expected error 25.0, 2 mentions
        bin            n probability  right
        0.7-0.8        2       0.750  0.500
      calibration of the score of places: expected error 50.0, 1 mentions
        bin            n probability  right
        0.5-0.6        1       0.500  1.000
    ");
}
