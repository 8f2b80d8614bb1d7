//! Literals, copies and cached colours to pixels (RFC 9649, section 3.6.2).

use super::bits::BitReader;
use super::entropy::{Codes, Group, Kind, LENGTHS, LITERALS};
use crate::WebpError;
use crate::error::invalid;
use crate::options::Limits;

/// Blue, green, red and alpha.
pub(super) type Pixel = [u8; 4];

/// The longest copy.
const LONGEST: usize = 4096;

/// Pixels that a copy may write behind its end, which are then written again.
const SLACK: usize = 4;

/// An image that is being decoded.
pub(super) struct Pixels {
    width: usize,
    total: usize,
    codes: Codes,
    /// As many as were needed so far; zeros behind those that are decoded.
    decoded: Vec<Pixel>,
    /// How many are decoded.
    at: usize,
}

impl Pixels {
    /// Nothing decoded yet. Room for pixels is made as they come, as far as the data cannot be expected to hold more.
    pub(super) fn new(
        width: usize,
        height: usize,
        codes: Codes,
        input: usize,
        limits: &Limits,
    ) -> Result<Self, WebpError> {
        let total = width * height;
        limits.check_memory(4 * (total + SLACK) as u64)?;
        let mut decoded = Vec::new();
        let first = total.min(input.saturating_mul(32)) + SLACK;
        decoded
            .try_reserve_exact(first)
            .map_err(|_| WebpError::OutOfMemory { bytes: 4 * first })?;
        Ok(Self { width, total, codes, decoded, at: 0 })
    }

    /// A row that is decoded.
    pub(super) fn row(&self, y: usize) -> &[Pixel] {
        &self.decoded[y * self.width..][..self.width]
    }

    /// Decodes rows up to one, and maybe more.
    pub(super) fn decode(
        &mut self,
        bits: &mut BitReader<'_>,
        rows: usize,
    ) -> Result<(), WebpError> {
        let end = (rows * self.width).min(self.total);
        if self.at >= end {
            return Ok(());
        }
        let room = self.total.min(end + LONGEST) + SLACK;
        if room > self.decoded.len() {
            let more = room - self.decoded.len();
            let bytes = 4 * more;
            self.decoded.try_reserve(more).map_err(|_| WebpError::OutOfMemory { bytes })?;
            self.decoded.resize(room, [0; 4]);
        }
        let mut local = *bits;
        let result = self.run(&mut local, end);
        *bits = local;
        if bits.is_exhausted() {
            return Err(WebpError::Truncated);
        }
        result
    }

    fn run(&mut self, bits: &mut BitReader<'_>, end: usize) -> Result<(), WebpError> {
        let mask = self.codes.group_mask();
        let mut at = self.at;
        let (mut x, mut y) = (at % self.width, at / self.width);
        let mut group = self.codes.group(x, y);
        while at < end {
            if x & mask == 0 {
                group = self.codes.group(x, y);
            }
            let pixel = match self.next(bits, &group)? {
                Next::Pixel(pixel) => pixel,
                Next::Copy(length, distance) => {
                    let distance = distance_in_pixels(distance, self.width);
                    self.copy(at, length, distance)?;
                    at += length;
                    x += length;
                    while x >= self.width {
                        x -= self.width;
                        y += 1;
                    }
                    if at < end && x & mask != 0 {
                        group = self.codes.group(x, y);
                    }
                    continue;
                }
            };
            self.decoded[at] = pixel;
            if let Some(cache) = &mut self.codes.cache {
                cache.insert(pixel);
            }
            at += 1;
            x += 1;
            if x == self.width {
                x = 0;
                y += 1;
            }
        }
        self.at = at;
        Ok(())
    }

