//! Blocks in, bytes out (RFC 1951): a machine that stops where input or room ends and goes on from there.

use crate::bits::Bits;
use crate::fast;
use crate::table::{
    Alphabet, DISTANCE_BITS, DISTANCE_ENTRIES, END, LITERAL, LITLEN_BITS, LITLEN_ENTRIES,
    PRECODE_BITS, RARE, SECOND, build,
};

/// The order in which the lengths of the codes for code lengths come (section 3.2.7).
pub(crate) const PRECODE_ORDER: [u8; 19] =
    [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Why the machine stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// The input is used up.
    NeedInput,
    /// There is a byte to write and no room for it.
    NeedOutput,
    /// The last block has ended.
    Done,
}

/// What was expected of the input.
pub(crate) type Expected = &'static str;

/// Where the machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Header,
    StoredLength,
    Stored { left: u32 },
    Counts,
    Precode { next: u32 },
    Lengths { next: u32 },
    Body,
    Match { length: u32, distance: u32 },
    Done,
}

/// The two tables of a block.
pub(crate) struct Tables {
    pub(crate) litlen: [u32; LITLEN_ENTRIES],
    pub(crate) distance: [u32; DISTANCE_ENTRIES],
}

/// The input and how far it is read.
pub(crate) struct Input<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) position: usize,
}

/// The output and how far it is written.
pub(crate) struct Window<'a> {
    pub(crate) bytes: &'a mut [u8],
    pub(crate) position: usize,
    /// Where the bytes begin that matches may refer to.
    pub(crate) floor: usize,
}

/// The machine. Tables are kept from use to use and never cleared.
pub(crate) struct Inflate {
    pub(crate) bits: Bits,
    tables: Box<Tables>,
    lengths: Box<[u8; 320]>,
    precode: Box<[u32; 1 << PRECODE_BITS]>,
    state: State,
    last: bool,
    /// The tables are those of section 3.2.6.
    fixed: bool,
    litlens: u32,
    distances: u32,
    precodes: u32,
}

impl Inflate {
    pub(crate) fn new() -> Self {
        Self {
            bits: Bits::default(),
            tables: Box::new(Tables {
                litlen: [0; LITLEN_ENTRIES],
                distance: [0; DISTANCE_ENTRIES],
            }),
            lengths: Box::new([0; 320]),
            precode: Box::new([0; 1 << PRECODE_BITS]),
            state: State::Header,
            last: false,
            fixed: false,
            litlens: 0,
            distances: 0,
            precodes: 0,
        }
    }

    /// Starts a new sequence of blocks at the bits that come next.
    pub(crate) fn restart(&mut self) {
        self.state = State::Header;
        self.last = false;
    }

    /// Decodes until the last block ends, the input ends or the room ends.
    pub(crate) fn run(
        &mut self,
        input: &mut Input<'_>,
        window: &mut Window<'_>,
    ) -> Result<Status, Expected> {
        loop {
            let status = match self.state {
                State::Header => self.header(input)?,
                State::StoredLength => self.stored_length(input)?,
                State::Stored { left } => self.stored(left, input, window),
                State::Counts | State::Precode { .. } => self.precode(input)?,
                State::Lengths { next } => self.lengths(next, input)?,
                State::Body => self.body(input, window)?,
                State::Match { length, distance } => self.copy(length, distance, window),
                State::Done => Some(Status::Done),
            };
            if let Some(status) = status {
                return Ok(status);
            }
        }
    }

    fn take(&mut self, count: u32, input: &mut Input<'_>) -> Option<u32> {
        self.bits.take(count, input.bytes, &mut input.position)
    }

    fn header(&mut self, input: &mut Input<'_>) -> Result<Option<Status>, Expected> {
        let Some(header) = self.take(3, input) else { return Ok(Some(Status::NeedInput)) };
        self.last = header & 1 == 1;
        match header >> 1 {
            0 => {
                self.bits.align();
                self.state = State::StoredLength;
            }
            1 => {
                self.use_fixed_codes();
                self.state = State::Body;
            }
            2 => self.state = State::Counts,
            _ => return Err("a block of type 0, 1 or 2"),
        }
        Ok(None)
    }

