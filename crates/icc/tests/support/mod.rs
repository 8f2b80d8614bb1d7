//! Writes profiles.
#![allow(dead_code, reason = "each test program needs a part of it")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers are small, and what is wrong here fails the test"
)]

/// Numbers in 1/65536.
pub(crate) fn fixed(numbers: &[f64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| ((number * 65536.0).round() as i32).to_be_bytes()).collect()
}

pub(crate) fn words(numbers: impl IntoIterator<Item = u16>) -> Vec<u8> {
    numbers.into_iter().flat_map(u16::to_be_bytes).collect()
}

pub(crate) fn curv(entries: &[u16]) -> Vec<u8> {
    let count = (entries.len() as u32).to_be_bytes();
    [b"curv\0\0\0\0", &count[..], &words(entries.iter().copied())].concat()
}

pub(crate) fn gamma(gamma: f64) -> Vec<u8> {
    curv(&[(gamma * 256.0).round() as u16])
}

/// A `curv` of so many entries of a function.
pub(crate) fn sampled(count: usize, function: impl Fn(f64) -> f64) -> Vec<u8> {
    let entry = |at: usize| (function(at as f64 / (count - 1) as f64) * 65535.0).round() as u16;
    curv(&(0..count).map(entry).collect::<Vec<_>>())
}

pub(crate) fn para(kind: u16, parameters: &[f64]) -> Vec<u8> {
    [b"para\0\0\0\0", &words([kind, 0])[..], &fixed(parameters)].concat()
}

pub(crate) fn srgb_curve() -> Vec<u8> {
    para(3, &[2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045])
}

pub(crate) fn xyz(numbers: [f64; 3]) -> Vec<u8> {
    [b"XYZ \0\0\0\0", &fixed(&numbers)[..]].concat()
}

/// A profile of a version, of device colours and connection space as `mntrRGB XYZ `, with these tags.
pub(crate) fn profile(version: u8, spaces: &[u8; 12], tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes[8] = version;
    bytes[12..24].copy_from_slice(spaces);
    bytes[36..40].copy_from_slice(b"acsp");
    bytes[68..80].copy_from_slice(&fixed(&[0.9642, 1.0, 0.8249]));
    bytes.extend((tags.len() as u32).to_be_bytes());
    let mut offset = bytes.len() + 12 * tags.len();
    for (name, data) in tags {
        bytes.extend(*name);
        bytes.extend((offset as u32).to_be_bytes());
        bytes.extend((data.len() as u32).to_be_bytes());
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in tags {
        bytes.extend(data);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    let size = (bytes.len() as u32).to_be_bytes();
    bytes[..4].copy_from_slice(&size);
    bytes
}

/// Colorants of red, green and blue.
pub(crate) type Primaries = [[f64; 3]; 3];

pub(crate) const SRGB: Primaries =
    [[0.43604, 0.22249, 0.01392], [0.38512, 0.7169, 0.09706], [0.14305, 0.06061, 0.71391]];
pub(crate) const P3: Primaries =
    [[0.51512, 0.2412, -0.00105], [0.29198, 0.69225, 0.04189], [0.1571, 0.06657, 0.78407]];
pub(crate) const ADOBE: Primaries =
    [[0.60974, 0.31111, 0.01947], [0.20528, 0.62567, 0.06087], [0.14919, 0.06322, 0.74457]];
pub(crate) const PROPHOTO: Primaries =
    [[0.79767, 0.28803, 0.0], [0.13519, 0.71188, 0.0], [0.03134, 0.00009, 0.82491]];
pub(crate) const REC2020: Primaries =
    [[0.67349, 0.27904, -0.00194], [0.16566, 0.67534, 0.02998], [0.12505, 0.04561, 0.79686]];

/// RGB by colorants and one curve for all.
pub(crate) fn rgb(version: u8, primaries: &Primaries, curve: &[u8]) -> Vec<u8> {
    let [red, green, blue] = primaries.map(xyz);
    let tags = [
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"rXYZ", red),
        (b"gXYZ", green),
        (b"bXYZ", blue),
        (b"rTRC", curve.to_vec()),
        (b"gTRC", curve.to_vec()),
        (b"bTRC", curve.to_vec()),
    ];
    profile(version, b"mntrRGB XYZ ", &tags)
}

pub(crate) fn grey(curve: Vec<u8>) -> Vec<u8> {
    profile(2, b"mntrGRAYXYZ ", &[(b"wtpt", xyz([0.9642, 1.0, 0.8249])), (b"kTRC", curve)])
}

/// Pixels of `channels` values: every level of grey, then colours all over the cube, dark ones more often.
pub(crate) fn pixels(channels: usize, count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let greys = (0..=255).flat_map(|value| vec![value; channels]);
    let colours = (0..count).flat_map(|at| {
        let shift = if at % 3 == 0 { 3 } else { 0 };
        (0..channels).map(|_| next() >> shift).collect::<Vec<_>>()
    });
    greys.chain(colours).collect()
}
