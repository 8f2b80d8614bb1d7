//! Small documents made on the spot.
#![allow(clippy::format_push_string, reason = "speed does not matter here")]
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

/// Helvetica with `WinAnsiEncoding`.
pub const FONT: &str =
    "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";

/// A file with one page for each content stream, all with the resources `/Font <</F1 ..>>`.
pub struct Pdf {
    /// Objects so far.
    pub objects: Vec<Vec<u8>>,
    /// More entries of the trailer.
    pub trailer: String,
    /// More entries of the catalog.
    pub catalog: String,
    /// More entries of each page.
    pub page: String,
    /// More entries of the resources.
    pub resources: String,
    /// The font `F1`.
    pub font: String,
}

impl Default for Pdf {
    fn default() -> Self {
        Self {
            objects: Vec::new(),
            trailer: String::new(),
            catalog: String::new(),
            page: String::new(),
            resources: String::new(),
            font: FONT.to_owned(),
        }
    }
}

impl Pdf {
    /// Adds an object; gives its number.
    pub fn add(&mut self, object: &str) -> usize {
        self.objects.push(object.as_bytes().to_vec());
        self.objects.len()
    }

    /// Adds a stream; `entries` are those of its dictionary beside the length.
    pub fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let mut object = format!("<<{entries} /Length {}>>\nstream\n", data.len()).into_bytes();
        object.extend_from_slice(data);
        object.extend_from_slice(b"\nendstream");
        self.objects.push(object);
        self.objects.len()
    }

    /// The file.
    pub fn save<C: AsRef<[u8]>>(mut self, contents: &[C]) -> Vec<u8> {
        let pages = self.objects.len() + 2 * contents.len() + 1;
        let mut kids = String::new();
        for content in contents {
            let content = self.stream("", content.as_ref());
            let page = format!(
                "<</Type /Page /Parent {pages} 0 R /Contents {content} 0 R {}>>",
                self.page
            );
            kids.push_str(&format!("{} 0 R ", self.add(&page)));
        }
        let (count, font, more) = (contents.len(), &self.font, &self.resources);
        let node = format!(
            "<</Type /Pages /Count {count} /Kids [{kids}] /MediaBox [0 0 612 792] \
             /Resources <</Font <</F1 {font}>> {more}>>>>"
        );
        assert_eq!(self.add(&node), pages);
        let catalog = format!("<</Type /Catalog /Pages {pages} 0 R {}>>", self.catalog);
        let catalog = self.add(&catalog);
        let mut file = b"%PDF-1.6\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (index, object) in self.objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        let size = self.objects.len() + 1;
        table.push_str(&format!(
            "trailer\n<</Size {size} /Root {catalog} 0 R {}>>\nstartxref\n{start}\n%%EOF\n",
            self.trailer
        ));
        file.extend_from_slice(table.as_bytes());
        file
    }
}

/// Content that shows a line.
pub fn line(x: i32, y: i32, text: &str) -> String {
    format!("BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n")
}
