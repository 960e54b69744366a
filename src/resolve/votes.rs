//! What the rest of a document says for a candidate: the countries and divisions it names, and how near its places are.

use super::Group;
use super::choice::{Choice, Direction, Place, nearness, square_km};
use super::feature::Feature;
use crate::gazetteer::{EntryId, PlaceType};
use std::ops::Range;

/// How many votes with a point are compared with, so that a book costs no more a name than an article.
const LOCATED: usize = 96;
/// How many of a name's candidates vote.
const VOTING: usize = 3;
/// Votes that are added to the total, so that one other name does not decide alone.
const SMOOTHING: f32 = 1.0;
/// Below this many votes nothing is said.
const HARDLY: f32 = 0.15;

/// One vote of a group of mentions.
#[derive(Clone, Copy)]
struct Vote {
    group: usize,
    weight: f32,
    share: f32,
    place: Place,
}

/// The votes of all groups of a document, and their sums.
#[derive(Default)]
pub(super) struct Votes {
    votes: Vec<Vote>,
    /// The votes of each group.
    of_group: Vec<Range<usize>>,
    /// Votes with a point, the first [`LOCATED`] of them.
    located: Vec<(usize, f32, Direction)>,
    total: f32,
    countries: Sums<[u8; 2]>,
    divisions: Sums<EntryId>,
    /// Votes for countries and divisions themselves.
    named: Sums<EntryId>,
    named_countries: Sums<[u8; 2]>,
    best: Vec<usize>,
}

/// Sums by key: documents have few.
struct Sums<K>(Vec<(K, f32)>);

impl<K> Default for Sums<K> {
    fn default() -> Sums<K> {
        Sums(Vec::new())
    }
}

impl<K: PartialEq + Copy> Sums<K> {
    fn add(&mut self, key: K, weight: f32) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((key, weight)),
        }
    }

    fn get(&self, key: K) -> f32 {
        self.0.iter().find(|(known, _)| *known == key).map_or(0.0, |(_, sum)| *sum)
    }
}

impl Votes {
    /// Collects the votes of the groups' likeliest candidates, each with its share.
    pub(super) fn collect(&mut self, groups: &[Group], choices: &[Choice]) {
        self.votes.clear();
        self.of_group.clear();
        for (number, group) in groups.iter().enumerate() {
            let first = self.votes.len();
            self.vote(number, group, &choices[group.choices.clone()]);
            self.of_group.push(first..self.votes.len());
        }
        self.sum();
    }

    fn vote(&mut self, number: usize, group: &Group, choices: &[Choice]) {
        let Votes { best, votes, .. } = self;
        best.clear();
        best.extend((0..choices.len()).filter(|at| choices[*at].place.is_some()));
        best.sort_by(|a, b| choices[*b].share.total_cmp(&choices[*a].share));
        let spoken = group.chance * (1.0 + (group.mentions as f32).ln());
        let vote = |at: &usize| {
            let Choice { place, share, .. } = &choices[*at];
            Some(Vote { group: number, weight: share * spoken, share: *share, place: (*place)? })
        };
        votes.extend(best.iter().take(VOTING).filter_map(vote));
    }

    fn sum(&mut self) {
        let Votes { votes, located, total, countries, divisions, named, named_countries, .. } = self;
        for sums in [&mut countries.0, &mut named_countries.0] {
            sums.clear();
        }
        for sums in [&mut divisions.0, &mut named.0] {
            sums.clear();
        }
        located.clear();
        *total = votes.iter().map(|vote| vote.weight).sum();
        for Vote { group, weight, share, place } in votes.iter() {
            countries.add(place.country, *weight);
            if let Some(admin1) = place.admin1 {
                divisions.add(admin1, *weight);
            }
            match place.kind {
                PlaceType::Country => named_countries.add(place.country, *weight),
                PlaceType::Admin1 => named.add(place.entry, *weight),
                _ => {}
            }
            if let Some(direction) = place.direction.filter(|_| place.is_local() && located.len() < LOCATED) {
                located.push((*group, share.min(*weight), direction));
            }
        }
    }

    /// Fills in what the other groups say for the choices of the group numbered `group`.
    pub(super) fn apply(&self, groups: &[Group], group: usize, choices: &mut [Choice]) {
        let own = &self.votes[self.of_group[group].clone()];
        let total = (self.total - own.iter().map(|vote| vote.weight).sum::<f32>()).max(0.0);
        let mut heard = 0.0f32;
        for choice in choices.iter_mut() {
            let Some(place) = choice.place else { continue };
            self.by_country(&place, own, total, choice);
            self.by_division(&place, own, total, choice);
            self.by_distance(group, &place, total, choice);
            self.by_neighbours(groups, group, &place, choice);
            heard = heard.max(choice.values[Feature::CountryShare as usize]);
        }
        if let Some(nothing) = choices.iter_mut().find(|choice| choice.place.is_none()) {
            nothing.set(Feature::NothingHeard, heard);
        }
    }

