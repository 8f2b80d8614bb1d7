//! The tables as they are once a dictionary is entered, to go back to after each message.
//!
//! A message of a few kilobytes writes a few thousand places of tables that have a hundred thousand. Which ones is known
//! from its content, so that these alone are put back. Only binary trees turn around at places that cannot be told, and
//! are copied as a whole.

use alloc::vec::Vec;

use super::super::params::{Params, Strategy};
use super::{Finder, Hash, Span, chain, grow, optimal, read64, rows, tree};
use crate::EncodeError;

/// A copy of all that a finder has entered.
pub(crate) struct Snapshot {
    hash: Vec<u32>,
    chain: Vec<u32>,
    tags: Vec<u8>,
    triples: Vec<u32>,
    next: u32,
}

impl Finder {
    /// A copy of the tables, for a frame of these parameters.
    pub(crate) fn snapshot(&self) -> Result<Snapshot, EncodeError> {
        Ok(Snapshot {
            hash: copy(&self.hash)?,
            chain: copy(&self.chain)?,
            tags: copy(&self.tags)?,
            triples: copy(&self.optimal.triples)?,
            next: self.next,
        })
    }

    /// Puts back what was there before the block or blocks of `span`, the end of its buffer, were searched.
    pub(crate) fn restore(&mut self, snapshot: &Snapshot, span: &Span<'_>, params: &Params) {
        self.next = snapshot.next;
        self.optimal.prices.reset();
        // From here on a copy of everything costs less.
        let many = (span.end - span.start) * 16 > snapshot.hash.len();
        if many {
            self.hash.copy_from_slice(&snapshot.hash);
            self.chain.copy_from_slice(&snapshot.chain);
            self.tags.copy_from_slice(&snapshot.tags);
            self.optimal.triples.copy_from_slice(&snapshot.triples);
            return;
        }
        let words = words(span);
        let hash = &mut self.hash[..1 << params.hash_log];
        if params.rows() {
            let (of, log) = (rows::hash_of(params), rows::row_log(params));
            for word in words {
                let start = (of.of(word) >> 8) << log;
                let row = start..start + (1 << log);
                hash[row.clone()].copy_from_slice(&snapshot.hash[row.clone()]);
                self.tags[row.clone()].copy_from_slice(&snapshot.tags[row]);
            }
            return;
        }
        match params.strategy {
            Strategy::Fast => {
                let of = Hash::new(params.min_match, params.hash_log);
                put_back(hash, &snapshot.hash, words.map(|word| of.of(word)));
            }
            Strategy::Dfast => {
                let long = Hash::new(8, params.hash_log);
                let short = Hash::new(params.min_match, params.chain_log);
                let chain = &mut self.chain[..1 << params.chain_log];
                for word in words {
                    put_back(hash, &snapshot.hash, [long.of(word)]);
                    put_back(chain, &snapshot.chain, [short.of(word)]);
                }
            }
            Strategy::Tree | Strategy::Opt | Strategy::Ultra | Strategy::Ultra2 => {
                let of = tree::hash_of(params);
                let triples = &mut self.optimal.triples;
                let triple = optimal::triple_hash(params);
                for word in words {
                    put_back(hash, &snapshot.hash, [of.of(word)]);
                    if !triples.is_empty() {
                        put_back(triples, &snapshot.triples, [triple.of(word)]);
                    }
                }
                self.chain.copy_from_slice(&snapshot.chain);
            }
            Strategy::Greedy | Strategy::Lazy | Strategy::Lazy2 => {
                let of = chain::hash_of(params);
                put_back(hash, &snapshot.hash, words.map(|word| of.of(word)));
                let chain = &mut self.chain[..1 << params.chain_log];
                let mask = chain.len() - 1;
                let links = (span.start..span.end).map(|at| span.index(at) as usize & mask);
                put_back(chain, &snapshot.chain, links);
            }
        }
    }
}

fn put_back(table: &mut [u32], from: &[u32], places: impl IntoIterator<Item = usize>) {
    for place in places {
        table[place] = from[place];
    }
}

/// The eight bytes from each position on, with zeros behind the end.
fn words<'a>(span: &Span<'a>) -> impl Iterator<Item = u64> + use<'a> {
    let (buf, end) = (span.buf, span.end);
    let tail_at = span.start.max(end.saturating_sub(8));
    let mut tail = [0; 16];
    tail[..end - tail_at].copy_from_slice(&buf[tail_at..end]);
    let inner = (span.start..tail_at).map(move |at| read64(buf, at));
    inner.chain((tail_at..end).map(move |at| read64(&tail, at - tail_at)))
}

fn copy<T: Copy + Default>(table: &[T]) -> Result<Vec<T>, EncodeError> {
    let mut copy = Vec::new();
    grow(&mut copy, table.len())?;
    copy.copy_from_slice(table);
    Ok(copy)
}

impl Snapshot {
    /// How much memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        4 * (self.hash.len() + self.chain.len() + self.triples.len()) + self.tags.len()
    }
}

#[cfg(test)]
impl PartialEq<Snapshot> for Finder {
    fn eq(&self, snapshot: &Snapshot) -> bool {
        self.hash == snapshot.hash
            && self.chain == snapshot.chain
            && self.tags == snapshot.tags
            && self.optimal.triples == snapshot.triples
            && self.next == snapshot.next
    }
}
