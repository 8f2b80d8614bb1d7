//! Pages as Markdown: headings by the size of their letters, lists by their bullets, paragraphs without the ends of
//! their lines.

use core::fmt::Write;

use crate::page_text::{Block, Line, PageText};

/// How much larger than most of the text headings are.
const HEADING: f32 = 1.15;
/// Lines of a heading.
const MAX_LINES: u32 = 4;
/// Sizes that differ by less are one level of headings, in points.
const SAME: f32 = 0.5;
/// Levels of headings in Markdown.
const LEVELS: usize = 6;
/// What lists have before their items.
const BULLETS: [char; 8] = ['•', '▪', '●', '◦', '‣', '■', '○', '–'];

/// Writes pages as Markdown. Which blocks are headings is decided over all of the pages given: those whose letters
/// are larger than most, the largest at the first level.
pub fn to_markdown(pages: &[PageText]) -> String {
    let body = body_size(pages);
    let mut sizes: Vec<f32> = Vec::new();
    for page in pages {
        for block in &page.blocks {
            if let Some(size) = heading_size(page, block, body)
                && !sizes.iter().any(|known| (known - size).abs() < SAME)
            {
                sizes.push(size);
            }
        }
    }
    sizes.sort_by(|a, b| b.total_cmp(a));
    let mut output = String::new();
    for page in pages {
        for block in &page.blocks {
            if !output.is_empty() {
                output.push('\n');
            }
            let size = heading_size(page, block, body);
            let level = size.and_then(|size| sizes.iter().position(|it| (it - size).abs() < SAME));
            match level {
                Some(level) => {
                    let marks = "#".repeat((level + 1).min(LEVELS));
                    let _ = write!(output, "{marks} ");
                    write_lines(page, block, &mut output);
                }
                None => write_lines(page, block, &mut output),
            }
        }
    }
    output
}

/// The size of most of the text.
fn body_size(pages: &[PageText]) -> f32 {
    let mut sizes: Vec<(f32, u32)> = Vec::new();
    for word in pages.iter().flat_map(|page| &page.words) {
        let length = word.text.end - word.text.start;
        match sizes.iter_mut().find(|(size, _)| (size - word.size).abs() < SAME) {
            Some((_, count)) => *count = count.saturating_add(length),
            None => sizes.push((word.size, length)),
        }
        if sizes.len() > 256 {
            break;
        }
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size)
}

/// The size of a block's letters, if that makes it a heading.
fn heading_size(page: &PageText, block: &Block, body: f32) -> Option<f32> {
    let lines = lines(page, block);
    let words = lines.iter().flat_map(|line| {
        page.words.get(line.words.start as usize..line.words.end as usize).unwrap_or_default()
    });
    let smallest = words.map(|word| word.size).fold(f32::INFINITY, f32::min);
    let is_heading = block.lines.end - block.lines.start <= MAX_LINES && smallest >= HEADING * body;
    (is_heading && smallest.is_finite()).then_some(smallest)
}

fn lines<'p>(page: &'p PageText, block: &Block) -> &'p [Line] {
    page.lines.get(block.lines.start as usize..block.lines.end as usize).unwrap_or_default()
}

/// Writes the lines of a block as one, and every item of a list as one.
fn write_lines(page: &PageText, block: &Block, output: &mut String) {
    let mut end = None;
    for line in lines(page, block) {
        let text = page.text.get(line.text.start as usize..line.text.end as usize);
        let text = text.unwrap_or_default();
        let item = text.strip_prefix(BULLETS).map(str::trim_start).filter(|item| !item.is_empty());
        // Nothing is between the parts of a word that was divided.
        let joined = end == Some(line.text.start);
        if end.is_some() && !joined {
            output.push(if item.is_some() { '\n' } else { ' ' });
        }
        end = Some(line.text.end);
        if item.is_some() {
            output.push_str("- ");
        }
        escape(item.unwrap_or(text), end.is_some() && joined, output);
    }
    output.push('\n');
}

/// Appends text in which nothing is Markdown.
fn escape(text: &str, within: bool, output: &mut String) {
    for (index, char) in text.char_indices() {
        let first = index == 0 && !within;
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<')
            || first && matches!(char, '#' | '>' | '+')
        {
            output.push('\\');
        }
        output.push(char);
    }
}
