#!/usr/bin/env python3
"""Writes crates/pdf-fonts/data/cmaps.bin and cmap-names.txt: the predefined CMaps, and the text of Adobe's CIDs.

    apt-get install poppler-data=0.4.12-1    # or any folder of cmap-resources and mapping-resources-pdf
    python3 cmaps.py /usr/share/poppler/cMap ../../crates/pdf-fonts/data

The form of the file is described in crates/pdf-fonts/src/predefined/data.rs, which reads it.
"""

import re
import sys
from pathlib import Path

COLLECTIONS = ["Adobe-Japan1", "Adobe-GB1", "Adobe-CNS1", "Adobe-Korea1", "Adobe-KR"]
FORMS = {"-UTF16-": "utf-16-be", "-UCS2-": "utf-16-be", "-UTF8-": "utf-8", "-UTF32-": "utf-32-be"}


def plain(text: str) -> str:
    """Without variation selectors, which say which form of a character it is, and without controls."""
    return re.sub("[\0-\x1f\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text)


class CMap:
    def __init__(self, folder: Path, name: str, others: dict[str, "CMap"]) -> None:
        source = re.sub(r"^%.*$", "", (folder / name).read_text("latin-1"), flags=re.M)
        self.name = name
        self.cids: dict[tuple[int, int], int] = {}
        self.spaces: list[tuple[int, int, int]] = []
        self.undefined: list[tuple[int, int, int, int]] = []
        self.texts: dict[int, str] = {}
        inherited: dict[tuple[int, int], int] = {}
        base = re.search(r"/(\S+)\s+usecmap", source)
        if base:
            if base[1] not in others:
                others[base[1]] = CMap(folder, base[1], others)
            below = others[base[1]]
            inherited, self.spaces = below.cids, list(below.spaces)
            self.undefined = list(below.undefined)

        def sections(kind: str, pattern: str):
            for body in re.findall(rf"begin{kind}\b(.*?)end{kind}", source, re.S):
                yield from re.findall(pattern, body)

        for low, high in sections("codespacerange", r"<(\w+)>\s*<(\w+)>"):
            space = (len(low) // 2, int(low, 16), int(high, 16))
            if space not in self.spaces:
                self.spaces.append(space)
        for low, high, cid in sections("cidrange", r"<(\w+)>\s*<(\w+)>\s*(\d+)"):
            for code in range(int(low, 16), int(high, 16) + 1):
                self.cids[len(low) // 2, code] = int(cid) + code - int(low, 16)
        for code, cid in sections("cidchar", r"<(\w+)>\s*(\d+)"):
            self.cids[len(code) // 2, int(code, 16)] = int(cid)
        for low, high, cid in sections("notdefrange", r"<(\w+)>\s*<(\w+)>\s*(\d+)"):
            self.undefined.append((len(low) // 2, int(low, 16), int(high, 16), int(cid)))
        for low, high, target in sections("bfrange", r"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])"):
            if target[0] == "[":
                units = re.findall(r"<(\w+)>", target)
                for cid, text in zip(range(int(low, 16), int(high, 16) + 1), units):
                    self.texts[cid] = text
                continue
            for step in range(int(high, 16) - int(low, 16) + 1):
                last = int(target[-5:-1], 16) + step
                self.texts[int(low, 16) + step] = f"{target[1:-5]}{last:04x}"
        for cid, text in sections("bfchar", r"<(\w+)>\s*<(\w+)>"):
            self.texts[int(cid, 16)] = text
        self.texts = {cid: plain(bytes.fromhex(text).decode("utf-16-be")) for cid, text in self.texts.items()}
        # Codes that are Unicode become scalar values, of length 0.
        form = next((form for word, form in FORMS.items() if word in name), None)
        self.scalar = form is not None
        if form:

            def scalar(length: int, code: int) -> int:
                return ord(code.to_bytes(length, "big").decode(form))

            self.cids = {(0, scalar(*code)): cid for code, cid in self.cids.items()}
            self.undefined = [
                (0, scalar(length, low), scalar(length, high), cid) if length else (0, low, high, cid)
                for length, low, high, cid in self.undefined
            ]
        self.cids = inherited | self.cids


def varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def text_table(texts: dict[int, str]) -> bytes:
    """Runs of CIDs whose characters count up, then the texts of several characters."""
    singles = {cid: ord(text) for cid, text in texts.items() if len(text) == 1}
    lengths, steps = bytearray(), bytearray()
    count, previous, cid, end = 0, 0, 0, max(texts) + 1
    while cid < end:
        # 0 where there is none, or several.
        char, length = singles.get(cid, 0), 1
        while cid + length < end and (
            singles.get(cid + length, 0) == (char + length if char else 0)
        ):
            length += 1
        lengths += varint(length - 1)
        if char:
            steps += varint(1 + zigzag(char - previous))
            previous = char + length
        else:
            steps += varint(0)
        cid, count = cid + length, count + 1
    several = sorted((cid, text) for cid, text in texts.items() if len(text) > 1)
    gaps, strings, at = bytearray(), bytearray(), 0
    for cid, text in several:
        gaps += varint(cid - at)
        at = cid + 1
        strings += text.encode() + b"\0"
    return varint(count) + lengths + steps + varint(len(several)) + gaps + strings


def inverse(texts: dict[int, str]) -> dict[tuple[int, int], int]:
    """The lowest CID of each character."""
    cids: dict[tuple[int, int], int] = {}
    for cid, text in sorted(texts.items()):
        if len(text) == 1:
            cids.setdefault((0, ord(text)), cid)
    return cids


def overrides(cids: dict, base: dict) -> dict[int, list[tuple[int, int, int]]]:
    """By length of code: first, last, CID of what differs from the base; CID -1 for what the base has too much."""
    changed = {code: cid for code, cid in cids.items() if base.get(code) != cid}
    changed.update((code, -1) for code in base if code not in cids)
    ranges: dict[int, list[tuple[int, int, int]]] = {}
    for (length, code), cid in sorted(changed.items()):
        of_length = ranges.setdefault(length, [])
        if of_length:
            first, last, start = of_length[-1]
            expected = -1 if start < 0 else start + code - first
            if last + 1 == code and cid == expected:
                of_length[-1] = (first, code, start)
                continue
        of_length.append((code, code, cid))
    return ranges


def section(cmap: CMap, base: int, ranges: dict) -> bytes:
    out = bytearray([base])
    spaces = [] if cmap.scalar else cmap.spaces
    out += varint(len(spaces))
    for length, low, high in spaces:
        out += varint(length) + varint(low) + varint(high)
    out += varint(len(cmap.undefined))
    for length, first, last, cid in cmap.undefined:
        out += varint(length) + varint(first) + varint(last) + varint(cid)
    out += varint(len(ranges))
    for length, of_length in sorted(ranges.items()):
        gaps, sizes, cids = bytearray(), bytearray(), bytearray()
        end, expected = 0, 0
        for first, last, cid in of_length:
            gaps += varint(first - end)
            sizes += varint(last - first)
            end = last + 1
            if cid < 0:
                cids += varint(0)
            else:
                cids += varint(1 + zigzag(cid - expected))
                expected = cid + last - first + 1
        out += varint(length) + varint(len(of_length)) + gaps + sizes + cids
    return bytes(out)


def main() -> None:
    source, data = Path(sys.argv[1]), Path(sys.argv[2])
    names, numbers, sections, tables = [], [], [], []
    for collection in COLLECTIONS:
        folder = source / collection
        texts = CMap(folder, f"{collection}-UCS2", {}).texts
        tables.append(text_table(texts))
        below = inverse(texts)
        cmaps: dict[str, CMap] = {}
        for path in sorted(folder.iterdir()):
            if re.search(r"^Adobe-|^UCS2-|Hojo|-UCS2C?$", path.name):
                continue
            if path.name not in cmaps:
                cmaps[path.name] = CMap(folder, path.name, cmaps)
        names.append(" ".join(sorted(cmaps)))
        written: list[tuple[int, CMap, frozenset]] = []
        for name in sorted(cmaps):
            cmap = cmaps[name]
            same = next(
                (
                    number
                    for number, other, _ in written
                    if other.cids == cmap.cids
                    and other.undefined == cmap.undefined
                    and (other.scalar and cmap.scalar or other.spaces == cmap.spaces)
                ),
                None,
            )
            if same is None:
                # The base that leaves the fewest ranges: 0 nothing, 1 the texts read backwards, else the CMap before that
                # differs in the fewest codes.
                bases = [(0, {})] + ([(1, below)] if cmap.scalar else [])
                own = frozenset(cmap.cids.items())
                related = [(len(own ^ items), n) for n, other, items in written if other.scalar == cmap.scalar]
                if related:
                    nearest = min(related)[1]
                    bases += [(2 + n, other.cids) for n, other, _ in written if n == nearest]
                choices = [(base, overrides(cmap.cids, cids)) for base, cids in bases]
                base, ranges = min(choices, key=lambda choice: sum(map(len, choice[1].values())))
                same = len(sections)
                sections.append(section(cmap, base, ranges))
                written.append((same, cmap, own))
            numbers.append(same)
    header = 4 * len(tables) + 2 + len(numbers) + 2 + 4 * len(sections)
    offsets, body = [], bytearray()
    for part in tables + sections:
        offsets.append((header + len(body)).to_bytes(4, "big"))
        body += part
    assert len(sections) < 254
    out = b"".join(offsets[: len(tables)]) + len(numbers).to_bytes(2, "big") + bytes(numbers)
    out += len(sections).to_bytes(2, "big") + b"".join(offsets[len(tables) :]) + body
    (data / "cmaps.bin").write_bytes(out)
    (data / "cmap-names.txt").write_text("\n".join(names) + "\n")
    print(f"cmaps.bin: {len(numbers)} names, {len(sections)} sections, {len(out)} bytes")


main()
