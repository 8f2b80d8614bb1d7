//! Pixels of any number of channels as those of four.

/// Writes pixels of 1 to 4 channels as blue, green, red and alpha, which is 255 where there is none.
pub(super) fn unpack(from: &[u8], channels: usize, to: &mut [[u8; 4]]) {
    match channels {
        1 => each(from, to, |&[v]| [v, v, v, 255]),
        2 => each(from, to, |&[v, a]| [v, v, v, a]),
        3 => each(from, to, |&[r, g, b]| [b, g, r, 255]),
        _ => each(from, to, |&[r, g, b, a]| [b, g, r, a]),
    }
}

fn each<const C: usize>(from: &[u8], to: &mut [[u8; 4]], convert: impl Fn(&[u8; C]) -> [u8; 4]) {
    for (to, from) in to.iter_mut().zip(from.as_chunks::<C>().0) {
        *to = convert(from);
    }
}