    fn use_fixed_codes(&mut self) {
        if !self.fixed {
            let lengths = fixed_lengths();
            build(Alphabet::Litlen, &lengths[..288], &mut self.tables.litlen);
            build(Alphabet::Distance, &lengths[288..], &mut self.tables.distance);
            self.fixed = true;
        }
    }

    fn stored_length(&mut self, input: &mut Input<'_>) -> Result<Option<Status>, Expected> {
        let Some(both) = self.take(32, input) else { return Ok(Some(Status::NeedInput)) };
        let left = both & 0xFFFF;
        if left != !both >> 16 {
            return Err("the length of a stored block and its complement");
        }
        self.state = State::Stored { left };
        Ok(None)
    }

    fn stored(
        &mut self,
        mut left: u32,
        input: &mut Input<'_>,
        window: &mut Window<'_>,
    ) -> Option<Status> {
        // First what was read ahead, then straight from the input.
        while left > 0 && self.bits.count >= 8 && window.position < window.bytes.len() {
            window.bytes[window.position] = self.bits.buffer as u8;
            self.bits.skip(8);
            window.position += 1;
            left -= 1;
        }
        if self.bits.count < 8 {
            self.bits = Bits::default();
            let available = input.bytes.len() - input.position;
            let room = window.bytes.len() - window.position;
            let count = available.min(room).min(left as usize);
            window.bytes[window.position..][..count]
                .copy_from_slice(&input.bytes[input.position..][..count]);
            window.position += count;
            input.position += count;
            left -= count as u32;
        }
        self.state = State::Stored { left };
        if left == 0 {
            self.end_block();
            None
        } else if window.position == window.bytes.len() {
            Some(Status::NeedOutput)
        } else {
            Some(Status::NeedInput)
        }
    }

    fn end_block(&mut self) {
        self.state = if self.last { State::Done } else { State::Header };
    }

    fn precode(&mut self, input: &mut Input<'_>) -> Result<Option<Status>, Expected> {
        if self.state == State::Counts {
            let Some(counts) = self.take(14, input) else { return Ok(Some(Status::NeedInput)) };
            self.litlens = 257 + (counts & 31);
            self.distances = 1 + (counts >> 5 & 31);
            self.precodes = 4 + (counts >> 10);
            if self.litlens > 286 || self.distances > 30 {
                return Err("at most 286 literal and length codes and 30 distance codes");
            }
            self.lengths[..19].fill(0);
            self.state = State::Precode { next: 0 };
        }
        while let State::Precode { next } = self.state
            && next < self.precodes
        {
            let Some(length) = self.take(3, input) else { return Ok(Some(Status::NeedInput)) };
            self.lengths[usize::from(PRECODE_ORDER[next as usize % 19])] = length as u8;
            self.state = State::Precode { next: next + 1 };
        }
        if !build(Alphabet::Precode, &self.lengths[..19], &mut *self.precode) {
            return Err("a complete code for code lengths");
        }
        self.state = State::Lengths { next: 0 };
        Ok(None)
    }

    fn lengths(
        &mut self,
        mut next: u32,
        input: &mut Input<'_>,
    ) -> Result<Option<Status>, Expected> {
        let total = self.litlens + self.distances;
        while next < total {
            if self.bits.count < 14 {
                self.bits.refill(input.bytes, &mut input.position);
            }
            let entry = self.precode[(self.bits.buffer & 0x7F) as usize];
            let (symbol, code) = (entry >> 16, entry & 15);
            let (value, base, extra) = match symbol {
                0..16 => (symbol as u8, 1, 0),
                16 => (0, 3, 2),
                17 => (0, 3, 3),
                _ => (0, 11, 7),
            };
            if code + extra > self.bits.count {
                self.state = State::Lengths { next };
                return Ok(Some(Status::NeedInput));
            }
            self.bits.skip(code);
            let repeat = base + (self.bits.buffer as u32 & ((1 << extra) - 1));
            self.bits.skip(extra);
            let value = if symbol == 16 {
                if next == 0 {
                    return Err("a code length before one that repeats it");
                }
                self.lengths[next as usize - 1]
            } else {
                value
            };
            if next + repeat > total {
                return Err("code lengths that do not repeat past the last code");
            }
            self.lengths[next as usize..][..repeat as usize].fill(value);
            next += repeat;
        }
        if self.lengths[256] == 0 {
            return Err("a code for the end of the block");
        }
        let (litlens, rest) = self.lengths.split_at(self.litlens as usize);
        self.fixed = false;
        if !build(Alphabet::Litlen, litlens, &mut self.tables.litlen) {
            return Err("a complete code for literals and lengths");
        }
        if !build(Alphabet::Distance, &rest[..self.distances as usize], &mut self.tables.distance) {
            return Err("a complete code for distances");
        }
        self.state = State::Body;
        Ok(None)
    }

