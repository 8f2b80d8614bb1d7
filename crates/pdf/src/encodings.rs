//! The one-byte encodings of fonts and of text strings (ISO 32000-1, annex D): 256 characters each, U+0000 where a code has
//! none.

/// The characters of an encoding, by code.
pub(crate) fn table(encoding: &str) -> Box<[char; 256]> {
    let mut table = Box::new(['\0'; 256]);
    for (entry, char) in table.iter_mut().zip(encoding.chars()) {
        *entry = char;
    }
    table
}

/// `StandardEncoding` (D.2).
pub(crate) const STANDARD: &str = concat!(
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    " !\"#$%&’()*+,-./",
    "0123456789:;<=>?",
    "@ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZ[\\]^_",
    "‘abcdefghijklmno",
    "pqrstuvwxyz{|}~\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0¡¢£⁄¥ƒ§¤'“«‹›\u{fb01}\u{fb02}",
    "\0–†‡·\0¶•‚„”»…‰\0¿",
    "\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ",
    "—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0",
    "\0æ\0\0\0ı\0\0łøœß\0\0\0\0",
);

/// `MacRomanEncoding` (D.2).
pub(crate) const MAC_ROMAN: &str = concat!(
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    " !\"#$%&'()*+,-./",
    "0123456789:;<=>?",
    "@ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZ[\\]^_",
    "`abcdefghijklmno",
    "pqrstuvwxyz{|}~\0",
    "ÄÅÇÉÑÖÜáàâäãåçéè",
    "êëíìîïñóòôöõúùûü",
    "†°¢£§•¶ß®©™´¨≠ÆØ",
    "∞±≤≥¥µ∂∑∏π∫ªºΩæø",
    "¿¡¬√ƒ≈∆«»… ÀÃÕŒœ",
    "–—“”‘’÷◊ÿŸ⁄¤‹›\u{fb01}\u{fb02}",
    "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ",
    "\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
);

/// `WinAnsiEncoding` (D.2).
pub(crate) const WIN_ANSI: &str = concat!(
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    " !\"#$%&'()*+,-./",
    "0123456789:;<=>?",
    "@ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZ[\\]^_",
    "`abcdefghijklmno",
    "pqrstuvwxyz{|}~•",
    "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž•",
    "•‘’“”•–—˜™š›œ•žŸ",
    " ¡¢£¤¥¦§¨©ª«¬-®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîï",
    "ðñòóôõö÷øùúûüýþÿ",
);

/// `MacExpertEncoding` (D.4).
pub(crate) const MAC_EXPERT: &str = concat!(
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    " \u{f721}\u{f6f8}\u{f7a2}\u{f724}\u{f6e4}\u{f726}\u{f7b4}⁽⁾‥․,-.⁄",
    "\u{f730}\u{f731}\u{f732}\u{f733}\u{f734}\u{f735}\u{f736}\u{f737}\u{f738}\u{f739}:;\0\u{f6de}\0\u{f73f}",
    "\0\0\0\0\u{f7f0}\0\0¼½¾⅛⅜⅝⅞⅓⅔",
    "\0\0\0\0\0\0\u{fb00}\u{fb01}\u{fb02}\u{fb03}\u{fb04}₍\0₎\u{f6f6}\u{f6e5}",
    "\u{f760}\u{f761}\u{f762}\u{f763}\u{f764}\u{f765}\u{f766}\u{f767}\u{f768}\u{f769}\u{f76a}\u{f76b}\u{f76c}\u{f76d}\u{f76e}\u{f76f}",
    "\u{f770}\u{f771}\u{f772}\u{f773}\u{f774}\u{f775}\u{f776}\u{f777}\u{f778}\u{f779}\u{f77a}₡\u{f6dc}\u{f6dd}\u{f6fe}\0",
    "\0\u{f6e9}\u{f6e0}\0\0\0\0\u{f7e1}\u{f7e0}\u{f7e2}\u{f7e4}\u{f7e3}\u{f7e5}\u{f7e7}\u{f7e9}\u{f7e8}",
    "\u{f7ea}\u{f7eb}\u{f7ed}\u{f7ec}\u{f7ee}\u{f7ef}\u{f7f1}\u{f7f3}\u{f7f2}\u{f7f4}\u{f7f6}\u{f7f5}\u{f7fa}\u{f7f9}\u{f7fb}\u{f7fc}",
    "\0⁸₄₃₆₈₇\u{f6fd}\0\u{f6df}₂\0\u{f7a8}\0\u{f6f5}\u{f6f0}",
    "₅\0\u{f6e1}\u{f6e7}\u{f7fd}\0\u{f6e3}\0\0\u{f7fe}\0₉₀\u{f6ff}\u{f7e6}\u{f7f8}",
    "\u{f7bf}₁\u{f6f9}\0\0\0\0\0\0\u{f7b8}\0\0\0\0\0\u{f6fa}",
    "‒\u{f6e6}\0\0\0\0\u{f7a1}\0\u{f7ff}\0¹²³⁴⁵⁶",
    "⁷⁹⁰\0\u{f6ec}\u{f6f1}\u{f6f3}\0\0\u{f6ed}\u{f6f2}\u{f6eb}\0\0\0\0",
    "\0\u{f6ee}\u{f6fb}\u{f6f4}\u{f7af}\u{f6ea}ⁿ\u{f6ef}\u{f6e2}\u{f6e8}\u{f6f7}\u{f6fc}\0\0\0\0",
);

/// `PDFDocEncoding` (D.2), of text strings outside of content streams.
pub(crate) const PDF_DOC: &str = concat!(
    "\0\0\0\0\0\0\0\0\0\u{9}\u{a}\0\0\u{d}\0\0",
    "\0\0\0\0\0\0\0\0˘ˇˆ˙˝˛˚˜",
    " !\"#$%&'()*+,-./",
    "0123456789:;<=>?",
    "@ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZ[\\]^_",
    "`abcdefghijklmno",
    "pqrstuvwxyz{|}~\0",
    "•†‡…—–ƒ⁄‹›−‰„“”‘",
    "’‚™\u{fb01}\u{fb02}ŁŒŠŸŽıłœšž\0",
    "€¡¢£¤¥¦§¨©ª«¬\0®¯",
    "°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîï",
    "ðñòóôõö÷øùúûüýþÿ",
);

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Dictionary, Document, Object};

    /// What lopdf has for each code of an encoding.
    fn reference(name: &str) -> Vec<char> {
        let mut font = Dictionary::new();
        font.set("Type", Object::Name(b"Font".to_vec()));
        font.set("Encoding", Object::Name(name.into()));
        let document = Document::new();
        let encoding = font.get_font_encoding(&document).unwrap();
        let char = |code| encoding.bytes_to_string(&[code]).unwrap().chars().next().unwrap_or('\0');
        (0..=255).map(char).collect()
    }

    #[test]
    fn every_code_is_lopdfs() {
        for (name, encoding) in [
            ("StandardEncoding", STANDARD),
            ("MacRomanEncoding", MAC_ROMAN),
            ("WinAnsiEncoding", WIN_ANSI),
            ("MacExpertEncoding", MAC_EXPERT),
            ("PDFDocEncoding", PDF_DOC),
        ] {
            assert_eq!(encoding.chars().collect::<Vec<_>>(), reference(name), "{name}");
            assert_eq!(table(encoding).as_slice(), reference(name), "{name}");
        }
    }
}
