//! Blocks of a GIF: where frames are, and what is said of them.

use core::ops::Range;

use crate::bytes::{array, le16, slice};
use crate::canvas::{Area, Disposal};
use crate::error::invalid;
use crate::{Format, FormatError, Header};

/// A frame as its descriptor, and the extension before it, have it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) area: Area,
    pub(crate) interlaced: bool,
    /// Where the colours lie, its own or the global ones.
    pub(crate) palette: Range<usize>,
    pub(crate) control: Control,
    /// Where its data are: the code size, then sub-blocks.
    pub(crate) data: usize,
}

/// A graphic control extension (section 23).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Control {
    /// In hundredths of a second.
    pub(crate) delay: u16,
    pub(crate) disposal: Disposal,
    pub(crate) transparent: Option<u8>,
}

/// Walks over the blocks.
#[derive(Clone, Debug)]
pub(crate) struct Blocks<'a> {
    file: &'a [u8],
    at: usize,
    pub(crate) width: u32,
    pub(crate) height: u32,
    global: Range<usize>,
    control: Control,
    /// How often the animation is played, once that is known.
    pub(crate) loops: Option<u32>,
    pub(crate) xmp: Option<Range<usize>>,
    /// Whether the trailer has been reached.
    pub(crate) complete: bool,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(file: &'a [u8]) -> Result<Self, FormatError> {
        let signature: [u8; 6] = array(file, 0)?;
        if !matches!(&signature, b"GIF87a" | b"GIF89a") {
            return Err(invalid("version 87a or 89a of GIF"));
        }
        let [w0, w1, h0, h1, flags, _, _] = array(file, 6)?;
        let global = table(13, flags);
        slice(file, global.start, global.len())?;
        Ok(Self {
            file,
            at: global.end,
            width: u16::from_le_bytes([w0, w1]).into(),
            height: u16::from_le_bytes([h0, h1]).into(),
            global,
            control: Control::default(),
            loops: None,
            xmp: None,
            complete: false,
        })
    }

    /// The next frame; none at the trailer, or where the file ends between two blocks. Goes over the data of no frame.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, FormatError> {
        loop {
            match self.file.get(self.at) {
                None => return Ok(None),
                Some(0x3B) => {
                    self.complete = true;
                    return Ok(None);
                }
                Some(0x21) => {
                    let label = *self.file.get(self.at + 1).ok_or(FormatError::Truncated)?;
                    self.at += 2;
                    self.extension(label)?;
                }
                Some(0x2C) => return self.frame().map(Some),
                Some(_) => return Err(invalid("a GIF block of a known kind")),
            }
        }
    }

    /// Section 20.
    fn frame(&mut self) -> Result<Frame, FormatError> {
        let at = self.at + 1;
        let flags = *self.file.get(at + 8).ok_or(FormatError::Truncated)?;
        let short = |at| le16(self.file, at).map(u32::from);
        let area = Area {
            left: short(at)?,
            top: short(at + 2)?,
            width: short(at + 4)?,
            height: short(at + 6)?,
        };
        let local = table(at + 9, flags);
        slice(self.file, local.start, local.len())?;
        let data = local.end;
        self.at = data + 1;
        let palette = if local.is_empty() { self.global.clone() } else { local };
        let control = core::mem::take(&mut self.control);
        Ok(Frame { area, interlaced: flags & 0x40 != 0, palette, control, data })
    }

    /// Sections 23 to 26; those without a meaning here are passed over.
    fn extension(&mut self, label: u8) -> Result<(), FormatError> {
        let at = self.at;
        if label == 0xF9 {
            let [len, flags, d0, d1, transparent] = array(self.file, at)?;
            if len != 4 {
                return Err(invalid("a graphic control of 4 bytes"));
            }
            self.control = Control {
                delay: u16::from_le_bytes([d0, d1]),
                disposal: match flags >> 2 & 7 {
                    2 => Disposal::Background,
                    3 => Disposal::Previous,
                    _ => Disposal::Keep,
                },
                transparent: (flags & 1 == 1).then_some(transparent),
            };
        }
        if label == 0xFF && self.file.get(at) == Some(&11) {
            let name: [u8; 11] = array(self.file, at + 1)?;
            let sub = self.file.get(at + 12..).unwrap_or_default();
            match (&name, sub) {
                (b"NETSCAPE2.0" | b"ANIMEXTS1.0", [3, 1, low, high, ..]) => {
                    let repeats = u32::from(u16::from_le_bytes([*low, *high]));
                    // It counts how often the animation is repeated after the first time.
                    self.loops = Some(if repeats == 0 { 0 } else { repeats + 1 });
                }
                (b"XMP DataXMP", packet) => {
                    // The packet is not in sub-blocks: 257 bytes follow it that lead back to their chain from anywhere.
                    self.at += 12;
                    self.skip()?;
                    let len = self.at.saturating_sub(at + 12);
                    self.xmp = len.checked_sub(258).map(|len| at + 12..at + 12 + len);
                    debug_assert!(len <= packet.len());
                    return Ok(());
                }
                _ => {}
            }
        }
        self.skip()
    }

    /// Finds no more frames.
    pub(crate) fn stop(&mut self) {
        self.at = self.file.len();
    }

    /// Goes over the sub-blocks of the last frame.
    pub(crate) fn skip(&mut self) -> Result<(), FormatError> {
        self.at = SubBlocks { file: self.file, at: self.at }.end()?;
        Ok(())
    }
}

