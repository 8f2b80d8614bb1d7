//! Half and twice the size, with the binomial filter 1 3 3 1.
//!
//! Its frequency response has a triple zero where halving folds frequencies onto the lowest ones. Each step widens by a
//! variance of 3/4 of a pixel of the larger image, and is centred between two of its pixels.

use super::plane::{Plane, Rows};
use crate::error::RasterError;
use crate::memory::filled;

/// Half the size, rounded up, and one more pixel on each side: what lies past an edge has been filtered with what lies
/// within, so that repeating the outermost pixels continues the image as repeating those of the larger one does.
pub(super) fn halve<R: Rows>(image: &R) -> Result<Plane, RasterError> {
    let [width, height, channels] = image.size();
    let stride = width * channels;
    let mut result = Plane::new([width.div_ceil(2) + 2, height.div_ceil(2) + 2, channels])?;
    let mut rows = [(); 4].map(|()| Vec::new());
    for row in &mut rows {
        *row = filled(0_i16, stride)?;
    }
    let mut line = filled(0_i32, stride)?;
    let mut ready = 0;
    for y in 0..result.size()[1] {
        // Rows 2y - 3 to 2y; what is outside repeats the edge.
        let place = |k: usize| (2 * y + k).saturating_sub(3).min(height - 1);
        while ready <= place(3) {
            image.load(ready, &mut rows[ready % 4]);
            ready += 1;
        }
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| &rows[place(k) % 4]);
        for (to, (((a, b), c), d)) in line.iter_mut().zip(a.iter().zip(b).zip(c).zip(d)) {
            let middle = i32::from(*b) + i32::from(*c);
            *to = i32::from(*a) + 3 * middle + i32::from(*d);
        }
        let last = width - 1;
        for (x, pixel) in result.row_mut(y).chunks_exact_mut(channels).enumerate() {
            let place = |k: usize| (2 * x + k).saturating_sub(3).min(last) * channels;
            let places = [place(0), place(1), place(2), place(3)];
            for (channel, to) in pixel.iter_mut().enumerate() {
                let [a, b, c, d] = places.map(|place| line[place + channel]);
                *to = ((a + 3 * (b + c) + d + 32) >> 6) as i16;
            }
        }
    }
    Ok(result)
}

/// The inverse in size of [`halve`].
pub(super) fn double<R: Rows>(half: &Plane, image: &mut R) -> Result<(), RasterError> {
    let [width, height, channels] = image.size();
    let mut line = filled(0_i32, half.row(0).len())?;
    let mut row = filled(0_i16, width * channels)?;
    for y in 0..height {
        let (near, far) = neighbours(y);
        for (to, (a, b)) in line.iter_mut().zip(half.row(near).iter().zip(half.row(far))) {
            *to = 3 * i32::from(*a) + i32::from(*b);
        }
        for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
            let (near, far) = neighbours(x);
            let near = &line[near * channels..][..channels];
            let far = &line[far * channels..][..channels];
            for ((to, a), b) in pixel.iter_mut().zip(near).zip(far) {
                *to = ((3 * a + b + 8) >> 4) as i16;
            }
        }
        image.store(y, &row);
    }
    Ok(())
}

/// The pixels of half the size between which one of the whole lies.
fn neighbours(at: usize) -> (usize, usize) {
    let near = at / 2 + 1;
    (near, if at.is_multiple_of(2) { near - 1 } else { near + 1 })
}
