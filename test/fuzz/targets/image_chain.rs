//! No chain of steps panics or passes its limits, whatever it is given, and what comes out has the size that was promised.
#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use bytemill_image::{
    Blend, Composite, Edge, Encoding, Fit, Format, Keep, Limits, Modulation, Overlay, Placement,
    Position, RawInput, Rectangle, Request, Resize, Sharpening, Step, metadata, process,
};
use libfuzzer_sys::{arbitrary, fuzz_target};

const LIMITS: Limits = Limits { max_pixels: 1 << 16, max_output_bytes: 1 << 20 };
const FORMATS: [Format; 7] = [
    Format::Jpeg,
    Format::Png,
    Format::Webp,
    Format::Gif,
    Format::Bmp,
    Format::Qoi,
    Format::Raw,
];

fn step<'a>(u: &mut Unstructured<'a>, input: &'a [u8]) -> arbitrary::Result<Step<'a>> {
    let side = |u: &mut Unstructured<'a>| u.int_in_range(0..=300_u32);
    Ok(match u.int_in_range(0..=17)? {
        0 => Step::Resize(Resize {
            width: side(u)?,
            height: side(u)?,
            fit: *u.choose(&[Fit::Cover, Fit::Contain, Fit::Fill, Fit::Inside, Fit::Outside])?,
            position: *u.choose(&[Position::Centre, Position::Left, Position::RightBottom])?,
            background: Arbitrary::arbitrary(u)?,
            ..Resize::default()
        }),
        1 => Step::Extract(Rectangle {
            left: side(u)?,
            top: side(u)?,
            width: side(u)?,
            height: side(u)?,
        }),
        2 => Step::Trim { threshold: u.arbitrary()?, line_art: u.arbitrary()? },
        3 => Step::Extend {
            top: side(u)?,
            bottom: side(u)?,
            left: side(u)?,
            right: side(u)?,
            edge: *u.choose(&[Edge::Background, Edge::Copy, Edge::Repeat, Edge::Mirror])?,
            background: u.arbitrary()?,
        },
        4 => Step::Rotate { degrees: u.arbitrary()?, background: u.arbitrary()? },
        5 => Step::Flip,
        6 => Step::Flop,
        7 => Step::Grayscale,
        8 => Step::Negate { alpha: u.arbitrary()? },
        9 => Step::Threshold { value: u.arbitrary()?, grayscale: u.arbitrary()? },
        10 => Step::Gamma { before: u.arbitrary()?, after: u.arbitrary()? },
        11 => Step::Modulate(Modulation {
            brightness: u.arbitrary()?,
            saturation: u.arbitrary()?,
            hue: u.arbitrary()?,
            lightness: u.arbitrary()?,
        }),
        12 => Step::Blur { sigma: u.arbitrary()? },
        13 => Step::Sharpen(Sharpening {
            sigma: u.arbitrary()?,
            m1: u.arbitrary()?,
            m2: u.arbitrary()?,
            x1: u.arbitrary()?,
            y2: u.arbitrary()?,
            y3: u.arbitrary()?,
        }),
        14 => Step::Median { size: u.int_in_range(0..=9)? },
        15 => Step::Linear { multiplier: u.arbitrary()?, offset: u.arbitrary()? },
        16 => Step::Flatten(u.arbitrary()?),
        _ => Step::Composite(Composite {
            overlay: Overlay { data: input, raw: None },
            placement: Placement::At { left: u.arbitrary()?, top: u.arbitrary()? },
            blend: *u.choose(&[Blend::Over, Blend::Multiply, Blend::Xor, Blend::SoftLight])?,
            tile: u.arbitrary()?,
            opacity: u.arbitrary()?,
        }),
    })
}

fuzz_target!(|case: (Vec<u8>, &[u8], [u8; 5])| {
    let (program, input, [width, height, channels, format, flags]) = case;
    let mut u = Unstructured::new(&program);
    let mut steps = Vec::new();
    while steps.len() < 8
        && !u.is_empty()
        && let Ok(one) = step(&mut u, input)
    {
        steps.push(one);
    }
    let raw = RawInput { width: width.into(), height: height.into(), channels: channels.into() };
    let format = FORMATS[usize::from(format) % FORMATS.len()];
    let request = Request {
        raw: (flags & 1 == 1).then_some(raw),
        page: u32::from(flags >> 6),
        as_stored: flags & 2 == 2,
        steps: &steps,
        format: Some(format),
        encoding: Encoding { lossless: flags & 4 == 4, ..Encoding::default() },
        keep: Keep { exif: flags & 8 == 8, icc: flags & 16 == 16, xmp: flags & 32 == 32 },
        limits: LIMITS,
    };
    let mut output = Vec::new();
    let Ok(info) = process(input, &request, &mut output) else {
        assert!(output.is_empty(), "an error leaves the output as it was");
        return;
    };
    assert!(output.len() as u64 <= LIMITS.max_output_bytes);
    if format == Format::Raw {
        assert_eq!(output.len() as u32, info.width * info.height * info.channels);
    } else {
        let found = metadata(&output).expect("a result has a header");
        assert_eq!((found.width, found.height, found.format), (info.width, info.height, format));
    }
});
