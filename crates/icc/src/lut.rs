//! Colours by interpolation in a table: `mft2` (ICC.1:2022, 10.10), `mft1` (10.11) and `mAB ` (10.12).

use crate::curve::Curve;
use crate::error::{IccError, invalid, reserve, unsupported};
use crate::profile::{Profile, Space, field, fixed_at, slice, u16_at, u32_at};
use crate::srgb::times;
use crate::table::{Curves, Encoding, light};

/// Where a channel's value lies in the grid.
#[derive(Clone, Copy, Default)]
struct Node {
    /// The grid point at or below it, times that channel's step.
    at: usize,
    /// From there to the next point.
    step: usize,
    /// How far it is to the next point, of 1.
    fraction: f64,
}

/// From values of a device to linear sRGB.
pub(crate) struct Lut {
    /// For each channel, its values.
    nodes: Vec<[Node; 256]>,
    /// The grid's colours, the last channel running fastest; empty where values go straight to what follows.
    grid: Vec<[u16; 3]>,
    middle: Curves,
    /// A matrix and what is added to its result.
    matrix: Option<([[f64; 3]; 3], [f64; 3])>,
    last: Curves,
    encoding: Encoding,
    black_scaled: bool,
}

impl Lut {
    /// The table of the first rendering intent that has one, where the profile has any.
    pub(crate) fn read(profile: &Profile<'_>) -> Result<Option<Self>, IccError> {
        for name in [*b"A2B0", *b"A2B1", *b"A2B2"] {
            let Some(tag) = profile.tag(name)? else { continue };
            let mut lut = match &field(tag, 0)? {
                b"mft1" => Self::read_old(tag, profile, 1),
                b"mft2" => Self::read_old(tag, profile, 2),
                b"mAB " => Self::read_new(tag, profile),
                _ => Err(unsupported("a colour table of unknown type")),
            }?;
            lut.black_scaled = name == *b"A2B0" && profile.version == 4;
            return Ok(Some(lut));
        }
        Ok(None)
    }

    /// `mft1` has entries of one byte, `mft2` of two. The matrix is for XYZ of a device alone.
    fn read_old(tag: &[u8], profile: &Profile<'_>, width: usize) -> Result<Self, IccError> {
        let channels = check_channels(tag, profile.space)?;
        let points = slice(tag, 10, 1)?[0];
        let (mut at, inputs, outputs) = match width {
            1 => (48, 256, 256),
            _ => (52, usize::from(u16_at(tag, 48)?), usize::from(u16_at(tag, 50)?)),
        };
        if inputs < 2 || outputs < 2 {
            return Err(invalid("curves of two entries or more"));
        }
        let mut curves = [Curve::gamma(1.0); 4];
        for curve in &mut curves[..channels] {
            *curve = table(tag, &mut at, inputs, width)?;
        }
        let points = [points; 4];
        let (nodes, corners) = nodes(&curves[..channels], &points[..channels])?;
        let grid = read_grid(tag, at, corners, width)?;
        at += 3 * width * corners;
        let mut curves = [Curve::gamma(1.0); 3];
        for curve in &mut curves {
            *curve = table(tag, &mut at, outputs, width)?;
        }
        let last = Curves::sample(&curves)?;
        let encoding = match (profile.lab, width) {
            (false, _) => Encoding::Xyz,
            (true, 1) => Encoding::Lab,
            (true, _) => Encoding::OldLab,
        };
        Ok(Self {
            nodes,
            grid,
            middle: Curves::default(),
            matrix: None,
            last,
            encoding,
            black_scaled: false,
        })
    }

    /// A curves, grid, M curves, matrix and B curves, of which all but the last may be missing.
    fn read_new(tag: &[u8], profile: &Profile<'_>) -> Result<Self, IccError> {
        let channels = check_channels(tag, profile.space)?;
        let part = |at: usize| -> Result<Option<&[u8]>, IccError> {
            let offset = u32_at(tag, at)? as usize;
            if offset == 0 {
                return Ok(None);
            }
            tag.get(offset..).map(Some).ok_or(IccError::Truncated)
        };
        let (b, matrix, m, clut, a) = (part(12)?, part(16)?, part(20)?, part(24)?, part(28)?);

        let mut curves = [Curve::gamma(1.0); 4];
        if let (Some(a), Some(_)) = (a, clut) {
            read_curves(a, &mut curves[..channels])?;
        }
        let (nodes, grid) = match clut {
            Some(clut) => {
                let (nodes, corners) = nodes(&curves[..channels], slice(clut, 0, channels)?)?;
                let width = usize::from(slice(clut, 16, 1)?[0]);
                if !matches!(width, 1 | 2) {
                    return Err(invalid("a colour table of one or two bytes"));
                }
                (nodes, read_grid(clut, 20, corners, width)?)
            }
            None if channels == 3 => (nodes(&curves[..3], &[2; 3])?.0, Vec::new()),
            None => return Err(invalid("a colour table for four channels")),
        };
        let sampled = |part: Option<&[u8]>| {
            let Some(part) = part else { return Ok(Curves::default()) };
            let mut curves = [Curve::gamma(1.0); 3];
            read_curves(part, &mut curves)?;
            Curves::sample(&curves)
        };
        let (middle, last) = (sampled(m)?, sampled(b)?);
        let matrix = matrix.map(read_matrix).transpose()?;
        let encoding = if profile.lab { Encoding::Lab } else { Encoding::Xyz };
        Ok(Self { nodes, grid, middle, matrix, last, encoding, black_scaled: false })
    }

