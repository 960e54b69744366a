//! Compiled gazetteers that are cut short or have a byte flipped: found out, and never a panic.

use crate::support::compiled;
use dateline::record::Grain;
use dateline::write::output::{OutputOptions, Outputs, Target};
use dateline::write::{Format, RowOptions, Sink};
use dateline::{Document, ErrorKind, Gazetteer, Layers, Tagger, TaggerOptions};
use std::panic::{AssertUnwindSafe, catch_unwind};

const TABLE: &str = "\
id,kind,name,feature_code,country,admin1,latitude,longitude,west,south,east,north,population,wikidata,role,alternates,demonyms
geonames:163843,,Syria,PCLI,SY,,35,38,35.7,32.3,42.4,37.3,16906283,858,,,Syrian
geonames:170062,,Aleppo,ADM1,SY,SY.09,36,37,36.4,35.4,38.6,37,,,,Halab,
geonames:170063,,Aleppo,PPLA,SY,SY.09,36.20124,37.16117,,,,,2098210,41183,,,
wikidata:Q44329,person,Bashar al-Assad,,SY,,,,,,,,,44329,president,Assad,
mine:a-7,company,Acme Corp,,,,,,,,,,,,,Acme,
";

const TEXT: &str = "ALEPPO, Syria - Syrian president Bashar al-Assad met Acme Corp in Aleppo. Assad left.";

/// Tags a short text with a gazetteer and makes the rows of what is found.
fn tag(gazetteer: Gazetteer) -> Option<String> {
    let mut layers = Layers::none();
    layers.push(gazetteer).ok()?;
    let _ = (layers.find_id("geonames:170063"), layers.find_id("mine:a-7"), layers.find_name("Aleppo"));
    for index in 0..layers.gazetteers()[0].entry_count() as u32 {
        let _ = layers.gazetteers()[0].entry(index).and_then(|entry| entry.extent());
    }
    let layers = std::sync::Arc::new(layers);
    let tagger = Tagger::new(layers.clone(), &TaggerOptions::default()).ok()?;
    let output =
        |grain| OutputOptions { grain, format: Format::Jsonl, target: Target::Stdout, columns: Vec::new() };
    let outputs = [output(Grain::Mentions), output(Grain::Documents)];
    let outputs =
        Outputs::open(layers, RowOptions { explain: true, ..RowOptions::default() }, &outputs).ok()?;
    let mut encoder = outputs.encoder();
    encoder.encode(&tagger.worker().tag(&Document::from_text("1", TEXT))).ok()?;
    String::from_utf8(encoder.take().streams.remove(0)).ok()
}

#[test]
fn an_intact_gazetteer_opens_verifies_and_tags() {
    let gazetteer = Gazetteer::from_vec(compiled(TABLE)).unwrap();
    gazetteer.verify().unwrap();
    let extents = (0..5).filter_map(|index| gazetteer.entry(index)?.extent());
    assert_eq!(extents.map(|extent| extent.west).collect::<Vec<_>>(), [35.7, 36.4]);
    let rows = tag(gazetteer).unwrap();
    for id in ["geonames:163843", "geonames:170063", "wikidata:Q44329", "mine:a-7"] {
        assert!(rows.contains(&format!("\"entity_id\":\"{id}\"")), "{id} is not in {rows}");
    }
}

#[test]
fn a_file_cut_at_any_length_is_an_error() {
    let whole = compiled(TABLE);
    for length in 0..whole.len() {
        let cut = whole[..length].to_vec();
        let opened =
            catch_unwind(|| Gazetteer::from_vec(cut)).unwrap_or_else(|_| panic!("cut at {length}: panic"));
        let error = opened.err().unwrap_or_else(|| panic!("cut at {length}: not noticed"));
        assert_eq!(error.kind(), ErrorKind::Gazetteer, "cut at {length}: {error}");
    }
}

#[test]
fn every_flipped_byte_is_found_and_none_makes_the_tagger_panic() {
    let whole = compiled(TABLE);
    let (mut unseen, mut panics) = (Vec::new(), Vec::new());
    for at in 0..whole.len() {
        for mask in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= mask;
            let flipped = catch_unwind(AssertUnwindSafe(|| {
                let Ok(gazetteer) = Gazetteer::from_vec(bytes) else { return true };
                let found = gazetteer.verify().is_err();
                tag(gazetteer);
                found
            }));
            match flipped {
                Ok(true) => {}
                Ok(false) => unseen.push(at),
                Err(_) => panics.push((at, mask)),
            }
        }
    }
    unseen.dedup();
    assert_eq!(panics, [], "(byte, flipped bits) at which tagging panics, of {} bytes", whole.len());
    assert_eq!(unseen, [0; 0], "bytes whose damage neither open nor verify finds, of {}", whole.len());
}

#[test]
fn appended_bytes_are_an_error() {
    let mut longer = compiled(TABLE);
    longer.push(0);
    assert!(Gazetteer::from_vec(longer).is_err());
}
