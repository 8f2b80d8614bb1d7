// How much of a page's text an engine found: bags of words, so that reading order, in which good engines differ, is left
// out of it.

/** Han, kana, Hangul and what stands with them: their words are not set apart by spaces, each character counts as one. */
const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/gu;

/** Poppler sets marks of direction around what is written from right to left; they are no part of words. */
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** @param {string} text */
const plain = (text) => text.normalize('NFKC').replace(DIRECTION, '').toLowerCase();

/** @param {string} text */
export const words = (text) => plain(text).replace(CJK, ' $& ').split(/\s+/u).filter(Boolean);

/** @param {string} text */
export const characters = (text) => [...plain(text).replace(/\s+/gu, '')];

/** @param {readonly string[]} list */
export function bag(list) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return { counts, size: list.length };
}

/**
 * F1 of two bags: 1 where they are equal, 0 where they share nothing.
 * @param {ReturnType<typeof bag>} got
 * @param {ReturnType<typeof bag>} expected
 */
export function f1(got, expected) {
  if (got.size + expected.size === 0) return 1;
  let shared = 0;
  for (const [one, count] of got.counts) shared += Math.min(count, expected.counts.get(one) ?? 0);
  return (2 * shared) / (got.size + expected.size);
}

/** @param {string} got @param {string} expected */
export const wordScore = (got, expected) => f1(bag(words(got)), bag(words(expected)));

/** @param {string} got @param {string} expected */
export const characterScore = (got, expected) =>
  f1(bag(characters(got)), bag(characters(expected)));

/**
 * F1 of the bags of pairs of words that follow each other: what is read in another order, such as lines across columns,
 * has other pairs.
 * @param {string} got
 * @param {string} expected
 */
export const orderScore = (got, expected) =>
  f1(bag(pairs(words(got))), bag(pairs(words(expected))));

/** @param {readonly string[]} list */
const pairs = (list) => list.slice(1).map((word, index) => `${list[index]} ${word}`);
