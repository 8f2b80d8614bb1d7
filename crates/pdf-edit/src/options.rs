//! How a document is written.

/// What a new document may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of output, of all parts together.
    pub max_output_bytes: u64,
    /// The most pages of a new document, and of a document whose pages are all copied.
    pub max_pages: u32,
}

impl Default for Limits {
    /// 1 GiB and 100,000 pages.
    fn default() -> Self {
        Self { max_output_bytes: 1 << 30, max_pages: 100_000 }
    }
}

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Objects are packed into compressed streams, and so is the cross-reference table (ISO 32000-1, 7.5.7 and 7.5.8):
    /// smaller, for readers of PDF 1.5 and newer. Else each is written as text.
    pub compact: bool,
    /// Streams that have no filter are compressed.
    pub compress: bool,
    /// The document is encrypted; without, it is not, whatever those it is made of were.
    pub encryption: Option<Encryption<'a>>,
    /// What the document may take.
    pub limits: Limits,
}

impl Default for Options<'_> {
    /// Compact and compressed, not encrypted, the limits' default.
    fn default() -> Self {
        Self { compact: true, compress: true, encryption: None, limits: Limits::default() }
    }
}

/// How a document is encrypted.
#[derive(Clone, Copy)]
pub struct Encryption<'a> {
    /// The cipher.
    pub method: Method,
    /// What opens the document, within the permissions; empty: it opens without.
    pub user_password: &'a str,
    /// What opens the document with all permissions; without, nothing does.
    pub owner_password: Option<&'a str>,
    /// What readers are to allow who open the document with the user's password.
    pub permissions: Permissions,
    /// Random bytes, new for each document: keys and initialization vectors come from here alone.
    pub seed: [u8; 32],
}

impl core::fmt::Debug for Encryption<'_> {
    /// Without the secrets.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Encryption")
            .field("method", &self.method)
            .field("permissions", &self.permissions)
            .finish_non_exhaustive()
    }
}

/// The cipher of an encrypted document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// AES with 256 bits, revision 6 (ISO 32000-2, 7.6.4). Passwords are UTF-8, of which 127 bytes count.
    #[default]
    Aes256,
    /// AES with 128 bits, revision 4 (ISO 32000-1, 7.6.3), for readers older than PDF 2.0. Passwords are in
    /// `PDFDocEncoding`, of which 32 characters count.
    Aes128,
}

/// What readers are to allow with the user's password (ISO 32000-1, table 22). It binds those who keep to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "eight bits of the format, independent of each other"
)]
pub struct Permissions {
    /// Print.
    pub print: bool,
    /// Print in high quality, where `print` is allowed.
    pub print_high_quality: bool,
    /// Change the contents.
    pub modify: bool,
    /// Copy text and graphics.
    pub copy: bool,
    /// Add annotations, and fill in fields.
    pub annotate: bool,
    /// Fill in fields, even without `annotate`.
    pub fill_forms: bool,
    /// Extract text for accessibility.
    pub accessibility: bool,
    /// Insert, delete and rotate pages, even without `modify`.
    pub assemble: bool,
}

impl Default for Permissions {
    /// Everything is allowed.
    fn default() -> Self {
        Self {
            print: true,
            print_high_quality: true,
            modify: true,
            copy: true,
            annotate: true,
            fill_forms: true,
            accessibility: true,
            assemble: true,
        }
    }
}

impl Permissions {
    /// The number `P`: bits 1 and 2 are 0, those without meaning 1.
    pub(crate) fn bits(self) -> i32 {
        let bits = [
            (self.print, 3),
            (self.modify, 4),
            (self.copy, 5),
            (self.annotate, 6),
            (self.fill_forms, 9),
            (self.accessibility, 10),
            (self.assemble, 11),
            (self.print_high_quality, 12),
        ];
        bits.iter()
            .filter(|(allowed, _)| !allowed)
            .fold(-4, |all, (_, bit)| all & !(1 << (bit - 1)))
    }
}
