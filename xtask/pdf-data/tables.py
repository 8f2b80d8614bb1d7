#!/usr/bin/env python3
"""Writes the tables of crates/pdf-fonts/data: glyph names, encodings, widths of the standard fonts, CFF's strings.

    npm pack pdfjs-dist@4.10.38 pdfkit@0.20.2 && for f in *.tgz; do mkdir ${f%.tgz}; tar xzf $f -C ${f%.tgz}; done
    pip install fonttools==4.68.0
    python3 tables.py pdfjs-dist-4.10.38/package pdfkit-0.20.2/package ../../crates/pdf-fonts/data
"""

import re
import sys
from pathlib import Path

from fontTools import agl, cffLib
from fontTools.ttLib.standardGlyphOrder import standardGlyphOrder

# Names of fonts of TeX that neither the Adobe Glyph List nor pdf.js has, or has otherwise, as texglyphlist.txt means them.
TEX = """
Dbar 0110 Germandbls 1E9E Ifractur 2111 Ng 014A Rfractur 211C SS 0053+0053 arrowbothv 2195 arrowbt 2193
arrowdblbothv 21D5 arrowdbltp 21D1 arrowdblvertex 21D5 arrowtp 2191 asteriskcentered 2217 bardblex 2016 barex 007C
ceilingleft 2308 ceilingright 2309 circledivide 2298 circledot 2299 circleminus 2296 coproduct 2210 dbar 0111
compwordmark 200C cwm 200C dblbracketleft 27E6 dblbracketright 27E7 diamondmath 22C4 epsilon1 03F5 equivasymptotic 224D
flat 266D floorleft 230A floorright 230B follows 227B followsequal 227D greatermuch 226B harpoonleftdown 21BD
harpoonleftup 21BC harpoonrightdown 21C1 harpoonrightup 21C0 hyphenchar 002D interrobang 203D intersectionsq 2293
latticetop 22A4 lessmuch 226A lscript 2113 natural 266E negationslash 0338 ng 014B owner 220B pertenthousand 2031
phi2 03D5 pi1 03D6 precedesequal 227C punctdash 2014 rangedash 2013 rho1 03F1 sharp 266F similarequal 2243
slurabove 2322 slurbelow 2323 star 22C6 subsetsqequal 2291 supersetsqequal 2292 tie 2040 triangle 25B3 triangleinv 25BD
triangleleft 25C1 triangleright 25B7 turnstileleft 22A2 turnstileright 22A3 unionmulti 228E unionsq 2294 vector 20D7
visiblespace 2423 visualspace 2423 wreathproduct 2240 dotlessj 0237 ff FB00 ffi FB03 ffl FB04 intercal 22BA
angbracketleft 27E8 angbracketleftbig 27E8 angbracketleftBig 27E8 angbracketleftbigg 27E8 angbracketleftBigg 27E8
angbracketright 27E9 angbracketrightbig 27E9 angbracketrightBig 27E9 angbracketrightbigg 27E9 angbracketrightBigg 27E9
"""

ENCODINGS = [
    "StandardEncoding", "WinAnsiEncoding", "MacRomanEncoding", "MacExpertEncoding", "SymbolSetEncoding",
    "ZapfDingbatsEncoding", "ExpertEncoding",
]  # fmt: skip

LATIN = ["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"]


def pdfjs_names(source: str, function: str) -> dict[str, str]:
    start = source.index(f"const {function} =")
    body = source[start : source.index("});", start)]
    entries = re.findall(r't(?:\.(\w+)|\["([^"]+)"\]) = 0x([0-9a-fA-F]+);', body)
    return {plain or quoted: code.upper().zfill(4) for plain, quoted, code in entries if quoted != ".notdef"}


def glyph_names(source: str) -> dict[str, str]:
    names = {}
    for name, code in pdfjs_names(source, "getGlyphsUnicode").items():
        # Underscores join components, by rule.
        if "_" not in name:
            names[name] = code
    for name, codes in agl.LEGACY_AGL2UV.items():
        codes = codes if isinstance(codes, (list, tuple)) else [codes]
        names[name] = " ".join(f"{code:04X}" for code in codes)
    # Last, for `dotlessj`, which had no character of its own when Adobe's list was made.
    words = TEX.split()
    names.update((name, code.replace("+", " ")) for name, code in zip(words[::2], words[1::2]))
    return names


def list_of(names: dict[str, str]) -> str:
    return "".join(f"{name};{code}\n" for name, code in sorted(names.items()))


def encodings(source: str) -> str:
    lines = []
    for name in ENCODINGS:
        array = re.search(rf"const {name} = \[(.*?)\];", source, re.S).group(1)
        names = re.findall(r'"([^"]*)"', array)
        assert len(names) == 256 and not any(names[:32])
        lines.append(" ".join(name or "-" for name in names[32:]))
    return "\n".join(lines) + "\n"


def afm(folder: Path, font: str) -> dict[str, int]:
    text = (folder / f"{font}.afm").read_text()
    return {name: int(width) for width, name in re.findall(r"^C -?\d+ ; WX (\d+) ; N (\w+) ;", text, re.M)}


def widths(folder: Path) -> tuple[str, str]:
    fonts = [afm(folder, font) for font in LATIN]
    for same, as_font in [("Helvetica-Oblique", 0), ("Helvetica-BoldOblique", 1)]:
        assert afm(folder, same) == fonts[as_font]
    for font in ["Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"]:
        courier = afm(folder, font)
        assert courier.keys() == fonts[0].keys() and set(courier.values()) == {600}
    assert all(font.keys() == fonts[0].keys() for font in fonts)
    latin = "".join(
        f"{name};{' '.join(str(font[name]) for font in fonts)}\n" for name in sorted(fonts[0])
    )
    symbols = [afm(folder, font) for font in ["Symbol", "ZapfDingbats"]]
    both = sorted(symbols[0].keys() | symbols[1].keys())
    return latin, "".join(f"{name};{' '.join(str(font.get(name, 0)) for font in symbols)}\n" for name in both)


def main() -> None:
    pdfjs, pdfkit, data = map(Path, sys.argv[1:])
    source = (pdfjs / "build/pdf.worker.mjs").read_text()
    latin, symbols = widths(pdfkit / "js/data")
    files = {
        "glyphs.txt": list_of(glyph_names(source)),
        "dingbats.txt": list_of(pdfjs_names(source, "getDingbatsGlyphsUnicode")),
        "encodings.txt": encodings(source),
        "widths-latin.txt": latin,
        "widths-symbols.txt": symbols,
        "cff-strings.txt": " ".join(cffLib.cffStandardStrings) + "\n",
        "cff-expert.txt": " ".join(cffLib.cffIExpertStrings) + "\n" + " ".join(cffLib.cffExpertSubsetStrings) + "\n",
        "mac-glyphs.txt": " ".join(standardGlyphOrder) + "\n",
    }
    for name, text in files.items():
        (data / name).write_text(text)
        print(f"{name}: {len(text)} bytes")


main()