/// A table of colours behind a descriptor with these flags.
fn table(at: usize, flags: u8) -> Range<usize> {
    if flags & 0x80 == 0 { at..at } else { at..at + (3 << ((flags & 7) + 1)) }
}

/// Sub-blocks (section 15), up to their terminator.
pub(crate) struct SubBlocks<'a> {
    pub(crate) file: &'a [u8],
    pub(crate) at: usize,
}

impl<'a> SubBlocks<'a> {
    /// The next one; empty at the terminator. Of one that is cut short what is there comes first, then the error.
    pub(crate) fn next(&mut self) -> Result<&'a [u8], FormatError> {
        let (len, rest) =
            self.file.get(self.at..).and_then(<[u8]>::split_first).ok_or(FormatError::Truncated)?;
        let block = &rest[..rest.len().min(usize::from(*len))];
        if block.is_empty() && *len > 0 {
            return Err(FormatError::Truncated);
        }
        self.at += 1 + block.len();
        Ok(block)
    }

    fn end(mut self) -> Result<usize, FormatError> {
        while !self.next()?.is_empty() {}
        Ok(self.at)
    }
}

pub(crate) fn header(input: &[u8]) -> Result<Header, FormatError> {
    let mut blocks = Blocks::new(input)?;
    let mut header = Header::plain(Format::Gif, blocks.width, blocks.height, 3);
    header.palette = true;
    header.pages = 0;
    // What is wrong behind the first frame is for those who read the others.
    while let Ok(Some(frame)) = blocks.next() {
        if header.pages == 0 {
            let Area { left, top, width, height } = frame.area;
            let whole = left == 0 && top == 0 && width >= header.width && height >= header.height;
            header.has_alpha = !whole || frame.control.transparent.is_some();
            header.channels = if header.has_alpha { 4 } else { 3 };
            header.interlaced = frame.interlaced;
            let colours = (frame.palette.len() / 3).max(2) as u32;
            header.depth = colours.trailing_zeros() as u8;
        }
        header.pages += 1;
        if blocks.skip().is_err() {
            break;
        }
    }
    header.loops = (header.pages > 1).then(|| blocks.loops.unwrap_or(1));
    header.xmp = blocks.xmp;
    header.complete = blocks.complete;
    if header.pages == 0 {
        header.has_alpha = true;
        header.channels = 4;
    }
    Ok(header)
}
