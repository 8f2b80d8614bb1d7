use std::io::Read;
#[test]
fn dbg() {
    let mut seed = 12345u64;
    let mut rnd = move || { seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17; seed };
    let mut n = [0; 4];
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..20000 {
        let len = (rnd() % 3000) as usize;
        let kind = rnd() % 3;
        let c: Vec<u8> = (0..len).map(|_| match kind { 0 => b'a' + (rnd() % 6) as u8, 1 => (rnd() >> 20) as u8, _ => if rnd() % 5 == 0 { (rnd() % 256) as u8 } else { b'x' } }).collect();
        let f = zstd::bulk::compress(&c, 1 + (rnd() % 9) as i32).unwrap();
        let mut g = f.clone();
        let at = (rnd() % f.len() as u64) as usize; let bit = rnd() % 8;
        g[at] ^= 1 << bit;
        let mut o = vec![];
        let lim = bytemill_zstd::DecodeLimits { max_output_bytes: 8 << 20, ..Default::default() };
        let ours = bytemill_zstd::decompress(&g, &lim, &mut o);
        let theirs = zstd::stream::decode_all(&g[..]);
        match (&ours, &theirs) {
            (Ok(()), Ok(t)) if *t == o => n[0] += 1,
            (Ok(()), Ok(_)) => n[1] += 1,
            (Err(_), Err(_)) => n[0] += 1,
            (Ok(()), Err(e)) => { n[2] += 1; *kinds.entry(format!("accept {e}")).or_default() += 1; }
            (Err(_), Ok(t)) => {
                n[3] += 1;
                let mut s = &g[..];
                let mut d = ruzstd::decoding::FrameDecoder::new();
                let e = d.reset(&mut s).err().map(|e| e.to_string()).unwrap_or_else(|| d.decode_blocks(&mut s, ruzstd::decoding::BlockDecodingStrategy::All).err().map(|e| format!("{e:?}")).unwrap_or("ok".into()));
                let e: String = e.chars().filter(|c| !c.is_ascii_digit()).collect();
                if kinds.entry(format!("reject {e} same={}", *t == c)).or_default().clone() == 0 { println!("{at} {bit} of {} len {}: {:02x?} {}", f.len(), c.len(), &g[..24.min(g.len())], e); }
                *kinds.entry(format!("reject {e} same={}", *t == c)).or_default() += 1;
            }
        }
    }
    println!("{n:?} {kinds:#?}");
    let _ = std::io::empty().read(&mut []);
}
