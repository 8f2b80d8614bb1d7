//! `test/vectors/image`: what the JavaScript suite checks too.
#![expect(clippy::unwrap_used, reason = "a manifest that does not parse fails the test")]

use bytemill_image::{
    Encoding, Fit, Format, ImageError, Limits, Metadata, Resize, ThumbnailOptions, metadata,
    thumbnail,
};
use bytemill_testkit::Value;
use bytemill_testkit::vectors::{expect, input};

fn code(error: ImageError) -> &'static str {
    match error {
        ImageError::Truncated => "ERR_TRUNCATED",
        ImageError::Invalid { .. } => "ERR_INVALID_DATA",
        ImageError::Unsupported { .. } => "ERR_UNSUPPORTED",
        ImageError::TooManyPixels { .. }
        | ImageError::TooMuchMemory { .. }
        | ImageError::TooManyFrames { .. }
        | ImageError::OutputTooLarge { .. } => "ERR_LIMIT_EXCEEDED",
        ImageError::Dimension { .. }
        | ImageError::Quality { .. }
        | ImageError::NoPage { .. }
        | ImageError::Argument { .. } => "ERR_INVALID_ARGUMENT",
        ImageError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
        ImageError::Internal => "ERR_INTERNAL",
    }
}

fn options(given: &Value) -> (ThumbnailOptions, Limits) {
    let number = |name: &str, default: u64| given[name].as_u64().unwrap_or(default);
    let flag = |name: &str, default| given[name].as_bool().unwrap_or(default);
    let limits = Limits::default();
    let fit = match given["fit"].as_str() {
        Some("cover") => Fit::Cover,
        Some("contain") => Fit::Contain,
        Some("fill") => Fit::Fill,
        Some("outside") => Fit::Outside,
        _ => Fit::Inside,
    };
    // Red, green and blue, as a list or as one number.
    let background: [u8; 3] = match &given["background"] {
        Value::Array(parts) => core::array::from_fn(|i| parts[i].as_u64().unwrap() as u8),
        value => {
            let [_, red, green, blue] = (value.as_u64().unwrap_or(0) as u32).to_be_bytes();
            [red, green, blue]
        }
    };
    let options = ThumbnailOptions {
        resize: Resize {
            width: number("width", 0) as u32,
            height: number("height", 0) as u32,
            fit,
            without_enlargement: flag("withoutEnlargement", false),
            background: [background[0], background[1], background[2], 255],
            ..Resize::default()
        },
        encoding: Encoding {
            format: format(given["format"].as_str().unwrap_or("jpeg")),
            quality: number("quality", 80) as u8,
            background,
            ..Encoding::default()
        },
        as_stored: !flag("autoOrient", true),
    };
    let limits = Limits {
        max_pixels: number("maxPixels", limits.max_pixels),
        max_output_bytes: number("maxOutputBytes", limits.max_output_bytes),
    };
    (options, limits)
}

const FORMATS: [(&str, Format); 8] = [
    ("jpeg", Format::Jpeg),
    ("png", Format::Png),
    ("webp", Format::Webp),
    ("gif", Format::Gif),
    ("bmp", Format::Bmp),
    ("qoi", Format::Qoi),
    ("ico", Format::Ico),
    ("tiff", Format::Tiff),
];

fn format(name: &str) -> Format {
    FORMATS.iter().find(|(own, _)| *own == name).unwrap().1
}

fn run(case: &Value) -> Result<(Metadata, Vec<u8>), &'static str> {
    let input = input("image", case);
    if case["op"] == "image.metadata" {
        return metadata(&input).map(|found| (found, Vec::new())).map_err(code);
    }
    let (options, limits) = options(&case["options"]);
    let mut output = Vec::new();
    thumbnail(&input, &options, &limits, &mut output).map_err(code)?;
    Ok((metadata(&output).map_err(code)?, output))
}

#[test]
fn manifest() {
    bytemill_testkit::vectors::check("image", |case| check(case, run(case)));
}

fn check(case: &Value, result: Result<(Metadata, Vec<u8>), &str>) -> Result<(), String> {
    let Some((found, output)) = expect(case, result)? else { return Ok(()) };
    let expect = &case["expect"];
    let format = FORMATS.iter().find(|(_, format)| *format == found.format).unwrap().0;
    let facts = [
        ("width", Value::from(found.width)),
        ("height", Value::from(found.height)),
        ("orientation", Value::from(found.orientation)),
        ("channels", Value::from(found.channels)),
        ("hasAlpha", Value::from(found.has_alpha)),
        ("format", Value::from(format)),
    ];
    for (name, fact) in facts {
        if !expect[name].is_null() && expect[name] != fact {
            return Err(format!("{name} is {fact} instead of {}", expect[name]));
        }
    }
    let Some(means) = expect["meanRgb"].as_array() else { return Ok(()) };
    let pixels = image::load_from_memory(&output).map_err(|error| error.to_string())?.into_rgb8();
    let count = u64::from(pixels.width()) * u64::from(pixels.height());
    for (i, expected) in means.iter().enumerate() {
        let sum: u64 = pixels.pixels().map(|pixel| u64::from(pixel.0[i])).sum();
        let mean = f64::from((sum * 100 / count) as u32) / 100.0;
        let off = (mean - expected.as_f64().unwrap()).abs();
        if off > expect["tolerance"].as_f64().unwrap_or(2.0) {
            return Err(format!("channel {i} is off by {off:.1}"));
        }
    }
    let tolerance = expect["tolerance"].as_u64().unwrap_or(2);
    for spot in expect["pixels"].as_array().into_iter().flatten() {
        let at = |i: usize| spot[i].as_u64().unwrap();
        let pixel = pixels.get_pixel(at(0) as u32, at(1) as u32).0;
        if (0..3).any(|i| u64::from(pixel[i]).abs_diff(at(2 + i)) > tolerance) {
            return Err(format!("{spot} is {pixel:?}"));
        }
    }
    Ok(())
}
