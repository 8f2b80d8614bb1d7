//! Numbers (ISO 32000-1, 7.3.3), as leniently as readers have it.

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i64),
    Real(f64),
}

/// The powers of ten that are exact in 64 bits.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Reads the number at `at`, which begins with a sign, a point or a digit; also where it ends.
///
/// Of several signs the first counts; later ones are ignored, as Adobe's reader does; a second point ends the number; an
/// exponent, which the specification does not have, is read. What has no digits is 0.
pub(crate) fn read(data: &[u8], mut at: usize) -> (Number, usize) {
    let negative = data.get(at) == Some(&b'-');
    while let Some(b'+' | b'-') = data.get(at) {
        at += 1;
    }
    let (mut mantissa, mut scale, mut real) = (0u64, 0i32, false);
    while let Some(&byte) = data.get(at) {
        match byte {
            b'0'..=b'9' => {
                let digit = u64::from(byte - b'0');
                if mantissa < (u64::MAX - 9) / 10 {
                    mantissa = mantissa * 10 + digit;
                    scale -= i32::from(real);
                } else {
                    // Digits beyond the 19th only move the point.
                    scale = scale.saturating_add(i32::from(!real));
                }
            }
            b'.' if !real => real = true,
            b'-' => {}
            b'e' | b'E' => match exponent(data, at + 1) {
                Some((exponent, end)) => {
                    (scale, real, at) = (scale.saturating_add(exponent), true, end);
                    break;
                }
                None => break,
            },
            _ => break,
        }
        at += 1;
    }
    if !real
        && scale == 0
        && let Ok(value) = i64::try_from(mantissa)
    {
        return (Number::Integer(if negative { -value } else { value }), at);
    }
    let value = scaled(mantissa, scale);
    (Number::Real(if negative { -value } else { value }), at)
}

fn exponent(data: &[u8], at: usize) -> Option<(i32, usize)> {
    let negative = data.get(at) == Some(&b'-');
    let signed = matches!(data.get(at), Some(b'+' | b'-'));
    let (value, end) = crate::chars::digits(data, at + usize::from(signed))?;
    let value = value.min(400) as i32;
    Some((if negative { -value } else { value }, end))
}

/// A mantissa times a power of ten; finite, and correctly rounded where both are exact.
fn scaled(mantissa: u64, scale: i32) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "digits beyond the precision of f64")]
    let mut value = mantissa as f64;
    let mut left = scale.unsigned_abs();
    while left > 0 && value != 0.0 {
        let step = left.min(22);
        let power = POWERS[step as usize];
        value = if scale < 0 { value / power } else { value * power };
        if value > f64::from(f32::MAX) {
            // Nothing in a document is larger (Annex C); sums stay finite.
            return f64::from(f32::MAX);
        }
        left -= step;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::{Number, read};

    #[test]
    fn odd_numbers() {
        for (text, expected, rest) in [
            ("12 ", Number::Integer(12), 1),
            ("-7]", Number::Integer(-7), 1),
            ("--5", Number::Integer(-5), 0),
            ("+.", Number::Real(0.0), 0),
            ("-", Number::Integer(0), 0),
            ("1.2.3", Number::Real(1.2), 2),
            ("4-5", Number::Integer(45), 0),
            ("-.002", Number::Real(-0.002), 0),
            ("1e-5", Number::Real(1e-5), 0),
            ("1em", Number::Integer(1), 2),
            ("9223372036854775807", Number::Integer(i64::MAX), 0),
            ("9223372036854775808", Number::Real(9_223_372_036_854_775_808.0), 0),
            ("0.1", Number::Real(0.1), 0),
            ("123456.789", Number::Real(123_456.789), 0),
            ("1e999", Number::Real(f64::from(f32::MAX)), 0),
        ] {
            let (number, end) = read(text.as_bytes(), 0);
            assert_eq!((number, text.len() - end), (expected, rest), "{text}");
        }
        let (number, _) = read(&[b'9'; 400], 0);
        assert_eq!(number, Number::Real(f64::from(f32::MAX)));
    }
}
