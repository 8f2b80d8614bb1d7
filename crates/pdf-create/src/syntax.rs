//! The syntax of objects and content streams (ISO 32000-1, 7.3).

use crate::CreateError;
use crate::document::Date;

/// Bytes that grow up to a limit. What goes wrong is kept until [`Output::finish`]; from then on nothing is appended.
#[derive(Debug)]
pub(crate) struct Output {
    bytes: Vec<u8>,
    limit: u64,
    failure: Option<CreateError>,
}

impl Output {
    pub(crate) fn new(limit: u64) -> Self {
        Self { bytes: Vec::new(), limit, failure: None }
    }

    /// What was appended, or what went wrong first.
    pub(crate) fn finish(self) -> Result<Vec<u8>, CreateError> {
        self.failure.map_or(Ok(self.bytes), Err)
    }

    pub(crate) fn check(&self) -> Result<(), CreateError> {
        self.failure.map_or(Ok(()), Err)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    pub(crate) fn put(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.append(bytes.as_ref());
        self
    }

    // Called from everywhere: inlined, it is half of the kernel's size.
    #[inline(never)]
    fn append(&mut self, bytes: &[u8]) {
        if self.failure.is_some() {
            return;
        }
        if self.bytes.len() as u64 + bytes.len() as u64 > self.limit {
            self.failure = Some(CreateError::OutputTooLarge { limit: self.limit });
        } else if self.bytes.try_reserve(bytes.len()).is_err() {
            self.failure = Some(CreateError::OutOfMemory { bytes: bytes.len() });
        } else {
            self.bytes.extend_from_slice(bytes);
        }
    }

    pub(crate) fn integer(&mut self, value: i64) -> &mut Self {
        if value < 0 {
            self.append(b"-");
        }
        self.whole(value.unsigned_abs())
    }

    pub(crate) fn whole(&mut self, value: u64) -> &mut Self {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = value;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.put(&digits[at..])
    }

    /// A whole number of that many digits.
    pub(crate) fn padded(&mut self, value: u64, digits: u32) -> &mut Self {
        for place in (0..digits).rev() {
            self.append(&[b'0' + (value / 10_u64.pow(place) % 10) as u8]);
        }
        self
    }

    /// A number with at most three decimals, a space behind it: a thousandth of a point is finer than any device.
    pub(crate) fn number(&mut self, value: f64) -> &mut Self {
        self.decimals(value, 3)
    }

    /// A number with at most that many decimals, a space behind it.
    pub(crate) fn decimals(&mut self, value: f64, decimals: u32) -> &mut Self {
        let scale = 10_i64.pow(decimals);
        // Rust's conversion saturates.
        let scaled = (value * scale as f64).round() as i64;
        if scaled < 0 {
            self.append(b"-");
        }
        let (mut fraction, scale) = (scaled.unsigned_abs(), scale.unsigned_abs());
        self.whole(fraction / scale);
        fraction %= scale;
        if fraction > 0 {
            let mut decimals = decimals;
            while fraction % 10 == 0 {
                fraction /= 10;
                decimals -= 1;
            }
            self.put(b".").padded(fraction, decimals);
        }
        self.put(b" ")
    }

    pub(crate) fn numbers(&mut self, values: &[f64]) -> &mut Self {
        for value in values {
            self.number(*value);
        }
        self
    }

    /// A reference to an object, a space behind it.
    pub(crate) fn reference(&mut self, id: u32) -> &mut Self {
        self.integer(id.into()).put(b" 0 R ")
    }

    /// A name without its slash: what is not a regular character, as `#` and two digits.
    pub(crate) fn name(&mut self, name: &[u8]) -> &mut Self {
        for byte in name {
            match byte {
                b'#' | b'%' | b'(' | b')' | b'/' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' => {
                    self.put(b"#").hex(&[*byte]);
                }
                b'!'..=b'~' => self.append(&[*byte]),
                _ => {
                    self.put(b"#").hex(&[*byte]);
                }
            }
        }
        self
    }

    pub(crate) fn hex(&mut self, bytes: &[u8]) -> &mut Self {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        for byte in bytes {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            self.append(&[DIGITS[high], DIGITS[low]]);
        }
        self
    }