    #[inline(always)]
    fn next(&self, bits: &mut BitReader<'_>, group: &Group) -> Result<Next, WebpError> {
        let codes = &self.codes;
        let tables = &codes.tables[..];
        let symbol = match group.kind {
            Kind::Constant(pixel) => return Ok(Next::Pixel(pixel)),
            Kind::Packed(table) => {
                bits.fill_half();
                let packed = codes.packed(table, bits.peek());
                bits.skip(u32::from(packed.bits));
                if packed.symbol == 0 {
                    return Ok(Next::Pixel(packed.pixel));
                }
                u32::from(packed.symbol)
            }
            Kind::OnlyGreen([blue, _, red, alpha]) => {
                bits.fill_half();
                let green = group.green.read(tables, bits);
                if green < LITERALS {
                    return Ok(Next::Pixel([blue, green as u8, red, alpha]));
                }
                green
            }
            Kind::FixedAlpha(alpha) => {
                bits.fill();
                let green = group.green.read(tables, bits);
                if green < LITERALS {
                    let red = group.red.read(tables, bits);
                    let blue = group.blue.read(tables, bits);
                    return Ok(Next::Pixel([blue as u8, green as u8, red as u8, alpha]));
                }
                green
            }
            Kind::General => {
                bits.fill();
                let green = group.green.read(tables, bits);
                if green < LITERALS {
                    let red = group.red.read(tables, bits);
                    bits.fill_half();
                    let blue = group.blue.read(tables, bits);
                    let alpha = group.alpha.read(tables, bits);
                    return Ok(Next::Pixel([blue, green, red, alpha].map(|channel| channel as u8)));
                }
                green
            }
        };
        let symbol = symbol - LITERALS;
        if symbol < LENGTHS {
            bits.fill_half();
            let length = prefixed(bits, symbol);
            bits.fill();
            let distance = group.distance.read(tables, bits);
            return Ok(Next::Copy(length, prefixed(bits, distance)));
        }
        let colour = codes.cache.as_ref().and_then(|cache| cache.colour(symbol - LENGTHS));
        colour.map(Next::Pixel).ok_or(invalid("a colour within the cache"))
    }

    #[inline(always)]
    fn copy(&mut self, at: usize, length: usize, distance: usize) -> Result<(), WebpError> {
        if distance > at || length > self.total - at {
            return Err(invalid("copies from and to within the image"));
        }
        let from = at - distance;
        if distance >= SLACK {
            for i in (0..length).step_by(SLACK) {
                let pixels = self.decoded[from + i..].first_chunk::<SLACK>().copied();
                let place = self.decoded[at + i..].first_chunk_mut::<SLACK>();
                if let (Some(pixels), Some(place)) = (pixels, place) {
                    *place = pixels;
                }
            }
        } else {
            for i in 0..length {
                self.decoded[at + i] = self.decoded[from + i];
            }
        }
        if let Some(cache) = &mut self.codes.cache {
            for pixel in &self.decoded[at..at + length] {
                cache.insert(*pixel);
            }
        }
        Ok(())
    }
}

enum Next {
    Pixel(Pixel),
    /// A length, and a distance as it is coded.
    Copy(usize, usize),
}

/// A length or a distance (section 3.6.2.2): a symbol and extra bits, up to 18.
#[inline(always)]
fn prefixed(bits: &mut BitReader<'_>, symbol: u32) -> usize {
    if symbol < 4 {
        return symbol as usize + 1;
    }
    let extra = (symbol - 2) >> 1;
    let base = (2 + (symbol & 1)) << extra;
    (base + bits.filled_number(extra)) as usize + 1
}

/// Distances up to 120 are those of pixels nearby: rows up in the upper half of a byte, columns left of the eighth in
/// the lower one.
#[inline]
fn distance_in_pixels(distance: usize, width: usize) -> usize {
    match NEARBY.get(distance - 1) {
        Some(place) => {
            let (up, left) = (usize::from(place >> 4), usize::from(place & 15));
            (up * width + 8).saturating_sub(left).max(1)
        }
        None => distance - NEARBY.len(),
    }
}

#[rustfmt::skip]
static NEARBY: [u8; 120] = [
    0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39, 0x15, 0x1b, 0x36,
    0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34,
    0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67,
    0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77, 0x79,
    0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52,
    0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61,
    0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70,
];

/// Reads an image that belongs to the header of another.
pub(super) fn decode_image(
    bits: &mut BitReader<'_>,
    width: usize,
    height: usize,
    limits: &Limits,
) -> Result<Vec<Pixel>, WebpError> {
    let codes = Codes::read(bits, width, height, false, limits)?;
    let mut image = Pixels::new(width, height, codes, 1 << 12, limits)?;
    // In parts, so that data which is used up ends it.
    let step = (LONGEST / width).max(1);
    for rows in (step..height + step).step_by(step) {
        image.decode(bits, rows)?;
    }
    image.decoded.truncate(image.total);
    Ok(image.decoded)
}
