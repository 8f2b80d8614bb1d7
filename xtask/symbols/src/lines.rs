//! The line table of a module, out of its DWARF.

use std::collections::HashMap;

use gimli::{Dwarf, EndianSlice, LittleEndian, SectionId};

use crate::module::Section;

/// From `offset` in the file on, code stems from this line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) offset: u64,
    pub(crate) file: String,
    /// From 1; 0 where the compiler names none.
    pub(crate) line: u64,
}

type Reader<'a> = EndianSlice<'a, LittleEndian>;

/// All rows, in the order of their offsets.
pub(crate) fn rows(sections: &[Section<'_>], code_at: usize) -> Result<Vec<Row>, gimli::Error> {
    let by_name: HashMap<&str, &[u8]> =
        sections.iter().filter_map(|section| Some((section.name?, section.contents))).collect();
    let load = |id: SectionId| -> Result<Reader<'_>, gimli::Error> {
        let contents = by_name.get(id.name()).copied().unwrap_or_default();
        Ok(EndianSlice::new(contents, LittleEndian))
    };
    let dwarf = Dwarf::load(load)?;
    let mut found = Vec::new();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        unit(&dwarf, &dwarf.unit(header)?, code_at, &mut found)?;
    }
    found.sort_by_key(|row: &Row| row.offset);
    // Where several rows speak of one place, the last one holds; where nothing changes, nothing need be said.
    found.reverse();
    found.dedup_by_key(|row| row.offset);
    found.reverse();
    found.dedup_by(|next, row| next.file == row.file && next.line == row.line);
    Ok(found)
}

fn unit(
    dwarf: &Dwarf<Reader<'_>>,
    unit: &gimli::Unit<Reader<'_>>,
    code_at: usize,
    found: &mut Vec<Row>,
) -> Result<(), gimli::Error> {
    let Some(program) = unit.line_program.clone() else { return Ok(()) };
    let mut names: HashMap<u64, String> = HashMap::new();
    let mut rows = program.rows();
    let mut sequence = Vec::new();
    while let Some((header, row)) = rows.next_row()? {
        if row.end_sequence() {
            // Functions that the linker dropped keep their lines, at address 0.
            if sequence.first().is_some_and(|first: &Row| first.offset > code_at as u64) {
                found.append(&mut sequence);
            }
            sequence.clear();
            continue;
        }
        let index = row.file_index();
        if let std::collections::hash_map::Entry::Vacant(entry) = names.entry(index) {
            entry.insert(name(dwarf, unit, header, index)?);
        }
        sequence.push(Row {
            offset: row.address() + code_at as u64,
            file: names[&index].clone(),
            line: row.line().map_or(0, std::num::NonZero::get),
        });
    }
    Ok(())
}

/// The path of a file as the compiler was told it: relative to the repository, or to where crates and std lie.
fn name(
    dwarf: &Dwarf<Reader<'_>>,
    unit: &gimli::Unit<Reader<'_>>,
    header: &gimli::LineProgramHeader<Reader<'_>>,
    index: u64,
) -> Result<String, gimli::Error> {
    let Some(file) = header.file(index) else { return Ok("?".to_owned()) };
    let text = |value| -> Result<String, gimli::Error> {
        Ok(dwarf.attr_string(unit, value)?.to_string_lossy().into_owned())
    };
    let path = text(file.path_name())?;
    match file.directory(header) {
        Some(directory) if !path.starts_with('/') => {
            let directory = text(directory)?;
            Ok(if directory.is_empty() { path } else { format!("{directory}/{path}") })
        }
        _ => Ok(path),
    }
}
