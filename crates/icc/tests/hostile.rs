//! What is no profile, and what was one: an error or a conversion, never anything else.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "numbers are small, and what is wrong here fails the test"
)]

mod support;

use bytemill_icc::{IccError, Space, Transform, srgb_profile};
use proptest::prelude::*;
use support::{ADOBE, curv, gamma, grey, pixels, profile, rgb, sampled, srgb_curve};

/// Reads and converts, whatever it is.
fn run(bytes: &[u8]) -> Result<Space, IccError> {
    let transform = Transform::to_srgb(bytes)?;
    for channels in 0..=5 {
        let mut pixels = pixels(4, 16);
        transform.apply(&mut pixels, channels);
        let mut rgb = [0; 99];
        transform.cmyk_to_rgb(&pixels, &mut rgb);
    }
    Ok(transform.space())
}

fn table() -> Vec<u8> {
    let mut tag = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    tag.resize(48, 0);
    tag.extend((0..4 * 256).map(|at| at as u8));
    tag.extend((0..16 * 3).map(|at| 255 - at));
    tag.extend((0..3 * 256).map(|at| at as u8));
    profile(2, b"prtrCMYKLab ", &[(b"A2B0", tag)])
}

fn seeds() -> Vec<Vec<u8>> {
    vec![
        srgb_profile().to_vec(),
        rgb(2, &ADOBE, &gamma(2.2)),
        rgb(4, &ADOBE, &srgb_curve()),
        grey(sampled(64, |x| x * x)),
        table(),
    ]
}

#[test]
fn vectors_are_what_they_are_named_after() {
    let folder = bytemill_testkit::vectors::folder("icc");
    let mut names = ["srgb", "adobe-rgb", "adobe-rgb-parametric", "grey", "cmyk"].into_iter();
    for seed in seeds() {
        let name = names.next().unwrap();
        assert!(std::fs::read(folder.join(format!("{name}.icc"))).unwrap() == seed, "{name}");
    }
    let micro = std::fs::read(folder.join("srgb-v2-micro.icc")).unwrap();
    assert!(Transform::to_srgb(&micro).unwrap().is_srgb());
}

#[test]
fn every_prefix_is_truncated() {
    for seed in seeds() {
        assert!(run(&seed).is_ok());
        for len in 0..seed.len() {
            assert_eq!(run(&seed[..len]), Err(IccError::Truncated), "{len}");
        }
        // Bytes behind the profile are padding.
        assert!(run(&[&seed[..], &[0; 100]].concat()).is_ok());
    }
}

#[test]
fn headers_of_other_kinds_are_named() {
    let change = |at: usize, to: &[u8]| {
        let mut bytes = rgb(4, &ADOBE, &gamma(2.2));
        bytes[at..at + to.len()].copy_from_slice(to);
        run(&bytes).unwrap_err()
    };
    assert!(matches!(change(36, b"acsq"), IccError::Invalid { .. }));
    assert!(matches!(change(20, b"RGB "), IccError::Invalid { .. }));
    assert!(matches!(change(20, b"Lab "), IccError::Invalid { .. }));
    for (at, to) in [(8, &[5][..]), (12, b"link"), (12, b"nmcl"), (16, b"Lab "), (16, b"6CLR")] {
        assert!(matches!(change(at, to), IccError::Unsupported { .. }));
    }
    for name in [b"rTRC", b"bXYZ"] {
        let mut bytes = rgb(4, &ADOBE, &gamma(2.2));
        let at = bytes.windows(4).position(|window| window == name).unwrap();
        bytes[at] = b'x';
        assert!(matches!(run(&bytes), Err(IccError::Invalid { .. })));
    }
}

#[test]
fn lying_counts_and_offsets_are_errors() {
    let mut many = rgb(4, &ADOBE, &gamma(2.2));
    many[128..132].fill(255);
    assert!(run(&many).is_ok(), "tags are found before the count matters");
    let mut none = many.clone();
    none[128..132].fill(0);
    assert!(matches!(run(&none), Err(IccError::Invalid { .. })));
    let seed = rgb(4, &ADOBE, &gamma(2.2));
    for at in [136, 140].map(|at| at + 12) {
        let mut bytes = seed.clone();
        bytes[at..at + 4].fill(255);
        assert_eq!(run(&bytes), Err(IccError::Truncated));
    }
    let endless =
        profile(2, b"mntrGRAYXYZ ", &[(b"kTRC", [&curv(&[1, 2])[..8], &[255; 8]].concat())]);
    assert_eq!(run(&endless), Err(IccError::Truncated));
    // All tags on the same bytes, and on the header itself.
    let mut bytes = seed;
    for tag in 0..7 {
        bytes[136 + 12 * tag..140 + 12 * tag].fill(0);
    }
    assert!(matches!(run(&bytes), Err(IccError::Invalid { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn mutations_end_well(
        which in 0..5_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = seeds().swap_remove(which);
        for (place, value) in changes {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = run(&bytes);
    }

    #[test]
    fn noise_behind_a_good_header_ends_well(noise in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut bytes = srgb_profile()[..252].to_vec();
        bytes.extend(noise);
        let len = (bytes.len() as u32).to_be_bytes();
        bytes[..4].copy_from_slice(&len);
        let _ = run(&bytes);
    }
}
