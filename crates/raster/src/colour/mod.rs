//! What changes colours, pixel by pixel.

mod flatten;
mod grey;
mod modulate;
mod normalise;
mod recomb;
mod table;
mod tint;

pub use modulate::Modulate;

use crate::raster::Raster;

/// Changes the colours of every pixel, in place, alpha aside: of red, green and blue, or of grey three times, of whose
/// result the luminance (BT.601) is then taken.
fn recolour(image: &mut Raster, mut pixel: impl FnMut([u8; 3]) -> [u8; 3]) {
    match image.channels() {
        1 => each(image, |[v]| [crate::channels::grey(pixel([v; 3]))]),
        2 => each(image, |[v, a]| [crate::channels::grey(pixel([v; 3])), a]),
        3 => each(image, pixel),
        _ => each(image, |[r, g, b, a]| {
            let [r, g, b] = pixel([r, g, b]);
            [r, g, b, a]
        }),
    }
}

/// Changes every pixel of `N` channels. Runs of one colour cost one computation.
fn each<const N: usize>(image: &mut Raster, mut pixel: impl FnMut([u8; N]) -> [u8; N]) {
    let mut last: Option<([u8; N], [u8; N])> = None;
    for place in image.data_mut().as_chunks_mut::<N>().0 {
        let result = match last {
            Some((before, after)) if before == *place => after,
            _ => pixel(*place),
        };
        last = Some((*place, result));
        *place = result;
    }
}
