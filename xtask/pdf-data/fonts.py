#!/usr/bin/env python3
"""Writes crates/pdf-fonts/tests/fonts: small fonts made by fontTools 4.68.0, and what fontTools reads in them.

    pip install fonttools==4.68.0
    python3 fonts.py ../../crates/pdf-fonts/tests/fonts
"""

import sys
from pathlib import Path

from fontTools import cffLib
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

GLYPHS = [".notdef", "space", "A", "Aacute", "f_i", "uni4E2D", "u1F600", "alpha", "g7", "B.alt", "quoteright"]
CHARS = {0x20: 1, 0xA0: 1, 0x41: 2, 0xC1: 3, 0xFB01: 4, 0x4E2D: 5, 0x2F00: 5, 0x1F600: 6, 0x3B1: 7, 0x2019: 10}


def subtable(fmt: int, platform: int, encoding: int, codes: dict[int, str]) -> CmapSubtable:
    table = CmapSubtable.newSubtable(fmt)
    table.platformID, table.platEncID, table.language, table.cmap = platform, encoding, 0, codes
    return table


def box(pen, width: int) -> None:
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((width, 500))
    pen.closePath()


def truetype(path: Path, tables: list[CmapSubtable], names: bool) -> None:
    builder = FontBuilder(2048, isTTF=True)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap({})
    outlines = {}
    for index, name in enumerate(GLYPHS):
        pen = TTGlyphPen(None)
        box(pen, 100 + 10 * index)
        outlines[name] = pen.glyph()
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics({name: (300 + 100 * i, 0) for i, name in enumerate(GLYPHS)})
    builder.setupHorizontalHeader(ascent=1600, descent=-400)
    builder.setupNameTable({"familyName": "Test", "styleName": "Bold"})
    builder.setupOS2(usWeightClass=700, fsSelection=0x20)
    builder.setupPost(keepGlyphNames=names, isFixedPitch=1)
    builder.font["cmap"].tables = tables
    builder.font["head"].macStyle = 3
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(path)


def cff(path: Path, cid: bool) -> None:
    builder = FontBuilder(1000, isTTF=False)
    names = [f"cid{n:05d}" if n else ".notdef" for n in [0, 5, 6, 7, 100, 633, 20000]] if cid else GLYPHS
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    outlines = {}
    for index, name in enumerate(names):
        pen = T2CharStringPen(500, None)
        box(pen, 100 + index)
        outlines[name] = pen.getCharString()
    builder.setupCFF("ABCDEF+Test-Italic", {"ItalicAngle": -12, "Weight": "Bold"}, outlines, {})
    builder.setupHorizontalMetrics({name: (500, 0) for name in names})
    builder.setupHorizontalHeader()
    builder.setupPost()
    font = builder.font["CFF "].cff
    top = font.topDictIndex[0]
    if cid:
        top.ROS = ("Adobe", "Japan1", 6)
        top.CIDCount = 20001
        top.FDSelect = cffLib.FDSelect()
        top.FDSelect.gidArray = [0] * len(names)
        dicts = cffLib.FDArrayIndex()
        dicts.append(cffLib.FontDict())
        dicts[0].Private = top.Private
        top.FDArray = dicts
        del top.Private
    else:
        codes = [".notdef"] * 256
        for code, name in [(1, "A"), (65, "alpha"), (66, "f_i"), (67, "g7"), (200, "quoteright"), (201, "B.alt")]:
            codes[code] = name
        top.Encoding = codes
    path.write_bytes(builder.font["CFF "].compile(builder.font))


def main() -> None:
    folder = Path(sys.argv[1])
    named = {code: GLYPHS[glyph] for code, glyph in CHARS.items()}
    basic = {code: name for code, name in named.items() if code < 0x10000}
    mac = {0x20: "space", 0x41: "A", 0xE7: "Aacute", 0xD5: "quoteright"}
    symbol = {0xF000 + code: name for code, name in [(0x41, "alpha"), (0x42, "g7"), (0x20, "space")]}
    truetype(folder / "unicode.ttf", [subtable(4, 3, 1, basic), subtable(12, 3, 10, named), subtable(0, 1, 0, mac)], True)
    truetype(folder / "symbol.ttf", [subtable(4, 3, 0, symbol), subtable(6, 1, 0, {0x41: "B.alt", 0x43: "A"})], False)
    cff(folder / "names.cff", False)
    cff(folder / "cids.cff", True)
    font = TTFont(folder / "unicode.ttf")
    assert font.getGlyphOrder() == GLYPHS and font.getBestCmap() == named
    for path in sorted(folder.glob("*.[ct]*")):
        print(path.name, path.stat().st_size)


main()
