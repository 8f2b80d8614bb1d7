//! The tree over the chunks, section 2.1 and 2.5, four subtrees wide.
//!
//! Four neighbouring subtrees of equal size are one entry. Two neighbouring entries of equal size become one of twice
//! the size, by four parents at once and with no transposition: a binary counter over entries. An entry is never the
//! root, because four subtrees are not one, so whole groups can be taken as they come.

use alloc::vec::Vec;

use super::Key;
use super::compress::{Meta, Value, compress, compress_here, flag, rows, value};
use super::pool::{self, Job};
use super::wide::{CHUNK_LEN, Metas, Wide, groups, leaves, parents, rounds, same, values};
use crate::block::{BLOCK_LEN, Block, blocks, padded};
use bytemill_simd::U32x4;

/// The last compression of a node, not done yet: as the root it gives any number of bytes (section 2.6).
#[derive(Clone, Copy)]
pub(super) struct Node {
    value: Value,
    message: [U32x4; 4],
    meta: Meta,
}

impl Node {
    /// A chunk of at most 1024 bytes.
    #[inline(never)]
    pub(super) fn chunk(input: &[u8], key: &Key, counter: u64) -> Self {
        Self::chunk_here(input, key, counter)
    }

    /// The same without a call, for an input that is one chunk.
    #[inline(always)]
    pub(super) fn chunk_here(input: &[u8], key: &Key, counter: u64) -> Self {
        // The last block is never empty, but for an empty chunk.
        let whole = input.len().saturating_sub(1) / BLOCK_LEN * BLOCK_LEN;
        let (head, tail) = input.split_at(whole);
        let mut value = value(&key.words);
        let mut flags = key.flags | flag::CHUNK_START;
        for block in blocks(head).0 {
            let meta = Meta { counter, len: BLOCK_LEN as u32, flags };
            let [a, b, ..] = compress(value, rows(block), meta);
            value = [a, b];
            flags = key.flags;
        }
        let flags = flags | flag::CHUNK_END;
        let block = match blocks(tail).0.first() {
            Some(block) => rows(block),
            None => rows(&padded(tail)),
        };
        Self { value, message: block, meta: Meta { counter, len: tail.len() as u32, flags } }
    }

    /// A parent.
    fn parent(left: Value, right: Value, key: &Key) -> Self {
        let message = [left[0], left[1], right[0], right[1]];
        let meta = Meta { counter: 0, len: BLOCK_LEN as u32, flags: key.flags | flag::PARENT };
        Self { value: value(&key.words), message, meta }
    }

    /// Above four neighbours.
    fn above([a, b, c, d]: [Value; 4], key: &Key) -> Self {
        let left = Self::parent(a, b, key).chaining_value();
        Self::parent(left, Self::parent(c, d, key).chaining_value(), key)
    }

    /// Above two to four chunks.
    pub(super) fn above_chunks(chunks: &[Value], key: &Key) -> Self {
        match *chunks {
            [a, b, c, d] => Self::above([a, b, c, d], key),
            [a, b, c] => Self::parent(Self::parent(a, b, key).chaining_value(), c, key),
            [a, b] => Self::parent(a, b, key),
            _ => Self::chunk(&[], key, 0),
        }
    }

    pub(super) fn chaining_value(&self) -> Value {
        let [a, b, ..] = compress(self.value, self.message, self.meta);
        [a, b]
    }

    /// The first 32 bytes as the root, which are the usual digest.
    pub(super) fn digest(&self) -> [u8; 32] {
        let [a, b, ..] = compress(self.value, self.message, self.meta.root());
        bytes([a, b])
    }

    /// The same without a call, so that of a block that is all of the input nothing but the digest goes through memory.
    #[inline(always)]
    pub(super) fn digest_here(&self) -> [u8; 32] {
        let [a, b, ..] = compress_here(self.value, self.message, self.meta.root());
        bytes([a, b])
    }

    /// Any number of bytes as the root, from that at `offset` on.
    pub(super) fn fill(&self, offset: u64, output: &mut [u8]) {
        let flags = self.meta.flags | flag::ROOT;
        let mut counter = offset / BLOCK_LEN as u64;
        let before = (offset % BLOCK_LEN as u64) as usize;
        let mut output = output;
        if before > 0 {
            let (head, rest) = output.split_at_mut(output.len().min(BLOCK_LEN - before));
            let block = self.block(counter);
            head.copy_from_slice(&block.as_flattened()[before..before + head.len()]);
            output = rest;
            counter += 1;
        }
        let (wide, rest) = output.as_chunks_mut::<{ 4 * BLOCK_LEN }>();
        if !wide.is_empty() {
            let mut message = [U32x4::splat(0); 16];
            for (word, at) in
                message.iter_mut().zip(self.message.map(U32x4::to_array).as_flattened())
            {
                *word = U32x4::splat(*at);
            }
            let mut words = [0; 8];
            words.copy_from_slice(self.value.map(U32x4::to_array).as_flattened());
            let value = same(&words);
            for blocks in wide {
                let metas =
                    Metas { lens: U32x4::splat(self.meta.len), ..Metas::following(counter, flags) };
                let v = rounds(&value, &message, &metas);
                let word =
                    |at: usize| if at < 8 { v[at] ^ v[at + 8] } else { v[at] ^ value[at - 8] };
                for quarter in 0..4 {
                    let first = 4 * quarter;
                    let lanes = U32x4::transpose([
                        word(first),
                        word(first + 1),
                        word(first + 2),
                        word(first + 3),
                    ]);
                    for (lane, words) in lanes.into_iter().enumerate() {
                        let at = lane * BLOCK_LEN + quarter * 16;
                        if let Some(place) = blocks[at..].first_chunk_mut() {
                            words.store(place);
                        }
                    }
                }
                counter += 4;
            }
        }
        for chunk in rest.chunks_mut(BLOCK_LEN) {
            chunk.copy_from_slice(&self.block(counter).as_flattened()[..chunk.len()]);
            counter += 1;
        }
    }

