//! Bits out, least significant first.

/// Bits that are not yet whole bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BitWriter {
    buffer: u64,
    count: u32,
}

/// A writer with the room that it writes to, which is made beforehand, for the size of a block is known. All of it is
/// values, which a loop that has it for its own keeps in registers.
pub(crate) struct Sink<'a> {
    output: &'a mut [u8],
    position: usize,
    bits: BitWriter,
}

impl BitWriter {
    /// Makes room for that many bits behind `output`, and has `write` fill it.
    pub(crate) fn write(
        &mut self,
        bits: usize,
        output: &mut Vec<u8>,
        write: impl FnOnce(Sink<'_>) -> (usize, Self),
    ) {
        let position = output.len();
        // A flush writes eight bytes wherever it stands.
        output.resize(position + bits / 8 + 16, 0);
        let (end, bits) = write(Sink { output, position, bits: *self });
        output.truncate(end);
        *self = bits;
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

    /// Where the last whole byte ends, and the bits behind it.
    pub(crate) fn finish(mut self) -> (usize, BitWriter) {
        self.flush();
        (self.position, self.bits)
    }
}
