//! What a document says of itself: description, sizes of pages, labels, fonts.

use bytemill_pdf::{
    Document, EncryptionMethod, FontKind, FormKind, PageRange, fonts, info, page_labels, page_sizes,
};

use super::record::Record;
use super::shared::{DocumentOptions, RangeOptions, range};
use super::{Reading, reading};
use crate::Error;

/// What the document says of itself.
#[derive(Debug)]
pub struct ReadInfo;

reading!(ReadInfo, 0x0a02, "info", DocumentOptions);

impl Reading for ReadInfo {
    fn read(
        document: &Document<'_>,
        _: &DocumentOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let found = info(document)?;
        let first = page_sizes(document, PageRange { first: 1, last: 1 })?;
        record.number(found.version.0);
        record.number(found.version.1);
        record.number(found.page_count);
        record.optional(first.first().map(|size| size.shown().0));
        record.optional(first.first().map(|size| size.shown().1));
        for flag in [found.linearized, found.repaired, found.tagged, found.javascript] {
            record.flag(flag);
        }
        record.number(match found.form {
            FormKind::None => 0_u8,
            FormKind::AcroForm => 1,
            FormKind::Xfa => 2,
        });
        record.flag(found.encryption.is_some());
        if let Some(encryption) = &found.encryption {
            record.number(match encryption.method {
                EncryptionMethod::Identity => 0_u8,
                EncryptionMethod::Rc4 => 1,
                EncryptionMethod::Aes128 => 2,
                EncryptionMethod::Aes256 => 3,
            });
            record.number(encryption.revision);
            record.number(encryption.permissions);
            record.flag(encryption.is_owner);
        }
        for text in [
            &found.title,
            &found.author,
            &found.subject,
            &found.keywords,
            &found.creator,
            &found.producer,
            &found.creation_date,
            &found.modification_date,
            &found.language,
            &found.pdf_a,
            &found.pdf_ua,
            &found.xmp,
        ] {
            record.optional_text(text.as_deref());
        }
        Ok(())
    }
}

/// The sizes of pages as they are shown.
#[derive(Debug)]
pub struct PageSizes;

reading!(PageSizes, 0x0a0d, "pageSizes", RangeOptions);

impl Reading for PageSizes {
    fn read(
        document: &Document<'_>,
        options: &RangeOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let sizes = page_sizes(document, range(options))?;
        record.list(&sizes, |record, size| {
            let (width, height) = size.shown();
            record.number(width);
            record.number(height);
            record.number(size.rotation);
        });
        Ok(())
    }
}

/// What readers show as the number of each page.
#[derive(Debug)]
pub struct PageLabels;

reading!(PageLabels, 0x0a09, "pageLabels", DocumentOptions);

impl Reading for PageLabels {
    fn read(
        document: &Document<'_>,
        _: &DocumentOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let labels = page_labels(document)?;
        record.flag(labels.is_some());
        record.list(&labels.unwrap_or_default(), |record, label| record.text(label));
        Ok(())
    }
}

/// The fonts that pages use.
#[derive(Debug)]
pub struct Fonts;

reading!(Fonts, 0x0a0a, "fonts", RangeOptions);

impl Reading for Fonts {
    fn read(
        document: &Document<'_>,
        options: &RangeOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let all = fonts(document, range(options))?;
        record.list(&all, |record, font| {
            record.text(&font.name);
            record.number(match font.kind {
                FontKind::Type1 => 0_u8,
                FontKind::Type1C => 1,
                FontKind::MultipleMaster => 2,
                FontKind::TrueType => 3,
                FontKind::Type3 => 4,
                FontKind::CidType0 => 5,
                FontKind::CidTrueType => 6,
                FontKind::Unknown => 7,
            });
            record.flag(font.embedded);
            record.flag(font.subset);
            record.text(&font.encoding);
            record.flag(font.to_unicode);
            record.list(&font.pages, |record, page| record.number(*page));
        });
        Ok(())
    }
}
