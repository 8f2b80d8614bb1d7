//! Filters (ISO 32000-1, 7.4). What decodes before a damage counts; output grows with what comes out, up to the
//! document's budget.

mod ascii;
mod flate;
mod lzw;
mod predictor;
mod run_length;

use bytemill_gzip::Salvager;

use crate::PdfError;
use crate::budget::Budget;

/// A filter of images whose output is not bytes of samples, but an image's own format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFilter {
    /// JPEG: `DCTDecode`.
    Dct,
    /// JPEG 2000: `JPXDecode`.
    Jpx,
    /// Fax, groups 3 and 4: `CCITTFaxDecode`.
    CcittFax,
    /// JBIG2: `JBIG2Decode`.
    Jbig2,
}

/// A filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
    /// Encryption of its own, or none (7.4.10).
    Crypt,
    Image(ImageFilter),
}

impl Filter {
    /// By its name or its abbreviation in inline images (8.9.7); others accept those everywhere.
    pub(crate) fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"Crypt" => Self::Crypt,
            b"DCTDecode" | b"DCT" => Self::Image(ImageFilter::Dct),
            b"JPXDecode" => Self::Image(ImageFilter::Jpx),
            b"CCITTFaxDecode" | b"CCF" => Self::Image(ImageFilter::CcittFax),
            b"JBIG2Decode" => Self::Image(ImageFilter::Jbig2),
            _ => return None,
        })
    }
}

/// Parameters of Flate and LZW (tables 8 and 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Params {
    pub(crate) predictor: i64,
    pub(crate) colors: i64,
    pub(crate) bits: i64,
    pub(crate) columns: i64,
    pub(crate) early_change: bool,
}

impl Default for Params {
    fn default() -> Self {
        Self { predictor: 1, colors: 1, bits: 8, columns: 1, early_change: true }
    }
}

impl Params {
    /// From the integers of a dictionary.
    pub(crate) fn read(get: impl Fn(&[u8]) -> Option<i64>) -> Self {
        let default = Self::default();
        Self {
            predictor: get(b"Predictor").unwrap_or(default.predictor),
            colors: get(b"Colors").unwrap_or(default.colors),
            bits: get(b"BitsPerComponent").unwrap_or(default.bits),
            columns: get(b"Columns").unwrap_or(default.columns),
            early_change: get(b"EarlyChange") != Some(0),
        }
    }
}

/// Undoes one filter; what it gives counts.
pub(crate) fn decode(
    filter: Filter,
    input: &[u8],
    params: &Params,
    salvager: &mut Salvager,
    budget: &Budget,
) -> Result<Vec<u8>, PdfError> {
    let mut output = Vec::new();
    let sink = &mut Sink { output: &mut output, limit: budget.left() };
    let fits = match filter {
        Filter::Flate => flate::decode(input, salvager, sink)?,
        Filter::Lzw => lzw::decode(input, params.early_change, sink)?,
        Filter::Ascii85 => ascii::decode_85(input, sink)?,
        Filter::AsciiHex => ascii::decode_hex(input, sink)?,
        Filter::RunLength => run_length::decode(input, sink)?,
        Filter::Crypt | Filter::Image(_) => {
            return Err(PdfError::Invalid { expected: "a filter of bytes" });
        }
    };
    if !fits {
        return Err(budget.exceeded());
    }
    budget.inflated(output.len())?;
    if matches!(filter, Filter::Flate | Filter::Lzw) {
        predictor::undo(&mut output, params);
    }
    Ok(output)
}

/// Where a filter writes.
struct Sink<'a> {
    output: &'a mut Vec<u8>,
    limit: u64,
}

impl Sink<'_> {
    /// Makes room for more bytes; false where they are over the limit.
    fn reserve(&mut self, bytes: usize) -> Result<bool, PdfError> {
        if (self.output.len() as u64).saturating_add(bytes as u64) > self.limit {
            return Ok(false);
        }
        self.output.try_reserve(bytes).map_err(|_| PdfError::OutOfMemory { bytes })?;
        Ok(true)
    }
}
