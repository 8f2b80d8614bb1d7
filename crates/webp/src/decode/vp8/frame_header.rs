//! The header of a key frame (RFC 6386, sections 9.2 to 9.11 and 19.2).

use super::bool_reader::BoolReader;
use super::tables::BANDS;
use crate::WebpError;
use crate::error::invalid;
use crate::riff::le24;
use crate::vp8::{AC_STEPS, DC_STEPS, DEFAULT, Probabilities, Tree, UPDATES};

/// Bytes before the first partition.
const UNCOMPRESSED: usize = 10;

/// Probabilities of coefficients by kind of block, place and context; one place more, so that there is a next one.
pub(super) type Contexts = [[[Tree; 3]; 17]; 4];

/// Steps of the first coefficient, and of the others.
pub(super) type Steps = [i32; 2];

/// Steps of a segment's blocks.
#[derive(Clone, Copy, Default)]
pub(super) struct Quantizer {
    pub(super) luma: Steps,
    /// Those of the block of first coefficients, "Y2".
    pub(super) second: Steps,
    pub(super) chroma: Steps,
}

/// How the edges of a macroblock are filtered (section 15).
#[derive(Clone, Copy, Default)]
pub(super) struct Strength {
    /// Limit of the edges within; 0 for no filter at all.
    pub(super) limit: u8,
    pub(super) interior: u8,
    pub(super) variance: u8,
}

/// Which loop filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    None,
    Simple,
    Normal,
}

/// What the modes of a macroblock are read with.
pub(super) struct ModeHeader {
    /// Whether macroblocks name their segment, and the probabilities of the tree.
    pub(super) segments: Option<[u8; 3]>,
    /// Whether macroblocks say that they have no coefficients, and the probability that they have.
    pub(super) skip: Option<u8>,
}

/// All of the header.
pub(super) struct FrameHeader<'a> {
    pub(super) modes: ModeHeader,
    pub(super) filter: Filter,
    /// By segment, then whether the macroblock has modes for each of its blocks.
    pub(super) strengths: [[Strength; 2]; 4],
    pub(super) quantizers: [Quantizer; 4],
    pub(super) contexts: Contexts,
    /// What is left of the first partition: the modes.
    pub(super) reader: BoolReader<'a>,
    /// The partitions of coefficients; a power of two of them.
    pub(super) partitions: Vec<BoolReader<'a>>,
}

/// Segments (section 9.3).
struct Segments {
    used: bool,
    absolute: bool,
    quantizer: [i32; 4],
    strength: [i32; 4],
    tree: Option<[u8; 3]>,
}

impl Segments {
    fn read(reader: &mut BoolReader<'_>) -> Self {
        let mut segments = Self {
            used: reader.flag(),
            absolute: true,
            quantizer: [0; 4],
            strength: [0; 4],
            tree: None,
        };
        if segments.used {
            let map = reader.flag();
            if reader.flag() {
                segments.absolute = reader.flag();
                segments.quantizer = [(); 4].map(|()| reader.optional(7));
                segments.strength = [(); 4].map(|()| reader.optional(6));
            }
            if map {
                let probability = |()| if reader.flag() { reader.number(8) as u8 } else { u8::MAX };
                segments.tree = Some([(); 3].map(probability));
            }
        }
        segments
    }

    /// What a segment has instead of the frame's number.
    fn resolve(&self, own: i32, frame: i32) -> i32 {
        match (self.used, self.absolute) {
            (false, _) => frame,
            (true, true) => own,
            (true, false) => frame + own,
        }
    }
}

impl<'a> FrameHeader<'a> {
    /// `data` is the payload, whose uncompressed part was checked.
    pub(super) fn read(data: &'a [u8], strict: bool) -> Result<Self, WebpError> {
        let first = (le24(data, 0) >> 5) as usize;
        let rest = data.get(UNCOMPRESSED..).unwrap_or_default();
        let Some((first, rest)) = rest.split_at_checked(first) else {
            return Err(WebpError::Truncated);
        };
        let mut reader = BoolReader::new(first);
        let _colour_space = reader.flag();
        let _clamping = reader.flag();
        let segments = Segments::read(&mut reader);
        let (filter, strengths) = read_filter(&mut reader, &segments);
        if reader.is_exhausted() {
            return Err(invalid("a first partition with a whole header"));
        }
        let partitions = split(rest, 1 << reader.number(2), strict)?;
        let quantizers = read_quantizers(&mut reader, &segments);
        let _refresh = reader.flag();
        let contexts = read_contexts(&mut reader);
        let skip = reader.flag().then(|| reader.number(8) as u8);
        let modes = ModeHeader { segments: segments.tree, skip };
        Ok(Self { modes, filter, strengths, quantizers, contexts, reader, partitions })
    }
}

