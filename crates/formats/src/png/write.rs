//! Writing PNG.

use bytemill_gzip::{EncodeError, EncodeOptions, Encoder, RowEncoder, StreamEncoder};

use super::chunks::{close_chunk, open_chunk, write_chunk};
use super::filter::Filters;
use super::pack::{grey_depth, pack, row_bytes, shrink_grey};
use crate::bytes::reserve;
use crate::format;
use crate::metadata::{Metadata, png as metadata};
use crate::palette::{Indexed, exact, quantise};
use crate::sink::Sink;
use crate::{FormatError, Image};

/// How much is done for a smaller file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Runs among filtered rows, matches where nearly all is flat: a sixth of the default's time, and of photographs a few
    /// percent more bytes.
    #[default]
    Fast,
    /// The smaller of that and matches of level 6 among filtered rows.
    Default,
    /// As the default with matches of level 9, and those among unfiltered rows tried as well.
    Best,
}

/// Whether pixels become indices into a palette.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// Of at most 256 colours exactly those, where the file becomes smaller by them.
    #[default]
    Auto,
    /// Never; grey of few levels still takes fewer bits.
    Never,
    /// Always, with loss if there are more colours.
    Quantised {
        /// Most colours, 2 to 256.
        colours: u16,
        /// Spreads the difference over the neighbours, as Floyd and Steinberg do.
        dither: bool,
    },
}

/// How to write a PNG.
#[derive(Clone, Copy, Debug)]
pub struct PngOptions<'a> {
    /// How much is done for a smaller file.
    pub compression: Compression,
    /// Whether pixels become indices into a palette.
    pub palette: Palette,
    /// Profile, EXIF, XMP and density to write.
    pub metadata: Option<&'a Metadata>,
    /// Most bytes of the file. Reaching it exactly is allowed.
    pub max_bytes: u64,
}

impl Default for PngOptions<'_> {
    /// Fast, with a palette where it helps, without metadata, 256 MiB.
    fn default() -> Self {
        Self {
            compression: Compression::Fast,
            palette: Palette::Auto,
            metadata: None,
            max_bytes: 256 << 20,
        }
    }
}

/// Samples as they are compressed.
struct Samples<'a> {
    /// PNG's number of the colour type.
    colour: u8,
    depth: u8,
    /// Bytes to a row, and from a byte to that of the pixel before.
    row: usize,
    step: usize,
    bytes: &'a [u8],
}

/// Appends the image as a PNG file to `output`, which is as before after an error.
///
/// # Errors
///
/// [`FormatError::Dimension`], [`FormatError::Colours`], [`FormatError::OutputTooLarge`],
/// [`FormatError::OutOfMemory`]; [`FormatError::Unsupported`] for metadata that PNG cannot hold.
pub fn encode_png(
    image: &Image<'_>,
    options: &PngOptions<'_>,
    output: &mut Vec<u8>,
) -> Result<(), FormatError> {
    image.check(i32::MAX as u64)?;
    Sink::run(output, options.max_bytes, |sink| {
        let indexed = match options.palette {
            Palette::Never => None,
            Palette::Auto => exact(image)?,
            Palette::Quantised { colours, dither } => Some(quantise(image, colours, dither)?),
        };
        let direct = |sink: &mut Sink<'_>| direct(image, options, sink);
        let Some(indexed) = indexed else { return direct(sink) };
        let palette = |sink: &mut Sink<'_>| palette(image, &indexed, options, sink);
        // With so few colours nothing else is smaller.
        let clear = indexed.colours.len() <= 16 && image.channels > 1;
        if clear || matches!(options.palette, Palette::Quantised { .. }) {
            return palette(sink);
        }
        // Smooth images of few colours can be smaller when they are filtered.
        smaller(sink, &palette, &direct)
    })
}

/// Writes something.
type Write<'w> = dyn Fn(&mut Sink<'_>) -> Result<(), FormatError> + 'w;

