//! Which field of an input is which: by the user's word, else by the names that real dumps use.

use crate::error::{Error, ErrorKind, Result};

/// The roles of fields, in the order in which fields are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The document's id.
    Id,
    /// The headline.
    Title,
    /// The body.
    Text,
    /// The date of publication.
    Published,
    /// The publisher.
    Source,
    /// The address.
    Url,
    /// The language.
    Language,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 7] =
        [Role::Id, Role::Title, Role::Text, Role::Published, Role::Source, Role::Url, Role::Language];

    /// Returns the word for the role.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Id => "id",
            Role::Title => "title",
            Role::Text => "text",
            Role::Published => "date",
            Role::Source => "source",
            Role::Url => "url",
            Role::Language => "language",
        }
    }

    /// Returns the names that dumps use for it, likeliest first; a dot leads into an object.
    pub fn aliases(self) -> &'static [&'static str] {
        ALIASES[self as usize]
    }
}

/// The names that dumps use for each role, likeliest first; a dot leads into an object.
#[rustfmt::skip]
const ALIASES: [&[&str]; Role::ALL.len()] = [
    // Id
    &[
        "id", "uuid", "article_id", "articleid", "storyid", "story_id", "doc_id", "docid", "document_id",
        "_id", "guid", "uid", "key", "uri"
    ],
    // Title
    &[
        "title", "headline", "headline.main", "article_title", "heading", "head", "title.rendered",
        "article.title", "article.headline", "_source.title"
    ],
    // Text
    &[
        "text", "maintext", "main_text", "body", "content", "article", "article_text", "articlebody",
        "article_body", "rawtext", "raw_text", "full_text", "fulltext", "body_text", "plain_text", "story",
        "document", "clean_text", "text.content", "content.text", "article.text", "article.body",
        "content.rendered", "_source.text", "_source.body"
    ],
    // Published
    &[
        "date", "date_publish", "published", "publish_date", "published_at", "publishedat",
        "date_published", "datepublished", "publication_date", "pub_date", "pubdate", "datetime",
        "date_time", "published_date", "created_at", "created", "timestamp", "time"
    ],
    // Source
    &[
        "source", "domain", "source_domain", "publication", "site", "publisher", "outlet", "newspaper",
        "source_name", "source.name", "source.title", "source.uri", "media", "hostname"
    ],
    // Url
    &["url", "link", "article_url", "canonical_url", "web_url", "source_url", "permalink"],
    // Language
    &["language", "lang", "language_code", "_source.language"],
];

/// The fields that the user names, by role; the others are found by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldOptions {
    /// For each role the name or dotted path that the user gave.
    pub named: [Option<String>; Role::ALL.len()],
}

/// For each role the path of its field, if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldMap {
    pub(super) paths: [Option<String>; Role::ALL.len()],
}

impl FieldMap {
    /// Chooses fields among those in `found` (dotted paths as the input spells them).
    ///
    /// # Errors
    /// There is no body, or the user named a field that is not there.
    pub(super) fn choose(path: &str, found: &[String], options: &FieldOptions) -> Result<FieldMap> {
        let mut map = FieldMap::default();
        for role in Role::ALL {
            map.paths[role as usize] = match &options.named[role as usize] {
                Some(named) => Some(existing(path, role, named, found)?),
                None => by_alias(role, found),
            };
        }
        match map.get(Role::Text) {
            Some(_) => Ok(map),
            None => Err(Error::new(
                ErrorKind::Input,
                format!("no field holds the text; the fields are: {}", found.join(", ")),
            )
            .in_file(path)
            .remedy("name it with `--text-field NAME`")),
        }
    }

    pub(super) fn get(&self, role: Role) -> Option<&str> {
        self.paths[role as usize].as_deref()
    }

    /// Returns the choice as one line: `text=body, title=headline`.
    pub(super) fn describe(&self) -> String {
        let shown = |role: Role| Some(format!("{}={}", role.as_str(), self.get(role)?));
        Role::ALL.into_iter().filter_map(shown).collect::<Vec<_>>().join(", ")
    }
}

fn existing(path: &str, role: Role, named: &str, found: &[String]) -> Result<String> {
    match found.iter().any(|field| field == named) {
        // Only the text must be in the first record; the other fields may be absent there.
        false if role == Role::Text => {
            let message = format!("there is no field `{named}`; the fields are: {}", found.join(", "));
            Err(Error::new(ErrorKind::Input, message).in_file(path).remedy("correct `--text-field`"))
        }
        _ => Ok(named.to_owned()),
    }
}

fn by_alias(role: Role, found: &[String]) -> Option<String> {
    let named = |alias: &&str| found.iter().find(|field| field.eq_ignore_ascii_case(alias)).cloned();
    role.aliases().iter().find_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(found: &[&str], options: &FieldOptions) -> Result<FieldMap> {
        let found: Vec<String> = found.iter().map(|s| (*s).to_owned()).collect();
        FieldMap::choose("a.jsonl", &found, options)
    }

    #[test]
    fn finds_the_names_that_dumps_use() {
        for (found, expected) in [
            (
                &["_id", "headline", "maintext", "date_publish", "source_domain"][..],
                "id=_id, title=headline, text=maintext, date=date_publish, source=source_domain",
            ),
            (
                &["storyid", "Headline", "Rawtext", "dateTime"],
                "id=storyid, title=Headline, text=Rawtext, date=dateTime",
            ),
            (&["uuid", "body", "content", "source.name"], "id=uuid, text=body, source=source.name"),
        ] {
            assert_eq!(choose(found, &FieldOptions::default()).unwrap().describe(), expected);
        }
    }

    #[test]
    fn no_body_lists_the_fields() {
        let error = choose(&["id", "summary"], &FieldOptions::default()).unwrap_err().to_string();
        assert_eq!(
            error,
            "a.jsonl: no field holds the text; the fields are: id, summary; name it with `--text-field NAME`"
        );
    }
}
