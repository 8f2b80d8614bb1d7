//! Widths by CID (ISO 32000-1, 9.7.4.3).

use bytemill_pdf_objects::{Dictionary, Document, Object};

/// Widths that are kept; there are 65,536 CIDs.
const MAX_WIDTHS: usize = 1 << 16;

/// CIDs from `first` to `last` with `count` numbers each, which start there in the list.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: u32,
    last: u32,
    start: u32,
    /// The same numbers for all, not some for each.
    shared: bool,
}

/// The arrays `W`, with one number for each CID, and `W2`, with three.
#[derive(Debug, Default)]
pub(crate) struct CidMetrics {
    runs: Vec<Run>,
    numbers: Vec<f32>,
    size: usize,
}

impl CidMetrics {
    /// Reads the array under `key`.
    pub(crate) fn of(document: &Document<'_>, font: &Dictionary, key: &[u8], size: usize) -> Self {
        let mut made = Self { size, ..Self::default() };
        let array = document.array(font, key).unwrap_or_default();
        let mut objects = array.iter().map(|object| document.resolve(object));
        while let Some(first) = objects.next() {
            if made.numbers.len() >= MAX_WIDTHS * size {
                break;
            }
            let (Some(first), Some(next)) = (first.as_integer(), objects.next()) else { break };
            let Ok(first) = u32::try_from(first) else { continue };
            let start = made.numbers.len() as u32;
            if let Object::Array(list) = &next {
                let numbers = list.iter().take(MAX_WIDTHS).map(|object| document.resolve(object));
                made.numbers
                    .extend(numbers.map(|it| it.as_number().unwrap_or_default() as f32 / 1000.0));
                let count = (made.numbers.len() - start as usize) / size;
                made.numbers.truncate(start as usize + count * size);
                if count > 0 {
                    let last = first.saturating_add(count as u32 - 1);
                    made.runs.push(Run { first, last, start, shared: false });
                }
                continue;
            }
            let Some(last) = next.as_integer() else { break };
            for _ in 0..size {
                let number = objects.next().and_then(|object| object.as_number());
                made.numbers.push(number.unwrap_or_default() as f32 / 1000.0);
            }
            let last = u32::try_from(last).unwrap_or(first);
            if last >= first {
                made.runs.push(Run { first, last, start, shared: true });
            }
        }
        // Runs do not overlap in sound files; where they do, the first one counts.
        made.runs.sort_by_key(|run| run.first);
        made
    }

    /// The numbers of a CID.
    pub(crate) fn get(&self, cid: u32) -> Option<&[f32]> {
        let behind = self.runs.partition_point(|run| run.first <= cid);
        let run = self.runs[..behind].last().filter(|run| run.last >= cid)?;
        let step = if run.shared { 0 } else { (cid - run.first) as usize * self.size };
        let start = run.start as usize + step;
        self.numbers.get(start..start + self.size)
    }
}
