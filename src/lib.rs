//! Tags places and people in articles and decides which Aleppo is meant.
//!
//! ```text
//! files ─ingest─▶ Document ─normalize─▶ Text ─recognize─▶ Mentions ─resolve─▶ Entities ─write─▶ records on disk
//!                                         ▲ gazetteer (compiled once, embedded or mapped) ▲
//! ```
//!
//! The types you need: [`Layers`] (the gazetteers), [`Tagger`] (shared) and its [`Worker`] (one a thread), [`Document`]
//! in, [`Tagged`] out. [`pipeline::run`] does the same for whole dumps on all cores.

mod date;
mod distance;
pub mod document;
pub mod entity;
pub mod error;
pub mod evaluate;
pub mod gazetteer;
pub mod ingest;
pub mod normalize;
pub mod pipeline;
pub mod profile;
pub mod recognize;
pub mod record;
pub mod resolve;
pub mod tagger;
#[cfg(feature = "train")]
pub mod train;
pub mod write;

pub use distance::{EARTH_RADIUS_KM, distance_km};
pub use document::Document;
pub use error::{Error, ErrorKind, Position, Result};
pub use gazetteer::{Gazetteer, Layers, Point};
pub use tagger::{Tagged, Tagger, TaggerOptions, Worker};
