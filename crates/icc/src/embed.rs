//! A profile of sRGB to embed, as small as version 4 allows.

/// Tags, by what points to them: curves are one.
const TAGS: [(&[u8; 4], usize, usize); 10] = [
    (b"desc", DESCRIPTION, 36),
    (b"cprt", COPYRIGHT, 34),
    (b"wtpt", WHITE, 20),
    (b"chad", ADAPTATION, 44),
    (b"rXYZ", COLORANTS, 20),
    (b"gXYZ", COLORANTS + 20, 20),
    (b"bXYZ", COLORANTS + 40, 20),
    (b"rTRC", CURVE, 32),
    (b"gTRC", CURVE, 32),
    (b"bTRC", CURVE, 32),
];
const DESCRIPTION: usize = 128 + 4 + 12 * 10;
const COPYRIGHT: usize = DESCRIPTION + 36;
const WHITE: usize = COPYRIGHT + 36;
const ADAPTATION: usize = WHITE + 20;
const COLORANTS: usize = ADAPTATION + 44;
const CURVE: usize = COLORANTS + 60;
const SIZE: usize = CURVE + 32;

/// D50 in 1/65536, as the header has it.
const D50: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];

/// The Bradford adaptation from D65 (0.3127, 0.3290) to D50, in 1/65536.
const BRADFORD: [i32; 9] = [68674, 1502, -3291, 1939, 64912, -1119, -606, 988, 49262];

/// The primaries of BT.709 so adapted, in 1/65536; together they are D50.
const PRIMARIES: [[i32; 3]; 3] = [[28576, 14581, 912], [25239, 46983, 6361], [9375, 3972, 46788]];

/// IEC 61966-2-1 as function type 3, in 1/65536: 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92 and 0.04045.
const SRGB: [i32; 5] = [157_286, 62119, 3417, 5072, 2651];

const PROFILE: [u8; SIZE] = {
    let mut bytes = [0; SIZE];
    put(&mut bytes, 0, &(SIZE as u32).to_be_bytes());
    put(&mut bytes, 8, &[4, 0x40]);
    put(&mut bytes, 12, b"mntrRGB XYZ ");
    // The first of January 2026.
    put(&mut bytes, 24, &[7, 0xEA, 0, 1, 0, 1]);
    put(&mut bytes, 36, b"acsp");
    put_numbers(&mut bytes, 68, &D50);

    put(&mut bytes, 128, &(TAGS.len() as u32).to_be_bytes());
    let mut at = 0;
    while at < TAGS.len() {
        let (name, offset, len) = TAGS[at];
        put(&mut bytes, 132 + 12 * at, name);
        put_numbers(&mut bytes, 136 + 12 * at, &[offset as i32, len as i32]);
        at += 1;
    }

    put_text(&mut bytes, DESCRIPTION, b"\0s\0R\0G\0B");
    put_text(&mut bytes, COPYRIGHT, b"\0C\0C\x000");
    put(&mut bytes, WHITE, b"XYZ ");
    put_numbers(&mut bytes, WHITE + 8, &D50);
    put(&mut bytes, ADAPTATION, b"sf32");
    put_numbers(&mut bytes, ADAPTATION + 8, &BRADFORD);
    let mut at = 0;
    while at < 3 {
        put(&mut bytes, COLORANTS + 20 * at, b"XYZ ");
        put_numbers(&mut bytes, COLORANTS + 20 * at + 8, &PRIMARIES[at]);
        at += 1;
    }
    put(&mut bytes, CURVE, b"para");
    put(&mut bytes, CURVE + 8, &[0, 3]);
    put_numbers(&mut bytes, CURVE + 12, &SRGB);
    bytes
};

/// A minimal ICC profile of sRGB, version 4.4, for those who want one in their files. Anyone may use it for anything
/// (CC0).
pub fn srgb_profile() -> &'static [u8] {
    &PROFILE
}

const fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    let mut index = 0;
    while index < what.len() {
        bytes[at + index] = what[index];
        index += 1;
    }
}

const fn put_numbers(bytes: &mut [u8], at: usize, numbers: &[i32]) {
    let mut index = 0;
    while index < numbers.len() {
        put(bytes, at + 4 * index, &numbers[index].to_be_bytes());
        index += 1;
    }
}

/// A `mluc` (ICC.1:2022, 10.15) of one text, in UTF-16.
const fn put_text(bytes: &mut [u8], at: usize, text: &[u8]) {
    put(bytes, at, b"mluc");
    put_numbers(bytes, at + 8, &[1, 12]);
    put(bytes, at + 16, b"enUS");
    put_numbers(bytes, at + 20, &[text.len() as i32, 28]);
    put(bytes, at + 28, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Space, Transform};

    #[test]
    fn it_is_srgb_and_small() {
        let profile = srgb_profile();
        assert_eq!(profile.len(), 480);
        let transform = Transform::to_srgb(profile).unwrap();
        assert!(transform.is_srgb());
        assert_eq!(transform.space(), Space::Rgb);
    }

    #[test]
    fn primaries_are_white_together() {
        for (axis, white) in D50.into_iter().enumerate() {
            assert_eq!(PRIMARIES.iter().map(|primary| primary[axis]).sum::<i32>(), white);
        }
    }
}
