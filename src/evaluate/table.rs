//! Tables: figures, calibration and mistakes as text for people.

use super::calibration::{Calibration, Reliability};
use super::given::Given;
use super::metrics::{EndToEnd, Figures, FocusFigures, Resolution, Scores};
use super::mistakes::{Mistake, MistakeKind, commonest};
use std::fmt::Write;

/// How many surfaces are listed for a kind of mistake.
const COMMONEST: usize = 20;

/// Returns the figures of an evaluation within a radius, under a heading.
pub fn figures(name: &str, figures: &Figures, km: f64) -> String {
    let mut rows = Vec::new();
    for (class, recognition) in [("places", Some(&figures.places)), ("persons", figures.persons.as_ref())] {
        if let Some(r) = recognition {
            rows.push((format!("{class}, exact"), r.gold, r.system, r.exact));
            rows.push((format!("{class}, overlap"), r.gold, r.system, r.overlap));
        }
    }
    if let Some(EndToEnd { gold, system, scores, .. }) = figures.end_to_end {
        rows.push((format!("end to end, {km} km"), gold, system, scores));
    }
    let mut shown = format!("{name}, documents: {}\n", figures.documents);
    let _ = writeln!(
        shown,
        "  {:<20} {:>6} {:>6} {:>9} {:>6} {:>6}",
        "", "gold", "system", "precision", "recall", "F1"
    );
    for (what, gold, system, Scores { precision, recall, f1 }) in rows {
        let [precision, recall, f1] = [precision, recall, f1].map(per_cent);
        let _ = writeln!(shown, "  {what:<20} {gold:>6} {system:>6} {precision:>9} {recall:>6} {f1:>6}");
    }
    shown.push_str(&figures.resolution.map(|r| resolution(&r, km)).unwrap_or_default());
    if let Some(FocusFigures { documents, right }) = figures.focus {
        let share = per_cent(right as f64 / documents as f64);
        let _ = writeln!(shown, "  focus country: {share} right (of {documents} documents with one)");
    }
    shown
}

fn resolution(r: &Resolution, km: f64) -> String {
    let distance =
        |km: Option<f64>| km.map_or("-".to_owned(), |km| format!("{km:.*}", usize::from(km < 10.0)));
    let mut shown = format!(
        "  resolution: places with a point {}, resolved {}; within {km} km {} (of all {})\n  mean {} km, median {} km, AUC {}",
        r.pairs,
        r.resolved,
        per_cent(r.within),
        per_cent(r.within_of_all),
        distance(r.mean_km),
        distance(r.median_km),
        r.auc.map_or("-".to_owned(), |auc| format!("{auc:.3}")),
    );
    if let Some(same) = r.same_id {
        let _ = write!(shown, "; same GeoNames id {} (of {})", per_cent(same), r.ids);
    }
    shown + "\n"
}

/// Returns how well marked places were resolved within a radius, on one line under a heading.
pub fn given(name: &str, given: &Given, km: f64) -> String {
    let Given { located, covered, resolved, correct } = given;
    format!(
        "{name}, marked places given\n  with a point {located}, with a right candidate {covered}, resolved {resolved}, right within {km} km {correct}: \
         {} of those with a right candidate, {} of all\n",
        per_cent(given.accuracy()),
        per_cent(given.accuracy_of_all()),
    )
}

fn per_cent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

/// Returns the tables of how sure the recogniser is and how often it is right.
pub fn calibration(calibration: &Calibration) -> String {
    let mut shown = reliability("places", &calibration.places);
    if let Some(persons) = &calibration.persons {
        shown.push_str(&reliability("persons", persons));
    }
    if let Some(located) = &calibration.located {
        shown.push_str(&reliability("the score of places", located));
    }
    shown
}

fn reliability(class: &str, reliability: &Reliability) -> String {
    let Reliability { mentions, expected_error, bins } = reliability;
    let mut shown = format!(
        "  calibration of {class}: expected error {}, {mentions} mentions\n",
        per_cent(*expected_error)
    );
    let _ = writeln!(shown, "    {:<9} {:>6} {:>11} {:>6}", "bin", "n", "probability", "right");
    for bin in bins {
        let _ = writeln!(
            shown,
            "    {:.1}-{:.1}   {:>6} {:>11.3} {:>6.3}",
            bin.from, bin.to, bin.mentions, bin.probability, bin.right
        );
    }
    shown
}

/// Returns the mistakes by kind: the commonest surfaces, then up to `most` of each kind on a line of their own.
pub fn mistakes(all: &[&Mistake], most: usize) -> String {
    MistakeKind::ALL.into_iter().map(|kind| of_kind(kind, all, most)).collect()
}

fn of_kind(kind: MistakeKind, all: &[&Mistake], most: usize) -> String {
    let mistakes: Vec<&Mistake> = all.iter().copied().filter(|mistake| mistake.kind == kind).collect();
    if mistakes.is_empty() {
        return String::new();
    }
    let mut shown = format!("\n{}: {}\n", kind.as_str(), mistakes.len());
    for (surface, count) in commonest(mistakes.iter().copied()).into_iter().take(COMMONEST) {
        let _ = writeln!(shown, "  {count:>5}  {surface}");
    }
    shown.push('\n');
    for mistake in mistakes.iter().take(most) {
        shown.push_str(&line(mistake));
    }
    if mistakes.len() > most {
        let _ = writeln!(shown, "  ... and {} more", mistakes.len() - most);
    }
    shown
}

fn line(mistake: &Mistake) -> String {
    let Mistake { document, start, before, surface, after, what, why, .. } = mistake;
    let why = if why.is_empty() { String::new() } else { format!("  | {why}") };
    format!("  {document}:{start}  {before}[{surface}]{after}  | {what}{why}\n")
}