    fn body(
        &mut self,
        input: &mut Input<'_>,
        window: &mut Window<'_>,
    ) -> Result<Option<Status>, Expected> {
        if fast::run(&self.tables, &mut self.bits, input, window)? {
            self.end_block();
            return Ok(None);
        }
        // One symbol at a time where input or room may end.
        loop {
            self.bits.refill(input.bytes, &mut input.position);
            let Bits { buffer, count } = self.bits;
            let mut entry = self.tables.litlen[buffer as usize & ((1 << LITLEN_BITS) - 1)];
            let mut used = 0;
            if entry & SECOND != 0 {
                used = LITLEN_BITS;
                entry = second(&self.tables.litlen, entry, buffer >> used);
            }
            used += entry & 63;
            if used > count {
                return Ok(Some(Status::NeedInput));
            }
            if entry & LITERAL != 0 {
                let Some(place) = window.bytes.get_mut(window.position) else {
                    return Ok(Some(Status::NeedOutput));
                };
                *place = (entry >> 16) as u8;
                window.position += 1;
                self.bits.skip(used);
                continue;
            }
            if entry & RARE != 0 {
                if entry & END == 0 {
                    return Err("a literal or length code");
                }
                self.bits.skip(used);
                self.end_block();
                return Ok(None);
            }
            let length = value(entry, buffer >> (used - (entry & 63)));
            let rest = buffer >> used;
            let mut entry = self.tables.distance[rest as usize & ((1 << DISTANCE_BITS) - 1)];
            if entry & SECOND != 0 {
                used += DISTANCE_BITS;
                entry = second(&self.tables.distance, entry, rest >> DISTANCE_BITS);
            }
            if used + (entry & 63) > count {
                return Ok(Some(Status::NeedInput));
            }
            if entry & RARE != 0 {
                return Err("a distance code");
            }
            let distance = value(entry, buffer >> used);
            self.bits.skip(used + (entry & 63));
            if distance as usize > window.position - window.floor {
                return Err("a distance that does not reach before the start");
            }
            self.state = State::Match { length, distance };
            if let Some(status) = self.copy(length, distance, window) {
                return Ok(Some(status));
            }
        }
    }

    /// Copies as much of a match as there is room for.
    fn copy(&mut self, length: u32, distance: u32, window: &mut Window<'_>) -> Option<Status> {
        let room = window.bytes.len() - window.position;
        let count = room.min(length as usize);
        for to in window.position..window.position + count {
            window.bytes[to] = window.bytes[to - distance as usize];
        }
        window.position += count;
        let left = length - count as u32;
        if left > 0 {
            self.state = State::Match { length: left, distance };
            return Some(Status::NeedOutput);
        }
        self.state = State::Body;
        None
    }
}

/// The lengths of the codes of section 3.2.6: 288 for literals and lengths, 32 for distances.
pub(crate) fn fixed_lengths() -> [u8; 320] {
    let mut lengths = [8; 320];
    lengths[144..256].fill(9);
    lengths[256..280].fill(7);
    lengths[288..].fill(5);
    lengths
}

/// The entry of the second table that `entry` leads to.
#[inline]
pub(crate) fn second<const N: usize>(table: &[u32; N], entry: u32, rest: u64) -> u32 {
    let index = rest as usize & ((1 << (entry >> 8 & 15)) - 1);
    table[((entry >> 16) as usize + index) & (N - 1)]
}

/// A base with its extra bits; `buffer` begins with the code.
#[inline]
pub(crate) fn value(entry: u32, buffer: u64) -> u32 {
    let both = buffer & !(u64::MAX << (entry & 63));
    (entry >> 16) + (both >> (entry >> 8 & 15)) as u32
}
