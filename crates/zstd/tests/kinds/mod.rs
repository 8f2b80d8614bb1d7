//! Kinds of small messages that dictionaries are trained on, made here: the same on every machine.

use std::fmt::Write as _;

/// PCG-like generator; the upper bits are good enough for tests.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    /// One of a list, the earlier ones more often, as with words.
    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let (a, b) = (self.below(1 << 16), self.below(1 << 16));
        list[(a.min(b) * list.len()) >> 16]
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
    }

    /// Words of a made-up language with a vocabulary of its own for each `seed`.
    fn words(&mut self, count: usize) -> String {
        const PARTS: [&str; 16] = [
            "ta", "re", "in", "mo", "sel", "ver", "ka", "lo", "qui", "den", "pra", "us", "el",
            "om", "fi", "ghe",
        ];
        let mut text = String::new();
        for word in 0..count {
            if word > 0 {
                text.push(' ');
            }
            let rank = self.below(900).min(self.below(900));
            let mut own = Random::new(rank as u64 * 77 + 5);
            for _ in 0..=own.below(3) + 1 {
                text.push_str(PARTS[own.below(16)]);
            }
        }
        text
    }
}

const SERVICES: [&str; 8] =
    ["gateway", "catalogue", "billing", "mailer", "worker", "auth", "search", "ledger"];
const ROUTES: [&str; 9] =
    ["orders", "users", "search", "assets", "carts", "sessions", "invoices", "health", "refunds"];
const NOTES: [&str; 8] = [
    "request completed",
    "cache miss, asking origin",
    "slow query on replica",
    "retrying after timeout",
    "token refreshed for user",
    "payload rejected by schema",
    "connection reset by peer",
    "rate limit is close",
];

/// Messages of a queue, about 700 bytes.
pub(crate) fn json(random: &mut Random) -> Vec<u8> {
    let items: Vec<String> = (0..2 + random.below(5))
        .map(|_| {
            format!(
                r#"{{"sku":"{}","name":"{}","quantity":{},"price":{}.{:02}}}"#,
                random.hex(10),
                random.words(3),
                1 + random.below(9),
                random.below(1000),
                random.below(100)
            )
        })
        .collect();
    format!(
        r#"{{"id":"{}-{}","sequence":{},"type":"{}.{}.created","customer":{{"id":{},"country":"{}","locale":"{}"}},"items":[{}],"note":"{}"}}"#,
        random.hex(8),
        random.hex(12),
        1_000_000 + random.below(1_000_000),
        random.pick(&SERVICES),
        random.pick(&ROUTES),
        random.below(1_000_000),
        random.pick(&["DE", "FR", "US", "JP", "BR"]),
        random.pick(&["de-DE", "fr-FR", "en-US", "ja-JP", "pt-BR"]),
        items.join(","),
        random.pick(&NOTES)
    )
    .into_bytes()
}

/// Lines of a log, about 190 bytes.
pub(crate) fn log(random: &mut Random) -> Vec<u8> {
    format!(
        "2026-01-{:02}T{:02}:{:02}:{:02}.{:03}Z {} [{}-{}] {}: {} method={} path=/api/v2/{}/{} status={} bytes={} ms={}.{}\n",
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60),
        random.below(1000),
        random.pick(&["INFO", "DEBUG", "WARN", "ERROR"]),
        random.pick(&SERVICES),
        random.below(12),
        random.pick(&NOTES),
        random.words(2),
        random.pick(&["GET", "POST", "PUT", "DELETE"]),
        random.pick(&ROUTES),
        random.below(90_000),
        random.pick(&["200", "201", "304", "404", "500"]),
        random.below(20_000),
        random.below(900),
        random.below(100)
    )
    .into_bytes()
}

/// Small pages, 2 to 5 KB, most of which is the site's own.
pub(crate) fn html(random: &mut Random) -> Vec<u8> {
    let title = random.words(3);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>{title} | Bytemill store</title>\n  \
         <link rel=\"stylesheet\" href=\"/assets/main-{}.css\">\n  <meta property=\"og:title\" content=\"{title}\">\n</head>\n\
         <body class=\"page page--{}\">\n<nav class=\"nav\"><ul>\n",
        random.hex(8),
        random.pick(&ROUTES)
    );
    for route in ROUTES {
        let _ = writeln!(page, "  <li class=\"nav__item\"><a href=\"/{route}\">{route}</a></li>");
    }
    page += "</ul></nav>\n<main>\n";
    for _ in 0..3 + random.below(8) {
        let _ = write!(
            page,
            "  <article class=\"card card--{}\" data-id=\"{}\">\n    <h2 class=\"card__title\">{}</h2>\n    <p class=\"card__text\">{}.</p>\n    \
             <span class=\"card__price\">{}.{:02} &euro;</span>\n  </article>\n",
            random.pick(&["small", "wide", "promoted"]),
            random.below(100_000),
            random.words(3),
            random.words(14),
            random.below(400),
            random.below(100)
        );
    }
    page += "</main>\n<footer class=\"footer\">&copy; 2026 Bytemill store. All rights reserved.</footer>\n</body>\n</html>\n";
    page.into_bytes()
}

/// Records of fields as they lie in memory, 64 to 300 bytes, of which a third is random.
pub(crate) fn record(random: &mut Random) -> Vec<u8> {
    let mut bytes = b"REC2\x01\x00\x08\x00".to_vec();
    bytes.extend_from_slice(&(1_767_225_600 + random.below(86_400) as u64).to_le_bytes());
    bytes.extend_from_slice(&(random.below(400) as u32).to_le_bytes());
    let fields = 2 + random.below(9);
    bytes.extend_from_slice(&(fields as u16).to_le_bytes());
    for _ in 0..fields {
        let kind = random.below(6).min(random.below(6));
        bytes.extend_from_slice(&[0xF0 + kind as u8, 0x80, 4 * kind as u8, 0]);
        match kind {
            0 => {
                bytes
                    .extend_from_slice(&(f64::from(random.below(5000) as u32) / 4.0).to_le_bytes());
            }
            1 => bytes.extend_from_slice(&(random.below(70_000) as u32).to_be_bytes()),
            2 => bytes.extend_from_slice(random.pick(&SERVICES).as_bytes()),
            3 => bytes.extend((0..8).map(|_| random.below(256) as u8)),
            4 => bytes.extend_from_slice(&[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0x80, 0x3F]),
            _ => bytes.extend_from_slice(random.pick(&NOTES).as_bytes()),
        }
    }
    bytes
}

/// So many samples of a kind.
pub(crate) fn samples(kind: fn(&mut Random) -> Vec<u8>, count: usize, seed: u64) -> Vec<Vec<u8>> {
    let mut random = Random::new(seed);
    (0..count).map(|_| kind(&mut random)).collect()
}
