// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `pdf.open`. */
export interface OpenOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to, for all questions together.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Size of the document, where it comes in pieces.
   *
   * Unit: bytes, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly inputBytes?: number | undefined;
}

/** `pdf.open` on the wire. */
export const OPEN: OperationSpec = {
  family: 'pdf',
  name: 'open',
  id: 0x0a00,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'inputBytes', kind: 'integer', min: 0, max: 4294967295 },
  ],
};

/** Options of `pdf.extractText`. */
export interface ExtractTextOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Whether what annotations and form fields show counts.
   * @defaultValue `true`
   */
  readonly annotations?: boolean | undefined;
  /**
   * Whether what is marked as no part of the content counts, such as running heads and page numbers.
   * @defaultValue `true`
   */
  readonly artifacts?: boolean | undefined;
  /**
   * Whether words that are divided at the end of a line stay so.
   * @defaultValue `false`
   */
  readonly keepHyphens?: boolean | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest text accepted, as UTF-8.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.extractText` on the wire. */
export const EXTRACT_TEXT: OperationSpec = {
  family: 'pdf',
  name: 'extractText',
  id: 0x0a01,
  parallel: true,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'annotations', kind: 'boolean' },
    { name: 'artifacts', kind: 'boolean' },
    { name: 'keepHyphens', kind: 'boolean' },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.layout`. */
export interface LayoutOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Whether what annotations and form fields show counts.
   * @defaultValue `true`
   */
  readonly annotations?: boolean | undefined;
  /**
   * Whether what is marked as no part of the content counts, such as running heads and page numbers.
   * @defaultValue `true`
   */
  readonly artifacts?: boolean | undefined;
  /**
   * Whether words that are divided at the end of a line stay so.
   * @defaultValue `false`
   */
  readonly keepHyphens?: boolean | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest text accepted, as UTF-8.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.layout` on the wire. */
export const LAYOUT: OperationSpec = {
  family: 'pdf',
  name: 'layout',
  id: 0x0a03,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'annotations', kind: 'boolean' },
    { name: 'artifacts', kind: 'boolean' },
    { name: 'keepHyphens', kind: 'boolean' },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.toMarkdown`. */
export interface ToMarkdownOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Whether what annotations and form fields show counts.
   * @defaultValue `true`
   */
  readonly annotations?: boolean | undefined;
  /**
   * Whether what is marked as no part of the content counts, such as running heads and page numbers.
   * @defaultValue `true`
   */
  readonly artifacts?: boolean | undefined;
  /**
   * Whether words that are divided at the end of a line stay so.
   * @defaultValue `false`
   */
  readonly keepHyphens?: boolean | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest text accepted, as UTF-8.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.toMarkdown` on the wire. */
export const TO_MARKDOWN: OperationSpec = {
  family: 'pdf',
  name: 'toMarkdown',
  id: 0x0a0e,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'annotations', kind: 'boolean' },
    { name: 'artifacts', kind: 'boolean' },
    { name: 'keepHyphens', kind: 'boolean' },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.search`. */
