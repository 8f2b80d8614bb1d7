//! Scratch.
use std::io::Read;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut data = Vec::new();
    std::fs::File::open(&args[1]).unwrap().read_to_end(&mut data).unwrap();
    let mut pos = 0;
    let mut fields = vec![];
    while fields.len() < 4 {
        let end = data[pos..].iter().position(|b| b.is_ascii_whitespace()).unwrap() + pos;
        fields.push(String::from_utf8_lossy(&data[pos..end]).to_string());
        pos = end + 1;
    }
    let (w, h): (usize, usize) = (fields[1].parse().unwrap(), fields[2].parse().unwrap());
    let q: u8 = args[2].parse().unwrap();
    let effort: u8 = args[4].parse().unwrap();
    let options = bytemill_webp::EncodeOptions {
        lossless: q == 101,
        quality: q.min(100),
        effort,
        ..Default::default()
    };
    let run = || {
        let mut out = vec![];
        bytemill_webp::encode(
            &data[pos..],
            w as u32,
            h as u32,
            (data.len() - pos) / w / h,
            &options,
            &mut out,
        )
        .unwrap();
        out
    };
    let out = run();
    if args.len() > 5 {
        let n: u32 = args[5].parse().unwrap();
        let t = std::time::Instant::now();
        for _ in 0..n {
            run();
        }
        println!("{:?}", t.elapsed() / n);
    }
    std::fs::write(&args[3], &out).unwrap();
}
