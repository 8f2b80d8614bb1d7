//! Text (ISO 32000-1, 9.4).

use super::content::Content;
use super::rotation::rotation;
use super::usage::Usage;
use crate::fonts::Font;
use crate::layout::{Block, Glyph};
use crate::syntax::Output;
use crate::{CreateError, Text};

/// Draws a text. `usage` is that of its font, if the font is embedded.
pub(crate) fn text(
    content: &mut Content,
    text: &Text<'_>,
    font: &Font<'_>,
    block: &Block,
    mut usage: Option<&mut Usage>,
) -> Result<(), CreateError> {
    if block.lines.iter().all(|line| line.first == line.end) {
        return Ok(());
    }
    content.opacity(text.opacity);
    let turned = text.rotation != 0.0;
    let (mut left, mut baseline) = (f64::from(text.x), f64::from(text.y));
    if turned {
        content.save()?;
        content.transform(rotation(text.rotation, text.x, text.y));
        (left, baseline) = (0.0, 0.0);
    }
    if text.width.is_some() {
        baseline -= block.first_baseline;
    }
    content.fill_colour(text.colour);
    content.output.put("BT\n");
    if content.state.font != Some((text.font, text.size)) {
        content.state.font = Some((text.font, text.size));
        content.needs.fonts.insert(text.font);
        let output = content.output.put("/F").integer(text.font.into()).put(" ");
        output.number(text.size.into()).put("Tf\n");
    }
    if content.state.spacing.to_bits() != text.character_spacing.to_bits() {
        content.state.spacing = text.character_spacing;
        content.output.number(text.character_spacing.into()).put("Tc\n");
    }
    let lines = |number: usize| baseline - number as f64 * block.line_height;
    for (number, line) in block.lines.iter().enumerate().filter(|(_, line)| line.first < line.end) {
        let (start, space) = block.place(line, text);
        content.output.put("1 0 0 1 ").numbers(&[left + start, lines(number)]).put("Tm ");
        let space = space / f64::from(text.size);
        show(&mut content.output, block.glyphs(line), space, usage.as_deref_mut())?;
        content.output.check()?;
    }
    content.output.put("ET\n");
    if text.underline || text.strike {
        let metrics = font.metrics();
        let size = f64::from(text.size);
        let heights =
            [text.underline.then_some(metrics.underline), text.strike.then_some(metrics.strike)];
        for (number, line) in block.lines.iter().enumerate() {
            let (start, space) = block.place(line, text);
            let spaces = block.glyphs(line).filter(|glyph| glyph.is_space()).count();
            let width = line.width + space * spaces as f64;
            for height in heights.into_iter().flatten().filter(|_| width > 0.0) {
                let bottom = lines(number) + (height - metrics.thickness / 2.0) * size;
                let output = &mut content.output;
                output.numbers(&[left + start, bottom, width, metrics.thickness * size]);
                output.put("re f\n");
            }
        }
    }
    if turned {
        content.restore();
    }
    Ok(())
}

/// Shows a line's glyphs. Spaces are wider by `space`, in ems.
fn show<'g>(
    output: &mut Output,
    glyphs: impl Iterator<Item = &'g Glyph>,
    space: f64,
    mut usage: Option<&mut Usage>,
) -> Result<(), CreateError> {
    output.put("[(");
    // What the next glyph is moved by, in ems, which is written only once there is one.
    let mut gap = 0.0_f64;
    for glyph in glyphs {
        let Some(code) = glyph.code else { continue };
        let thousandths = -gap * 1000.0;
        if thousandths.abs() >= 0.0005 {
            output.put(")").number(thousandths).put("(");
        }
        match &mut usage {
            Some(usage) => {
                output.escaped(&usage.number(code, glyph.meaning)?.to_be_bytes());
            }
            None => {
                output.escaped(&[code as u8]);
            }
        }
        gap = glyph.kerning + if glyph.is_space() { space } else { 0.0 };
    }
    output.put(")]TJ\n");
    Ok(())
}
