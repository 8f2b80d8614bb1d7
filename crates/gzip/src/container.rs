//! What is around the blocks: gzip's members (RFC 1952), zlib's header and checksum (RFC 1950), or nothing.

use crate::adler32::adler32;
use crate::crc32::crc32;
use crate::inflate::{Inflate, Input, Status, Window};
use crate::{DecodeError, Format};

/// gzip's flags (RFC 1952, section 2.3.1).
pub(crate) mod flag {
    pub(crate) const HEADER_CRC: u8 = 2;
    pub(crate) const EXTRA: u8 = 4;
    pub(crate) const NAME: u8 = 8;
    pub(crate) const COMMENT: u8 = 16;
    pub(crate) const RESERVED: u8 = 0xE0;
}

/// Where in the container the machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Byte `at` of the fixed part of a gzip header.
    Member {
        at: u8,
    },
    ExtraLength,
    Extra {
        left: u32,
    },
    Name,
    Comment,
    HeaderCrc,
    Zlib,
    DictionaryId,
    Blocks,
    Checksum,
    Length,
    End,
}

/// The machine for a whole input: container and blocks.
pub(crate) struct Machine {
    inflate: Inflate,
    format: Format,
    stage: Stage,
    flags: u8,
    header_crc: u32,
    /// At least one gzip member is complete.
    complete: bool,
    allow_trailing: bool,
    /// Whether what stands behind the blocks is read.
    checked: bool,
    check: u32,
    member_bytes: u64,
    /// Bytes of input in earlier calls.
    before: u64,
    /// Adler-32 and length of the dictionary that lies before the output.
    dictionary: Option<(u32, usize)>,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self {
            inflate: Inflate::new(),
            format: Format::Raw,
            stage: Stage::End,
            flags: 0,
            header_crc: 0,
            complete: false,
            allow_trailing: false,
            checked: true,
            check: 0,
            member_bytes: 0,
            before: 0,
            dictionary: None,
        }
    }

    /// Starts a new input. A dictionary is what the window already holds.
    pub(crate) fn start(
        &mut self,
        format: Format,
        allow_trailing: bool,
        dictionary: Option<&[u8]>,
    ) {
        self.inflate.bits = crate::bits::Bits::default();
        self.inflate.restart();
        self.format = format;
        self.stage = match format {
            Format::Gzip => Stage::Member { at: 0 },
            Format::Zlib => Stage::Zlib,
            Format::Raw => Stage::Blocks,
        };
        self.complete = false;
        self.allow_trailing = allow_trailing;
        self.checked = true;
        self.check = 1;
        self.member_bytes = 0;
        self.before = 0;
        self.dictionary = dictionary.map(|bytes| (adler32(bytes, 1), bytes.len()));
    }

    /// Ends the input behind its blocks, whose checksum is not looked at.
    pub(crate) fn ignore_checksum(&mut self) {
        self.checked = false;
    }

    /// Bytes of input that were used, those of earlier calls included.
    pub(crate) fn used(&self, input: &Input<'_>) -> u64 {
        self.before + input.position as u64 - self.inflate.bits.ahead() as u64
    }

    /// Adds the input of a call that used it up.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.before += bytes as u64;
    }

    /// Whether more input after the end is no error.
    pub(crate) fn ignores_trailing(&self) -> bool {
        self.allow_trailing
    }

    /// What the end of the input means here.
    pub(crate) fn finish(&self) -> Result<(), DecodeError> {
        let done = match self.stage {
            Stage::End => true,
            Stage::Member { at } => self.complete && (at == 0 || self.allow_trailing),
            _ => false,
        };
        if done { Ok(()) } else { Err(DecodeError::Truncated { offset: self.before }) }
    }

    /// Goes on until the input ends, the room ends or the container does.
    pub(crate) fn run(
        &mut self,
        input: &mut Input<'_>,
        window: &mut Window<'_>,
    ) -> Result<Status, DecodeError> {
        loop {
            let next = match self.stage {
                Stage::Member { at } => self.member(at, input, window)?,
                Stage::ExtraLength => self.header_bytes(2, input).map(|length| {
                    if length == 0 { self.after_extra() } else { Stage::Extra { left: length } }
                }),
                Stage::Extra { left } => self.header_bytes(1, input).map(|_| {
                    if left == 1 { self.after_extra() } else { Stage::Extra { left: left - 1 } }
                }),
                Stage::Name => self
                    .header_bytes(1, input)
                    .map(|byte| if byte == 0 { self.after_name() } else { Stage::Name }),
                Stage::Comment => self
                    .header_bytes(1, input)
                    .map(|byte| if byte == 0 { self.after_comment() } else { Stage::Comment }),
                Stage::HeaderCrc => self.header_crc(input)?,
                Stage::Zlib => self.zlib(input)?,
                Stage::DictionaryId => self.dictionary_id(input)?,
                Stage::Blocks => match self.blocks(input, window)? {
                    Status::Done => {
                        self.inflate.bits.align();
                        let checked = self.checked && self.format != Format::Raw;
                        Some(if checked { Stage::Checksum } else { Stage::End })
                    }
                    status => return Ok(status),
                },
                Stage::Checksum => self.checksum(input)?,
                Stage::Length => self.length(input)?,
                Stage::End => return self.end(input),
            };
            match next {
                Some(stage) => self.stage = stage,
                None => return Ok(Status::NeedInput),
            }
        }
    }

    fn take(&mut self, count: u32, input: &mut Input<'_>) -> Option<u32> {
        self.inflate.bits.take(count, input.bytes, &mut input.position)
    }

    /// One or two bytes of a gzip header, which its checksum covers.
    fn header_bytes(&mut self, count: usize, input: &mut Input<'_>) -> Option<u32> {
        let value = self.take(count as u32 * 8, input)?;
        if self.flags & flag::HEADER_CRC != 0 {
            self.header_crc = crc32(&value.to_le_bytes()[..count], self.header_crc);
        }
        Some(value)
    }

    fn invalid(&self, input: &Input<'_>, expected: &'static str) -> DecodeError {
        DecodeError::Invalid { offset: self.used(input), expected }
    }

    fn member(
        &mut self,
        at: u8,
        input: &mut Input<'_>,
        window: &mut Window<'_>,
    ) -> Result<Option<Stage>, DecodeError> {
        if at == 0 {
            // The checksum may or may not be wanted: the flags come fourth.
            self.flags = flag::HEADER_CRC;
            self.header_crc = 0;
        }
        let Some(byte) = self.header_bytes(1, input) else { return Ok(None) };
        let byte = byte as u8;
        let ok = match at {
            0 => byte == 0x1F,
            1 => byte == 0x8B,
            2 => byte == 8,
            3 => byte & flag::RESERVED == 0,
            _ => true,
        };
        if !ok {
            if at < 2 && self.complete {
                if self.allow_trailing {
                    return Ok(Some(Stage::End));
                }
                return Err(DecodeError::Trailing { offset: self.used(input) - 1 - u64::from(at) });
            }
            return Err(self.invalid(
                input,
                match at {
                    2 => "compression method 8 in a gzip header",
                    3 => "no reserved flags in a gzip header",
                    _ => "the magic number of gzip, 1f 8b",
                },
            ));
        }
        if at == 3 {
            self.flags = byte;
        }
        if at < 9 {
            return Ok(Some(Stage::Member { at: at + 1 }));
        }
        window.floor = window.position;
        self.check = 0;
        self.member_bytes = 0;
        let extra = self.flags & flag::EXTRA != 0;
        Ok(Some(if extra { Stage::ExtraLength } else { self.after_extra() }))
    }

    fn after_extra(&self) -> Stage {
        if self.flags & flag::NAME != 0 { Stage::Name } else { self.after_name() }
    }

    fn after_name(&self) -> Stage {
        if self.flags & flag::COMMENT != 0 { Stage::Comment } else { self.after_comment() }
    }

    fn after_comment(&self) -> Stage {
        if self.flags & flag::HEADER_CRC != 0 { Stage::HeaderCrc } else { Stage::Blocks }
    }

    fn header_crc(&mut self, input: &mut Input<'_>) -> Result<Option<Stage>, DecodeError> {
        let Some(stored) = self.take(16, input) else { return Ok(None) };
        let computed = self.header_crc & 0xFFFF;
        if stored != computed {
            return Err(DecodeError::Checksum { offset: self.used(input), stored, computed });
        }
        Ok(Some(Stage::Blocks))
    }

    fn zlib(&mut self, input: &mut Input<'_>) -> Result<Option<Stage>, DecodeError> {
        let Some(header) = self.take(16, input) else { return Ok(None) };
        let (method, flags) = (header & 0xFF, header >> 8);
        if (method << 8 | flags) % 31 != 0 || method & 15 != 8 || method >> 4 > 7 {
            return Err(self.invalid(input, "a zlib header"));
        }
        Ok(Some(if flags & 32 != 0 { Stage::DictionaryId } else { Stage::Blocks }))
    }

    fn dictionary_id(&mut self, input: &mut Input<'_>) -> Result<Option<Stage>, DecodeError> {
        let Some(id) = self.take(32, input).map(u32::swap_bytes) else { return Ok(None) };
        match self.dictionary {
            None => Err(DecodeError::DictionaryRequired { id }),
            Some((given, _)) if given != id => Err(DecodeError::DictionaryMismatch { id, given }),
            Some(_) => Ok(Some(Stage::Blocks)),
        }
    }

    fn blocks(
        &mut self,
        input: &mut Input<'_>,
        window: &mut Window<'_>,
    ) -> Result<Status, DecodeError> {
        let start = window.position;
        let result = self.inflate.run(input, window);
        let fresh = &window.bytes[start..window.position];
        self.member_bytes += fresh.len() as u64;
        self.check = match self.format {
            Format::Gzip => crc32(fresh, self.check),
            Format::Zlib if self.checked => adler32(fresh, self.check),
            Format::Zlib | Format::Raw => 0,
        };
        result.map_err(|expected| self.invalid(input, expected))
    }

    fn checksum(&mut self, input: &mut Input<'_>) -> Result<Option<Stage>, DecodeError> {
        let Some(stored) = self.take(32, input) else { return Ok(None) };
        let gzip = self.format == Format::Gzip;
        let stored = if gzip { stored } else { stored.swap_bytes() };
        if stored != self.check {
            let computed = self.check;
            return Err(DecodeError::Checksum { offset: self.used(input), stored, computed });
        }
        Ok(Some(if gzip { Stage::Length } else { Stage::End }))
    }

    fn length(&mut self, input: &mut Input<'_>) -> Result<Option<Stage>, DecodeError> {
        let Some(stored) = self.take(32, input) else { return Ok(None) };
        let actual = self.member_bytes as u32;
        if stored != actual {
            return Err(DecodeError::Length { offset: self.used(input), stored, actual });
        }
        self.complete = true;
        self.inflate.restart();
        Ok(Some(Stage::Member { at: 0 }))
    }

    fn end(&mut self, input: &mut Input<'_>) -> Result<Status, DecodeError> {
        let used = self.used(input);
        if !self.allow_trailing && used < self.before + input.bytes.len() as u64 {
            return Err(DecodeError::Trailing { offset: used });
        }
        Ok(Status::Done)
    }
}
