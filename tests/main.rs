//! The integration tests: one binary, a module for each concern. Inputs are made in the test that reads them.

#![allow(clippy::unwrap_used)]

#[path = "all/bad_input.rs"]
mod bad_input;
#[path = "all/command_line.rs"]
mod command_line;
#[path = "all/damage.rs"]
mod damage;
#[path = "all/documents.rs"]
mod documents;
#[path = "all/engines.rs"]
mod engines;
#[path = "all/evaluation.rs"]
mod evaluation;
#[path = "all/focus.rs"]
mod focus;
#[path = "all/known_failures.rs"]
mod known_failures;
#[path = "all/offsets.rs"]
mod offsets;
#[path = "all/people.rs"]
mod people;
#[path = "all/pipeline.rs"]
mod pipeline;
#[path = "all/resolution.rs"]
mod resolution;
#[path = "all/round_trip.rs"]
mod round_trip;
#[path = "all/samples.rs"]
mod samples;
#[path = "all/source_prior.rs"]
mod source_prior;
#[path = "all/sources.rs"]
mod sources;
#[path = "all/support.rs"]
mod support;
