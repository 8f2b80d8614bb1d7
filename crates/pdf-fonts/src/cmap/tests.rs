use super::*;

fn parsed(text: &str) -> CMap {
    CMap::parse(text.as_bytes(), &mut |_| None)
}

fn text(map: &CMap, value: u32, length: u8) -> Option<String> {
    let mut text = String::new();
    map.text(Code { value, length }, &mut text).then_some(text)
}

#[test]
fn to_unicode_of_the_specification() {
    // ISO 32000-1, 9.10.3, example 2.
    let map = parsed(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) \
         /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def \
         1 begincodespacerange <0000> <FFFF> endcodespacerange \
         2 beginbfrange <0000> <005E> <0020> <005F> <0061> [<00660066> <00660069> <00660066006C>] endbfrange \
         1 beginbfchar <3A51> <D840DC3E> endbfchar endcmap",
    );
    assert!(!map.is_vertical() && map.has_no_cids());
    assert_eq!(text(&map, 0, 2).as_deref(), Some(" "));
    assert_eq!(text(&map, 0x5e, 2).as_deref(), Some("~"));
    assert_eq!(text(&map, 0x5f, 2).as_deref(), Some("ff"));
    assert_eq!(text(&map, 0x61, 2).as_deref(), Some("ffl"));
    assert_eq!(text(&map, 0x3a51, 2).as_deref(), Some("\u{2003e}"));
    assert_eq!(text(&map, 0x62, 2), None);
    assert_eq!(map.next_code(b"\x3a\x51\x00"), Some(Code { value: 0x3a51, length: 2 }));
    assert_eq!(map.next_code(b"\x3a"), Some(Code { value: 0x3a, length: 1 }));
    assert_eq!(map.next_code(b""), None);
}

#[test]
fn cids_notdef_ranges_and_base() {
    let base = Arc::new(parsed(
        "/WMode 0 def 2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange \
         1 begincidrange <20> <7e> 231 <8140> <817e> 633 endcidrange 1 beginnotdefrange <00> <1f> 231 endnotdefrange",
    ));
    let mut asked = Vec::new();
    let map = CMap::parse(
        b"/Base usecmap /WMode 1 def 1 begincidchar <8141> 7887 endcidchar",
        &mut |name| {
            asked.push(name.to_vec());
            Some(Arc::clone(&base))
        },
    );
    assert_eq!(asked, [b"Base"]);
    assert!(map.is_vertical() && !map.has_no_cids() && map.has_no_texts());
    let cids = |string: &[u8]| {
        let mut rest = string;
        let mut cids = Vec::new();
        while let Some(code) = map.next_code(rest) {
            rest = &rest[usize::from(code.length)..];
            cids.push(map.cid(code));
        }
        cids
    };
    assert_eq!(
        cids(b"\x20\x81\x40\x81\x41\x05\x81\x42\xff\x81"),
        [Some(231), Some(633), Some(7887), Some(231), Some(635), None, None]
    );
}

#[test]
fn what_producers_write() {
    // No code space, a count that lies, a missing end, digits left out, white space between them, a CID-like target.
    let map = parsed(
        "999 beginbfchar <041> <0042> <4 2> <0043> endbfchar beginbfrange <0061><0063><0041> <0070> <0072> [<0050> <0051>] \
         1 beginbfchar <0200> /fi <0201> 65 <0202> <> <0203> <000D000A> <0204> <FEFF0041>",
    );
    assert_eq!(map.next_code(b"\x00\x41\x00"), Some(Code { value: 0x41, length: 2 }));
    assert_eq!(text(&map, 0x41, 2).as_deref(), Some("B"));
    // A code of one byte is found by codes of two.
    assert_eq!(text(&map, 0x42, 2).as_deref(), Some("C"));
    assert_eq!(text(&map, 0x62, 2).as_deref(), Some("B"));
    assert_eq!(text(&map, 0x71, 2).as_deref(), Some("Q"));
    assert_eq!(text(&map, 0x72, 2), None);
    assert_eq!(text(&map, 0x200, 2).as_deref(), Some("\u{fb01}"));
    assert_eq!(text(&map, 0x201, 2).as_deref(), Some("A"));
    assert_eq!(text(&map, 0x202, 2).as_deref(), Some(""));
    assert_eq!(text(&map, 0x203, 2).as_deref(), Some("\r\n"));
    assert_eq!(text(&map, 0x204, 2).as_deref(), Some("A"));
}

