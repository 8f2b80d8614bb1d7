//! Embedded fonts: composite ones, whose codes are the numbers of the glyphs that are used (ISO 32000-1, 9.7).

use bytemill_hash::sha256;

use super::file::{Data, File};
use crate::CreateError;
use crate::draw::Usage;
use crate::error::push;
use crate::face::Face;
use crate::syntax::Output;

/// Flags of a font descriptor (table 123).
const FIXED_PITCH: i64 = 1;
const SERIF: i64 = 2;
const SYMBOLIC: i64 = 4;
const ITALIC: i64 = 64;
/// Entries of one list in a `CMap`.
const LIST: usize = 100;

pub(super) fn write(
    face: &Face<'_>,
    usage: &Usage,
    id: u32,
    file: &mut File,
) -> Result<(), CreateError> {
    let subset = face.subset(&usage.glyphs, file.limit())?;
    let name = name(face, &subset.program)?;
    let [descendant, descriptor, program, unicode] =
        [file.allocate()?, file.allocate()?, file.allocate()?, file.allocate()?];
    file.object(id, |output| {
        output.put("<</Type/Font/Subtype/Type0/BaseFont/").name(&name);
        // 9.7.6.1: with CIDs of its own the name of the CMap follows.
        if subset.cff {
            output.put("-Identity-H");
        }
        output.put("/Encoding/Identity-H/DescendantFonts[").reference(descendant);
        output.put("]/ToUnicode ").reference(unicode).put(">>");
    })?;
    file.object(descendant, |output| {
        output.put("<</Type/Font/Subtype");
        output.put(if subset.cff { "/CIDFontType0" } else { "/CIDFontType2/CIDToGIDMap/Identity" });
        output.put("/BaseFont/").name(&name);
        output.put("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
        output.put("/FontDescriptor ").reference(descriptor).put("/W[0[");
        let scale = 1000.0 / f64::from(face.units);
        for glyph in &usage.glyphs {
            output.number(f64::from(face.width(*glyph)) * scale);
        }
        output.put("]]>>");
    })?;
    file.object(descriptor, |output| describe(face, &name, program, subset.cff, output))?;
    let data = Data::Plain(&subset.program);
    file.stream(program, &data, |output| {
        if subset.cff {
            output.put("/Subtype/CIDFontType0C");
        } else {
            output.put("/Length1 ").whole(subset.program.len() as u64);
        }
    })?;
    let cmap = to_unicode(usage, file.limit())?;
    file.stream(unicode, &Data::Plain(&cmap), |_| {})
}

/// The name behind six letters that tell subsets of one font apart (9.6.4).
fn name(face: &Face<'_>, program: &[u8]) -> Result<Vec<u8>, CreateError> {
    let mut name = Vec::new();
    for byte in &sha256::digest(program)[..6] {
        push(&mut name, b'A' + byte % 26)?;
    }
    push(&mut name, b'+')?;
    for byte in face.name()? {
        push(&mut name, byte)?;
    }
    Ok(name)
}

fn describe(face: &Face<'_>, name: &[u8], program: u32, cff: bool, output: &mut Output) {
    let traits = &face.traits;
    let scale = |value: i16| f64::from(value) * 1000.0 / f64::from(face.units);
    let mut flags = SYMBOLIC;
    for (holds, flag) in [
        (traits.fixed_pitch, FIXED_PITCH),
        (traits.serif, SERIF),
        (traits.italic_angle != 0.0, ITALIC),
    ] {
        flags |= if holds { flag } else { 0 };
    }
    output.put("<</Type/FontDescriptor/FontName/").name(name).put("/Flags ").integer(flags);
    output.put("/FontBBox[").numbers(&traits.bounds.map(scale)).put("]/ItalicAngle ");
    output.number(traits.italic_angle).put("/Ascent ").number(scale(traits.ascent));
    output.put("/Descent ").number(scale(traits.descent));
    output.put("/CapHeight ").number(scale(traits.cap_height));
    // Fonts do not say how wide their stems are; this grows with the weight as it does in most.
    let stem = 10 + 220 * (i64::from(traits.weight) - 50) / 900;
    output.put("/StemV ").integer(stem);
    output.put(if cff { "/FontFile3 " } else { "/FontFile2 " }).reference(program).put(">>");
}

/// Codes to characters (9.10.3).
fn to_unicode(usage: &Usage, limit: u64) -> Result<Vec<u8>, CreateError> {
    let mut output = Output::new(limit);
    output.put(
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n",
    );
    let codes = (0..).zip(&usage.characters).skip(1);
    let mut left = usage.characters.len() - 1;
    for (index, (code, character)) in codes.enumerate() {
        if index % LIST == 0 {
            output.whole(left.min(LIST) as u64).put(" beginbfchar\n");
        }
        let code: u16 = code;
        output.put("<").hex(&code.to_be_bytes()).put("><");
        for unit in character.encode_utf16(&mut [0; 2]) {
            output.hex(&unit.to_be_bytes());
        }
        output.put(">\n");
        left -= 1;
        if index % LIST == LIST - 1 || left == 0 {
            output.put("endbfchar\n");
        }
    }
    output.put("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    output.finish()
}
