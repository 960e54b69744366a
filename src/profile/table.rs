//! A profile as a table that people can read and edit: CSV with one row for each name and referent of a source.
//!
//! | column | meaning |
//! |---|---|
//! | `source` | the publication, domain or host, in small letters |
//! | `documents` | how many of its documents were counted |
//! | `name` | a name as the source uses it; empty: the entry says only where the source is at home |
//! | `entity_id` | the entry that it refers to |
//! | `place` | the entry's name, for the reader; not read |
//! | `count` | in how many documents |

use super::Tally;
use super::tally::Source;
use crate::error::{Error, ErrorKind, Position, Result};
use crate::gazetteer::{Layers, NameId};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Row {
    source: String,
    documents: u32,
    name: String,
    entity_id: String,
    #[serde(default)]
    place: String,
    count: u32,
}

impl Tally {
    /// Returns the table of the counts.
    ///
    /// # Errors
    /// Never: it is written to memory.
    pub fn to_table(&self, layers: &Layers) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed =
            |cause: csv::Error| Error::new(ErrorKind::Output, "cannot write the profile").because(cause);
        for (source, Source { documents, counts }) in &self.sources {
            for ((name, id), count) in counts {
                let Some(entry) = layers.entry(*id) else { continue };
                let name = name.map_or("", |name| key(layers, name));
                let (source, name, place) = (source.clone(), name.to_owned(), entry.name().to_owned());
                let (documents, entity_id, count) = (*documents, entry.id(), *count);
                writer.serialize(Row { source, documents, name, entity_id, place, count }).map_err(failed)?;
            }
        }
        let failed = |cause| Error::new(ErrorKind::Output, "cannot write the profile").because(cause);
        writer.into_inner().map_err(|cause| failed(cause.into_error()))
    }

    /// Reads a table that is called `path` in messages. Entries that the gazetteers lack are passed over and counted.
    ///
    /// # Errors
    /// A column is missing or a cell is no number.
    pub fn from_table(bytes: &[u8], path: &str, layers: &Layers) -> Result<(Tally, u64)> {
        let (mut tally, mut unknown) = (Tally::default(), 0);
        let mut reader = csv::Reader::from_reader(bytes);
        for row in reader.deserialize() {
            let Row { source, documents, name, entity_id, count, .. } = row.map_err(|cause| {
                let at = cause.position().map(|p| (p.line(), p.byte())).unwrap_or_default();
                let position = Position { path: path.to_owned(), line: at.0, byte: at.1 };
                Error::new(ErrorKind::Input, "no row of a source profile").because(cause).at(position).remedy(
                    "the columns are source, documents, name, entity_id, place, count; delete the file to learn a new one",
                )
            })?;
            let known = tally.sources.entry(source.trim().to_lowercase()).or_default();
            known.documents = known.documents.max(documents);
            let Some(entry) = layers.find_id(&entity_id) else {
                unknown += 1;
                continue;
            };
            let name = Some(name).filter(|name| !name.is_empty());
            let name = name.and_then(|name| layers.find_name(&name).pop());
            *known.counts.entry((name, entry)).or_default() += count;
        }
        Ok((tally, unknown))
    }
}

fn key(layers: &Layers, name: NameId) -> &str {
    layers.gazetteers().get(name.layer()).map_or("", |gazetteer| gazetteer.key(name.index()))
}
