//! The file from chunk to chunk: what decoding needs of those before an image, and the image's data inflated.

use bytemill_gzip::{PullDecoder, crc32};

use super::control::Control;
use crate::bytes::{array, be32};
use crate::error::invalid;
use crate::{FormatError, Header};

const DECODES: FormatError = invalid("PNG data that decodes");

/// A chunk as it stands in the file.
struct Found<'a> {
    kind: [u8; 4],
    /// Its contents, as many as there are.
    contents: &'a [u8],
    /// Kind and contents, and the checksum of both; nothing where the file ends before.
    checked: Option<(&'a [u8], u32)>,
    /// Where the next chunk begins.
    end: usize,
}

impl<'a> Found<'a> {
    fn at(file: &'a [u8], at: usize) -> Result<Self, FormatError> {
        let len = be32(file, at)? as usize;
        let kind = array(file, at + 4)?;
        let start = at + 8;
        let end = start.saturating_add(len);
        let contents = &file[start..end.min(file.len())];
        let checked = be32(file, end).ok().map(|checksum| (&file[at + 4..end], checksum));
        Ok(Self { kind, contents, checked, end: end.saturating_add(4) })
    }

    /// Whether the checksum is right.
    fn is_intact(&self) -> Result<bool, FormatError> {
        let (bytes, checksum) = self.checked.ok_or(FormatError::Truncated)?;
        Ok(crc32(bytes, 0) == checksum)
    }
}

/// What reads a file's images one after another.
pub(super) struct Stream<'a> {
    file: &'a [u8],
    colour: u8,
    depth: u8,
    size: [u32; 2],
    /// Where the next chunk begins.
    at: usize,
    /// The chunk of data that is read, what of it is not yet read, and whether data has been found at all.
    data: Option<Found<'a>>,
    rest: &'a [u8],
    found: bool,
    /// Whether the data of a frame may come.
    ready: bool,
    decoder: PullDecoder,
    /// What was wrong with the data, behind what they gave.
    failure: Option<FormatError>,
    /// Contents of the palette and of the transparency.
    pub(super) palette: Option<&'a [u8]>,
    pub(super) transparency: Option<&'a [u8]>,
    /// What was last said of a frame, and the last number of the animation's chunks.
    pub(super) control: Option<Control>,
    sequence: Option<u32>,
}

impl<'a> Stream<'a> {
    /// Checks the header chunk.
    pub(super) fn new(file: &'a [u8], header: &Header) -> Result<Self, FormatError> {
        let first = Found::at(file, 8)?;
        let [depth, colour, compression, filter, interlace] = array(file, 24)?;
        if !first.is_intact()? {
            return Err(DECODES);
        }
        if compression != 0 || filter != 0 || interlace > 1 {
            return Err(invalid("PNG's methods of compression, filtering and interlacing"));
        }
        let size = [header.width, header.height];
        if size.contains(&0) {
            return Err(invalid("a PNG of at least one pixel"));
        }
        Ok(Self {
            file,
            colour,
            depth,
            size,
            at: first.end,
            data: None,
            rest: &[],
            found: false,
            ready: false,
            decoder: PullDecoder::new(),
            failure: None,
            palette: None,
            transparency: None,
            control: None,
            sequence: None,
        })
    }

    /// PNG's numbers of the colour type and the depth.
    pub(super) fn samples(&self) -> (u8, u8) {
        (self.colour, self.depth)
    }

    /// Reads on to the data of the next image.
    pub(super) fn next_image(&mut self) -> Result<(), FormatError> {
        loop {
            let chunk = Found::at(self.file, self.at)?;
            match &chunk.kind {
                b"IDAT" if self.found => return Err(DECODES),
                b"fdAT" if !self.ready => return Err(DECODES),
                b"IDAT" | b"fdAT" => {
                    self.found = true;
                    self.decoder.restart();
                    self.failure = None;
                    return self.open(chunk);
                }
                _ => self.other(&chunk)?,
            }
            self.at = chunk.end;
        }
    }

