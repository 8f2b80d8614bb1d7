//! Bits out, least significant first.

/// Bits that are not yet whole bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BitWriter {
    buffer: u64,
    count: u32,
}

/// A writer with the room that it writes to. The room is made beforehand, for the size of a block is known.
pub(crate) struct Sink<'a> {
    bits: &'a mut BitWriter,
    output: &'a mut Vec<u8>,
    position: usize,
}

impl BitWriter {
    /// Makes room for that many bits, and writes to it.
    pub(crate) fn sink<'a>(&'a mut self, bits: usize, output: &'a mut Vec<u8>) -> Sink<'a> {
        let position = output.len();
        // A flush writes eight bytes wherever it stands.
        output.resize(position + bits / 8 + 16, 0);
        Sink { bits: self, output, position }
    }

    /// Bits until the next byte begins.
    pub(crate) fn to_boundary(self) -> u32 {
        self.count.wrapping_neg() & 7
    }
}

impl Sink<'_> {
    /// Adds bits: at most 57 between two flushes.
    #[inline]
    pub(crate) fn put(&mut self, value: u64, count: u32) {
        self.bits.buffer |= value << (self.bits.count & 63);
        self.bits.count += count;
    }

    /// Writes whole bytes.
    #[inline]
    pub(crate) fn flush(&mut self) {
        if let Some(place) =
            self.output.get_mut(self.position..).and_then(<[u8]>::first_chunk_mut::<8>)
        {
            *place = self.bits.buffer.to_le_bytes();
        }
        self.position += (self.bits.count >> 3) as usize;
        self.bits.buffer >>= self.bits.count & 0x38;
        self.bits.count &= 7;
    }

    /// Fills the last byte with zeros.
    pub(crate) fn align(&mut self) {
        self.bits.count += self.bits.to_boundary();
        self.flush();
    }

    /// Writes bytes at a boundary.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.output[self.position..][..bytes.len()].copy_from_slice(bytes);
        self.position += bytes.len();
    }

    /// Gives back the room that was not needed.
    pub(crate) fn finish(mut self) {
        self.flush();
        self.output.truncate(self.position);
    }
}
