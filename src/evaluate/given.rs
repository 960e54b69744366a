//! Resolution by itself: places that gold marks are given to the resolver, so that no fault of the recogniser counts.

use super::gold::GoldDocument;
use crate::distance::distance_km;
use crate::gazetteer::{Layers, Point};
use crate::resolve::Choice;
use crate::tagger::Worker;
use serde::Serialize;

/// How many marked places were put where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Given {
    /// Marked places with a point.
    pub located: usize,
    /// Those of which some candidate is right.
    pub covered: usize,
    /// Those that were resolved to anything.
    pub resolved: usize,
    /// Those that were resolved rightly.
    pub correct: usize,
}

impl std::ops::AddAssign for Given {
    fn add_assign(&mut self, other: Given) {
        self.located += other.located;
        self.covered += other.covered;
        self.resolved += other.resolved;
        self.correct += other.correct;
    }
}

impl Given {
    /// Returns the share of the places with a right candidate that were resolved rightly.
    pub fn accuracy(&self) -> f64 {
        self.correct as f64 / self.covered.max(1) as f64
    }

    /// Returns the share of all places that were resolved rightly.
    pub fn accuracy_of_all(&self) -> f64 {
        self.correct as f64 / self.located.max(1) as f64
    }

    /// Adds the places of a document.
    pub fn add(&mut self, worker: &mut Worker, layers: &Layers, gold: &GoldDocument, km: f64) {
        let (numbers, ranges) = gold.places();
        let groups = worker.observe_given(&gold.document, &ranges, crate::resolve::ROUNDS);
        self.located += gold.mentions.iter().filter(|m| m.is_place() && m.point.is_some()).count();
        for group in groups {
            let choices = &group.choices;
            for mention in group.mentions.iter().map(|mention| numbers[*mention]) {
                let Some(point) = gold.mentions[mention].point else { continue };
                let right: Vec<bool> = choices.iter().map(|c| is_near(layers, c, point, km)).collect();
                let covered = right.iter().any(|right| *right);
                let correct = right.first() == Some(&true);
                self.covered += usize::from(covered);
                self.correct += usize::from(correct);
                self.resolved += usize::from(choices.first().is_some_and(|best| best.entry().is_some()));
            }
        }
    }
}

fn is_near(layers: &Layers, choice: &Choice, point: Point, km: f64) -> bool {
    let here = choice.entry().and_then(|id| layers.entry(id)).and_then(|entry| entry.point());
    here.is_some_and(|here| distance_km(here, point) <= km)
}
