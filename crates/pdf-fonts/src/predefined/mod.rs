//! The predefined `CMaps` (ISO 32000-1, 9.7.5.2) and the characters of Adobe's collections.

#[cfg(feature = "cmaps")]
mod data;
#[cfg(all(test, feature = "cmaps"))]
mod tests;

use crate::{CMap, Code, FontError, table};

/// Names: a line for each collection, in the order of [`Collection`].
const NAMES: &[u8] = include_bytes!("../../data/cmap-names.txt");

/// A character collection of Adobe's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `Adobe-Japan1`.
    Japan1,
    /// `Adobe-GB1`, simplified Chinese.
    Gb1,
    /// `Adobe-CNS1`, traditional Chinese.
    Cns1,
    /// `Adobe-Korea1`.
    Korea1,
    /// `Adobe-KR`, the newer Korean one.
    Kr,
}

impl Collection {
    const ALL: [Self; 5] = [Self::Japan1, Self::Gb1, Self::Cns1, Self::Korea1, Self::Kr];

    /// The collection of a `CIDSystemInfo`, such as `Adobe` and `Japan1`.
    pub fn new(registry: &[u8], ordering: &[u8]) -> Option<Self> {
        if registry != b"Adobe" {
            return None;
        }
        Some(match ordering {
            b"Japan1" => Self::Japan1,
            b"GB1" => Self::Gb1,
            b"CNS1" => Self::Cns1,
            b"Korea1" => Self::Korea1,
            b"KR" => Self::Kr,
            _ => return None,
        })
    }
}

/// Which form of Unicode the codes of a `CMap` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnicodeForm {
    /// Two bytes, the basic plane only.
    Ucs2,
    /// Two or four bytes, big-endian.
    Utf16,
    /// One to four bytes.
    Utf8,
    /// Four bytes, big-endian.
    Utf32,
}

/// A predefined `CMap`, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PredefinedCMap {
    name: &'static [u8],
    collection: Option<Collection>,
}

impl PredefinedCMap {
    /// The `CMap` of a name: those of ISO 32000-1, table 118, and the others of Adobe's for the same collections.
    ///
    /// # Errors
    ///
    /// [`FontError::UnknownName`].
    pub fn from_name(name: &[u8]) -> Result<Self, FontError> {
        for identity in [&b"Identity-H"[..], b"Identity-V"] {
            if name == identity {
                return Ok(Self { name: identity, collection: None });
            }
        }
        let lines = NAMES.split(|byte| *byte == b'\n').zip(Collection::ALL);
        for (line, collection) in lines {
            if let Some(name) = table::words(line).find(|word| *word == name) {
                return Ok(Self { name, collection: Some(collection) });
            }
        }
        Err(FontError::UnknownName)
    }

    /// Its name.
    pub fn name(self) -> &'static [u8] {
        self.name
    }

    /// Whether it writes from top to bottom.
    pub fn is_vertical(self) -> bool {
        self.name == b"V" || self.name.ends_with(b"-V")
    }

    /// Whose CIDs it gives; none for the identity, which gives those of the font's own collection.
    pub fn collection(self) -> Option<Collection> {
        self.collection
    }

    /// Which Unicode its codes are, if they are.
    pub fn unicode_form(self) -> Option<UnicodeForm> {
        let has = |word: &[u8]| self.name.windows(word.len()).any(|window| window == word);
        [
            (&b"-UCS2-"[..], UnicodeForm::Ucs2),
            (b"-UTF16-", UnicodeForm::Utf16),
            (b"-UTF8-", UnicodeForm::Utf8),
            (b"-UTF32-", UnicodeForm::Utf32),
        ]
        .into_iter()
        .find_map(|(word, form)| has(word).then_some(form))
    }

    /// The character that a code is, in a `CMap` whose codes are Unicode. Needs no data.
    pub fn char(self, code: Code) -> Option<char> {
        let value = code.value;
        match self.unicode_form()? {
            UnicodeForm::Utf16 if code.length == 4 => {
                char::decode_utf16([(value >> 16) as u16, value as u16]).next()?.ok()
            }
            UnicodeForm::Ucs2 | UnicodeForm::Utf16 | UnicodeForm::Utf32 => char::from_u32(value),
            UnicodeForm::Utf8 => {
                let bytes = value.to_be_bytes();
                let used = &bytes[4 - usize::from(code.length.clamp(1, 4))..];
                str::from_utf8(used).ok()?.chars().next()
            }
        }
    }

    /// Its codes and CIDs.
    ///
    /// # Errors
    ///
    /// [`FontError::NotBuiltIn`] for all but the identity without the feature `cmaps`. What the codes of a `CMap` of Unicode
    /// are is known nevertheless: [`codes`](Self::codes).
    pub fn load(self) -> Result<CMap, FontError> {
        match self.collection {
            None => Ok(CMap::identity(self.is_vertical())),
            #[cfg(not(feature = "cmaps"))]
            Some(_) => Err(FontError::NotBuiltIn),
            #[cfg(feature = "cmaps")]
            Some(collection) => {
                let name = table::words(NAMES).position(|word| word == self.name);
                name.and_then(|name| {
                    data::cmap(name, collection, self.unicode_form(), self.is_vertical())
                })
                .ok_or(FontError::UnknownName)
            }
        }
    }

    /// Its codes without their CIDs, as far as they need no data: of the identity and where the codes are Unicode.
    pub fn codes(self) -> Option<CMap> {
        if self.collection.is_none() {
            return Some(CMap::identity(self.is_vertical()));
        }
        Some(CMap::unicode(self.unicode_form()?, self.is_vertical()))
    }
}

