//! The alpha channel of lossy images, without loss; RFC 9649, section 2.7.1.2.

use super::error::{EncodeError, reserve};
use super::lossless::{self, Image};

/// Filters: what a value is predicted from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    None = 0,
    Left = 1,
    Above = 2,
    Gradient = 3,
}

/// The payload of the chunk, of at most `limit` bytes.
///
/// # Errors
///
/// [`EncodeError::TooLarge`] and [`EncodeError::OutOfMemory`].
pub(super) fn encode(
    mut values: Vec<u8>,
    width: usize,
    height: usize,
    effort: u8,
    limit: u64,
) -> Result<Vec<u8>, EncodeError> {
    let filter = choose(&values, width);
    apply(&mut values, width, filter);
    let mut image = Image { width, height, pixels: Vec::new() };
    reserve(&mut image.pixels, values.len())?;
    image.pixels.extend(values.iter().map(|&value| [0, value, 0, 255]));
    let compressed = lossless::encode_without_header(image, effort, limit)?;
    let as_is = compressed.len() >= values.len();
    let payload = if as_is { &values } else { &compressed };
    let mut bytes = Vec::new();
    reserve(&mut bytes, payload.len() + 1)?;
    bytes.push((filter as u8) << 2 | u8::from(!as_is));
    bytes.extend_from_slice(payload);
    Ok(bytes)
}

fn predict(filter: Filter, left: u8, above: u8, corner: u8) -> u8 {
    match filter {
        Filter::None => 0,
        Filter::Left => left,
        Filter::Above => above,
        Filter::Gradient => {
            (i16::from(left) + i16::from(above) - i16::from(corner)).clamp(0, 255) as u8
        }
    }
}

/// The filter that leaves the fewest different values per row, if there are too many for a palette of few.
fn choose(values: &[u8], width: usize) -> Filter {
    let mut seen = [false; 256];
    for &value in values {
        seen[usize::from(value)] = true;
    }
    if seen.iter().filter(|&&seen| seen).count() <= 16 {
        return Filter::None;
    }
    let mut sums = [0_u64; 4];
    let filters = [Filter::None, Filter::Left, Filter::Above, Filter::Gradient];
    for rows in values.chunks_exact(width).collect::<Vec<_>>().windows(2) {
        for x in 1..width {
            let (left, above, corner) = (rows[1][x - 1], rows[0][x], rows[0][x - 1]);
            for (sum, filter) in sums.iter_mut().zip(filters) {
                let rest = rows[1][x].wrapping_sub(predict(filter, left, above, corner));
                let size = rest.cast_signed().unsigned_abs();
                *sum += u64::from(8 - size.leading_zeros());
            }
        }
    }
    let best = (0..4).min_by_key(|&i| sums[i]).unwrap_or(0);
    filters[best]
}

/// From the end on, because values are predicted from those before them. At the edges the left, or the one above,
/// predicts.
fn apply(values: &mut [u8], width: usize, filter: Filter) {
    if filter == Filter::None {
        return;
    }
    for at in (1..values.len()).rev() {
        let (x, y) = (at % width, at / width);
        let prediction = if y == 0 {
            values[at - 1]
        } else if x == 0 {
            values[at - width]
        } else {
            predict(filter, values[at - 1], values[at - width], values[at - width - 1])
        };
        values[at] = values[at].wrapping_sub(prediction);
    }
}
