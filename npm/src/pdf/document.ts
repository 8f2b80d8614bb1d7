import type { Disposing } from '../core/dispose.js';
import type {
  OpenOptions as AllOpenOptions,
  ExtractTextOptions,
  SearchOptions,
} from '../generated/pdf.js';
import type { FontInfo, Info, PageSize } from './info.js';
import type { Attachment, FormField } from './parts.js';
import type { Destination, Link, OutlineItem } from './places.js';
import type { SearchHit, TextPage } from './text.js';

/** Options of `pdf.open`. */
export type OpenOptions = Omit<AllOpenOptions, 'inputBytes'>;

/** Which pages. */
export interface PageRange {
  /**
   * First page, counted from 1.
   * @defaultValue `1`
   */
  readonly firstPage?: number | undefined;
  /**
   * Last page; 0 is the last of the document.
   * @defaultValue `0`
   */
  readonly lastPage?: number | undefined;
}

/** Options of text. */
export type TextOptions = PageRange &
  Pick<ExtractTextOptions, 'annotations' | 'artifacts' | 'keepHyphens'>;
/** Options of a search. */
export type FindOptions = PageRange &
  Pick<SearchOptions, 'caseSensitive' | 'wholeWords' | 'maxHits'>;

/**
 * An open document. What is asked of it is answered on the calling thread; of one page no other page is read. Release it
 * when it is no longer needed: an instance of the module with a copy of the document belongs to it.
 */
export type PdfDocument = Disposing & {
  /** Number of pages. */
  readonly pageCount: number;
  /** As `pdf.info`. */
  info(): Info;
  /** The text of some pages, separated by form feeds (U+000C). */
  extractText(options?: TextOptions): string;
  /** The text of some pages as Markdown. */
  toMarkdown(options?: TextOptions): string;
  /** The text of some pages, with the places of its words. */
  layout(options?: TextOptions): TextPage[];
  /** The text of all pages, one after another; the event loop gets a turn between them. */
  pages(options?: TextOptions): AsyncGenerator<TextPage, void>;
  /** Where a text stands. */
  search(query: string, options?: FindOptions): SearchHit[];
  /** Its outline, which viewers show as bookmarks. */
  outline(): OutlineItem[];
  /** The links of some pages. */
  links(range?: PageRange): Link[];
  /** Places that have names. */
  destinations(): Map<string, Destination>;
  /** The files inside it. */
  attachments(): Attachment[];
  /** The fields of its form. */
  formFields(): FormField[];
  /** What viewers show as the number of each page; undefined where they just count. */
  pageLabels(): string[] | undefined;
  /** The sizes of some pages. */
  pageSizes(range?: PageRange): PageSize[];
  /** The fonts of some pages. */
  fonts(range?: PageRange): FontInfo[];
  /** Gives the memory back; using it afterwards fails with `ERR_RELEASED`. */
  release(): void;
};
