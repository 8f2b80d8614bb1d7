//! Rows of a PNG: those of the crate `png`, brought to 8 bits.

use std::io::{Cursor, ErrorKind};

use png::{BitDepth, Decoder, DecodingError, InterlaceInfo, Limits, Reader, Transformations};

use super::header::is_cut_short;
use crate::bytes::{narrow, zeroed};
use crate::decoder::Each;
use crate::error::{invalid, unsupported};
use crate::{FormatError, Header, Options};

/// What the decoder may take for chunks beside the image.
const CHUNK_BYTES: u64 = 16 << 20;

/// A decoder that stands before the first image's data.
pub(super) fn open<'a>(
    file: &'a [u8],
    header: &Header,
    options: &Options,
) -> Result<Reader<Cursor<&'a [u8]>>, FormatError> {
    // The decoder's rows, raw and expanded, several of them; it ends the process where there is no memory, so ask first.
    let rows = 6 * row_bytes(header);
    options.limits.memory(rows)?;
    drop(zeroed(rows)?);
    let bytes = usize::try_from(rows + CHUNK_BYTES).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes });
    // Neither is of use here, and both may unpack to anything.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND);
    let reader = decoder.read_info().map_err(|error| failed(&error))?;
    if reader.output_color_type().0.samples() != usize::from(header.channels) {
        return Err(invalid("transparency that fits the PNG's colour type"));
    }
    Ok(reader)
}

/// Bytes of an expanded row.
pub(super) fn row_bytes(header: &Header) -> u64 {
    let sample = if header.depth == 16 { 2 } else { 1 };
    u64::from(header.width) * u64::from(header.channels) * sample
}

/// Brings samples to 8 bits in place; how many there are.
pub(super) fn to_eight_bits(row: &mut [u8], depth: BitDepth) -> usize {
    if depth != BitDepth::Sixteen {
        return row.len();
    }
    let len = row.len() / 2;
    for i in 0..len {
        row[i] = narrow(u16::from_be_bytes([row[2 * i], row[2 * i + 1]]));
    }
    len
}

pub(crate) fn rows(
    file: &[u8],
    header: &Header,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    if !options.lenient && is_cut_short(file, header) {
        return Err(FormatError::Truncated);
    }
    let mut reader = match open(file, header, options) {
        Ok(reader) => Some(reader),
        Err(error) => options.forgive(Err(error)).map(|()| None)?,
    };
    let mut row = zeroed(row_bytes(header))?;
    if header.interlaced {
        return interlaced(reader, header, options, &mut row, each);
    }
    for y in 0..header.height as usize {
        let next = match &mut reader {
            Some(reader) => next_row(reader, &mut row),
            None => Ok(None),
        };
        match next {
            Ok(Some(len)) => each(y, &row[..len])?,
            other => {
                options.forgive(other.and(Err(FormatError::Truncated)))?;
                reader = None;
                row.fill(0);
                let len = header.width as usize * usize::from(header.channels);
                each(y, &row[..len])?;
            }
        }
    }
    // The rest of the data, for their checksums.
    match &mut reader {
        Some(reader) => options.forgive(next_row(reader, &mut row).map(|_| ())),
        None => Ok(()),
    }
}

/// The next row of an image that is not interlaced: its bytes, at the beginning of `row`.
fn next_row(
    reader: &mut Reader<Cursor<&[u8]>>,
    row: &mut [u8],
) -> Result<Option<usize>, FormatError> {
    let info = reader.read_row(row).map_err(|error| failed(&error))?;
    Ok(info.map(|_| to_eight_bits(row, reader.output_color_type().1)))
}

/// All passes into one image.
fn interlaced(
    reader: Option<Reader<Cursor<&[u8]>>>,
    header: &Header,
    options: &Options,
    row: &mut [u8],
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    let stride = header.width as usize * usize::from(header.channels);
    let bytes = stride as u64 * u64::from(header.height);
    options.limits.memory(bytes)?;
    let mut image = zeroed(bytes)?;
    if let Some(mut reader) = reader {
        let depth = reader.output_color_type().1;
        loop {
            match reader.next_interlaced_row() {
                Ok(Some(next)) => {
                    let InterlaceInfo::Adam7(pass) = next.interlace() else { break };
                    let Some(row) = row.get_mut(..next.data().len()) else { break };
                    row.copy_from_slice(next.data());
                    let len = to_eight_bits(row, depth);
                    let bits = 8 * header.channels;
                    png::expand_interlaced_row(&mut image, stride, &row[..len], pass, bits);
                }
                Ok(None) => break,
                Err(error) => {
                    options.forgive(Err(failed(&error)))?;
                    break;
                }
            }
        }
    }
    for (y, row) in image.chunks_exact(stride).enumerate() {
        each(y, row)?;
    }
    Ok(())
}

/// What the decoder's error means to us.
pub(super) fn failed(error: &DecodingError) -> FormatError {
    match error {
        DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            FormatError::Truncated
        }
        DecodingError::LimitsExceeded => unsupported("more than 16 MiB beside the pixels"),
        _ => invalid("PNG data that decodes"),
    }
}
