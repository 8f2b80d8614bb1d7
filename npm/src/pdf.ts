import platform from 'bytemill:platform';
import source from 'bytemill:wasm/pdf';
import cjkSource from 'bytemill:wasm/pdf_cjk';
import { type AsyncBytesInput, type BytesInput, toBytes, toBytesAsync } from './core/bytes.js';
import type { AsyncShape, BatchShape, BatchSyncShape, Shapes, SyncShape } from './core/contract.js';
import type { Item } from './core/item.js';
import { kernel, member, NESTING_STACK_BYTES } from './core/kernel.js';
import type { OperationSpec } from './core/row.js';
import {
  ATTACHMENTS,
  type AttachmentsOptions,
  DESTINATIONS,
  type DestinationsOptions,
  EXTRACT_TEXT,
  type ExtractTextOptions,
  FONTS,
  FORM_FIELDS,
  type FontsOptions,
  type FormFieldsOptions,
  INFO,
  type InfoOptions,
  LAYOUT,
  type LayoutOptions,
  LINKS,
  type LinksOptions,
  OUTLINE,
  type OutlineOptions,
  PAGE_LABELS,
  PAGE_SIZES,
  type PageLabelsOptions,
  type PageSizesOptions,
  SEARCH,
  type SearchOptions,
  TO_MARKDOWN,
  type ToMarkdownOptions,
} from './generated/pdf.js';
import type { OpenOptions, PdfDocument } from './pdf/document.js';
import {
  type FontInfo,
  fontsOf,
  type Info,
  infoOf,
  labelsOf,
  type PageSize,
  sizesOf,
} from './pdf/info.js';
import { OpenDocument } from './pdf/opened.js';
import { type Attachment, attachmentsOf, type FormField, fieldsOf } from './pdf/parts.js';
import {
  type Destination,
  destinationsOf,
  type Link,
  linksOf,
  type OutlineItem,
  outlineOf,
} from './pdf/places.js';
import { type Answer, completed } from './pdf/route.js';
import { hitsOf, layoutOf, plainTextOf, type SearchHit, type TextPage } from './pdf/text.js';

export { BytemillError } from './core/error.js';
export type {
  AttachmentsOptions,
  DestinationsOptions,
  ExtractTextOptions,
  FontsOptions,
  FormFieldsOptions,
  InfoOptions,
  LayoutOptions,
  LinksOptions,
  OutlineOptions,
  PageLabelsOptions,
  PageSizesOptions,
  SearchOptions,
  ToMarkdownOptions,
} from './generated/pdf.js';
export type {
  AttachOptions,
  Created,
  EmbeddedFont,
  EmbeddedImage,
  LabelOptions,
  Measured,
  NewInfo,
  OutlineOptions as NewOutlineOptions,
  PdfBuilder,
  Rest,
} from './pdf/create.js';
export { type CreateOptions, create, readyCreate } from './pdf/creating.js';
export type {
  FindOptions,
  OpenOptions,
  PageRange,
  PdfDocument,
  TextOptions,
} from './pdf/document.js';
export type {
  EncryptOptions,
  InfoChanges,
  MergeOptions,
  Permissions,
  RewriteOptions,
  SetInfoOptions,
} from './pdf/edit.js';
export * from './pdf/editing.js';
export * from './pdf/images.js';
export type { Encryption, FontInfo, Info, PageSize } from './pdf/info.js';
export type {
  Box,
  EllipseOptions,
  GroupOptions,
  ImagePlacement,
  LineOptions,
  LinkTarget,
  NewPage,
  PathOptions,
  RectangleOptions,
  ShapeOptions,
  StrokeOptions,
} from './pdf/page.js';
export type { MeasureOptions, StandardFont, TextPlacement } from './pdf/page-text.js';
export type { Attachment, FieldWidget, FormField } from './pdf/parts.js';
export type { Destination, Link, OutlineItem, Target } from './pdf/places.js';
export type {
  Point,
  Rect,
  SearchHit,
  TextBlock,
  TextFont,
  TextLine,
  TextPage,
  TextWord,
} from './pdf/text.js';
export type { PdfColour } from './pdf/writer.js';

