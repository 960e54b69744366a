//! Sorting more pairs than fit in memory: sorted portions in temporary files, then one merge.

use super::names::Pair;
use super::spool::Spool;
use crate::error::Result;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Read;
use std::path::Path;

/// Returns the pairs in order. At most `portion` of them are in memory at a time; the others wait in `folder`, in files that go
/// when the iterator goes.
///
/// # Cost
/// n·log n comparisons, and writing and reading each pair once when there are more than `portion`.
///
/// # Errors
/// `pairs` fails, or a temporary file cannot be written or read back.
pub(super) fn sorted(
    pairs: impl Iterator<Item = Result<Pair>>,
    folder: &Path,
    portion: usize,
) -> Result<Merge> {
    let (mut pending, mut portions) = (Vec::new(), Vec::new());
    for pair in pairs {
        pending.push(pair?);
        if pending.len() == portion {
            portions.push(write(&mut pending, folder)?);
        }
    }
    pending.sort_unstable();
    let mut merge = Merge { sources: vec![Source::Memory(pending.into_iter())], heap: BinaryHeap::new() };
    for portion in portions {
        merge.sources.push(Source::File(Box::new(portion.into_reader()?)));
    }
    (0..merge.sources.len()).try_for_each(|source| merge.refill(source))?;
    Ok(merge)
}

/// Writes a portion in order and empties it.
fn write(pending: &mut Vec<Pair>, folder: &Path) -> Result<Spool> {
    pending.sort_unstable();
    let mut spool = Spool::on_disk(folder)?;
    pending.drain(..).try_for_each(|pair| pair.write(&mut spool))?;
    Ok(spool)
}

/// A sorted portion as it is read.
enum Source {
    Memory(std::vec::IntoIter<Pair>),
    File(Box<dyn Read + Send>),
}

/// Sorted portions, merged as they are read.
pub(super) struct Merge {
    sources: Vec<Source>,
    /// The first pair of each portion that is not at its end.
    heap: BinaryHeap<Reverse<(Pair, usize)>>,
}

impl Merge {
    /// Takes the next pair of a portion.
    fn refill(&mut self, source: usize) -> Result<()> {
        let next = match &mut self.sources[source] {
            Source::Memory(pairs) => pairs.next(),
            Source::File(reader) => Pair::read(reader)?,
        };
        self.heap.extend(next.map(|pair| Reverse((pair, source))));
        Ok(())
    }
}

impl Iterator for Merge {
    type Item = Result<Pair>;

    fn next(&mut self) -> Option<Result<Pair>> {
        let Reverse((pair, source)) = self.heap.pop()?;
        Some(self.refill(source).map(|()| pair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::NameKind;

    #[test]
    fn any_portion_gives_the_same_order() {
        let keys = ["oslo", "aleppo", "lima", "aleppo", "turin", "bern", "quito"];
        let pairs = || {
            keys.iter()
                .enumerate()
                .map(|(at, key)| Pair::new((*key).to_owned(), at as u32, NameKind::Alternate))
        };
        let mut expected: Vec<Pair> = pairs().collect();
        expected.sort();
        for portion in 1..=keys.len() + 1 {
            let merge = sorted(pairs().map(Ok), &std::env::temp_dir(), portion).unwrap();
            assert_eq!(merge.map(Result::unwrap).collect::<Vec<_>>(), expected, "portions of {portion}");
        }
    }
}