    /// A chunk without data.
    fn other(&mut self, chunk: &Found<'a>) -> Result<(), FormatError> {
        let Found { kind, contents, .. } = *chunk;
        let known = matches!(&kind, b"PLTE" | b"tRNS" | b"fcTL");
        // Others are of no interest, but those that are vital say by the case of their first letter that they are.
        if !known {
            return if kind[0] & 32 == 0 { Err(DECODES) } else { Ok(()) };
        }
        if !chunk.is_intact()? {
            return if &kind == b"PLTE" { Err(DECODES) } else { Ok(()) };
        }
        match &kind {
            b"PLTE" => {
                if self.palette.is_some() || !(3..=768).contains(&contents.len()) {
                    return Err(invalid("one palette of 1 to 256 colours"));
                }
                self.palette = Some(contents);
            }
            b"tRNS" => {
                let fits = match self.colour {
                    0 => contents.len() >= 2,
                    2 => contents.len() >= 6,
                    3 => self.palette.is_some() && !self.found && !contents.is_empty(),
                    _ => false,
                };
                if fits && contents.len() <= 256 && self.transparency.is_none() {
                    self.transparency = Some(contents);
                }
            }
            _ => {
                let control = Control::read(contents, self.size, !self.found)?;
                self.count(be32(contents, 0)?)?;
                self.control = Some(control);
                self.ready = self.found;
            }
        }
        Ok(())
    }

    /// Checks the number of an animation's chunk: they are numbered from 0 on, and a control comes first.
    fn count(&mut self, number: u32) -> Result<(), FormatError> {
        let expected = self.sequence.map_or(Some(0), |last| last.checked_add(1));
        if expected != Some(number) {
            return Err(invalid("chunks of an animated PNG in order"));
        }
        self.sequence = Some(number);
        Ok(())
    }

    /// Begins a chunk of data.
    fn open(&mut self, chunk: Found<'a>) -> Result<(), FormatError> {
        self.rest = chunk.contents;
        if &chunk.kind == b"fdAT" {
            self.count(be32(chunk.contents, 0)?)?;
            self.rest = &chunk.contents[4..];
        }
        self.at = chunk.end;
        self.data = Some(chunk);
        Ok(())
    }

    /// Leaves a chunk of data and begins the next; whether there is one.
    fn next_chunk(&mut self) -> Result<bool, FormatError> {
        let Some(data) = &self.data else { return Ok(false) };
        let kind = data.kind;
        // Those of frames are not vital.
        if !data.is_intact()? && &kind == b"IDAT" {
            return Err(DECODES);
        }
        let next = Found::at(self.file, self.at)?;
        if next.kind == kind {
            self.open(next)?;
            return Ok(true);
        }
        self.data = None;
        self.ready = false;
        Ok(false)
    }

    /// Fills `bytes` with what comes next of the image's data.
    pub(super) fn read(&mut self, bytes: &mut [u8]) -> Result<(), FormatError> {
        let mut filled = 0;
        loop {
            let fresh = self.decoder.fresh();
            let count = fresh.len().min(bytes.len() - filled);
            bytes[filled..][..count].copy_from_slice(&fresh[..count]);
            self.decoder.take(count);
            filled += count;
            if filled == bytes.len() {
                return Ok(());
            }
            if let Some(failure) = self.failure {
                return Err(failure);
            }
            if self.decoder.is_done() {
                return Err(DECODES);
            }
            match self.decoder.fill(self.rest) {
                Ok(used) => self.rest = &self.rest[used..],
                Err(_) => self.failure = Some(DECODES),
            }
            if self.decoder.fresh().is_empty() && self.rest.is_empty() && !self.next_chunk()? {
                return Err(DECODES);
            }
        }
    }

    /// Reads the rest of the image's chunks, for their checksums.
    pub(super) fn finish(&mut self) -> Result<(), FormatError> {
        while self.next_chunk()? {}
        Ok(())
    }
}
