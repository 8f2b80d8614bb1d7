//! Four lanes that each work on an input of their own, of any length: one that is done takes the next.

use bytemill_simd::U32x4;

use super::constants::START;
use super::single::{LENGTH_AT, marked, set_length};
use super::step::compress_lanes;
use crate::block::{BLOCK_LEN, Block, blocks, columns};

/// An input longer than this has a way of its own: blocks that stand alone in the lanes cost as much as four.
const SHORT: usize = 1 << 16;

struct Lane<'a, 'b> {
    rest: &'a [u8],
    /// Length of the whole input in bits.
    bits: u64,
    /// Whether the end was marked already, in a block that had no room for the length.
    marked: bool,
    /// None where there is no more to do.
    place: Option<&'b mut [u8; 32]>,
}

/// The digests of many inputs, one after another in their order. The inputs share the lanes of the vector unit.
///
/// Takes time linear in the length of all inputs. Writes as many as `output` has room for.
pub fn digests(inputs: &mut dyn Iterator<Item = &[u8]>, output: &mut [u8]) {
    let mut places = output.as_chunks_mut::<32>().0.iter_mut();
    let mut lanes = [(); 4].map(|()| Lane { rest: &[][..], bits: 0, marked: false, place: None });
    let fresh = START.map(U32x4::splat);
    let mut state = fresh;
    loop {
        // All ones where a lane begins.
        let mut begins = [0_u32; 4];
        let mut busy = false;
        for (lane, begins) in lanes.iter_mut().zip(&mut begins) {
            while lane.place.is_none()
                && let (Some(rest), Some(place)) = (inputs.next(), places.next())
            {
                if rest.len() > SHORT {
                    *place = super::digest(rest);
                    continue;
                }
                let bits = rest.len() as u64 * 8;
                *lane = Lane { rest, bits, marked: false, place: Some(place) };
                *begins = u32::MAX;
            }
            busy |= lane.place.is_some();
        }
        if !busy {
            return;
        }
        let mut made: [Block; 4] = [[[0; 16]; 4]; 4];
        let mut ends = [false; 4];
        let mut message = [&[[0_u8; 16]; 4]; 4];
        for (((lane, made), end), message) in
            lanes.iter_mut().zip(&mut made).zip(&mut ends).zip(&mut message)
        {
            if let Some(block) = blocks(lane.rest).0.first() {
                *message = block;
                lane.rest = &lane.rest[BLOCK_LEN..];
                continue;
            }
            if !lane.marked {
                *made = marked(lane.rest);
                lane.marked = true;
            }
            *end = lane.rest.len() < LENGTH_AT;
            if *end {
                set_length(made, lane.bits);
            }
            // What is left was taken, and a block with the length alone may follow.
            lane.rest = &[];
            *message = made;
        }
        let begins = U32x4::new(begins);
        for (word, fresh) in state.iter_mut().zip(fresh) {
            *word = U32x4::select(begins, fresh, *word);
        }
        take(&mut state, message);
        if ends.contains(&true) {
            let low = U32x4::transpose([state[0], state[1], state[2], state[3]]);
            let high = U32x4::transpose([state[4], state[5], state[6], state[7]]);
            for (((lane, end), low), high) in lanes.iter_mut().zip(ends).zip(low).zip(high) {
                if end && let Some(place) = lane.place.take() {
                    let halves = [low, high].map(|half| half.to_array().map(u32::to_be_bytes));
                    place.copy_from_slice(halves.as_flattened().as_flattened());
                }
            }
        }
    }
}

#[inline(never)]
fn take(state: &mut [U32x4; 8], message: [&Block; 4]) {
    compress_lanes(state, columns(message).map(U32x4::swap_bytes));
}