    /// A block of the output as the root.
    fn block(&self, counter: u64) -> Block {
        let flags = self.meta.flags | flag::ROOT;
        let words = compress(self.value, self.message, Meta { counter, flags, ..self.meta });
        let mut block: Block = [[0; 16]; 4];
        for (words, place) in words.into_iter().zip(&mut block) {
            words.store(place);
        }
        block
    }
}

/// A chaining value as bytes.
#[inline(always)]
pub(super) fn bytes(value: Value) -> [u8; 32] {
    let mut bytes = [[0; 16]; 2];
    value[0].store(&mut bytes[0]);
    value[1].store(&mut bytes[1]);
    let mut flat = [0; 32];
    flat.copy_from_slice(bytes.as_flattened());
    flat
}

/// What is known of an input's beginning: whole groups of four chunks.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    /// Groups taken so far.
    pub(super) groups: u64,
    /// An entry for every one in the binary form of `groups`, the largest first.
    pub(super) entries: Vec<Wide>,
}

impl Tree {
    pub(super) const fn new() -> Self {
        Self { groups: 0, entries: Vec::new() }
    }

    /// Takes an entry of four subtrees of `2^level` chunks; what was taken before is a multiple of that.
    pub(super) fn push(&mut self, mut entry: Wide, level: u32, key: &Key) {
        let mut bits = self.groups >> level;
        while bits & 1 == 1
            && let Some(left) = self.entries.pop()
        {
            entry = parents(&left, &entry, key);
            bits >>= 1;
        }
        self.entries.push(entry);
        self.groups += 1 << level;
    }

    /// Takes the whole groups of `input` and gives back what is left.
    #[inline(never)]
    pub(super) fn update<'a>(&mut self, input: &'a [u8], key: &Key) -> &'a [u8] {
        #[cfg(any(feature = "parallel", not(target_arch = "wasm32")))]
        let input = super::parts::update(self, input, key);
        self.update_groups(input, key)
    }

    /// The same, group by group.
    pub(super) fn update_groups<'a>(&mut self, input: &'a [u8], key: &Key) -> &'a [u8] {
        let (groups, rest) = groups(input);
        for group in groups {
            let entry = leaves(group, key, self.groups * 4);
            self.push(entry, 0, key);
        }
        rest
    }

    /// The root above everything that was taken and the last `rest` of less than a group.
    pub(super) fn root(&self, rest: &[u8], key: &Key) -> Node {
        let counter = self.groups * 4;
        let mut root = None;
        if rest.len() > CHUNK_LEN {
            root = Some(last_chunks(rest, key, counter));
        } else if !rest.is_empty() || self.groups == 0 {
            root = Some(Node::chunk(rest, key, counter));
        }
        for entry in self.entries.iter().rev() {
            let above = Node::above(values(entry), key);
            root = Some(match root {
                None => above,
                Some(right) => Node::parent(above.chaining_value(), right.chaining_value(), key),
            });
        }
        root.unwrap_or_else(|| Node::chunk(&[], key, 0))
    }
}

/// The node above two to four chunks, of which the last may be short.
fn last_chunks(input: &[u8], key: &Key, counter: u64) -> Node {
    if input.len() <= 2 * CHUNK_LEN {
        // Half of the lanes would cost as much as all of them.
        let (left, right) = input.split_at(CHUNK_LEN);
        let left = Node::chunk(left, key, counter).chaining_value();
        return Node::parent(left, Node::chunk(right, key, counter + 1).chaining_value(), key);
    }
    let mut last = LastChunks {
        chunks: input.chunks(CHUNK_LEN),
        counter,
        taken: 0,
        values: [value(&key.words); 4],
    };
    pool::run(key, &mut last);
    Node::above_chunks(&last.values[..last.taken], key)
}

/// The chunks of an input's end, at most four.
struct LastChunks<'a> {
    chunks: core::slice::Chunks<'a, u8>,
    counter: u64,
    taken: usize,
    values: [Value; 4],
}

impl<'a> pool::Source<'a> for LastChunks<'a> {
    fn next(&mut self) -> Option<Job<'a>> {
        let bytes = self.chunks.next()?;
        let place = self.taken;
        self.taken += 1;
        Some(Job { bytes, counter: self.counter + place as u64, last: 0, place })
    }
}

impl pool::Sink for LastChunks<'_> {
    fn done(&mut self, place: usize, value: Value) {
        self.values[place % 4] = value;
    }
}
