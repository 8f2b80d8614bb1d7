use super::*;

/// Names with the number of codes and the FNV-1a digest of length, code and CID of each, or of CID and text: computed
/// from Adobe's files by another program than the one that writes the data.
const DIGESTS: &str = include_str!("../../tests/cmap-digests.txt");

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

#[test]
fn every_code_has_the_cid_of_adobes_files() {
    let mut count = 0;
    for line in DIGESTS.lines().filter(|line| !line.starts_with("Adobe-")) {
        let mut words = line.split(' ');
        let name = words.next().unwrap();
        let map = PredefinedCMap::from_name(name.as_bytes()).unwrap().load().unwrap();
        let (mut codes, mut digest) = (0, START);
        for length in 1..=4usize {
            for range in map.cids.of_length(length) {
                for value in range.first..=range.last {
                    let code = Code { value, length: length as u8 };
                    let cid = map.cid(code).unwrap();
                    digest = fnv(digest, &[length as u8]);
                    digest = fnv(digest, &value.to_be_bytes());
                    digest = fnv(digest, &cid.to_be_bytes());
                    codes += 1;
                    if value == range.first || value == range.last {
                        let mut string = value.to_be_bytes()[4 - length..].to_vec();
                        string.extend([0x41; 4]);
                        assert_eq!(map.next_code(&string), Some(code), "{name}");
                    }
                }
            }
        }
        assert_eq!(words.next().unwrap(), codes.to_string(), "{name}");
        assert_eq!(words.next().unwrap(), format!("{digest:016x}"), "{name}");
        count += 1;
    }
    assert_eq!(count, table::words(NAMES).count());
}

#[test]
fn every_cid_has_the_text_of_adobes_files() {
    let orderings = ["Japan1", "GB1", "CNS1", "Korea1", "KR"];
    for (ordering, collection) in orderings.into_iter().zip(Collection::ALL) {
        assert_eq!(Collection::new(b"Adobe", ordering.as_bytes()), Some(collection));
        let name = format!("Adobe-{ordering}-UCS2 ");
        let line = DIGESTS.lines().find(|line| line.starts_with(&name)).unwrap();
        let texts = CidText::load(collection).unwrap();
        let mut digest = START;
        for cid in 0..0xffff_u32 {
            let mut text = String::new();
            if texts.text(cid, &mut text) {
                digest = fnv(fnv(digest, &cid.to_be_bytes()), text.as_bytes());
            }
        }
        assert_eq!(line.split(' ').nth(2).unwrap(), format!("{digest:016x}"), "{name}");
    }
}

#[test]
fn well_known_codes() {
    let cid = |name: &str, value: u32, length: u8| {
        PredefinedCMap::from_name(name.as_bytes())
            .unwrap()
            .load()
            .unwrap()
            .cid(Code { value, length })
    };
    assert_eq!(cid("90ms-RKSJ-H", 0x82a0, 2), Some(843));
    assert_eq!(cid("UniJIS-UTF16-H", 0x3042, 2), Some(843));
    assert_eq!(cid("UniJIS-UTF8-H", 0x00e3_8182, 3), Some(843));
    assert_eq!(cid("UniJIS-UTF32-H", 0x3042, 4), Some(843));
    assert_eq!(cid("H", 0x2422, 2), Some(843));
    assert_eq!(cid("EUC-H", 0xa4a2, 2), Some(843));
    // Vertical forms stand on the horizontal ones.
    assert_eq!(cid("V", 0x2422, 2), Some(843));
    assert_eq!(cid("V", 0x2122, 2), Some(7887));
    assert_eq!(cid("UniGB-UCS2-H", 0x4e2d, 2), cid("GBK-EUC-H", 0xd6d0, 2));
    let mut text = String::new();
    assert!(CidText::load(Collection::Japan1).unwrap().text(843, &mut text));
    assert_eq!(text, "\u{3042}");
}