    fn by_country(&self, place: &Place, own: &[Vote], total: f32, choice: &mut Choice) {
        let (mut votes, mut named) = (0.0, 0.0);
        if place.has_country() {
            votes = self.countries.get(place.country);
            named = self.named_countries.get(place.country);
            for vote in own.iter().filter(|vote| vote.place.country == place.country) {
                votes -= vote.weight;
                named -= if vote.place.kind == PlaceType::Country { vote.weight } else { 0.0 };
            }
        }
        let (votes, named) = (votes.max(0.0), named.max(0.0));
        choice.set(Feature::CountryShare, votes / (total + SMOOTHING));
        choice.set(Feature::CountryVotes, votes.ln_1p());
        choice.set(Feature::CountryNamed, named.ln_1p());
        let unheard = place.has_country() && votes < HARDLY && total > SMOOTHING;
        choice.set(Feature::CountryUnheard, f32::from(u8::from(unheard)));
    }

    fn by_division(&self, place: &Place, own: &[Vote], total: f32, choice: &mut Choice) {
        let Some(admin1) = place.admin1 else { return };
        let (mut votes, mut named) = (self.divisions.get(admin1), self.named.get(admin1));
        for vote in own.iter().filter(|vote| vote.place.admin1 == Some(admin1)) {
            votes -= vote.weight;
            named -= if vote.place.entry == admin1 { vote.weight } else { 0.0 };
        }
        let (votes, named) = (votes.max(0.0), named.max(0.0));
        choice.set(Feature::DivisionShare, votes / (total + SMOOTHING));
        choice.set(Feature::DivisionVotes, votes.ln_1p());
        choice.set(Feature::DivisionNamed, named.ln_1p());
    }

    fn by_distance(&self, group: usize, place: &Place, total: f32, choice: &mut Choice) {
        let Some(here) = place.direction else { return };
        let mut near = [0.0f32; 3];
        let mut crowd = 0.0;
        for (_, weight, there) in self.located.iter().filter(|(other, ..)| *other != group) {
            let square = square_km(here, *there);
            for (nearest, km) in near.iter_mut().zip([30.0, 150.0, 600.0]) {
                *nearest = nearest.max(weight * nearness(square, km));
            }
            crowd += weight * nearness(square, 150.0);
        }
        choice.set(Feature::Near30, near[0]);
        choice.set(Feature::Near150, near[1]);
        choice.set(Feature::Near600, near[2]);
        choice.set(Feature::Crowd, crowd / (total + SMOOTHING));
    }

    /// Fills in what the places next to it in the text say, and the dateline.
    fn by_neighbours(&self, groups: &[Group], group: usize, place: &Place, choice: &mut Choice) {
        let beside = groups[group].beside.into_iter().flatten().filter(|other| *other != group);
        let (mut country, mut division, mut distance) = (0.0, 0.0, 0.0f32);
        for other in beside {
            let said = self.said_by(other, place);
            (country, division, distance) = (country + said.0, division + said.1, distance.max(said.2));
        }
        choice.set(Feature::BesideCountry, country);
        choice.set(Feature::BesideDivision, division);
        choice.set(Feature::Beside, distance);
        let dateline = groups.iter().position(|group| group.in_dateline).filter(|other| *other != group);
        let (country, division, distance) =
            dateline.map_or((0.0, 0.0, 0.0), |dateline| self.said_by(dateline, place));
        choice.set(Feature::DatelineCountry, country);
        choice.set(Feature::DatelineDivision, division);
        choice.set(Feature::Dateline, distance);
    }

    /// Returns how likely another group lies in the country and division of a place, and how near it is.
    fn said_by(&self, group: usize, place: &Place) -> (f32, f32, f32) {
        let (mut country, mut division, mut distance) = (0.0, 0.0, 0.0f32);
        for vote in &self.votes[self.of_group[group].clone()] {
            let same = place.has_country() && vote.place.country == place.country;
            country += if same { vote.share } else { 0.0 };
            let same = place.admin1.is_some() && vote.place.admin1 == place.admin1;
            division += if same { vote.share } else { 0.0 };
            let local = vote.place.kind.is_local();
            if let Some((here, there)) = place.direction.zip(vote.place.direction).filter(|_| local) {
                distance = distance.max(vote.share * nearness(square_km(here, there), 150.0));
            }
        }
        (country, division, distance)
    }
}