/// The loop filter (section 9.6), and its strengths (section 15.1).
fn read_filter(reader: &mut BoolReader<'_>, segments: &Segments) -> (Filter, [[Strength; 2]; 4]) {
    let simple = reader.flag();
    let level = reader.number(6);
    let sharpness = reader.number(3);
    let (mut key_frame, mut by_block) = (0, 0);
    if reader.flag() && reader.flag() {
        // The first of each is for key frames, and for macroblocks with modes for each block.
        let mut deltas = [0; 8];
        for delta in &mut deltas {
            *delta = reader.optional(6);
        }
        (key_frame, by_block) = (deltas[0], deltas[4]);
    }
    let filter = match (level, simple) {
        (0, _) => Filter::None,
        (_, true) => Filter::Simple,
        (_, false) => Filter::Normal,
    };
    let strengths = segments.strength.map(|own| {
        let level = segments.resolve(own, level) + key_frame;
        [level, level + by_block].map(|level| strength(level.clamp(0, 63), sharpness))
    });
    (filter, strengths)
}

/// Called for every segment: out of line, as it would stand there eight times.
#[inline(never)]
fn strength(level: i32, sharpness: i32) -> Strength {
    if level == 0 {
        return Strength::default();
    }
    let mut interior = level;
    if sharpness > 0 {
        interior = (interior >> if sharpness > 4 { 2 } else { 1 }).min(9 - sharpness);
    }
    let interior = interior.max(1);
    let variance = u8::from(level >= 40) + u8::from(level >= 15);
    Strength { limit: (2 * level + interior) as u8, interior: interior as u8, variance }
}

/// Cuts the partitions of coefficients apart (section 9.5).
fn split(data: &[u8], count: usize, strict: bool) -> Result<Vec<BoolReader<'_>>, WebpError> {
    let Some((sizes, mut rest)) = data.split_at_checked(3 * (count - 1)) else {
        return Err(WebpError::Truncated);
    };
    let mut partitions = Vec::with_capacity(count);
    for i in 0..count - 1 {
        let size = le24(sizes, 3 * i) as usize;
        let (partition, after) = rest.split_at(size.min(rest.len()));
        partitions.push(BoolReader::new(partition));
        rest = after;
    }
    if strict && rest.is_empty() {
        return Err(WebpError::Truncated);
    }
    partitions.push(BoolReader::new(rest));
    Ok(partitions)
}

/// Indices of quantizers (section 9.6) to steps (section 14.1).
fn read_quantizers(reader: &mut BoolReader<'_>, segments: &Segments) -> [Quantizer; 4] {
    let base = reader.number(7);
    let deltas = [(); 5].map(|()| reader.optional(4));
    segments.quantizer.map(|own| quantizer(segments.resolve(own, base), deltas))
}

/// The steps of an index; `deltas` are added to it for luma's DC, both of the second transform, and both of chroma. Out of
/// line, as it would stand there for each segment.
#[inline(never)]
fn quantizer(index: i32, deltas: [i32; 5]) -> Quantizer {
    let [luma_dc, second_dc, second_ac, chroma_dc, chroma_ac] = deltas;
    let dc = |index: i32| i32::from(DC_STEPS[index.clamp(0, 127) as usize]);
    let ac = |index: i32| i32::from(AC_STEPS[index.clamp(0, 127) as usize]);
    Quantizer {
        luma: [dc(index + luma_dc), ac(index)],
        second: [2 * dc(index + second_dc), (ac(index + second_ac) * 155 / 100).max(8)],
        chroma: [dc((index + chroma_dc).min(117)), ac(index + chroma_ac)],
    }
}

/// Updates of the probabilities (section 13.4), spread from bands to places.
fn read_contexts(reader: &mut BoolReader<'_>) -> Contexts {
    let mut bands: Probabilities = DEFAULT;
    let probabilities = bands.as_flattened_mut().as_flattened_mut().as_flattened_mut();
    let updates = UPDATES.as_flattened().as_flattened().as_flattened();
    for (probability, update) in probabilities.iter_mut().zip(updates) {
        if reader.header_bit(*update) {
            *probability = reader.number(8) as u8;
        }
    }
    let mut contexts = [[[[0; 11]; 3]; 17]; 4];
    for (places, bands) in contexts.iter_mut().zip(&bands) {
        // One place more than there are, so that each has a next one.
        for (place, band) in places.iter_mut().zip(BANDS.iter().chain(&[0])) {
            *place = bands[usize::from(*band)];
        }
    }
    contexts
}
