// From texts to figures: which pages count, and how an engine does on them.

import { median } from '../harness.mjs';
import { characterScore, orderScore, wordScore, words } from './score.mjs';

/** A page with fewer words in poppler's text says nothing. */
const MIN_WORDS = 5;
/** Where poppler and MuPDF agree this well, the page's text is beyond doubt. */
const AGREEMENT = 0.85;
/** A page below is not read. */
export const GOOD = 0.9;

/**
 * @typedef {object} Page
 * @property {string} sha256 Of its file.
 * @property {string} file
 * @property {number} index
 * @property {string} expected Poppler's text.
 * @property {boolean} agreed Whether MuPDF's is much the same.
 */

/**
 * @typedef {object} Judgement
 * @property {Record<'opened' | 'refused' | 'crashed' | 'hung', number>} files
 * @property {Share} agree On the pages where the oracles agree.
 * @property {Share} all On all of poppler's pages.
 * @property {number} characters Mean over all of poppler's pages.
 * @property {number} order Mean on the pages where the oracles agree.
 * @property {number} [cpuMs] Per page, median of the files.
 * @property {(Page & { score: number })[]} bad Pages below {@link GOOD}, the worst first.
 */

/** @typedef {{ mean: number, good: number }} Share Mean score, and the share of pages that reach {@link GOOD}. */

/**
 * The pages that count.
 * @param {Map<string, import('./oracle.mjs').Oracle>} oracles
 * @returns {{ pages: Page[], annotated: number }} And how many were left out for their annotations.
 */
export function judged(oracles) {
  /** @type {Page[]} */
  const pages = [];
  let annotated = 0;
  for (const [sha256, oracle] of oracles) {
    for (const [index, expected] of oracle.poppler.pages.entries()) {
      if (words(expected).length < MIN_WORDS) continue;
      if (oracle.annotated.includes(index)) annotated++;
      else {
        const agreed = wordScore(oracle.mupdf.pages[index] ?? '', expected) >= AGREEMENT;
        pages.push({ sha256, file: oracle.name, index, expected, agreed });
      }
    }
  }
  return { pages, annotated };
}

/** @param {readonly number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {readonly number[]} scores @returns {Share} */
const share = (scores) => ({
  mean: mean(scores),
  good: scores.filter((score) => score >= GOOD).length / scores.length,
});

/**
 * @param {readonly Page[]} pages
 * @param {Map<string, import('./pool.mjs').Answer>} answers By digest. A page that is not there scores 0.
 * @returns {Judgement}
 */
export function judge(pages, answers) {
  const scored = pages.map((page) => {
    const got = answers.get(page.sha256)?.pages[page.index] ?? '';
    const score = wordScore(got, page.expected);
    const order = page.agreed ? orderScore(got, page.expected) : 0;
    return { ...page, score, order, characters: characterScore(got, page.expected) };
  });
  const agreed = scored.filter((page) => page.agreed);
  const files = { opened: 0, refused: 0, crashed: 0, hung: 0 };
  const times = [];
  for (const { status, cpuMs, pages: texts } of answers.values()) {
    // Some open anything and find no page in it.
    files[status === 'opened' && texts.length === 0 ? 'refused' : status]++;
    if (cpuMs !== undefined) times.push(cpuMs);
  }
  return {
    files,
    agree: share(agreed.map(({ score }) => score)),
    all: share(scored.map(({ score }) => score)),
    characters: mean(scored.map(({ characters }) => characters)),
    order: mean(agreed.map(({ order }) => order)),
    cpuMs: times.length > 0 ? median(times) : undefined,
    bad: scored.filter(({ score }) => score < GOOD).sort((a, b) => a.score - b.score),
  };
}
