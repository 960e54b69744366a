//! What the user says of sources, and the first pass that learns the rest.

use super::messages::{say, thousands};
use clap::Args;
use dateline::gazetteer::iso3166;
use dateline::ingest::fields::FieldOptions;
use dateline::ingest::inputs::Input;
use dateline::ingest::{Inputs, Lookahead, Replay, Source};
use dateline::pipeline::RunOptions;
use dateline::profile::{Learnt, Profile, Tally, key, learn};
use dateline::resolve::Home;
use dateline::write::AtomicFile;
use dateline::{Error, ErrorKind, Layers, Point, Result, Tagger};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

#[derive(Args, Clone, Default)]
pub(crate) struct SourceOptions {
    /// Do not learn from the articles where their sources are at home
    #[arg(long, help_heading = "Sources")]
    pub(crate) no_source_prior: bool,
    /// Where sources are at home: used if the file is there, else learned and saved (CSV)
    #[arg(long, value_name = "FILE", help_heading = "Sources", conflicts_with = "no_source_prior")]
    pub(crate) source_profile: Option<PathBuf>,
    /// Prefer places within some km of a point: all articles are from there
    #[arg(long, value_name = "LAT,LON,KM", value_parser = near, allow_hyphen_values = true, help_heading = "Sources",
          conflicts_with_all = ["no_source_prior", "source_profile"])]
    pub(crate) near: Option<(f64, f64, f64)>,
    /// Prefer places of a country (ISO 3166, two or three letters): all articles are from there
    #[arg(long, value_name = "ISO", value_parser = country, help_heading = "Sources",
          conflicts_with_all = ["no_source_prior", "source_profile"])]
    pub(crate) bias_country: Option<[u8; 2]>,
}

/// Parses a point with a radius.
fn near(text: &str) -> std::result::Result<(f64, f64, f64), String> {
    let numbers: Vec<f64> = text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    match numbers[..] {
        [latitude, longitude, km]
            if text.matches(',').count() == 2
                && (-90.0..=90.0).contains(&latitude)
                && (-180.0..=180.0).contains(&longitude)
                && km > 0.0
                && km.is_finite() =>
        {
            Ok((latitude, longitude, km))
        }
        _ => Err("three numbers are wanted: degrees north, degrees east, km (36.3,-88.3,100)".to_owned()),
    }
}

/// Parses the code of a country.
fn country(text: &str) -> std::result::Result<[u8; 2], String> {
    let code = text.to_ascii_uppercase();
    let two = <[u8; 2]>::try_from(code.as_bytes()).ok().filter(|code| !iso3166::alpha3(*code).is_empty());
    two.or_else(|| iso3166::alpha2(&code))
        .ok_or_else(|| "a code of ISO 3166 is wanted, such as US or USA".to_owned())
}

/// What came of it, for messages and `run.json`.
#[derive(Default)]
pub(crate) struct Prior {
    sources: usize,
    documents: u64,
}

impl SourceOptions {
    /// Tells whether the user gives a home by hand.
    fn is_by_hand(&self) -> bool {
        self.near.is_some() || self.bias_country.is_some()
    }

    /// Returns the home that the user gives by hand.
    fn by_hand(&self, layers: &Layers) -> Option<Home> {
        let near = self.near.map(|(latitude, longitude, km)| (Point { latitude, longitude }, km as f32));
        self.is_by_hand().then(|| Home::given(layers, near, self.bias_country))
    }

    /// Returns the file that is read, if there is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.source_profile.as_deref().filter(|path| path.exists())
    }

    /// Gives the tagger what is known without reading an article: by hand, or from a saved profile.
    ///
    /// The result says whether that is all.
    pub(crate) fn known(&self, tagger: Tagger) -> Result<(Tagger, Prior, bool)> {
        if let Some(home) = self.by_hand(tagger.layers()) {
            return Ok((tagger.with_profile(Profile::by_hand(home)), Prior::default(), true));
        }
        let Some(path) = self.file() else { return Ok((tagger, Prior::default(), self.no_source_prior)) };
        let bytes = std::fs::read(path).map_err(|cause| Error::read(path.display(), cause))?;
        let (tally, unknown) = Tally::from_table(&bytes, &path.display().to_string(), tagger.layers())?;
        if unknown > 0 {
            say(&format!(
                "{}: {} rows name entries that no gazetteer has",
                path.display(),
                thousands(unknown)
            ));
        }
        let profile = tally.profile(tagger.layers());
        let prior = Prior { sources: profile.len(), documents: 0 };
        Ok((tagger.with_profile(profile), prior, true))
    }

    /// Gives the tagger what is known of the sources of the inputs; returns the documents to be tagged.
    pub(crate) fn prepare(
        &self,
        tagger: Tagger,
        files: &[Input],
        fields: &FieldOptions,
        inputs: Inputs,
        jobs: &RunOptions,
    ) -> Result<(Tagger, Prior, Box<dyn Source>)> {
        let (tagger, prior, done) = self.known(tagger)?;
        if done {
            return Ok((tagger, prior, Box::new(inputs)));
        }
        let again = files.iter().all(|file| file.path.as_ref().is_some_and(|path| path.is_file()));
        let (learnt, source): (Learnt, Box<dyn Source>) = if again {
            let mut first = Inputs::new(files.to_vec(), fields.clone(), Box::new(|_, _| {}));
            // What cannot be read is reported by the second pass.
            (learn(&mut first, &tagger, jobs).unwrap_or_default(), Box::new(inputs))
        } else {
            let ahead = Lookahead::new(inputs, |document| key(document).is_some());
            let learnt = learn(&mut Replay(ahead.documents()), &tagger, jobs)?;
            (learnt, Box::new(ahead))
        };
        if let Some(path) = &self.source_profile {
            save(path, &learnt.tally, tagger.layers())?;
        }
        let profile = learnt.tally.profile(tagger.layers());
        let prior = Prior { sources: profile.len(), documents: learnt.documents };
        Ok((tagger.with_profile(profile), prior, source))
    }

    /// Returns what `run.json` says.
    pub(crate) fn described(&self, prior: &Prior) -> Value {
        json!({
            "learn": !self.no_source_prior && !self.is_by_hand(),
            "profile": self.source_profile,
            "near": self.near.map(|(latitude, longitude, km)| [latitude, longitude, km]),
            "bias_country": self.bias_country.map(iso3166::alpha3),
            "sources": prior.sources,
            "documents": prior.documents,
        })
    }
}

impl Prior {
    /// Returns what the user is told, if anything was learned.
    pub(crate) fn message(&self) -> Option<String> {
        let what = || {
            let (sources, documents) = (thousands(self.sources as u64), thousands(self.documents));
            format!(
                "learned what sources write about: {sources} known, from {documents} documents; `--no-source-prior` leaves it out"
            )
        };
        (self.sources > 0 && self.documents > 0).then(what)
    }
}

fn save(path: &Path, tally: &Tally, layers: &Layers) -> Result<()> {
    if tally.is_empty() {
        return Err(Error::new(ErrorKind::Input, "no document has a source or an address to learn from")
            .in_file(path.display())
            .remedy(
                "name the field with `--source-field` or `--url-field`, or leave `--source-profile` out",
            ));
    }
    let mut file = AtomicFile::create(path)?;
    file.write(&tally.to_table(layers)?)?;
    file.finish()
}
