#!/usr/bin/env python3
"""Writes crates/pdf-fonts/data/forms.txt: ligatures, presentation forms and Adobe's corporate use area as plain text.

    python3 forms.py tables.py's-data-folder

Decompositions are those of Unicode (NFKC, by the unicodedata of Python 3.11, which is Unicode 14; nothing in these blocks
has changed since). The corporate use area is what the glyph names of the Adobe Glyph List mean without their style.
"""

import re
import sys
import unicodedata
from pathlib import Path

BLOCKS = [(0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]

# Pieces of large brackets and other parts in Adobe's corporate use area, and what Unicode has for them since 3.2.
PIECES = {
    "registersans": 0xAE, "registerserif": 0xAE, "copyrightsans": 0xA9, "copyrightserif": 0xA9, "trademarksans": 0x2122,
    "trademarkserif": 0x2122, "radicalex": 0x203E, "arrowvertex": 0x23D0, "arrowhorizex": 0x23AF, "parenlefttp": 0x239B,
    "parenleftex": 0x239C, "parenleftbt": 0x239D, "parenrighttp": 0x239E, "parenrightex": 0x239F, "parenrightbt": 0x23A0,
    "bracketlefttp": 0x23A1, "bracketleftex": 0x23A2, "bracketleftbt": 0x23A3, "bracketrighttp": 0x23A4,
    "bracketrightex": 0x23A5, "bracketrightbt": 0x23A6, "bracelefttp": 0x23A7, "braceleftmid": 0x23A8,
    "braceleftbt": 0x23A9, "braceex": 0x23AA, "bracerighttp": 0x23AB, "bracerightmid": 0x23AC, "bracerightbt": 0x23AD,
    "integralex": 0x23AE, "dotlessj": 0x237, "threequartersemdash": 0x2014, "onefitted": 0x31, "rupiah": None,
    "commasuperior": 0x2C, "periodsuperior": 0x2E, "commainferior": 0x2C, "periodinferior": 0x2E, "hyphensuperior": 0x2D,
    "hypheninferior": 0x2D, "Lslashsmall": 0x141, "OEsmall": 0x152, "Scaronsmall": 0x160, "Zcaronsmall": 0x17D,
}  # fmt: skip


def corporate(names: dict[str, str]) -> dict[str, str]:
    plain = {}
    for name, code in names.items():
        if " " in code or not 0xF600 <= int(code, 16) <= 0xF8FF:
            continue
        base = re.sub(r"(small|oldstyle|superior|inferior)$", "", name)
        if name in PIECES:
            found = PIECES[name] and chr(PIECES[name])
        elif base != name and base in names:
            found = chr(int(names[base], 16))
        else:
            continue
        if found and ord(found) < 0xF600:
            # Small capitals stand for small letters.
            plain.setdefault(chr(int(code, 16)), found.lower() if name.endswith("small") else found)
    return plain


def main() -> None:
    data = Path(sys.argv[1])
    names = dict(line.split(";") for line in (data / "glyphs.txt").read_text().splitlines())
    forms = corporate(names)
    for first, last in BLOCKS:
        for code in range(first, last + 1):
            # Vowel signs on a space or a tatweel are those without it.
            text = unicodedata.normalize("NFKC", chr(code))
            if len(text) > 1 and text[0] in " \u0640" and unicodedata.combining(text[1]):
                text = text[1:]
            if text != chr(code):
                forms[chr(code)] = text
    # The byte order mark and FD3E, FD3F stay what they are.
    lines = sorted((form.encode(), text.encode()) for form, text in forms.items())
    out = b"".join(form + b";" + text + b"\n" for form, text in lines)
    (data / "forms.txt").write_bytes(out)
    print(f"forms.txt: {len(lines)} lines, {len(out)} bytes")


main()
