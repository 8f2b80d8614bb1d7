//! Marker segments: where they are, and those that define tables, frames and scans (T.81, B.2).

use core::ops::Range;

use crate::block::ZIGZAG;
use crate::error::{JpegError, invalid, unsupported};
use crate::huffman::Spec;
use crate::standard;

/// What comes next in a file.
pub(crate) enum Segment {
    /// A start of frame of the marker's kind; its contents.
    Frame(u8, Range<usize>),
    /// Contents of a scan header; entropy-coded data follows.
    Scan(Range<usize>),
    /// Any other segment; its contents.
    Other(u8, Range<usize>),
    /// The end of the image.
    End,
}

/// Walks over the segments of a file.
pub(crate) struct Segments<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    pub(crate) fn new(file: &'a [u8], at: usize) -> Self {
        Self { file, at }
    }

    /// The next segment. Bytes that belong to none are passed over, as libjpeg does.
    pub(crate) fn next(&mut self) -> Result<Segment, JpegError> {
        loop {
            let (at, marker) =
                crate::bits::next_marker(self.file, self.at).ok_or(JpegError::Truncated)?;
            self.at = at + 2;
            match marker {
                // Markers without a segment.
                0x01 | 0xD0..=0xD8 => continue,
                0xD9 => return Ok(Segment::End),
                _ => {}
            }
            let len = self.file.get(self.at..).and_then(<[u8]>::first_chunk);
            let len = usize::from(u16::from_be_bytes(*len.ok_or(JpegError::Truncated)?));
            if len < 2 {
                return Err(invalid("a JPEG segment of at least 2 bytes"));
            }
            let contents = self.at + 2..self.at + len;
            if contents.end > self.file.len() {
                return Err(JpegError::Truncated);
            }
            self.at = contents.end;
            return Ok(match marker {
                0xC4 | 0xC8 | 0xCC => Segment::Other(marker, contents),
                0xC0..=0xCF => Segment::Frame(marker, contents),
                0xDA => Segment::Scan(contents),
                _ => Segment::Other(marker, contents),
            });
        }
    }
}

/// What tables are in force.
#[derive(Clone, Default)]
pub(crate) struct Tables {
    /// Quantisation, in rows.
    pub(crate) quantisation: [Option<Box<[i16; 64]>>; 4],
    pub(crate) dc: [Option<Box<Spec>>; 4],
    pub(crate) ac: [Option<Box<Spec>>; 4],
    pub(crate) restart_interval: u16,
}

impl Tables {
    /// What is in force before any segment: the Huffman tables of T.81, annex K, as number 0 and 1, which the frames of
    /// Motion JPEG leave out.
    pub(crate) fn new() -> Self {
        let mut tables = Self::default();
        let [dc, ac, chroma_dc, chroma_ac] = &standard::CODES;
        let spec =
            |(counts, symbols): &standard::Lengths| Some(Box::new(Spec::of(counts, symbols)));
        (tables.dc[0], tables.dc[1]) = (spec(dc), spec(chroma_dc));
        (tables.ac[0], tables.ac[1]) = (spec(ac), spec(chroma_ac));
        tables
    }