const small = /* @__PURE__ */ kernel(platform, 'pdf', source, 'pdf.ready', NESTING_STACK_BYTES);
// The same and the tables of all predefined CMaps, for documents that turn out to need them.
const whole = /* @__PURE__ */ kernel(
  platform,
  'pdf_cjk',
  cjkSource,
  'pdf.readyCjk',
  NESTING_STACK_BYTES,
);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = /* @__PURE__ */ member(small, 'ready');
/**
 * Loads the module with the tables of predefined CMaps, which a synchronous call needs in browsers for Chinese, Japanese and
 * Korean documents whose fonts do not say what their codes mean. Asynchronous calls load it by themselves.
 */
export const readyCjk = /* @__PURE__ */ member(whole, 'ready');

function reading<Options extends object, Result>(
  spec: OperationSpec,
  decode: (item: Item) => Answer<Result>,
): Shapes<Options, Result> {
  return completed(
    small.operation<Options, Answer<Result>>(spec, decode),
    whole.operation<Options, Answer<Result>>(spec, decode),
  );
}

const texts = /* @__PURE__ */ reading<ExtractTextOptions, string>(EXTRACT_TEXT, plainTextOf);
const markdowns = /* @__PURE__ */ reading<ToMarkdownOptions, string>(TO_MARKDOWN, plainTextOf);
const layouts = /* @__PURE__ */ reading<LayoutOptions, TextPage[]>(LAYOUT, layoutOf);
const searches = /* @__PURE__ */ reading<SearchOptions, SearchHit[]>(SEARCH, hitsOf);
const infos = /* @__PURE__ */ small.operation<InfoOptions, Info>(INFO, infoOf);
const sizes = /* @__PURE__ */ small.operation<PageSizesOptions, PageSize[]>(PAGE_SIZES, sizesOf);
const labels = /* @__PURE__ */ small.operation<PageLabelsOptions, string[] | undefined>(
  PAGE_LABELS,
  labelsOf,
);
const fontLists = /* @__PURE__ */ small.operation<FontsOptions, FontInfo[]>(FONTS, fontsOf);
const outlines = /* @__PURE__ */ small.operation<OutlineOptions, OutlineItem[]>(OUTLINE, outlineOf);
const linkLists = /* @__PURE__ */ small.operation<LinksOptions, Link[]>(LINKS, linksOf);
const places = /* @__PURE__ */ small.operation<DestinationsOptions, Map<string, Destination>>(
  DESTINATIONS,
  destinationsOf,
);
const files = /* @__PURE__ */ small.operation<AttachmentsOptions, Attachment[]>(
  ATTACHMENTS,
  attachmentsOf,
);
const fields = /* @__PURE__ */ small.operation<FormFieldsOptions, FormField[]>(
  FORM_FIELDS,
  fieldsOf,
);

/**
 * Opens a document, to ask it one thing after another: it is read once, and of one page no other is read. The answers come on
 * the calling thread. Do not change the input before the document is released.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const document = await pdf.open(await readFile('report.pdf'));
 * console.log(document.pageCount, document.info().title);
 * for await (const { page, text } of document.pages()) console.log(page, text.length);
 * document.release();
 * ```
 */
export const open = async (input: AsyncBytesInput, options?: OpenOptions): Promise<PdfDocument> => {
  const bytes = await toBytesAsync('pdf', input);
  await small.ready();
  return new OpenDocument(small, whole, bytes, options) as unknown as PdfDocument;
};
/** {@link open}, now. */
export const openSync = (input: BytesInput, options?: OpenOptions): PdfDocument =>
  new OpenDocument(small, whole, toBytes('pdf', input), options) as unknown as PdfDocument;

/**
 * The text of a document's pages in the order of reading, separated by form feeds (U+000C): lines end with a line feed, blocks
 * are apart by an empty line. Ligatures are taken apart, words that are divided at the end of a line made whole, Arabic and
 * Hebrew in logical order. Where a font for Chinese, Japanese or Korean text does not say what its codes mean, the module
 * with the tables of all predefined CMaps is loaded and does it.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const text = await pdf.extractText(await readFile('report.pdf'));
 * const pages = text.split('\f');
 * console.log(pages.length);
 * ```
 */
