import type { Item } from '../core/item.js';
import { Cursor } from './cursor.js';
import { type Rect, readRect } from './text.js';

/**
 * A place in a document. Coordinates are points from the lower left of the page; those that are missing stay as they are
 * when a viewer goes there.
 */
export interface Destination {
  /** The page, counted from 1; undefined where it leads to no page of the document. */
  readonly page: number | undefined;
  /** How it is to be shown (ISO 32000-1, table 151). */
  readonly view: 'XYZ' | 'Fit' | 'FitH' | 'FitV' | 'FitR' | 'FitB' | 'FitBH' | 'FitBV';
  readonly left: number | undefined;
  readonly bottom: number | undefined;
  readonly right: number | undefined;
  readonly top: number | undefined;
  /** 1 is the natural size. */
  readonly zoom: number | undefined;
}

/** Where a link or an entry of the outline leads. */
export type Target =
  | { readonly type: 'page'; readonly destination: Destination }
  /** A name that the document does not define. */
  | { readonly type: 'undefined'; readonly name: string }
  | { readonly type: 'uri'; readonly uri: string }
  /** Another document. */
  | {
      readonly type: 'remote';
      readonly file: string;
      readonly destination: Destination;
      readonly name: string | undefined;
    }
  /** A program or a file that is to be opened. */
  | { readonly type: 'launch'; readonly file: string }
  /** What viewers know by name, such as `NextPage`. */
  | { readonly type: 'named'; readonly name: string }
  | { readonly type: 'javascript'; readonly script: string }
  | { readonly type: 'other'; readonly action: string };

/** An entry of a document's outline, which viewers show as bookmarks. */
export interface OutlineItem {
  readonly title: string;
  readonly target: Target | undefined;
  readonly bold: boolean;
  readonly italic: boolean;
  /** Whether the entries below it are shown at first. */
  readonly open: boolean;
  /** Red, green and blue, 0 to 1. */
  readonly colour: readonly [number, number, number];
  readonly children: readonly OutlineItem[];
}

/** A link on a page. */
export interface Link {
  /** The page, counted from 1. */
  readonly page: number;
  readonly rect: Rect;
  readonly target: Target;
}

const VIEWS = ['XYZ', 'Fit', 'FitH', 'FitV', 'FitR', 'FitB', 'FitBH', 'FitBV'] as const;

function readDestination(cursor: Cursor): Destination {
  return {
    page: cursor.optional(),
    view: cursor.choice(VIEWS),
    left: cursor.optional(),
    bottom: cursor.optional(),
    right: cursor.optional(),
    top: cursor.optional(),
    zoom: cursor.optional(),
  };
}

function readTarget(cursor: Cursor): Target {
  switch (cursor.number()) {
    case 0:
      return { type: 'page', destination: readDestination(cursor) };
    case 1:
      return { type: 'undefined', name: cursor.text() };
    case 2:
      return { type: 'uri', uri: cursor.text() };
    case 3: {
      const file = cursor.text();
      const destination = readDestination(cursor);
      return { type: 'remote', file, destination, name: cursor.optionalText() };
    }
    case 4:
      return { type: 'launch', file: cursor.text() };
    case 5:
      return { type: 'named', name: cursor.text() };
    case 6:
      return { type: 'javascript', script: cursor.text() };
    default:
      return { type: 'other', action: cursor.text() };
  }
}

/** For `pdf.outline`: entries come in the order of reading, each with its depth. */
export function outlineOf(item: Item): OutlineItem[] {
  const cursor = new Cursor(item);
  /** The list that entries of each depth go to. */
  const levels: OutlineItem[][] = [[]];
  cursor.list(() => {
    const title = cursor.text();
    const depth = cursor.number();
    const [bold, italic, open] = [cursor.flag(), cursor.flag(), cursor.flag()];
    const colour = [cursor.number(), cursor.number(), cursor.number()] as const;
    const target = cursor.flag() ? readTarget(cursor) : undefined;
    const children: OutlineItem[] = [];
    levels.length = Math.min(levels.length, depth + 1);
    levels.at(-1)?.push({ title, target, bold, italic, open, colour, children });
    levels.push(children);
  });
  return levels[0] as OutlineItem[];
}

/** For `pdf.links`. */
export function linksOf(item: Item): Link[] {
  const cursor = new Cursor(item);
  return cursor.list(() => ({
    page: cursor.number(),
    rect: readRect(cursor),
    target: readTarget(cursor),
  }));
}

/** For `pdf.destinations`. */
export function destinationsOf(item: Item): Map<string, Destination> {
  const cursor = new Cursor(item);
  return new Map(cursor.list(() => [cursor.text(), readDestination(cursor)] as const));
}