    /// The bytes of a literal string, without its parentheses.
    pub(crate) fn escaped(&mut self, bytes: &[u8]) -> &mut Self {
        for byte in bytes {
            match byte {
                b'(' | b')' | b'\\' => self.append(&[b'\\', *byte]),
                // An end of line would be read as a line feed, whichever it is.
                b'\r' => self.append(b"\\r"),
                _ => self.append(&[*byte]),
            }
        }
        self
    }

    /// A string.
    pub(crate) fn string(&mut self, bytes: &[u8]) -> &mut Self {
        self.put(b"(").escaped(bytes).put(b")")
    }

    /// A text string (7.9.2.2): ASCII is `PDFDocEncoding` as it is, all else is UTF-16.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
        if text.bytes().all(plain) {
            return self.string(text.as_bytes());
        }
        self.append(b"<FEFF");
        for unit in text.encode_utf16() {
            self.hex(&unit.to_be_bytes());
        }
        self.put(b">")
    }

    /// A date (7.9.4).
    pub(crate) fn date(&mut self, date: Date) -> &mut Self {
        let [year, month, day, hour, minute, second] = date.fields();
        self.put(b"(D:").padded(year, 4);
        for field in [month, day, hour, minute, second] {
            self.padded(field, 2);
        }
        let offset = u64::from(date.offset.unsigned_abs());
        if offset == 0 {
            return self.put(b"Z)");
        }
        self.put(if date.offset < 0 { b"-" } else { b"+" });
        self.padded(offset / 60, 2).put(b"'").padded(offset % 60, 2).put(b"')")
    }
}

impl Date {
    /// Whether the fields can be written.
    pub(crate) fn is_valid(self) -> bool {
        // 0001-01-01 and 9999-12-31, by any clock.
        (-62_135_500_000..253_402_200_000).contains(&self.seconds)
            && self.offset.unsigned_abs() < 1440
    }

    /// Year, month, day, hour, minute and second by its clock.
    pub(crate) fn fields(self) -> [u64; 6] {
        let local = self.seconds.saturating_add(i64::from(self.offset) * 60);
        let (days, seconds) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        // Days from 0000-03-01 on: a year that begins in March ends in its leap day.
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        [year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60].map(i64::unsigned_abs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Output)) -> String {
        let mut output = Output::new(1000);
        write(&mut output);
        String::from_utf8(output.finish().unwrap()).unwrap()
    }

    #[test]
    fn numbers_are_short() {
        let all = [0.0, -0.0, 1.0, -1.5, 0.0004, -0.0004, 0.1, 12.3456, 1e5, -0.25];
        assert_eq!(written(|o| _ = o.numbers(&all)), "0 0 1 -1.5 0 0 0.1 12.346 100000 -0.25 ");
        assert_eq!(written(|o| _ = o.decimals(0.123_456_78, 5)), "0.12346 ");
        assert_eq!(written(|o| _ = o.integer(i64::MIN)), "-9223372036854775808");
        assert_eq!(written(|o| _ = o.number(f64::NAN)), "0 ");
    }

    #[test]
    fn strings_and_names_are_escaped() {
        assert_eq!(written(|o| _ = o.text("a(b)\\\r")), r"(a\(b\)\\\r)");
        assert_eq!(written(|o| _ = o.text("ä😀")), "<FEFF00E4D83DDE00>");
        assert_eq!(written(|o| _ = o.name(b"text/xml A#")), "text#2Fxml#20A#23");
    }

    #[test]
    fn dates_follow_their_clock() {
        let date = |seconds, offset| written(|o| _ = o.date(Date { seconds, offset }));
        assert_eq!(date(0, 0), "(D:19700101000000Z)");
        assert_eq!(date(951_782_400, 60), "(D:20000229010000+01'00')");
        assert_eq!(date(-1, -330), "(D:19691231182959-05'30')");
        assert_eq!(date(4_102_444_799, 0), "(D:20991231235959Z)");
    }

    #[test]
    fn dates_have_four_digits_of_a_year() {
        let valid = |seconds, offset| Date { seconds, offset }.is_valid();
        assert!(valid(0, 1439) && valid(0, -1439));
        assert!(!valid(0, 1440) && !valid(0, i16::MIN));
        assert!(!valid(i64::MAX, 0) && !valid(i64::MIN, 0));
    }

    #[test]
    fn the_limit_holds() {
        let mut output = Output::new(3);
        output.put(b"abc");
        assert_eq!(output.check(), Ok(()));
        output.put(b"d").put(b"");
        assert_eq!(output.finish(), Err(CreateError::OutputTooLarge { limit: 3 }));
    }
}
