//! The loop over symbols for as long as neither the input's nor the output's end is near.
//!
//! Each step reads eight bytes at once and writes up to three literals and a match before it looks at the
//! bounds again.

use crate::bits::Bits;
use crate::inflate::{Expected, Input, Tables, Window, second, value};
use crate::table::{DISTANCE_BITS, END, LITERAL, LITLEN_BITS, LITLEN_ENTRIES, RARE, SECOND};

/// Bytes of input that a step may look at: two refills of at most 7 bytes, each of which reads 8.
const INPUT_MARGIN: usize = 16;
/// Bytes of output that a step may write: literals, the longest match and what a copy writes past it.
const OUTPUT_MARGIN: usize = 4 + 258 + 2 * COPY;
/// Bytes that a match is copied in.
const COPY: usize = 16;

/// Decodes symbols of one block. True if the block has ended, false if an end is near.
pub(crate) fn run(
    tables: &Tables,
    bits: &mut Bits,
    input: &mut Input<'_>,
    window: &mut Window<'_>,
) -> Result<bool, Expected> {
    let Tables { litlen, distance } = tables;
    let bytes = input.bytes;
    let out = &mut *window.bytes;
    let (mut from, mut to) = (input.position, window.position);
    let input_end = bytes.len().saturating_sub(INPUT_MARGIN);
    let output_end = out.len().saturating_sub(OUTPUT_MARGIN);
    let Bits { mut buffer, mut count } = *bits;

    if from >= input_end {
        return Ok(false);
    }
    refill(bytes, &mut from, &mut buffer, &mut count);
    // Entries are looked up before a refill, with bits that are there for sure: the look-up then need not wait
    // for it.
    let mut entry = first(litlen, buffer);
    let ended = loop {
        if from >= input_end || to >= output_end {
            break Ok(false);
        }
        refill(bytes, &mut from, &mut buffer, &mut count);
        if entry & LITERAL != 0 {
            // At most 11 bits each: three fit into what a refill gives, with a length code behind them.
            let Some(place) = out.get_mut(to..).and_then(<[u8]>::first_chunk_mut::<3>) else {
                break Ok(false);
            };
            skip(&mut buffer, &mut count, entry);
            place[0] = (entry >> 16) as u8;
            to += 1;
            entry = first(litlen, buffer);
            if entry & LITERAL != 0 {
                skip(&mut buffer, &mut count, entry);
                place[1] = (entry >> 16) as u8;
                to += 1;
                entry = first(litlen, buffer);
                if entry & LITERAL != 0 {
                    skip(&mut buffer, &mut count, entry);
                    place[2] = (entry >> 16) as u8;
                    to += 1;
                    entry = first(litlen, buffer);
                    continue;
                }
            }
        }
        if entry & RARE != 0 {
            if entry & SECOND != 0 {
                skip(&mut buffer, &mut count, entry);
                entry = second(litlen, entry, buffer);
            }
            if entry & LITERAL != 0 {
                skip(&mut buffer, &mut count, entry);
                out[to] = (entry >> 16) as u8;
                to += 1;
                entry = first(litlen, buffer);
                continue;
            }
            if entry & RARE != 0 {
                if entry & END == 0 {
                    break Err("a literal or length code");
                }
                skip(&mut buffer, &mut count, entry);
                break Ok(true);
            }
        }
        let length = value(entry, buffer) as usize;
        skip(&mut buffer, &mut count, entry);

        entry = distance[buffer as usize & ((1 << DISTANCE_BITS) - 1)];
        refill(bytes, &mut from, &mut buffer, &mut count);
        if entry & RARE != 0 {
            if entry & SECOND == 0 {
                break Err("a distance code");
            }
            skip(&mut buffer, &mut count, entry);
            entry = second(distance, entry, buffer);
            if entry & RARE != 0 {
                break Err("a distance code");
            }
        }
        let back = value(entry, buffer) as usize;
        skip(&mut buffer, &mut count, entry);
        if back > to - window.floor {
            break Err("a distance that does not reach before the start");
        }
        entry = first(litlen, buffer);
        copy(out, to, back, length);
        to += length;
    };
    *bits = Bits { buffer, count };
    input.position = from;
    window.position = to;
    ended
}

/// Reads ahead to at least 56 bits. The caller has seen that the input has eight more bytes.
#[inline]
fn refill(bytes: &[u8], from: &mut usize, buffer: &mut u64, count: &mut u32) {
    let word = bytes.get(*from..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
    *buffer |= u64::from_le_bytes(word) << (*count & 63);
    *from += ((63 - *count as usize) & 63) >> 3;
    *count |= 0x38;
}

#[inline]
fn first(litlen: &[u32; LITLEN_ENTRIES], buffer: u64) -> u32 {
    litlen[buffer as usize & ((1 << LITLEN_BITS) - 1)]
}

#[inline]
fn skip(buffer: &mut u64, count: &mut u32, entry: u32) {
    *buffer >>= entry & 63;
    *count = count.wrapping_sub(entry & 63);
}

/// Copies `length` bytes from `back` bytes before `to`. May write up to two copies' size past them.
#[inline]
fn copy(out: &mut [u8], to: usize, back: usize, length: usize) {
    let end = to + length;
    if back >= COPY {
        let (mut to, mut from) = (to, to - back);
        loop {
            out.copy_within(from..from + COPY, to);
            to += COPY;
            from += COPY;
            if to >= end {
                break;
            }
        }
    } else {
        overlapping(out, to, back, end);
    }
}

/// Copies a match that is made of itself, up to `end` at least: its period fills a vector, which is then written
/// again and again, each time as far on as whole periods go. Calls of `memory.fill` and `memory.copy`, which
/// leave the module, would take several times as long as most of these matches.
fn overlapping(out: &mut [u8], to: usize, back: usize, end: usize) {
    let mut pattern = [out[to - 1]; COPY];
    let mut step = COPY;
    if back > 1 {
        let Some(source) = out.get(to - back..).and_then(<[u8]>::first_chunk::<COPY>) else {
            return;
        };
        let mut from = 0;
        for slot in &mut pattern {
            *slot = source[from & (COPY - 1)];
            from += 1;
            if from == back {
                from = 0;
            }
        }
        step -= COPY % back;
    }
    let mut to = to;
    while to < end {
        let Some(place) = out.get_mut(to..).and_then(<[u8]>::first_chunk_mut) else { return };
        *place = pattern;
        to += step;
    }
}