#[test]
fn later_ranges_win_and_huge_ones_cost_nothing() {
    let map = parsed(
        "beginbfrange <0000> <ffff> <0000> endbfrange beginbfchar <0041> <0058> endbfchar \
         begincidrange <00000000> <ffffffff> 0 endcidrange begincidrange <00000010> <00000020> 500 endcidrange",
    );
    assert_eq!(text(&map, 0x41, 2).as_deref(), Some("X"));
    assert_eq!(text(&map, 0x42, 2).as_deref(), Some("B"));
    assert_eq!(text(&map, 0x40, 2).as_deref(), Some("@"));
    assert_eq!(text(&map, 0xd800, 2).as_deref(), Some("\u{fffd}"));
    let cid = |value| map.cid(Code { value, length: 4 });
    assert_eq!(
        [cid(0xf), cid(0x10), cid(0x20), cid(0x21)],
        [Some(15), Some(500), Some(516), Some(0x21)]
    );
    assert_eq!(cid(u32::MAX), Some(u32::MAX));
    assert!(map.range_count() < 10);
}

#[test]
fn a_base_given_later_says_how_long_codes_are() {
    let base = Arc::new(parsed(
        "begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange begincidchar <41> 7 endcidchar",
    ));
    let map = parsed("begincidchar <8141> 9 endcidchar").with_base(base);
    assert_eq!(map.next_code(b"A\x81\x41"), Some(Code { value: 0x41, length: 1 }));
    assert_eq!(map.next_code(b"\x81\x41"), Some(Code { value: 0x8141, length: 2 }));
}

#[test]
fn chains_end() {
    let mut map = Arc::new(CMap::identity(false));
    for _ in 0..100 {
        map = Arc::new(CMap::default().with_base(map));
    }
    assert!(map.depth() <= MAX_CHAIN + 1);
}

#[test]
fn lengths_that_the_first_byte_does_not_tell() {
    // GBK2K: four bytes when the second is a digit.
    let map = parsed(
        "begincodespacerange <00> <7f> <8140> <fefe> <81308130> <fe39fe39> endcodespacerange begincidchar <00> 1 endcidchar",
    );
    for (string, length) in [
        (&b"A"[..], 1),
        (b"\x81\x40", 2),
        (b"\x81\x30\x81\x30", 4),
        (b"\xff\xff\xff", 1),
        (b"\x81\x00\x00", 2),
    ] {
        assert_eq!(map.next_code(string).map(|code| code.length), Some(length), "{string:x?}");
    }
}

proptest::proptest! {
    #[test]
    fn sweeps_are_what_walking_over_all_definitions_gives(
        ranges in proptest::collection::vec((0u32..64, 0u32..24, 0u32..1000), 0..40),
    ) {
        let mut swept = Ranges::default();
        for (first, length, value) in &ranges {
            swept.push(1, *first, first + length, *value);
        }
        swept.finish();
        for code in 0..100 {
            let expected = ranges.iter().rev().find(|(first, length, _)| (*first..=first + length).contains(&code));
            let expected = expected.map(|(first, _, value)| value + code - first);
            proptest::prop_assert_eq!(swept.find(1, code).map(|range| counted(range, code)), expected);
        }
        proptest::prop_assert!(swept.of_length(1).is_sorted_by(|a, b| a.last < b.first));
    }

    #[test]
    fn anything_ends(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "beginbfrange", "endbfrange", "beginbfchar", "begincidrange", "begincidchar", "beginnotdefrange",
                "begincodespacerange", "endcodespacerange", "usecmap", "/WMode", "1", "-2147483648", "<", ">", "<00>",
                "<ffff>", "<0000>", "<ffffffff>", "[", "]", "(", ")", "/fi", "<d800>", "def", "<00112233445566>", "%\n",
            ]),
            0..60,
        ),
        string in proptest::collection::vec(proptest::num::u8::ANY, 0..16),
    ) {
        let map = parsed(&words.join(" "));
        let mut rest = string.as_slice();
        while let Some(code) = map.next_code(rest) {
            proptest::prop_assert!(code.length > 0);
            rest = &rest[usize::from(code.length)..];
            let mut text = String::new();
            map.text(code, &mut text);
            map.cid(code);
        }
    }
}
