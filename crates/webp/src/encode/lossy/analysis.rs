//! How hard the parts of an image are to compress, and segments of equal hardness, after libwebp: a macroblock is easy
//! where few coefficients of a simple prediction are large.

use super::super::error::{EncodeError, filled};
use super::macroblock::{Borders, Macroblock, difference};
use super::predict::Edges;
use super::quantise::to_array;
use super::segments::{Character, ChromaDeltas};
use super::transform::Vectors;
use super::trees::{DC, TRUE_MOTION};
use super::yuv::Planes;

/// What is known of an image before it is encoded.
pub(super) struct Analysis {
    /// Segments of macroblocks.
    pub(super) map: Vec<u8>,
    pub(super) segments: Vec<Character>,
    pub(super) chroma: ChromaDeltas,
}

/// Numbers of coefficients by an eighth of their size.
struct Histogram([u16; 32]);

impl Histogram {
    #[inline(never)]
    fn add(&mut self, block: Vectors) {
        for coefficient in to_array(block) {
            self.0[usize::from((coefficient.unsigned_abs() >> 3).min(31))] += 1;
        }
    }

    /// How flat the histogram is: the more so, the harder the block.
    fn hardness(&self) -> u32 {
        let highest = self.0.iter().copied().max().unwrap_or(0);
        let last = self.0.iter().rposition(|&count| count > 0).unwrap_or(0);
        if highest > 1 { 510 * last as u32 / u32::from(highest) } else { 0 }
    }
}

/// The hardness of luma, or of chroma, by the harder one of two modes.
fn hardness(source: &[u8], pairs: usize, predict: impl Fn(u8, &mut [u8])) -> u32 {
    let mut hardest = 0;
    for mode in [DC, TRUE_MOTION] {
        let mut prediction = [0; 256];
        predict(mode, &mut prediction);
        let mut histogram = Histogram([0; 32]);
        for pair in 0..pairs {
            for block in difference(source, &prediction, pair) {
                histogram.add(block);
            }
        }
        hardest = hardest.max(histogram.hardness());
    }
    hardest
}

fn predict_both(edges: [&Edges<8>; 2], mode: u8, out: &mut [u8]) {
    edges[0].predict(mode, out);
    edges[1].predict(mode, &mut out[8..]);
}

impl Analysis {
    /// Looks at every macroblock; `count` is how many segments there may be.
    pub(super) fn new(planes: &Planes, count: usize) -> Result<Self, EncodeError> {
        let mut map = filled(0_u8, planes.columns * planes.rows)?;
        let mut histogram = [0_u32; 256];
        let mut chroma = 0_u64;
        let mut source = Macroblock::new();
        let mut borders = Borders::new(planes.columns)?;
        for y in 0..planes.rows {
            for x in 0..planes.columns {
                source.load(planes, x, y);
                let around = borders.around(x, y);
                let luma = hardness(&source.y, 8, |mode, out| around.y.predict(mode, out));
                let both = [&around.u, &around.v];
                let colour = hardness(&source.uv, 4, |mode, out| predict_both(both, mode, out));
                borders.store(x, &source);
                chroma += u64::from(colour);
                let easiness = 255 - ((3 * luma + colour + 2) >> 2).min(255);
                histogram[easiness as usize] += 1;
                map[y * planes.columns + x] = easiness as u8;
            }
        }
        let chroma = (chroma / map.len() as u64) as i32;
        let (of_easiness, segments) = cluster(&histogram, count);
        for segment in &mut map {
            *segment = of_easiness[usize::from(*segment)];
        }
        Ok(Self { map, segments, chroma: ChromaDeltas::new(chroma) })
    }
}

/// Which segment each easiness belongs to, by k-means, and what segments are like.
fn cluster(histogram: &[u32; 256], count: usize) -> ([u8; 256], Vec<Character>) {
    let mut map = [0; 256];
    let low = histogram.iter().position(|&count| count > 0).unwrap_or(0);
    let high = histogram.iter().rposition(|&count| count > 0).unwrap_or(0);
    let mut centres: Vec<usize> =
        (0..count).map(|n| low + (2 * n + 1) * (high - low) / (2 * count)).collect();
    let mut mean = 0;
    for _ in 0..6 {
        let mut sums = [(0_u64, 0_u64); 4];
        let mut nearest = 0;
        for easiness in low..=high {
            while nearest + 1 < count
                && easiness.abs_diff(centres[nearest + 1]) < easiness.abs_diff(centres[nearest])
            {
                nearest += 1;
            }
            map[easiness] = nearest as u8;
            let weight = u64::from(histogram[easiness]);
            sums[nearest].0 += weight * easiness as u64;
            sums[nearest].1 += weight;
        }
        let (mut moved, mut total, mut all) = (0, 0, 0);
        for (centre, (sum, weight)) in centres.iter_mut().zip(sums) {
            if let Some(new) = (sum + weight / 2).checked_div(weight) {
                let new = new as usize;
                moved += new.abs_diff(*centre);
                *centre = new;
                total += new as u64 * weight;
                all += weight;
            }
        }
        mean = ((total + all / 2) / all.max(1)) as i32;
        if moved < 5 {
            break;
        }
    }
    let (least, most) = (centres[0] as i32, centres[count - 1] as i32);
    let range = (most - least).max(1);
    let characters = centres.iter().map(|&centre| Character {
        alpha: (255 * (centre as i32 - mean) / range).clamp(-127, 127),
        beta: (255 * (centre as i32 - least) / range).clamp(0, 255),
    });
    (map, characters.collect())
}