    /// Takes over what a segment defines; whether it defines anything.
    pub(crate) fn define(&mut self, marker: u8, contents: &[u8]) -> Result<bool, JpegError> {
        match marker {
            0xC4 => self.huffman(contents)?,
            0xDB => self.quantisation(contents)?,
            0xDD => {
                let interval = contents.first_chunk().ok_or(invalid("a restart interval"))?;
                self.restart_interval = u16::from_be_bytes(*interval);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// B.2.4.2.
    fn huffman(&mut self, mut rest: &[u8]) -> Result<(), JpegError> {
        while let Some((selector, definition)) = rest.split_first() {
            let class = match selector >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(invalid("a Huffman table of class 0 or 1")),
            };
            let place = class.get_mut(usize::from(selector & 15));
            let place = place.ok_or(invalid("a Huffman table of number 0 to 3"))?;
            let (spec, len) = Spec::parse(definition)?;
            *place = Some(Box::new(spec));
            rest = &definition[len..];
        }
        Ok(())
    }

    /// B.2.4.1.
    fn quantisation(&mut self, mut rest: &[u8]) -> Result<(), JpegError> {
        while let Some((selector, definition)) = rest.split_first() {
            let wide = match selector >> 4 {
                0 => false,
                1 => true,
                _ => return Err(invalid("a quantisation table of 8 or 16 bits")),
            };
            let place = self.quantisation.get_mut(usize::from(selector & 15));
            let place = place.ok_or(invalid("a quantisation table of number 0 to 3"))?;
            let len = if wide { 128 } else { 64 };
            let values = definition.get(..len).ok_or(invalid("a quantisation table of 64"))?;
            let mut table = Box::new([0; 64]);
            for (i, at) in ZIGZAG.iter().take(64).enumerate() {
                let value = if wide {
                    u16::from_be_bytes([values[2 * i], values[2 * i + 1]])
                } else {
                    u16::from(values[i])
                };
                // Products are taken modulo 65536, as in libjpeg's SIMD.
                table[usize::from(*at)] = value.cast_signed();
            }
            *place = Some(table);
            rest = &definition[len..];
        }
        Ok(())
    }
}

/// A start of frame (B.2.2).
pub(crate) struct Frame {
    pub(crate) progressive: bool,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) components: Vec<FrameComponent>,
}

/// A component as its frame declares it.
pub(crate) struct FrameComponent {
    pub(crate) id: u8,
    pub(crate) h: u8,
    pub(crate) v: u8,
    /// Number of its quantisation table, 0 to 3.
    pub(crate) quantisation: usize,
}

impl Frame {
    pub(crate) fn parse(marker: u8, contents: &[u8]) -> Result<Self, JpegError> {
        match marker {
            0xC0..=0xC2 => {}
            0xC3 => return Err(unsupported("lossless JPEG")),
            0xC5..=0xC7 => return Err(unsupported("hierarchical JPEG")),
            _ => return Err(unsupported("arithmetic coded JPEG")),
        }
        let (fixed, listed) =
            contents.split_first_chunk().ok_or(invalid("a JPEG frame header of 8 bytes"))?;
        let [precision, h1, h0, w1, w0, count] = *fixed;
        if precision != 8 {
            return Err(unsupported("JPEG with other than 8 bits"));
        }
        if !matches!(count, 1 | 3 | 4) {
            return Err(unsupported("JPEG with other than 1, 3 or 4 channels"));
        }
        let height = u32::from(u16::from_be_bytes([h1, h0]));
        if height == 0 {
            return Err(unsupported("JPEG with its height after the scan"));
        }
        let width = u32::from(u16::from_be_bytes([w1, w0]));
        if width == 0 {
            return Err(invalid("a width and height of at least 1"));
        }
        let (listed, _) = listed.as_chunks::<3>();
        let listed = listed.get(..usize::from(count));
        let listed = listed.ok_or(invalid("a frame header that lists its components"))?;
        let mut components = Vec::with_capacity(4);
        for [id, factors, table] in listed {
            let (mut h, mut v) = (factors >> 4, factors & 15);
            if !(1..=4).contains(&h) || !(1..=4).contains(&v) {
                return Err(invalid("sampling factors of 1 to 4"));
            }
            if *table > 3 {
                return Err(invalid("a quantisation table of number 0 to 3"));
            }
            if count == 1 {
                // A.2.2: alone, a component is not subsampled, whatever it says.
                (h, v) = (1, 1);
            }
            let quantisation = usize::from(*table);
            components.push(FrameComponent { id: *id, h, v, quantisation });
        }
        Ok(Self { progressive: marker == 0xC2, width, height, components })
    }
}

/// A scan header (B.2.3).
pub(crate) struct Scan {
    /// Which components of the frame, in its order of them, and which tables: DC, AC.
    pub(crate) components: Vec<(usize, usize, usize)>,
    /// First and last coefficient in zigzag order.
    pub(crate) band: (usize, usize),
    /// Successive approximation: bits known before, and after.
    pub(crate) high: u8,
    pub(crate) low: u8,
}

impl Scan {
    pub(crate) fn parse(frame: &Frame, contents: &[u8]) -> Result<Self, JpegError> {
        const SHORT: JpegError = invalid("a scan header that lists its components");
        let (count, rest) = contents.split_first().ok_or(SHORT)?;
        let count = usize::from(*count);
        if !(1..=4).contains(&count) {
            return Err(invalid("a scan of 1 to 4 components"));
        }
        let (listed, rest) = rest.split_at_checked(2 * count).ok_or(SHORT)?;
        let [first, last, approximation] = *rest.first_chunk().ok_or(SHORT)?;
        let mut components: Vec<(usize, usize, usize)> = Vec::with_capacity(4);
        for [id, tables] in listed.as_chunks().0 {
            // The first one of this name that is not yet taken: some files have the same twice.
            let index = (0..frame.components.len()).find(|index| {
                frame.components[*index].id == *id
                    && components.iter().all(|(taken, _, _)| taken != index)
            });
            let index = index.ok_or(invalid("a scan of components that its frame has"))?;
            let (dc, ac) = (usize::from(tables >> 4), usize::from(tables & 15));
            if dc > 3 || ac > 3 {
                return Err(invalid("Huffman tables of number 0 to 3"));
            }
            components.push((index, dc, ac));
        }
        let blocks: u32 = components
            .iter()
            .map(|(index, _, _)| &frame.components[*index])
            .map(|component| u32::from(component.h) * u32::from(component.v))
            .sum();
        if count > 1 && blocks > 10 {
            return Err(invalid("at most 10 blocks in an MCU"));
        }
        let (high, low) = (approximation >> 4, approximation & 15);
        let band = if frame.progressive {
            let (first, last) = (usize::from(first), usize::from(last));
            let good =
                if first == 0 { last == 0 } else { first <= last && last < 64 && count == 1 };
            if !good || low > 13 || (high != 0 && high != low + 1) {
                return Err(invalid("a scan of a progressive JPEG"));
            }
            (first, last)
        } else {
            // libjpeg warns of other values and reads the scan all the same.
            (0, 63)
        };
        Ok(Self { components, band, high, low })
    }
}