/// The text of the CIDs of a collection: the preferred one, of CIDs that several characters share.
#[derive(Debug)]
pub struct CidText {
    #[cfg(feature = "cmaps")]
    texts: data::Texts,
}

impl CidText {
    /// Unpacks the table of a collection: some 100 KB.
    ///
    /// # Errors
    ///
    /// [`FontError::NotBuiltIn`] without the feature `cmaps`.
    #[cfg(feature = "cmaps")]
    pub fn load(collection: Collection) -> Result<Self, FontError> {
        Ok(Self { texts: data::texts(collection) })
    }

    /// Appends the text of a CID, and tells whether it has any.
    #[cfg(feature = "cmaps")]
    pub fn text(&self, cid: u32, text: &mut String) -> bool {
        let char = self.texts.chars.get(cid as usize).copied().filter(|char| *char != 0);
        if let Some(char) = char.and_then(char::from_u32) {
            text.push(char);
            return true;
        }
        match self.texts.several.binary_search_by_key(&cid, |(cid, _)| *cid) {
            Ok(index) => {
                text.push_str(self.texts.several[index].1);
                true
            }
            Err(_) => false,
        }
    }

    /// There is none in this build.
    ///
    /// # Errors
    ///
    /// [`FontError::NotBuiltIn`], always.
    #[cfg(not(feature = "cmaps"))]
    pub fn load(_collection: Collection) -> Result<Self, FontError> {
        Err(FontError::NotBuiltIn)
    }

    /// No CID has any in this build.
    #[cfg(not(feature = "cmaps"))]
    pub fn text(&self, _cid: u32, _text: &mut String) -> bool {
        false
    }
}

#[cfg(test)]
mod names {
    use super::*;

    #[test]
    fn unknown_is_not_the_same_as_not_built_in() {
        assert_eq!(PredefinedCMap::from_name(b"Foo").unwrap_err(), FontError::UnknownName);
        assert_eq!(PredefinedCMap::from_name(b"").unwrap_err(), FontError::UnknownName);
        let map = PredefinedCMap::from_name(b"90ms-RKSJ-V").unwrap();
        assert!(map.is_vertical() && map.collection() == Some(Collection::Japan1));
        assert_eq!(map.load().err(), (!cfg!(feature = "cmaps")).then_some(FontError::NotBuiltIn));
        assert!(map.codes().is_none());
    }

    #[test]
    fn identity_and_unicode_need_no_data() {
        let identity = PredefinedCMap::from_name(b"Identity-V").unwrap();
        let map = identity.load().unwrap();
        assert!(map.is_vertical());
        assert_eq!(map.cid(map.next_code(b"\x12\x34").unwrap()), Some(0x1234));

        for (name, string, char) in [
            ("UniJIS-UCS2-H", &b"\x30\x42"[..], '\u{3042}'),
            ("UniGB-UTF16-V", b"\xd8\x40\xdc\x3e", '\u{2003e}'),
            ("UniCNS-UTF8-H", b"\xe3\x81\x82", '\u{3042}'),
            ("UniAKR-UTF32-H", b"\x00\x00\xac\x00", '\u{ac00}'),
        ] {
            let map = PredefinedCMap::from_name(name.as_bytes()).unwrap();
            let code = map.codes().unwrap().next_code(string).unwrap();
            assert_eq!(usize::from(code.length), string.len());
            assert_eq!(map.char(code), Some(char), "{name}");
        }
    }

    #[test]
    fn all_of_the_specification_are_known() {
        // ISO 32000-1, table 118.
        for name in "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16 B5pc HKscs-B5 ETen-B5 ETenms-B5 \
            CNS-EUC UniCNS-UCS2 UniCNS-UTF16 90ms-RKSJ 90msp-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW \
            UniJIS-UTF16 KSC-EUC KSCms-UHC KSCms-UHC-HW UniKS-UCS2 UniKS-UTF16 Identity"
            .split_ascii_whitespace()
        {
            for direction in ["H", "V"] {
                let name = format!("{name}-{direction}");
                assert!(PredefinedCMap::from_name(name.as_bytes()).is_ok(), "{name}");
            }
        }
        for name in ["83pv-RKSJ-H", "90pv-RKSJ-H", "H", "V", "KSCpc-EUC-H"] {
            assert!(PredefinedCMap::from_name(name.as_bytes()).is_ok(), "{name}");
        }
    }
}