/// Writes what is smaller, or what is within the limit; the first where they are the same.
fn smaller(sink: &mut Sink<'_>, first: &Write<'_>, second: &Write<'_>) -> Result<(), FormatError> {
    let start = sink.output.len();
    match first(sink) {
        Err(FormatError::OutputTooLarge { .. }) => {
            sink.output.truncate(start);
            return second(sink);
        }
        other => other?,
    }
    let mut other = Vec::new();
    let limit = (sink.output.len() - start) as u64;
    match Sink::run(&mut other, limit.saturating_sub(1), second) {
        Ok(()) => {
            sink.output.truncate(start);
            sink.put(&other)
        }
        Err(FormatError::OutputTooLarge { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The image with samples of its own, grey with as few bits as it needs.
fn direct(
    image: &Image<'_>,
    options: &PngOptions<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    let (width, channels) = (image.width, image.channels);
    let colour = [0, 4, 2, 6][channels - 1];
    let depth = if channels == 1 { grey_depth(image.pixels) } else { 8 };
    if depth < 8 {
        let packed = pack(&shrink_grey(image.pixels, depth)?, width, depth)?;
        let row = row_bytes(width, depth);
        let samples = Samples { colour, depth, row, step: 1, bytes: &packed };
        return file(image, options, None, &samples, sink);
    }
    let row = width * channels;
    let samples = Samples { colour, depth, row, step: channels, bytes: image.pixels };
    file(image, options, None, &samples, sink)
}

/// The image as indices.
fn palette(
    image: &Image<'_>,
    indexed: &Indexed,
    options: &PngOptions<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    let depth = match indexed.colours.len() {
        0..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    let packed;
    let bytes = if depth == 8 {
        &indexed.indices
    } else {
        packed = pack(&indexed.indices, image.width, depth)?;
        &packed
    };
    let row = row_bytes(image.width, depth);
    let samples = Samples { colour: 3, depth, row, step: 1, bytes };
    file(image, options, Some(&indexed.colours), &samples, sink)
}

fn file(
    image: &Image<'_>,
    options: &PngOptions<'_>,
    palette: Option<&[[u8; 4]]>,
    samples: &Samples<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    sink.put(format::PNG)?;
    let [width, height] = [image.width, image.height].map(|side| (side as u32).to_be_bytes());
    write_chunk(sink, *b"IHDR", &[&width, &height, &[samples.depth, samples.colour, 0, 0, 0]])?;
    if let Some(metadata) = options.metadata {
        metadata::write(metadata, sink)?;
    }
    if let Some(colours) = palette {
        let rgb: Vec<u8> = colours.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        write_chunk(sink, *b"PLTE", &[&rgb])?;
        // Those that are opaque come last and are left out.
        let clear = colours.iter().filter(|colour| colour[3] < 255);
        let alpha: Vec<u8> = clear.map(|colour| colour[3]).collect();
        if !alpha.is_empty() {
            write_chunk(sink, *b"tRNS", &[&alpha])?;
        }
    }
    let start = open_chunk(sink, *b"IDAT")?;
    data(samples, options.compression, sink)?;
    close_chunk(sink, start)?;
    write_chunk(sink, *b"IEND", &[])
}

/// Rows are compressed when there are so many bytes of them: as many as make a block.
const BAND: usize = 64 << 10;

/// Images of no more bytes are compressed as if there were time.
const SMALL: usize = 8 << 10;

/// The compressed rows.
fn data(
    samples: &Samples<'_>,
    compression: Compression,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    // Filters are for samples whose neighbours are alike in value: not for indices, nor for less than a byte.
    let filtered = samples.colour != 3 && samples.depth == 8;
    // Of what is small, codes of its own are a good part: another try takes no time to speak of, and gains up to a fifth.
    let small = samples.bytes.len() <= SMALL;
    match compression {
        Compression::Fast | Compression::Default if small => data(samples, Compression::Best, sink),
        Compression::Fast if filtered => fast(samples, sink),
        Compression::Fast => deflate(samples, false, 4, sink),
        Compression::Default if filtered => {
            smaller(sink, &|sink| fast(samples, sink), &|sink| deflate(samples, true, 6, sink))
        }
        Compression::Default => deflate(samples, false, 6, sink),
        Compression::Best if filtered => {
            let matches = |sink: &mut Sink<'_>| {
                smaller(sink, &|sink| deflate(samples, true, 9, sink), &|sink| {
                    deflate(samples, false, 9, sink)
                })
            };
            smaller(sink, &|sink| fast(samples, sink), &matches)
        }
        Compression::Best => deflate(samples, false, 9, sink),
    }
}

/// Some rows.
struct Band<'a> {
    /// Each with its filter's number in front.
    rows: &'a [u8],
    /// As they were.
    plain: &'a [u8],
}

/// Hands out the rows in bands; whether a band is the last one.
fn bands(
    samples: &Samples<'_>,
    filtered: bool,
    mut each: impl FnMut(&Band<'_>, bool) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let height = (BAND / (1 + samples.row)).max(1);
    let mut rows = Vec::new();
    // Filters write a little past a row.
    reserve(&mut rows, (height * (1 + samples.row) + 32) as u64)?;
    let mut filters = filtered.then(|| Filters::new(samples.step, samples.row)).transpose()?;
    let mut bands = samples.bytes.chunks(height * samples.row).peekable();
    while let Some(plain) = bands.next() {
        rows.clear();
        for row in plain.chunks_exact(samples.row) {
            if let Some(filters) = &mut filters {
                filters.push(row, &mut rows);
            } else {
                rows.push(0);
                rows.extend_from_slice(row);
            }
        }
        each(&Band { rows: &rows, plain }, bands.peek().is_none())?;
    }
    Ok(())
}

/// Filtered rows by runs, or plain ones by matches where that is shorter.
fn fast(samples: &Samples<'_>, sink: &mut Sink<'_>) -> Result<(), FormatError> {
    let mut encoder = RowEncoder::new(sink.output).map_err(failed)?;
    bands(samples, true, |band, last| {
        let plain = &mut |output: &mut Vec<u8>| {
            for row in band.plain.chunks_exact(samples.row) {
                output.push(0);
                output.extend_from_slice(row);
            }
        };
        encoder.push(band.rows, last, plain, sink.output).map_err(failed)?;
        sink.check()
    })
}

fn deflate(
    samples: &Samples<'_>,
    filtered: bool,
    level: u8,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    let format = bytemill_gzip::Format::Zlib;
    let options = EncodeOptions { format, level, ..EncodeOptions::default() };
    let mut stream = None;
    bands(samples, filtered, |band, last| {
        let output = &mut *sink.output;
        let result = match &mut stream {
            // A single band: no memory for more.
            None if last => Encoder::new().compress(band.rows, &options, output),
            None => StreamEncoder::new(&options)
                .and_then(|encoder| stream.insert(encoder).push(band.rows, output)),
            Some(encoder) => encoder
                .push(band.rows, output)
                .and_then(|()| if last { encoder.finish(output) } else { Ok(()) }),
        };
        result.map_err(failed)?;
        sink.check()
    })
}

fn failed(error: EncodeError) -> FormatError {
    match error {
        EncodeError::OutOfMemory { bytes } => FormatError::OutOfMemory { bytes },
        // The options are right, and a stream is finished once.
        _ => FormatError::Unsupported { feature: "options of Deflate" },
    }
}