export const extractText: AsyncShape<ExtractTextOptions, string> = /* @__PURE__ */ member(
  texts,
  'async',
);
/** {@link extractText}, now, on the calling thread. */
export const extractTextSync: SyncShape<ExtractTextOptions, string> = /* @__PURE__ */ member(
  texts,
  'sync',
);
/** {@link extractText} of many documents, over all cores. */
export const extractTextBatch: BatchShape<ExtractTextOptions, string> = /* @__PURE__ */ member(
  texts,
  'batch',
);
/** {@link extractText} of many documents in one boundary crossing. */
export const extractTextBatchSync: BatchSyncShape<ExtractTextOptions, string> =
  /* @__PURE__ */ member(texts, 'batchSync');

/**
 * The text of pages with the places of blocks, lines and words, and their fonts and sizes. Places are in points (1/72 inch) from
 * the lower left of the page.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const [first] = await pdf.layout(await readFile('report.pdf'), { lastPage: 1 });
 * for (const { lines } of first?.blocks ?? [])
 *   for (const { text, rect, words } of lines) console.log(text, rect.x, rect.y, words[0]?.size);
 * ```
 */
export const layout: AsyncShape<LayoutOptions, TextPage[]> = /* @__PURE__ */ member(
  layouts,
  'async',
);
/** {@link layout}, now, on the calling thread. */
export const layoutSync: SyncShape<LayoutOptions, TextPage[]> = /* @__PURE__ */ member(
  layouts,
  'sync',
);
/** {@link layout} of many documents, over all cores. */
export const layoutBatch: BatchShape<LayoutOptions, TextPage[]> = /* @__PURE__ */ member(
  layouts,
  'batch',
);
/** {@link layout} of many documents in one boundary crossing. */
export const layoutBatchSync: BatchSyncShape<LayoutOptions, TextPage[]> = /* @__PURE__ */ member(
  layouts,
  'batchSync',
);

/**
 * The text of a document's pages as Markdown, for search indices and language models: headings by the size and weight of
 * their letters, lists by their bullets and numbers, paragraphs without the ends of their lines. What headings are is decided over
 * all pages that are asked for. What is Markdown by chance is escaped. Tables stay lines.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const markdown = await pdf.toMarkdown(await readFile('report.pdf'), { artifacts: false });
 * const chapters = markdown.split(/^# /m);
 * console.log(chapters.length);
 * ```
 */
export const toMarkdown: AsyncShape<ToMarkdownOptions, string> = /* @__PURE__ */ member(
  markdowns,
  'async',
);
/** {@link toMarkdown}, now, on the calling thread. */
export const toMarkdownSync: SyncShape<ToMarkdownOptions, string> = /* @__PURE__ */ member(
  markdowns,
  'sync',
);
/** {@link toMarkdown} of many documents, over all cores. */
export const toMarkdownBatch: BatchShape<ToMarkdownOptions, string> = /* @__PURE__ */ member(
  markdowns,
  'batch',
);
/** {@link toMarkdown} of many documents in one boundary crossing. */
export const toMarkdownBatchSync: BatchSyncShape<ToMarkdownOptions, string> =
  /* @__PURE__ */ member(markdowns, 'batchSync');

/**
 * Where a text stands. White space in it is any white space, the end of a line too; ligatures match their letters, capitals
 * match small letters unless `caseSensitive`.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const hits = await pdf.search(await readFile('report.pdf'), { query: 'page' });
 * for (const { page, rect } of hits) console.log(page, rect.x, rect.y);
 * ```
 */
export const search: AsyncShape<SearchOptions, SearchHit[]> = /* @__PURE__ */ member(
  searches,
  'async',
);
/** {@link search}, now, on the calling thread. */
export const searchSync: SyncShape<SearchOptions, SearchHit[]> = /* @__PURE__ */ member(
  searches,
  'sync',
);
/** {@link search} of many documents, over all cores. */
export const searchBatch: BatchShape<SearchOptions, SearchHit[]> = /* @__PURE__ */ member(
  searches,
  'batch',
);
/** {@link search} of many documents in one boundary crossing. */
export const searchBatchSync: BatchSyncShape<SearchOptions, SearchHit[]> = /* @__PURE__ */ member(
  searches,
  'batchSync',
);

/**
 * Pages, size, encryption and the description of a document (ISO 32000-1, 14.3).
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const { title, pageCount } = await pdf.info(await readFile('report.pdf'));
 * console.log(`${title}: ${pageCount} pages`);
 * ```
 */
