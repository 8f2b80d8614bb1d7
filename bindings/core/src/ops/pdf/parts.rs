//! What is inside a document: files, and the fields of its form.

use bytemill_pdf::{Document, FieldKind, PdfError, attachments, form_fields};

use super::record::Record;
use super::shared::DocumentOptions;
use super::{Reading, reading};
use crate::Error;

/// The files inside the document, with their bytes.
#[derive(Debug)]
pub struct Attachments;

reading!(Attachments, 0x0a07, "attachments", DocumentOptions);

impl Reading for Attachments {
    fn read(
        document: &Document<'_>,
        _: &DocumentOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let all = attachments(document)?;
        let mut failed = Ok(());
        let mut left = record.limits.max_output_bytes;
        record.list(&all, |record, file| {
            if failed.is_err() {
                return;
            }
            record.text(&file.name);
            record.optional_text(file.description.as_deref());
            record.optional_text(file.media_type.as_deref());
            record.optional_text(file.creation_date.as_deref());
            record.optional_text(file.modification_date.as_deref());
            record.optional(file.page);
            match file.data(document, left) {
                Ok(data) => {
                    left -= data.len() as u64;
                    record.optional(file.is_intact(&data).map(u8::from));
                    record.bytes(&data);
                }
                // The limit is that of all files together.
                Err(PdfError::OutputTooLarge { .. }) => {
                    let limit = record.limits.max_output_bytes;
                    failed = Err(PdfError::OutputTooLarge { limit });
                }
                Err(error) => failed = Err(error),
            }
        });
        Ok(failed?)
    }
}

/// The fields of the document's form.
#[derive(Debug)]
pub struct FormFields;

reading!(FormFields, 0x0a08, "formFields", DocumentOptions);

impl Reading for FormFields {
    fn read(
        document: &Document<'_>,
        _: &DocumentOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let fields = form_fields(document)?;
        record.list(&fields, |record, field| {
            record.text(&field.name);
            record.optional_text(field.label.as_deref());
            record.number(match field.kind {
                FieldKind::Text => 0_u8,
                FieldKind::PushButton => 1,
                FieldKind::CheckBox => 2,
                FieldKind::RadioButton => 3,
                FieldKind::ListBox => 4,
                FieldKind::ComboBox => 5,
                FieldKind::Signature => 6,
                FieldKind::Unknown => 7,
            });
            record.list(&field.values, |record, value| record.text(value));
            record.list(&field.defaults, |record, value| record.text(value));
            record.list(&field.options, |record, option| {
                record.text(&option.value);
                record.text(&option.label);
            });
            for flag in [
                field.is_read_only(),
                field.is_required(),
                field.is_multiline(),
                field.is_password(),
            ] {
                record.flag(flag);
            }
            record.number(field.flags);
            record.optional(field.max_length);
            record.list(&field.widgets, |record, widget| {
                record.optional(widget.page);
                for side in widget.rectangle {
                    record.number(side);
                }
                record.optional_text(widget.on.as_deref());
                record.flag(widget.checked);
            });
        });
        Ok(())
    }
}
