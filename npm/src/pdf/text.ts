import type { Item } from '../core/item.js';
import { decodeText } from '../core/text.js';
import { Cursor } from './cursor.js';
import type { Answer } from './route.js';

/** A rectangle in points (1/72 inch) in the space of its page: the origin is at the lower left, y grows upwards. */
export interface Rect {
  /** Left edge. */
  readonly x: number;
  /** Lower edge. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A font that words of a page are in. */
export interface TextFont {
  /** Its name, without the mark of a subset. */
  readonly name: string;
  readonly bold: boolean;
  readonly italic: boolean;
}

/** Characters without white space between them. */
export interface TextWord {
  readonly text: string;
  readonly rect: Rect;
  readonly font: TextFont;
  /** Size of the font in points. */
  readonly size: number;
}

/** A line, or what stands on it within one block. */
export interface TextLine {
  readonly text: string;
  readonly rect: Rect;
  /** How it runs: left to right, right to left, or from the top down. */
  readonly direction: 'ltr' | 'rtl' | 'vertical';
  /** Degrees by which it is turned, anticlockwise. */
  readonly angle: number;
  /** In the order of reading. */
  readonly words: readonly TextWord[];
}

/** Lines that belong together: a paragraph, a heading, a table. */
export interface TextBlock {
  readonly text: string;
  readonly rect: Rect;
  readonly lines: readonly TextLine[];
}

/** The text of a page with its places. */
export interface TextPage {
  /** Its number, counted from 1. */
  readonly page: number;
  /** What viewers show of the page. */
  readonly bounds: Rect;
  /** By how many degrees viewers turn it clockwise; places are those before that. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** All of its text. */
  readonly text: string;
  /** In the order of reading. */
  readonly blocks: readonly TextBlock[];
  readonly fonts: readonly TextFont[];
}

/** A corner, in points. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a text was found. */
export interface SearchHit {
  /** The page, counted from 1. */
  readonly page: number;
  /** The text as it stands there. */
  readonly text: string;
  /** Around all of it. */
  readonly rect: Rect;
  /** Around its parts, one for each line: lower and upper corner at its start, upper and lower at its end. */
  readonly quads: readonly (readonly Point[])[];
}

/** For `pdf.extractText`. */
export const plainTextOf = ({ numbers, bytes }: Item): Answer<string> => ({
  result: decodeText(bytes),
  incomplete: numbers[0] === 1,
});

/** For `pdf.layout`. */
export function layoutOf(item: Item): Answer<TextPage[]> {
  const cursor = new Cursor(item);
  const incomplete = cursor.flag();
  return { incomplete, result: cursor.list(() => readPage(cursor)) };
}

/** For `pdf.search`. */
export function hitsOf(item: Item): Answer<SearchHit[]> {
  const cursor = new Cursor(item);
  const incomplete = cursor.flag();
  const point = (): Point => ({ x: cursor.number(), y: cursor.number() });
  const result = cursor.list(
    (): SearchHit => ({
      page: cursor.number(),
      text: cursor.text(),
      rect: readRect(cursor),
      quads: cursor.list(() => [point(), point(), point(), point()]),
    }),
  );
  return { incomplete, result };
}

/** Left, bottom, right and top. */
export function readRect(cursor: Cursor): Rect {
  const [x, y] = [cursor.number(), cursor.number()];
  return { x, y, width: cursor.number() - x, height: cursor.number() - y };
}

const DIRECTIONS = ['ltr', 'rtl', 'vertical'] as const;

function readPage(cursor: Cursor): TextPage {
  const page = cursor.number();
  const bounds = readRect(cursor);
  const rotation = cursor.number() as TextPage['rotation'];
  const text = cursor.text();
  const part = () => text.slice(cursor.number(), cursor.number());
  const fonts = cursor.list(
    (): TextFont => ({ name: cursor.text(), bold: cursor.flag(), italic: cursor.flag() }),
  );
  const words = cursor.list((): TextWord => {
    const rect = readRect(cursor);
    const text = part();
    return { text, rect, font: fonts[cursor.number()] as TextFont, size: cursor.number() };
  });
  const lines = cursor.list((): TextLine => {
    const rect = readRect(cursor);
    const text = part();
    const own = words.slice(cursor.number(), cursor.number());
    return { text, rect, direction: cursor.choice(DIRECTIONS), angle: cursor.number(), words: own };
  });
  const blocks = cursor.list((): TextBlock => {
    const rect = readRect(cursor);
    const text = part();
    return { text, rect, lines: lines.slice(cursor.number(), cursor.number()) };
  });
  return { page, bounds, rotation, text, blocks, fonts };
}
