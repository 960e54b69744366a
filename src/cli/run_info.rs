//! `run.json`: what was run on what, with what came out and whom to credit. The same run gives the same bytes.

use super::args::TagArgs;
use super::source_prior::Prior;
use dateline::ingest::fields::Role;
use dateline::ingest::inputs::Input;
use dateline::pipeline::Summary;
use dateline::write::AtomicFile;
use dateline::{Layers, Result};
use serde_json::{Value, json};
use std::path::Path;

/// The metadata of a run.
pub(crate) struct RunInfo(Value);

impl RunInfo {
    /// Collects what is known before the run.
    pub(crate) fn new(args: &TagArgs, files: &[Input], layers: &Layers, prior: &Prior) -> RunInfo {
        let fields = args.field_names.options();
        let options = json!({
            "grain": args.grain.grain().as_str(),
            "columns": args.fields,
            "min_score": args.min_score,
            "kinds": args.kinds,
            "explain": args.explain,
            "input_format": args.input_format.map(|format| format!("{:?}", format.format()).to_lowercase()),
            "input_fields": Role::ALL.iter().zip(&fields.named).filter_map(|(role, name)| {
                Some((role.as_str().to_owned(), Value::from(name.clone()?)))
            }).collect::<serde_json::Map<_, _>>(),
            "ignore_case": args.ignore_case,
            "without_model": args.without_model,
            "engine": args.engine.engine().as_str(),
            "source_prior": args.sources.described(prior),
            "stop_lists": args.gazetteers.stop_list,
            "allow_lists": args.gazetteers.allow_list,
            "override_lists": args.gazetteers.override_list,
        });
        let inputs: Vec<Value> = files.iter().map(|f| json!({ "path": f.name(), "bytes": f.size })).collect();
        let gazetteers: Vec<Value> = layers.gazetteers().iter().map(gazetteer).collect();
        RunInfo(json!({
            "program": "dateline",
            "version": env!("CARGO_PKG_VERSION"),
            "gazetteers": gazetteers,
            "options": options,
            "offsets": args.offsets.offsets().as_str(),
            "inputs": inputs,
        }))
    }

    /// Writes it with the counts of the run.
    pub(crate) fn write(mut self, path: &Path, summary: &Summary) -> Result<()> {
        self.0["counts"] = json!(summary);
        let mut file = AtomicFile::create(path)?;
        file.write(format!("{:#}\n", self.0).as_bytes())?;
        file.finish()
    }
}

fn gazetteer(gazetteer: &dateline::Gazetteer) -> Value {
    let metadata = gazetteer.metadata();
    json!({
        "version": metadata.version,
        "checksum": gazetteer.checksum(),
        "entries": metadata.entries,
        "names": metadata.names,
        "credits": metadata.sources,
    })
}