export interface SearchOptions {
  /**
   * What is looked for; white space in it is any white space, the end of a line too.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly query?: string | undefined;
  /**
   * Whether capitals and small letters differ.
   * @defaultValue `false`
   */
  readonly caseSensitive?: boolean | undefined;
  /**
   * Whether letters and digits next to it make it no match.
   * @defaultValue `false`
   */
  readonly wholeWords?: boolean | undefined;
  /**
   * Most hits.
   *
   * Unit: hits, from 1 to 4294967295.
   * @defaultValue `1000`
   */
  readonly maxHits?: number | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.search` on the wire. */
export const SEARCH: OperationSpec = {
  family: 'pdf',
  name: 'search',
  id: 0x0a04,
  parallel: false,
  options: [
    { name: 'query', kind: 'text', max: 4096 },
    { name: 'caseSensitive', kind: 'boolean' },
    { name: 'wholeWords', kind: 'boolean' },
    { name: 'maxHits', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.info`. */
export interface InfoOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.info` on the wire. */
export const INFO: OperationSpec = {
  family: 'pdf',
  name: 'info',
  id: 0x0a02,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.pageSizes`. */
export interface PageSizesOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.pageSizes` on the wire. */
export const PAGE_SIZES: OperationSpec = {
  family: 'pdf',
  name: 'pageSizes',
  id: 0x0a0d,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.pageLabels`. */
export interface PageLabelsOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.pageLabels` on the wire. */
export const PAGE_LABELS: OperationSpec = {
  family: 'pdf',
  name: 'pageLabels',
  id: 0x0a09,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.fonts`. */
export interface FontsOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.fonts` on the wire. */
export const FONTS: OperationSpec = {
  family: 'pdf',
  name: 'fonts',
  id: 0x0a0a,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.outline`. */
export interface OutlineOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.outline` on the wire. */
export const OUTLINE: OperationSpec = {
  family: 'pdf',
  name: 'outline',
  id: 0x0a05,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.links`. */
export interface LinksOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.links` on the wire. */
export const LINKS: OperationSpec = {
  family: 'pdf',
  name: 'links',
  id: 0x0a06,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.destinations`. */
export interface DestinationsOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.destinations` on the wire. */
export const DESTINATIONS: OperationSpec = {
  family: 'pdf',
  name: 'destinations',
  id: 0x0a0c,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.attachments`. */
export interface AttachmentsOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.attachments` on the wire. */
export const ATTACHMENTS: OperationSpec = {
  family: 'pdf',
  name: 'attachments',
  id: 0x0a07,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.formFields`. */
export interface FormFieldsOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `67108864`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Longest answer accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.formFields` on the wire. */
export const FORM_FIELDS: OperationSpec = {
  family: 'pdf',
  name: 'formFields',
  id: 0x0a08,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.images`. */
export interface ImagesOptions {
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * First page, counted from 1.
   *
   * Unit: page, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   *
   * Unit: page, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
  /**
   * Whether files are made, or images only listed.
   * @defaultValue `true`
   */
  readonly files?: boolean | undefined;
  /**
   * Largest image that becomes a PNG; larger ones are listed without a file.
   *
   * Unit: pixels, from 1.
   * @defaultValue `67108864`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `134217728`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most bytes of all files together.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
}

/** `pdf.images` on the wire. */
export const IMAGES: OperationSpec = {
  family: 'pdf',
  name: 'images',
  id: 0x0a0b,
  parallel: false,
  options: [
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'firstPage', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'lastPage', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'files', kind: 'boolean' },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
  ],
};

/** Options of `pdf.extractPages`. */
export interface ExtractPagesOptions {
  /**
   * The pages, counted from 1, in the order wanted; one may be there several times.
   *
   * Unit: page, each from 1 to 4294967295; at most 1048576 of them.
   * @defaultValue none
   */
  readonly pages?: readonly number[] | undefined;
  /**
   * Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
   * @defaultValue `true`
   */
  readonly compact?: boolean | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.extractPages` on the wire. */
export const EXTRACT_PAGES: OperationSpec = {
  family: 'pdf',
  name: 'extractPages',
  id: 0x0a20,
  parallel: false,
  options: [
    { name: 'pages', kind: 'integers', min: 1, max: 4294967295, count: 1048576 },
    { name: 'compact', kind: 'boolean' },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.split`. */
export interface SplitOptions {
  /**
   * Pages in each part; the last one has what is left.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `1`
   */
  readonly every?: number | undefined;
  /**
   * Pages, counted from 1, that begin a part; instead of `every`.
   *
   * Unit: page, each from 1 to 4294967295; at most 1048576 of them.
   * @defaultValue none
   */
  readonly before?: readonly number[] | undefined;
  /**
   * Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
   * @defaultValue `true`
   */
  readonly compact?: boolean | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.split` on the wire. */
export const SPLIT: OperationSpec = {
  family: 'pdf',
  name: 'split',
  id: 0x0a21,
  parallel: false,
  options: [
    { name: 'every', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'before', kind: 'integers', min: 1, max: 4294967295, count: 1048576 },
    { name: 'compact', kind: 'boolean' },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.merge`. */
export interface MergeOptions {
  /**
   * Lengths of the documents in the input, one after another.
   *
   * Unit: bytes, each from 0 to 4294967295; at most 1048576 of them.
   * @defaultValue none
   */
  readonly lengths?: readonly number[] | undefined;
  /**
   * Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
   * @defaultValue `true`
   */
  readonly compact?: boolean | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.merge` on the wire. */
export const MERGE: OperationSpec = {
  family: 'pdf',
  name: 'merge',
  id: 0x0a22,
  parallel: false,
  options: [
    { name: 'lengths', kind: 'integers', min: 0, max: 4294967295, count: 1048576 },
    { name: 'compact', kind: 'boolean' },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.rotate`. */
export interface RotateOptions {
  /**
   * Degrees clockwise, a multiple of 90.
   *
   * Unit: degrees, from -36000 to 36000.
   * @defaultValue `90`
   */
  readonly degrees?: number | undefined;
  /**
   * Whether pages are turned to that, rather than by that more than they are.
   * @defaultValue `false`
   */
  readonly absolute?: boolean | undefined;
  /**
   * The pages, counted from 1; all where none is named.
   *
   * Unit: page, each from 1 to 4294967295; at most 1048576 of them.
   * @defaultValue none
   */
  readonly pages?: readonly number[] | undefined;
  /**
   * Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
   * @defaultValue `true`
   */
  readonly compact?: boolean | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.rotate` on the wire. */
export const ROTATE: OperationSpec = {
  family: 'pdf',
  name: 'rotate',
  id: 0x0a23,
  parallel: false,
  options: [
    { name: 'degrees', kind: 'integer', min: -36000, max: 36000 },
    { name: 'absolute', kind: 'boolean' },
    { name: 'pages', kind: 'integers', min: 1, max: 4294967295, count: 1048576 },
    { name: 'compact', kind: 'boolean' },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.setInfo`. */
export interface SetInfoOptions {
  /**
   * Title of the document.
   *
   * At most 1048576 bytes of UTF-8.
   * @defaultValue none
   */
  readonly title?: string | undefined;
  /**
   * Who wrote it.
   *
   * At most 1048576 bytes of UTF-8.
   * @defaultValue none
   */
  readonly author?: string | undefined;
  /**
   * What it is about.
   *
   * At most 1048576 bytes of UTF-8.
   * @defaultValue none
   */
  readonly subject?: string | undefined;
  /**
   * Words to find it by.
   *
   * At most 1048576 bytes of UTF-8.
   * @defaultValue none
   */
  readonly keywords?: string | undefined;
  /**
   * The program that the document was written with.
   *
   * At most 1048576 bytes of UTF-8.
   * @defaultValue none
   */
  readonly creator?: string | undefined;
  /**
   * The program that made the PDF.
   *
   * At most 1048576 bytes of UTF-8.
   * @defaultValue none
   */
  readonly producer?: string | undefined;
  /**
   * When it was made, in seconds since 1970 UTC.
   *
   * Unit: seconds, from -8640000000000 to 8640000000001.
   * @defaultValue `8640000000001`
   */
  readonly creationDate?: number | undefined;
  /**
   * When it was changed last.
   *
   * Unit: seconds, from -8640000000000 to 8640000000001.
   * @defaultValue `8640000000001`
   */
  readonly modificationDate?: number | undefined;
  /**
   * Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
   * @defaultValue `true`
   */
  readonly compact?: boolean | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.setInfo` on the wire. */
export const SET_INFO: OperationSpec = {
  family: 'pdf',
  name: 'setInfo',
  id: 0x0a24,
  parallel: false,
  options: [
    { name: 'title', kind: 'text', max: 1048576 },
    { name: 'author', kind: 'text', max: 1048576 },
    { name: 'subject', kind: 'text', max: 1048576 },
    { name: 'keywords', kind: 'text', max: 1048576 },
    { name: 'creator', kind: 'text', max: 1048576 },
    { name: 'producer', kind: 'text', max: 1048576 },
    { name: 'creationDate', kind: 'integer', min: -8640000000000, max: 8640000000001 },
    { name: 'modificationDate', kind: 'integer', min: -8640000000000, max: 8640000000001 },
    { name: 'compact', kind: 'boolean' },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.rewrite`. */
export interface RewriteOptions {
  /**
   * How the result is encrypted.
   * @defaultValue `'none'`
   */
  readonly encryption?: 'none' | 'aes-256' | 'aes-128' | undefined;
  /**
   * What opens it, within the permissions.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly userPassword?: string | undefined;
  /**
   * What opens it with all permissions.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly ownerPassword?: string | undefined;
  /**
   * What is allowed with the user's password: a bit each, from print on.
   *
   * Unit: bits, from 0 to 255.
   * @defaultValue `255`
   */
  readonly permissions?: number | undefined;
  /**
   * Random bytes that keys are made of.
   *
   * Exactly 32 bytes.
   * @defaultValue none
   */
  readonly seed?: Uint8Array | undefined;
  /**
   * Objects in compressed streams: smaller, for readers of PDF 1.5 and newer.
   * @defaultValue `true`
   */
  readonly compact?: boolean | undefined;
  /**
   * User or owner password of an encrypted document.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly password?: string | undefined;
  /**
   * Most bytes that the document's streams may inflate to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `1073741824`
   */
  readonly maxStreamBytes?: number | undefined;
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `100000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.rewrite` on the wire. */
export const REWRITE: OperationSpec = {
  family: 'pdf',
  name: 'rewrite',
  id: 0x0a25,
  parallel: false,
  options: [
    { name: 'encryption', kind: 'choice', names: ['none', 'aes-256', 'aes-128'] },
    { name: 'userPassword', kind: 'text', max: 4096 },
    { name: 'ownerPassword', kind: 'text', max: 4096 },
    { name: 'permissions', kind: 'integer', min: 0, max: 255 },
    { name: 'seed', kind: 'bytes', min: 32, max: 32 },
    { name: 'compact', kind: 'boolean' },
    { name: 'password', kind: 'text', max: 4096 },
    { name: 'maxStreamBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.create`. */
export interface CreateOptions {
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `10000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Most items accepted, on all pages together.
   *
   * Unit: items, from 1 to 4294967295.
   * @defaultValue `1000000`
   */
  readonly maxItems?: number | undefined;
  /**
   * Largest image accepted that has to be decoded.
   *
   * Unit: pixels, from 1.
   * @defaultValue `100000000`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.create` on the wire. */
export const CREATE: OperationSpec = {
  family: 'pdf',
  name: 'create',
  id: 0x0a30,
  parallel: false,
  options: [
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxItems', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `pdf.measure`. */
export interface MeasureOptions {
  /**
   * Most pages accepted.
   *
   * Unit: pages, from 1 to 4294967295.
   * @defaultValue `10000`
   */
  readonly maxPages?: number | undefined;
  /**
   * Most items accepted, on all pages together.
   *
   * Unit: items, from 1 to 4294967295.
   * @defaultValue `1000000`
   */
  readonly maxItems?: number | undefined;
  /**
   * Largest image accepted that has to be decoded.
   *
   * Unit: pixels, from 1.
   * @defaultValue `100000000`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `pdf.measure` on the wire. */
export const MEASURE: OperationSpec = {
  family: 'pdf',
  name: 'measure',
  id: 0x0a31,
  parallel: false,
  options: [
    { name: 'maxPages', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxItems', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};
