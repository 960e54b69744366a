//! Profiles of sources: where each publisher is at home and what it means by a name, learned from its own articles.
//!
//! ```text
//! documents ─learn─▶ Tally (counts by source) ─▶ Profile ─▶ a Home for each document's source
//!                              ▲ table ▼ saved, edited, used again
//! ```
//!
//! A paper from Paris, Tennessee, does not say so in each article. A first pass over the dump tags some documents of each
//! source by themselves and counts what their confident tags refer to; in the second pass that speaks for places near
//! the source's home and for what it usually means.

mod domain;
mod learn;
mod table;
mod tally;

use crate::document::Document;
use crate::resolve::Home;
pub use learn::{Learnt, learn};
use std::collections::HashMap;
pub use tally::Tally;

/// What is known of the sources of documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    homes: HashMap<String, Home>,
    by_hand: Option<Home>,
}

impl Profile {
    /// Returns a profile in which all documents have the home that a user gives.
    pub fn by_hand(home: Home) -> Profile {
        Profile { homes: HashMap::new(), by_hand: Some(home) }
    }

    /// Returns what is known of the source of a document.
    pub fn home(&self, document: &Document) -> Option<&Home> {
        if self.by_hand.is_some() || self.homes.is_empty() {
            return self.by_hand.as_ref();
        }
        self.homes.get(&key(document)?)
    }

    /// Returns how many sources are known.
    pub fn len(&self) -> usize {
        self.homes.len()
    }

    /// Tells whether nothing is known of any source.
    pub fn is_empty(&self) -> bool {
        self.homes.is_empty() && self.by_hand.is_none()
    }
}

/// Returns the source of a document as it is looked up: the publication or domain that the input names, else the host of
/// its address; in small letters and without `www.`.
pub fn key(document: &Document) -> Option<String> {
    let named = Some(document.source.trim()).filter(|source| !source.is_empty());
    let source = named.or_else(|| host(&document.url))?.to_lowercase();
    Some(source.strip_prefix("www.").unwrap_or(&source).to_owned()).filter(|key| !key.is_empty())
}

/// Returns the host of an address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    Some(host).filter(|host| host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_or_the_host_of_the_address() {
        let of = |source: &str, url: &str| {
            key(&Document { source: source.into(), url: url.into(), ..Document::default() })
        };
        assert_eq!(of("The Troy Times ", "https://x.example/1").as_deref(), Some("the troy times"));
        assert_eq!(of("www.Troy.example", "").as_deref(), Some("troy.example"));
        assert_eq!(of("", "https://me@www.troy.example:80/a?b#c").as_deref(), Some("troy.example"));
        assert_eq!(of("", "file:///tmp/a.txt"), None);
        assert_eq!(of(" ", "not an address"), None);
    }
}
