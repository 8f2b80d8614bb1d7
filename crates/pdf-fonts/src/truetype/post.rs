//! Glyph names of the table `post`: versions 1 and 2 (OpenType 1.9).

use crate::reader::{u8_at, u16_at, u32_at};
use crate::table;

/// The 258 glyphs of fonts for Mac OS.
const MAC_GLYPHS: &[u8] = include_bytes!("../../data/mac-glyphs.txt");
const MAC_COUNT: u16 = 258;

/// Names by glyph number.
#[derive(Debug, Default)]
pub(super) struct Post<'a> {
    data: &'a [u8],
    mac_order: bool,
    /// The glyphs of fonts for Mac OS as a list.
    mac: Vec<&'static [u8]>,
    /// Where the names begin that the table has itself, each with a byte for its length.
    names: Vec<u32>,
}

impl<'a> Post<'a> {
    pub(super) fn parse(data: &'a [u8]) -> Self {
        let version = u32_at(data, 0).unwrap_or(0);
        let mut names = Vec::new();
        if version == 0x0002_0000 {
            let mut at = 34 + 2 * u16_at(data, 32).map_or(0, usize::from);
            while let Some(length) = u8_at(data, at) {
                if names.len() == usize::from(u16::MAX) {
                    break;
                }
                names.push(at as u32);
                at += 1 + usize::from(length);
            }
        }
        let known = matches!(version, 0x0001_0000 | 0x0002_0000);
        if !known {
            return Self::default();
        }
        let mac = table::words(MAC_GLYPHS).collect();
        Self { data, mac_order: version == 0x0001_0000, mac, names }
    }

    pub(super) fn name(&self, glyph: u16) -> Option<&'a [u8]> {
        if self.mac_order {
            return self.mac.get(usize::from(glyph)).copied();
        }
        if glyph >= u16_at(self.data, 32)? {
            return None;
        }
        let index = u16_at(self.data, 34 + 2 * usize::from(glyph))?;
        match index.checked_sub(MAC_COUNT) {
            None => self.mac.get(usize::from(index)).copied(),
            Some(own) => {
                let at = *self.names.get(usize::from(own))? as usize;
                self.data.get(at + 1..)?.get(..usize::from(u8_at(self.data, at)?))
            }
        }
    }

    /// How many glyphs may have a name.
    pub(super) fn len(&self) -> usize {
        if self.mac_order {
            usize::from(MAC_COUNT)
        } else {
            u16_at(self.data, 32).map_or(0, usize::from)
        }
    }

    pub(super) fn glyph(&self, name: &[u8]) -> Option<u16> {
        let mac = self.mac.iter().position(|word| *word == name);
        if self.mac_order {
            return mac.map(|glyph| glyph as u16);
        }
        let own = self.names.iter().position(|at| {
            let at = *at as usize;
            u8_at(self.data, at).map(usize::from) == Some(name.len())
                && self.data.get(at + 1..).is_some_and(|rest| rest.starts_with(name))
        });
        let own = own.map(|own| own + usize::from(MAC_COUNT));
        (0..u16_at(self.data, 32)?).find(|glyph| {
            let index = u16_at(self.data, 34 + 2 * usize::from(*glyph)).map(usize::from);
            index.is_some() && (index == mac || index == own)
        })
    }
}
