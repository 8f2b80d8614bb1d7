import type { Item } from '../core/item.js';
import { Cursor } from './cursor.js';

/** How a document is encrypted. */
export interface Encryption {
  readonly method: 'none' | 'rc4' | 'aes-128' | 'aes-256';
  /** Revision of the standard security handler, 2 to 6. */
  readonly revision: number;
  /** What a user may do, as the bits of entry `P` (ISO 32000-1, table 22). */
  readonly permissions: number;
  /** Whether the password that opened it was the owner's. */
  readonly isOwner: boolean;
}

/** What a document says of itself; what the information dictionary lacks is taken from XMP metadata. */
export interface Info {
  /** Version of the format, such as `'1.7'`. */
  readonly version: string;
  /** Number of pages. */
  readonly pageCount: number;
  /** Size of the first page as it is shown, in points (1/72 inch), if it has one. */
  readonly firstPageSize: { readonly width: number; readonly height: number } | undefined;
  /** Whether it is encrypted. */
  readonly encrypted: boolean;
  /** How, if it is. */
  readonly encryption: Encryption | undefined;
  /** Whether it is laid out for reading while it loads. */
  readonly linearized: boolean;
  /** Whether its cross-reference table was broken, and has been made anew. */
  readonly repaired: boolean;
  /** Whether its content is tagged with its structure. */
  readonly tagged: boolean;
  /** Whether it has scripts. */
  readonly hasJavaScript: boolean;
  /** What kind of form it has. */
  readonly form: 'none' | 'acroform' | 'xfa';
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly subject: string | undefined;
  readonly keywords: string | undefined;
  /** The program that the document was written with. */
  readonly creator: string | undefined;
  /** The program that made the PDF. */
  readonly producer: string | undefined;
  /** As stored, such as `'D:20260131120000Z'`. */
  readonly creationDate: string | undefined;
  /** As stored. */
  readonly modificationDate: string | undefined;
  /** Language of its text, such as `'en-GB'`. */
  readonly language: string | undefined;
  /** The part and level of PDF/A that it says it conforms to, such as `'2B'`. */
  readonly pdfA: string | undefined;
  /** The part of PDF/UA that it says it conforms to. */
  readonly pdfUa: string | undefined;
  /** Its XMP metadata, as XML. */
  readonly xmp: string | undefined;
}

/** The size of a page as it is shown. */
export interface PageSize {
  /** Width in points (1/72 inch), after rotation. */
  readonly width: number;
  /** Height in points, after rotation. */
  readonly height: number;
  /** By how many degrees it is turned clockwise. */
  readonly rotation: 0 | 90 | 180 | 270;
}

/** A font that pages use. */
export interface FontInfo {
  /** Its name, without the mark of a subset. */
  readonly name: string;
  readonly type:
    | 'Type1'
    | 'Type1C'
    | 'MMType1'
    | 'TrueType'
    | 'Type3'
    | 'CIDFontType0'
    | 'CIDFontType2'
    | 'unknown';
  /** Whether its program is in the document. */
  readonly embedded: boolean;
  /** Whether only some of its glyphs are. */
  readonly subset: boolean;
  /** Its encoding or CMap; `'Custom'` where it has its own, `'Builtin'` where that of the program holds. */
  readonly encoding: string;
  /** Whether it says what its codes mean as Unicode. */
  readonly hasToUnicode: boolean;
  /** Pages that use it, counted from 1. */
  readonly pages: readonly number[];
}

const METHODS = ['none', 'rc4', 'aes-128', 'aes-256'] as const;
const FORMS = ['none', 'acroform', 'xfa'] as const;
const FONT_TYPES = [
  'Type1',
  'Type1C',
  'MMType1',
  'TrueType',
  'Type3',
  'CIDFontType0',
  'CIDFontType2',
  'unknown',
] as const;

/** For `pdf.info`. */
export function infoOf(item: Item): Info {
  const cursor = new Cursor(item);
  const version = `${cursor.number()}.${cursor.number()}`;
  const pageCount = cursor.number();
  const [width, height] = [cursor.optional(), cursor.optional()];
  const flags = {
    linearized: cursor.flag(),
    repaired: cursor.flag(),
    tagged: cursor.flag(),
    hasJavaScript: cursor.flag(),
  };
  const form = cursor.choice(FORMS);
  const encrypted = cursor.flag();
  const encryption = encrypted
    ? {
        method: cursor.choice(METHODS),
        revision: cursor.number(),
        permissions: cursor.number(),
        isOwner: cursor.flag(),
      }
    : undefined;
  return {
    version,
    pageCount,
    firstPageSize: width === undefined || height === undefined ? undefined : { width, height },
    encrypted,
    encryption,
    ...flags,
    form,
    title: cursor.optionalText(),
    author: cursor.optionalText(),
    subject: cursor.optionalText(),
    keywords: cursor.optionalText(),
    creator: cursor.optionalText(),
    producer: cursor.optionalText(),
    creationDate: cursor.optionalText(),
    modificationDate: cursor.optionalText(),
    language: cursor.optionalText(),
    pdfA: cursor.optionalText(),
    pdfUa: cursor.optionalText(),
    xmp: cursor.optionalText(),
  };
}

/** For `pdf.pageSizes`. */
export function sizesOf(item: Item): PageSize[] {
  const cursor = new Cursor(item);
  return cursor.list(() => ({
    width: cursor.number(),
    height: cursor.number(),
    rotation: cursor.number() as PageSize['rotation'],
  }));
}

/** For `pdf.pageLabels`. */
export function labelsOf(item: Item): string[] | undefined {
  const cursor = new Cursor(item);
  const there = cursor.flag();
  const labels = cursor.list(() => cursor.text());
  return there ? labels : undefined;
}

/** For `pdf.fonts`. */
export function fontsOf(item: Item): FontInfo[] {
  const cursor = new Cursor(item);
  return cursor.list(() => ({
    name: cursor.text(),
    type: cursor.choice(FONT_TYPES),
    embedded: cursor.flag(),
    subset: cursor.flag(),
    encoding: cursor.text(),
    hasToUnicode: cursor.flag(),
    pages: cursor.list(() => cursor.number()),
  }));
}