export const info: AsyncShape<InfoOptions, Info> = /* @__PURE__ */ member(infos, 'async');
/** {@link info}, now, on the calling thread. */
export const infoSync: SyncShape<InfoOptions, Info> = /* @__PURE__ */ member(infos, 'sync');
/** {@link info} of many documents, over all cores. */
export const infoBatch: BatchShape<InfoOptions, Info> = /* @__PURE__ */ member(infos, 'batch');
/** {@link info} of many documents in one boundary crossing. */
export const infoBatchSync: BatchSyncShape<InfoOptions, Info> = /* @__PURE__ */ member(
  infos,
  'batchSync',
);

/**
 * The sizes of pages as they are shown.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const [first] = await pdf.pageSizes(await readFile('report.pdf'));
 * console.log(first?.width, first?.height);
 * ```
 */
export const pageSizes: AsyncShape<PageSizesOptions, PageSize[]> = /* @__PURE__ */ member(
  sizes,
  'async',
);
/** {@link pageSizes}, now, on the calling thread. */
export const pageSizesSync: SyncShape<PageSizesOptions, PageSize[]> = /* @__PURE__ */ member(
  sizes,
  'sync',
);
/** {@link pageSizes} of many documents, over all cores. */
export const pageSizesBatch: BatchShape<PageSizesOptions, PageSize[]> = /* @__PURE__ */ member(
  sizes,
  'batch',
);
/** {@link pageSizes} of many documents in one boundary crossing. */
export const pageSizesBatchSync: BatchSyncShape<PageSizesOptions, PageSize[]> =
  /* @__PURE__ */ member(sizes, 'batchSync');

/**
 * What viewers show as the number of each page, such as `iv` or `A-1` (ISO 32000-1, 12.4.2); undefined where they just count.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const labels = await pdf.pageLabels(await readFile('report.pdf'));
 * console.log(labels?.[0] ?? '1');
 * ```
 */
export const pageLabels: AsyncShape<PageLabelsOptions, string[] | undefined> =
  /* @__PURE__ */ member(labels, 'async');
/** {@link pageLabels}, now, on the calling thread. */
export const pageLabelsSync: SyncShape<PageLabelsOptions, string[] | undefined> =
  /* @__PURE__ */ member(labels, 'sync');
/** {@link pageLabels} of many documents, over all cores. */
export const pageLabelsBatch: BatchShape<PageLabelsOptions, string[] | undefined> =
  /* @__PURE__ */ member(labels, 'batch');
/** {@link pageLabels} of many documents in one boundary crossing. */
export const pageLabelsBatchSync: BatchSyncShape<PageLabelsOptions, string[] | undefined> =
  /* @__PURE__ */ member(labels, 'batchSync');

/**
 * The fonts that pages use.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * for (const { name, embedded } of await pdf.fonts(await readFile('report.pdf'))) console.log(name, embedded);
 * ```
 */
export const fonts: AsyncShape<FontsOptions, FontInfo[]> = /* @__PURE__ */ member(
  fontLists,
  'async',
);
/** {@link fonts}, now, on the calling thread. */
export const fontsSync: SyncShape<FontsOptions, FontInfo[]> = /* @__PURE__ */ member(
  fontLists,
  'sync',
);
/** {@link fonts} of many documents, over all cores. */
export const fontsBatch: BatchShape<FontsOptions, FontInfo[]> = /* @__PURE__ */ member(
  fontLists,
  'batch',
);
/** {@link fonts} of many documents in one boundary crossing. */
export const fontsBatchSync: BatchSyncShape<FontsOptions, FontInfo[]> = /* @__PURE__ */ member(
  fontLists,
  'batchSync',
);

/**
 * The outline, which viewers show as bookmarks: entries with those below them.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * for (const { title, target } of await pdf.outline(await readFile('report.pdf')))
 *   console.log(title, target?.type === 'page' ? target.destination.page : target?.type);
 * ```
 */
