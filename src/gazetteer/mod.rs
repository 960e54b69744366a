//! The gazetteer: tables → draft → compiled file → look-ups in place.
//!
//! [`table`] reads source tables, [`draft`] merges their rows by id, [`names`] sorts the names, outside of memory when there
//! are many, [`compile`](mod@compile) lays all out as
//! [`layout`] specifies, [`load`] opens the result, and [`layers`] stacks several for the pipeline. The build script
//! compiles the tables under `gazetteers/` with the same code into the world gazetteer that the program carries.

pub mod automaton;
pub mod borders;
pub mod compile;
pub mod deep;
pub mod draft;
pub mod entry;
pub mod extent;
mod guard;
pub mod iso3166;
pub mod layers;
pub mod layout;
pub mod lists;
pub mod load;
pub mod metadata;
pub mod names;
pub mod place_type;
mod sort;
pub mod sources;
mod spool;
mod strings;
pub mod table;
pub mod tidy;

pub use compile::Compiled;
pub use draft::Draft;
pub use entry::{Entry, NameKind, Point, WordUse};
pub use extent::Extent;
pub use layers::{EntryId, Layers, NameId};
pub use lists::Lists;
pub use load::Gazetteer;
pub use metadata::{Metadata, SourceCredit};
pub use place_type::PlaceType;
