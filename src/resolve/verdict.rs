//! The verdict on a group of mentions: its referent, how sure that is, and what decided.

use super::KEPT;
use super::choice::{Choice, Values, square_km};
use super::feature::{Family, Feature};
use crate::entity::{Candidate, Entities, Entity, Rule};
use std::ops::Range;

/// What was decided for a group.
pub(super) struct Verdict {
    rule: Rule,
    /// How likely the referent is right; that nothing is meant when there is none.
    sure: f32,
    is_nothing: bool,
    candidates: Range<u32>,
}

/// Choices within so many km of one another are right together, as the measure of the field has it (100 miles): a city
/// and the province around it.
const TOGETHER_KM: f32 = 161.0;
/// How many of the likeliest choices are compared with the others.
const COMPARED: usize = 8;

/// Sorts choices, the one first that is likeliest right: by the sum of the shares of those that are right together, of
/// which the likeliest stands for all.
pub(super) fn rank(choices: &mut [Choice]) {
    choices.sort_by(|a, b| b.share.total_cmp(&a.share));
    for at in 0..choices.len() {
        choices[at].sure = if at < COMPARED { together(&choices[at], choices) } else { choices[at].share };
    }
    // Stable, so that of several that are right together the likeliest stays first.
    choices.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    let Some(best) = choices.first() else { return };
    let stands = |choice: &Choice| choice.share.max(0.0) * f32::from(u8::from(is_together(best, choice)));
    let most = (0..choices.len()).rev().max_by(|a, b| stands(&choices[*a]).total_cmp(&stands(&choices[*b])));
    choices[..=most.unwrap_or(0)].rotate_right(1);
}

/// Returns the sum of the shares of the choices that are right together with one.
fn together(one: &Choice, choices: &[Choice]) -> f32 {
    choices.iter().filter(|other| is_together(one, other)).map(|other| other.share).sum()
}

fn is_together(a: &Choice, b: &Choice) -> bool {
    match (a.place, b.place) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let near = a.direction.zip(b.direction);
            a.entry == b.entry || near.is_some_and(|(a, b)| square_km(a, b) < TOGETHER_KM * TOGETHER_KM)
        }
        _ => false,
    }
}

impl Verdict {
    /// Decides among ranked choices and keeps the best.
    pub(super) fn of(choices: &[Choice], weights: &Values, entities: &mut Entities) -> Verdict {
        let best = choices.first();
        let first = entities.candidates.len() as u32;
        for choice in choices.iter().filter(|choice| choice.place.is_some()).take(KEPT) {
            let Some(entry) = choice.entry() else { continue };
            let parts = entities.parts.len() as u32;
            let weighed = Feature::ALL.iter().map(|feature| {
                let at = *feature as usize;
                (feature.as_str(), choice.values[at] * weights[at])
            });
            entities.parts.extend(weighed.filter(|(_, part)| *part != 0.0));
            let parts = parts..entities.parts.len() as u32;
            entities.candidates.push(Candidate { entry, share: choice.share, parts });
        }
        Verdict {
            rule: rule(choices, weights),
            sure: best.map_or(1.0, |best| best.sure),
            is_nothing: best.is_none_or(|best| best.place.is_none()),
            candidates: first..entities.candidates.len() as u32,
        }
    }

    /// Returns the entity of a mention that is a name with the probability `confidence`.
    pub(super) fn entity(&self, entities: &Entities, confidence: f32) -> Entity {
        let entity = linked(entities, self.candidates.clone(), self.rule, confidence);
        let score = confidence * self.sure;
        match self.is_nothing {
            true => Entity { referent: None, score, rule: Rule::Shape, ..entity },
            false => Entity { score, ..entity },
        }
    }
}

/// Returns the entity of the first of some candidates.
pub(super) fn linked(entities: &Entities, candidates: Range<u32>, rule: Rule, confidence: f32) -> Entity {
    let best = entities.candidates.get(candidates.start as usize).filter(|_| !candidates.is_empty());
    Entity {
        referent: best.map(|best| best.entry),
        score: confidence * best.map_or(1.0, |best| best.share),
        rule: if best.is_some() { rule } else { Rule::Shape },
        candidates,
    }
}

/// Returns what decided among ranked choices: the evidence in which the winner gains most over the one
/// with the best prior.
fn rule(choices: &[Choice], weights: &Values) -> Rule {
    let candidates = || choices.iter().filter(|choice| choice.place.is_some());
    let winner = candidates().next();
    let prior = |choice: &Choice| sums(choice, weights)[Family::Prior as usize];
    let first = candidates().rev().max_by(|a, b| prior(a).total_cmp(&prior(b)));
    let (Some(winner), Some(first)) = (winner, first) else { return Rule::Shape };
    let (own, others) = (sums(winner, weights), sums(first, weights));
    if winner.values[Feature::Nested as usize] > 0.0 {
        return Rule::Nested;
    }
    if candidates().count() == 1 {
        return Rule::Unambiguous;
    }
    if own[Family::Containment as usize] > 0.0 {
        return Rule::Containment;
    }
    if winner.values[Feature::Own as usize] > 0.0 {
        return Rule::UserGazetteer;
    }
    if winner.entry() == first.entry() {
        return Rule::Population;
    }
    let gain = |family: &usize| own[*family] - others[*family];
    let deciding = (1..Family::COUNT).max_by(|a, b| gain(a).total_cmp(&gain(b)));
    Family::rule(deciding.unwrap_or(0))
}

/// Returns what each family of features adds to the log-odds of a choice.
fn sums(choice: &Choice, weights: &Values) -> [f32; Family::COUNT] {
    let mut sums = [0.0; Family::COUNT];
    for feature in Feature::ALL {
        let at = *feature as usize;
        sums[feature.family() as usize] += choice.values[at] * weights[at];
    }
    sums
}
