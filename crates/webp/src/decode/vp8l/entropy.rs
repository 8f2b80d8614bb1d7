//! Entropy-coded images: the codes (RFC 9649, section 3.7.2) of a stream of literals, copies and cached colours.

use super::bits::BitReader;
use super::pixels::{Pixel, decode_image};
use super::prefix::{Code, MOST_SYMBOLS, read_lengths};
use crate::WebpError;
use crate::error::invalid;
use crate::options::{Limits, filled, reserve};

/// Symbols of green that are literals, and those that are lengths of copies.
pub(super) const LITERALS: u32 = 256;
pub(super) const LENGTHS: u32 = 24;

/// Symbols of distances.
const DISTANCES: usize = 40;

/// Bits by which a packed table decides a whole literal.
const PACKED_BITS: u32 = 6;

/// The five codes of one part of an image.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) green: Code,
    pub(super) red: Code,
    pub(super) blue: Code,
    pub(super) alpha: Code,
    pub(super) distance: Code,
    pub(super) kind: Kind,
}

/// What can be said of a group's literals beforehand.
#[derive(Clone, Copy, Default)]
pub(super) enum Kind {
    #[default]
    General,
    /// Every pixel is the same, and takes no bits.
    Constant(Pixel),
    /// Alpha takes no bits.
    FixedAlpha(u8),
    /// Red, blue and alpha take no bits.
    OnlyGreen(Pixel),
    /// A table for all four, at that place.
    Packed(u32),
}

/// A whole literal, or a symbol of green that is none: how many bits it takes, and which it is.
#[derive(Clone, Copy, Default)]
pub(super) struct Packed {
    pub(super) bits: u8,
    /// The symbol of a copy or a cached colour; 0 for a literal.
    pub(super) symbol: u16,
    pub(super) pixel: Pixel,
}

/// All codes of an image.
pub(super) struct Codes {
    pub(super) groups: Vec<Group>,
    pub(super) tables: Vec<u32>,
    packed: Vec<[Packed; 1 << PACKED_BITS]>,
    /// Numbers of groups, for squares of pixels; empty where there is one.
    map: Vec<u16>,
    /// Binary logarithm of the sides of these squares.
    map_bits: u32,
    map_width: usize,
    pub(super) cache: Option<Cache>,
}

impl Codes {
    /// Reads the cache's size and the codes. `top` is for the image itself, the only one with a map of groups.
    pub(super) fn read(
        bits: &mut BitReader<'_>,
        width: usize,
        height: usize,
        top: bool,
        limits: &Limits,
    ) -> Result<Self, WebpError> {
        let cache = if bits.flag() {
            let size = bits.number(4);
            if !(1..=11).contains(&size) {
                return Err(invalid("a colour cache of 1 to 11 bits"));
            }
            Some(Cache::new(size)?)
        } else {
            None
        };
        let mut codes = Self {
            groups: Vec::new(),
            tables: Vec::new(),
            packed: Vec::new(),
            map: Vec::new(),
            map_bits: 0,
            map_width: 0,
            cache,
        };
        // Numbers that the groups of the file are stored under; groups that no pixel uses are not kept.
        let mut numbers = vec![Some(0)];
        if top && bits.flag() {
            codes.map_bits = bits.number(3) + 2;
            let side = 1 << codes.map_bits;
            codes.map_width = width.div_ceil(side);
            let size = (codes.map_width, height.div_ceil(side));
            let image = decode_image(bits, size.0, size.1, limits)?;
            numbers = codes.renumber(&image)?;
        }
        codes.read_groups(bits, &numbers, limits)?;
        Ok(codes)
    }

    /// Makes the map out of the image that it is stored as.
    fn renumber(&mut self, image: &[Pixel]) -> Result<Vec<Option<u16>>, WebpError> {
        let group = |[_, green, red, _]: &Pixel| u16::from_le_bytes([*green, *red]);
        let most = image.iter().map(group).max().unwrap_or_default();
        let mut numbers = filled(None, usize::from(most) + 1)?;
        let mut used = 0_u16;
        reserve(&mut self.map, image.len())?;
        for pixel in image {
            let number = *numbers[usize::from(group(pixel))].get_or_insert_with(|| {
                used = used.wrapping_add(1);
                used.wrapping_sub(1)
            });
            self.map.push(number);
        }
        Ok(numbers)
    }

