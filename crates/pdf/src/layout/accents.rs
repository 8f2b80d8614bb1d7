//! Accents that are shown as glyphs of their own over or under a letter, as TeX does with its older fonts.

use crate::glyphs::{Glyph, Glyphs};

/// How far the middles of accent and letter are apart at most, in units of the size.
const ALONG: f32 = 0.3;
const ACROSS: f32 = 0.6;

/// An accent as a character of its own, the combining one, and letters with what they become.
const ACCENTS: [(&str, char, &str); 15] = [
    ("`", '\u{300}', "AÀEÈIÌıìiìOÒUÙaàeèoòuùNǸnǹ"),
    ("\u{b4}", '\u{301}', "AÁEÉIÍıíiíOÓUÚYÝaáeéoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźGǴgǵ"),
    ("\u{2c6}", '\u{302}', "AÂEÊIÎıîiîOÔUÛaâeêoôuûCĈcĉGĜgĝHĤhĥJĴȷĵjĵSŜsŝWŴwŵYŶyŷ"),
    ("^", '\u{302}', "AÂEÊIÎıîiîOÔUÛaâeêoôuû"),
    ("\u{2dc}", '\u{303}', "AÃNÑOÕaãnñoõIĨıĩiĩUŨuũ"),
    ("~", '\u{303}', "AÃNÑOÕaãnñoõIĨıĩiĩUŨuũ"),
    ("\u{af}", '\u{304}', "AĀaāEĒeēIĪıīiīOŌoōUŪuū"),
    ("\u{2d8}", '\u{306}', "AĂaăEĔeĕGĞgğIĬıĭiĭOŎoŏUŬuŭ"),
    ("\u{2d9}", '\u{307}', "CĊcċEĖeėGĠgġIİZŻzż"),
    ("\u{a8}", '\u{308}', "AÄEËIÏıïiïOÖUÜaäeëoöuüyÿYŸ"),
    ("\u{2da}", '\u{30a}', "AÅaåUŮuů"),
    ("\u{2dd}", '\u{30b}', "OŐoőUŰuű"),
    ("\u{2c7}", '\u{30c}', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏıǐiǐOǑoǒUǓuǔGǦgǧ"),
    ("\u{b8}", '\u{327}', "CÇcçGĢKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ"),
    ("\u{2db}", '\u{328}', "AĄaąEĘeęIĮiįUŲuų"),
];

/// Whether a glyph with this text may be an accent over a letter.
pub(crate) fn is_accent(text: &str) -> bool {
    ACCENTS.iter().any(|(accent, ..)| *accent == text)
}

/// The letter with its accent, where two glyphs in a row are that; its text is added to that of the page.
pub(crate) fn join(glyphs: &mut Glyphs, last: &Glyph, glyph: &Glyph) -> Option<Glyph> {
    let (accent, letter) = if last.is(Glyph::ACCENT) && glyph.is(Glyph::LEFT_TO_RIGHT) {
        (last, glyph)
    } else if glyph.is(Glyph::ACCENT) && last.is(Glyph::LEFT_TO_RIGHT) {
        (glyph, last)
    } else {
        return None;
    };
    let middle = |glyph: &Glyph| glyph.x + 0.5 * glyph.advance;
    if last.direction != glyph.direction
        || (middle(accent) - middle(letter)).abs() > ALONG * letter.size
        || (accent.y - letter.y).abs() > ACROSS * letter.size
        // Side by side, as in "a^b".
        || (glyph.x - last.end() > -0.5 * accent.advance.min(letter.advance))
    {
        return None;
    }
    let base = glyphs.text(letter).chars().next()?;
    let (_, combining, pairs) = ACCENTS.iter().find(|(name, ..)| *name == glyphs.text(accent))?;
    let text = glyphs.text.len();
    let mut chars = pairs.chars();
    let mut composed = None;
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == base {
            composed = Some(to);
            break;
        }
    }
    if let Some(composed) = composed {
        glyphs.text.push(composed);
    } else {
        glyphs.text.push(base);
        glyphs.text.push(*combining);
    }
    let length = (glyphs.text.len() - text) as u16;
    Some(Glyph { text: text as u32, length, flags: letter.flags | last.flags & 3, ..*letter })
}
