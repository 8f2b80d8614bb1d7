//! The sections of a wasm module (core specification, section 5.5).

/// A section as it lies in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section<'a> {
    pub(crate) id: u8,
    /// Of a custom section.
    pub(crate) name: Option<&'a str>,
    /// All of it, as it was written: another length of the length would move what follows.
    pub(crate) raw: &'a [u8],
    /// Of a custom section, what follows its name.
    pub(crate) contents: &'a [u8],
    /// Where the payload starts in the file.
    pub(crate) offset: usize,
}

const CODE: u8 = 10;

/// Splits a module.
pub(crate) fn sections(bytes: &[u8]) -> Result<Vec<Section<'_>>, &'static str> {
    if bytes.get(..8) != Some(b"\0asm\x01\0\0\0") {
        return Err("expected a wasm module of version 1");
    }
    let mut found = Vec::new();
    let mut at = 8;
    while let Some(&id) = bytes.get(at) {
        let start_at = at;
        at += 1;
        let length = leb(bytes, &mut at).ok_or("a section's length is cut off")?;
        let payload = bytes.get(at..at + length).ok_or("a section is cut off")?;
        let (mut name, mut contents) = (None, payload);
        if id == 0 {
            let mut start = 0;
            let length = leb(payload, &mut start).ok_or("a custom section has no name")?;
            let text = payload.get(start..start + length).ok_or("a name is cut off")?;
            name = Some(std::str::from_utf8(text).map_err(|_| "a name is not UTF-8")?);
            contents = &payload[start + length..];
        }
        let raw = &bytes[start_at..at + length];
        found.push(Section { id, name, raw, contents, offset: at });
        at += length;
    }
    Ok(found)
}

/// Where the payload of the code section starts, which DWARF counts from.
pub(crate) fn code_offset(sections: &[Section<'_>]) -> Option<usize> {
    sections.iter().find(|section| section.id == CODE).map(|section| section.offset)
}

/// Appends a custom section that holds one short text.
pub(crate) fn custom(out: &mut Vec<u8>, name: &str, text: &str) -> Result<(), &'static str> {
    let length = name.len() + text.len() + 2;
    if length > 127 {
        return Err("a name is longer than one byte of length can say");
    }
    out.extend([0, length as u8, name.len() as u8]);
    out.extend_from_slice(name.as_bytes());
    out.push(text.len() as u8);
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// An unsigned LEB128 number.
fn leb(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend(b"\x0a\x04code");
        custom(&mut module, "sourceMappingURL", "a.map").unwrap();
        let found = sections(&module).unwrap();
        assert_eq!((found[0].raw, found[0].name), (&b"\x0a\x04code"[..], None));
        assert_eq!(found[1].name, Some("sourceMappingURL"));
        assert_eq!(found[1].contents, b"\x05a.map");
        assert_eq!(code_offset(&found), Some(10));
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        custom(&mut module, "name", "text").unwrap();
        for length in 0..module.len() {
            assert!(length == 8 || sections(&module[..length]).is_err(), "{length}");
        }
    }
}