    fn read_groups(
        &mut self,
        bits: &mut BitReader<'_>,
        numbers: &[Option<u16>],
        limits: &Limits,
    ) -> Result<(), WebpError> {
        let used = numbers.iter().flatten().count();
        self.groups = filled(Group::default(), used)?;
        let cached = self.cache.as_ref().map_or(0, |cache| cache.colours.len());
        let alphabets = [(LITERALS + LENGTHS) as usize + cached, 256, 256, 256, DISTANCES];
        let mut lengths = [0; MOST_SYMBOLS];
        for number in numbers {
            let kept = self.tables.len();
            let mut codes = [Code::default(); 5];
            let mut longest = 0;
            for (i, (code, symbols)) in codes.iter_mut().zip(alphabets).enumerate() {
                read_lengths(bits, &mut lengths, symbols)?;
                *code = Code::new(&lengths[..symbols], &mut self.tables)?;
                if i < 4 && code.only_symbol(&self.tables).is_none() {
                    longest += lengths[..symbols].iter().copied().max().map_or(0, u32::from);
                }
            }
            let Some(number) = number else {
                self.tables.truncate(kept);
                continue;
            };
            let [green, red, blue, alpha, distance] = codes;
            let mut group = Group { green, red, blue, alpha, distance, kind: Kind::General };
            group.kind = self.kind(&group, longest)?;
            self.groups[usize::from(*number)] = group;
            limits.check_memory(4 * self.tables.len() as u64 + 512 * self.packed.len() as u64)?;
        }
        Ok(())
    }

    fn kind(&mut self, group: &Group, longest: u32) -> Result<Kind, WebpError> {
        let only = |code: Code| code.only_symbol(&self.tables);
        if let (Some(red), Some(blue), Some(alpha)) =
            (only(group.red), only(group.blue), only(group.alpha))
        {
            let pixel = |green: u32| [blue, green, red, alpha].map(|channel| channel as u8);
            return Ok(match only(group.green) {
                Some(green) if green < LITERALS => Kind::Constant(pixel(green)),
                _ => Kind::OnlyGreen(pixel(0)),
            });
        }
        if longest > PACKED_BITS {
            let alpha = only(group.alpha);
            return Ok(alpha.map_or(Kind::General, |alpha| Kind::FixedAlpha(alpha as u8)));
        }
        let mut table = [Packed::default(); 1 << PACKED_BITS];
        for (next, packed) in (0..).zip(&mut table) {
            *packed = self.pack(group, next);
        }
        reserve(&mut self.packed, 1)?;
        self.packed.push(table);
        Ok(Kind::Packed(self.packed.len() as u32 - 1))
    }

    fn pack(&self, group: &Group, next: u32) -> Packed {
        let mut bits = 0;
        let mut read = |code: Code| {
            let entry = code.entry(&self.tables, next >> bits);
            bits += entry & 0xFF;
            entry >> 8
        };
        let green = read(group.green);
        if green >= LITERALS {
            return Packed { bits: bits as u8, symbol: green as u16, pixel: [0; 4] };
        }
        let (red, blue, alpha) = (read(group.red), read(group.blue), read(group.alpha));
        let pixel = [blue, green, red, alpha].map(|channel| channel as u8);
        Packed { bits: bits as u8, symbol: 0, pixel }
    }

    /// The entry of a packed table.
    #[inline(always)]
    pub(super) fn packed(&self, table: u32, next: u32) -> Packed {
        let table = self.packed.get(table as usize);
        table.map_or(Packed::default(), |table| table[next as usize % (1 << PACKED_BITS)])
    }

    /// The group of a pixel.
    #[inline]
    pub(super) fn group(&self, x: usize, y: usize) -> Group {
        let number = if self.map.is_empty() {
            0
        } else {
            let at = (y >> self.map_bits) * self.map_width + (x >> self.map_bits);
            usize::from(self.map.get(at).copied().unwrap_or_default())
        };
        self.groups.get(number).copied().unwrap_or_default()
    }

    /// Bits of a column that are 0 where another group may begin.
    pub(super) fn group_mask(&self) -> usize {
        if self.map.is_empty() { usize::MAX } else { (1 << self.map_bits) - 1 }
    }
}

/// Colours of late, by a hash of them (section 3.6.2.3).
pub(super) struct Cache {
    colours: Vec<Pixel>,
    shift: u32,
}

impl Cache {
    fn new(bits: u32) -> Result<Self, WebpError> {
        Ok(Self { colours: filled([0; 4], 1 << bits)?, shift: 32 - bits })
    }

    #[inline(always)]
    pub(super) fn insert(&mut self, pixel: Pixel) {
        let hash = u32::from_le_bytes(pixel).wrapping_mul(0x1E35_A7BD) >> self.shift;
        if let Some(place) = self.colours.get_mut(hash as usize) {
            *place = pixel;
        }
    }

    #[inline(always)]
    pub(super) fn colour(&self, number: u32) -> Option<Pixel> {
        self.colours.get(number as usize).copied()
    }
}