export const outline: AsyncShape<OutlineOptions, OutlineItem[]> = /* @__PURE__ */ member(
  outlines,
  'async',
);
/** {@link outline}, now, on the calling thread. */
export const outlineSync: SyncShape<OutlineOptions, OutlineItem[]> = /* @__PURE__ */ member(
  outlines,
  'sync',
);
/** {@link outline} of many documents, over all cores. */
export const outlineBatch: BatchShape<OutlineOptions, OutlineItem[]> = /* @__PURE__ */ member(
  outlines,
  'batch',
);
/** {@link outline} of many documents in one boundary crossing. */
export const outlineBatchSync: BatchSyncShape<OutlineOptions, OutlineItem[]> =
  /* @__PURE__ */ member(outlines, 'batchSync');

/**
 * The links of pages, with where they are and where they lead.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * for (const { page, target } of await pdf.links(await readFile('report.pdf')))
 *   console.log(page, target.type === 'uri' ? target.uri : target.type);
 * ```
 */
export const links: AsyncShape<LinksOptions, Link[]> = /* @__PURE__ */ member(linkLists, 'async');
/** {@link links}, now, on the calling thread. */
export const linksSync: SyncShape<LinksOptions, Link[]> = /* @__PURE__ */ member(linkLists, 'sync');
/** {@link links} of many documents, over all cores. */
export const linksBatch: BatchShape<LinksOptions, Link[]> = /* @__PURE__ */ member(
  linkLists,
  'batch',
);
/** {@link links} of many documents in one boundary crossing. */
export const linksBatchSync: BatchSyncShape<LinksOptions, Link[]> = /* @__PURE__ */ member(
  linkLists,
  'batchSync',
);

/**
 * The places of a document that have names.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const places = await pdf.destinations(await readFile('report.pdf'));
 * console.log(places.get('chapter-1')?.page);
 * ```
 */
export const destinations: AsyncShape<
  DestinationsOptions,
  Map<string, Destination>
> = /* @__PURE__ */ member(places, 'async');
/** {@link destinations}, now, on the calling thread. */
export const destinationsSync: SyncShape<
  DestinationsOptions,
  Map<string, Destination>
> = /* @__PURE__ */ member(places, 'sync');
/** {@link destinations} of many documents, over all cores. */
export const destinationsBatch: BatchShape<
  DestinationsOptions,
  Map<string, Destination>
> = /* @__PURE__ */ member(places, 'batch');
/** {@link destinations} of many documents in one boundary crossing. */
export const destinationsBatchSync: BatchSyncShape<
  DestinationsOptions,
  Map<string, Destination>
> = /* @__PURE__ */ member(places, 'batchSync');

/**
 * The files inside a document, those that are attached to it and those that are attached to pages.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * for (const { name, data } of await pdf.attachments(await readFile('report.pdf'))) console.log(name, data.length);
 * ```
 */
export const attachments: AsyncShape<AttachmentsOptions, Attachment[]> = /* @__PURE__ */ member(
  files,
  'async',
);
/** {@link attachments}, now, on the calling thread. */
export const attachmentsSync: SyncShape<AttachmentsOptions, Attachment[]> = /* @__PURE__ */ member(
  files,
  'sync',
);
/** {@link attachments} of many documents, over all cores. */
export const attachmentsBatch: BatchShape<AttachmentsOptions, Attachment[]> =
  /* @__PURE__ */ member(files, 'batch');
/** {@link attachments} of many documents in one boundary crossing. */
export const attachmentsBatchSync: BatchSyncShape<AttachmentsOptions, Attachment[]> =
  /* @__PURE__ */ member(files, 'batchSync');

/**
 * The fields of a document's form, with their values.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxPages`).
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * for (const { name, values } of await pdf.formFields(await readFile('report.pdf'))) console.log(name, values);
 * ```
 */
export const formFields: AsyncShape<FormFieldsOptions, FormField[]> = /* @__PURE__ */ member(
  fields,
  'async',
);
/** {@link formFields}, now, on the calling thread. */
export const formFieldsSync: SyncShape<FormFieldsOptions, FormField[]> = /* @__PURE__ */ member(
  fields,
  'sync',
);
/** {@link formFields} of many documents, over all cores. */
export const formFieldsBatch: BatchShape<FormFieldsOptions, FormField[]> = /* @__PURE__ */ member(
  fields,
  'batch',
);
/** {@link formFields} of many documents in one boundary crossing. */
export const formFieldsBatchSync: BatchSyncShape<FormFieldsOptions, FormField[]> =
  /* @__PURE__ */ member(fields, 'batchSync');