    /// Linear light of one pixel, in fixed point. Channels that are missing are none.
    pub(crate) fn light(&self, pixel: &[u8]) -> [i32; 3] {
        let mut found = [Node::default(); 4];
        for ((found, nodes), value) in found.iter_mut().zip(&self.nodes).zip(pixel) {
            *found = nodes[usize::from(*value)];
        }
        let [first, second, third, fourth] = found;
        let device = if self.grid.is_empty() {
            [first.fraction, second.fraction, third.fraction]
        } else if self.nodes.len() == 3 {
            self.tetrahedron(0, [first, second, third])
        } else {
            let rest = [second, third, fourth];
            let low = self.tetrahedron(first.at, rest);
            let high = self.tetrahedron(first.at + first.step, rest);
            core::array::from_fn(|at| low[at] + (high[at] - low[at]) * first.fraction)
        };
        let mut values = self.middle.at(device);
        if let Some((matrix, offset)) = &self.matrix {
            let product = times(matrix, values);
            values = core::array::from_fn(|at| product[at] + offset[at]);
        }
        light(self.last.at(values), self.encoding, self.black_scaled)
    }

    /// Between four corners of a cell: along the channel with the largest fraction first.
    fn tetrahedron(&self, base: usize, nodes: [Node; 3]) -> [f64; 3] {
        let [mut a, mut b, mut c] = nodes;
        if a.fraction < b.fraction {
            core::mem::swap(&mut a, &mut b);
        }
        if b.fraction < c.fraction {
            core::mem::swap(&mut b, &mut c);
        }
        if a.fraction < b.fraction {
            core::mem::swap(&mut a, &mut b);
        }
        let mut at = base + nodes[0].at + nodes[1].at + nodes[2].at;
        let mut sum = [0.0; 3];
        let steps = [a.step, b.step, c.step, 0];
        let weights =
            [1.0 - a.fraction, a.fraction - b.fraction, b.fraction - c.fraction, c.fraction];
        for (weight, step) in weights.into_iter().zip(steps) {
            let corner = self.grid.get(at).copied().unwrap_or_default();
            for (sum, value) in sum.iter_mut().zip(corner) {
                *sum += weight * f64::from(value);
            }
            at += step;
        }
        sum.map(|sum| sum / 65535.0)
    }
}

/// How many channels go in; three have to come out.
fn check_channels(tag: &[u8], space: Space) -> Result<usize, IccError> {
    let counts = slice(tag, 8, 2)?;
    if counts != [space.channels() as u8, 3] {
        return Err(invalid("a colour table with the channels of its profile"));
    }
    Ok(space.channels())
}

/// A curve of as many entries, at a place that moves on.
fn table<'a>(
    tag: &'a [u8],
    at: &mut usize,
    len: usize,
    width: usize,
) -> Result<Curve<'a>, IccError> {
    let entries = slice(tag, *at, len * width)?;
    *at += len * width;
    Ok(if width == 1 { Curve::Bytes(entries) } else { Curve::Words(entries) })
}

/// Curves that follow one another, each on a multiple of four bytes.
fn read_curves<'a>(mut bytes: &'a [u8], curves: &mut [Curve<'a>]) -> Result<(), IccError> {
    for curve in curves {
        let (read, len) = Curve::read(bytes)?;
        *curve = read;
        bytes = bytes.get(len.next_multiple_of(4)..).unwrap_or_default();
    }
    Ok(())
}

fn read_matrix(bytes: &[u8]) -> Result<([[f64; 3]; 3], [f64; 3]), IccError> {
    let mut numbers = [[0.0; 3]; 4];
    for (at, number) in numbers.as_flattened_mut().iter_mut().enumerate() {
        *number = fixed_at(bytes, 4 * at)?;
    }
    let [first, second, third, offset] = numbers;
    Ok(([first, second, third], offset))
}

/// The places of all values in a grid of so many points by channel, and how many corners it has.
fn nodes(curves: &[Curve<'_>], points: &[u8]) -> Result<(Vec<[Node; 256]>, usize), IccError> {
    let mut list = reserve(curves.len())?;
    let mut step = 1_usize;
    for (curve, points) in curves.iter().zip(points).rev() {
        let last = usize::from(*points).checked_sub(1).ok_or(invalid("a grid of points"))?;
        list.push(core::array::from_fn(|value| {
            let place = curve.at(value as f64 / 255.0) * last as f64;
            let low = (place as usize).min(last.saturating_sub(1));
            Node { at: low * step, step: step * last.min(1), fraction: place - low as f64 }
        }));
        // On 32 bits a grid can be more than memory.
        step = step.checked_mul(last + 1).ok_or(IccError::Truncated)?;
    }
    list.reverse();
    Ok((list, step))
}

/// The grid's colours, which have to be there before memory is taken for them.
fn read_grid(
    bytes: &[u8],
    at: usize,
    corners: usize,
    width: usize,
) -> Result<Vec<[u16; 3]>, IccError> {
    let bytes = slice(bytes, at, corners.checked_mul(3 * width).ok_or(IccError::Truncated)?)?;
    let mut grid = reserve(corners)?;
    if width == 1 {
        grid.extend(bytes.as_chunks::<3>().0.iter().map(|c| c.map(|byte| u16::from(byte) * 257)));
    } else {
        let word = |at: &[u8; 6], i: usize| u16::from_be_bytes([at[i], at[i + 1]]);
        grid.extend(bytes.as_chunks::<6>().0.iter().map(|c| [word(c, 0), word(c, 2), word(c, 4)]));
    }
    Ok(grid)
}
