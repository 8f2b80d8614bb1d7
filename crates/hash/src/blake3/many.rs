//! Many inputs at once.

use alloc::vec::Vec;

use super::Key;
use super::compress::{Value, flag};
use super::pool::{self, Job};
use super::tree::{Node, bytes};
use super::wide::{CHUNK_LEN, GROUP_LEN};

/// The first `length` bytes of the digest of each input, at most 32, one after another in the order of the inputs.
/// Inputs of less than 4096 bytes share the lanes of the vector unit: the shorter, the more that saves.
///
/// Takes time linear in the length of all inputs. Writes as many as `output` has room for.
pub fn digests(
    inputs: &mut dyn Iterator<Item = &[u8]>,
    key: &Key,
    length: usize,
    output: &mut [u8],
) {
    let length = length.clamp(1, 32);
    let mut batch = Batch {
        key,
        inputs,
        length,
        output,
        taken: 0,
        rest: &[],
        chunks: 0,
        values: Vec::new(),
        parts: Vec::new(),
    };
    pool::run_sorted(key, &mut batch);
    for Part { place, first, count } in core::mem::take(&mut batch.parts) {
        if let Some(chunks) = batch.values.get(first..first + count) {
            let digest = Node::above_chunks(chunks, key).digest();
            batch.write(place, &digest);
        }
    }
}

/// An input of some chunks, whose parents come last.
struct Part {
    place: usize,
    first: usize,
    count: usize,
}

/// A place of a job that is a chunk, and no input of its own.
const CHUNK: usize = 1 << (usize::BITS - 1);

struct Batch<'a, 'b> {
    key: &'b Key,
    inputs: &'b mut dyn Iterator<Item = &'a [u8]>,
    length: usize,
    output: &'b mut [u8],
    /// Inputs taken so far.
    taken: usize,
    /// What is left of an input of several chunks, and how many of them were given out.
    rest: &'a [u8],
    chunks: u64,
    /// Chaining values of all chunks that are not inputs of their own.
    values: Vec<Value>,
    parts: Vec<Part>,
}

impl<'a> Batch<'a, '_> {
    #[inline(always)]
    fn write(&mut self, place: usize, digest: &[u8; 32]) {
        let Some(rest) = self.output.get_mut(place * self.length..) else { return };
        // The usual length is a copy without a call.
        if self.length == 32 {
            if let Some(whole) = rest.first_chunk_mut() {
                *whole = *digest;
            }
        } else {
            for (to, from) in rest.iter_mut().zip(&digest[..self.length]) {
                *to = *from;
            }
        }
    }

    /// The next chunk of an input that has several.
    fn chunk(&mut self) -> Job<'a> {
        let (bytes, rest) = self.rest.split_at(self.rest.len().min(CHUNK_LEN));
        let place = CHUNK | self.values.len();
        self.values.push(super::compress::value(&self.key.words));
        let counter = self.chunks;
        self.rest = rest;
        self.chunks += 1;
        Job { bytes, counter, last: 0, place }
    }
}

impl<'a> pool::Source<'a> for Batch<'a, '_> {
    fn next(&mut self) -> Option<Job<'a>> {
        if !self.rest.is_empty() {
            return Some(self.chunk());
        }
        loop {
            let bytes = self.inputs.next()?;
            let place = self.taken;
            self.taken += 1;
            if bytes.len() <= CHUNK_LEN {
                return Some(Job { bytes, counter: 0, last: flag::ROOT, place });
            }
            if bytes.len() < GROUP_LEN {
                let (first, count) = (self.values.len(), bytes.len().div_ceil(CHUNK_LEN));
                self.parts.push(Part { place, first, count });
                (self.rest, self.chunks) = (bytes, 0);
                return Some(self.chunk());
            }
            let digest = super::digest(bytes, self.key);
            self.write(place, &digest);
        }
    }
}

impl pool::Sink for Batch<'_, '_> {
    fn done(&mut self, place: usize, value: Value) {
        if place & CHUNK == 0 {
            self.write(place, &bytes(value));
        } else if let Some(place) = self.values.get_mut(place & !CHUNK) {
            *place = value;
        }
    }
}
