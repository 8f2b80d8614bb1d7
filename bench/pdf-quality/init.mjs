// What it costs to load an engine and to read a first page of one word, in a fresh process above an empty one.

import { measureStart, pdfStart } from '../startup.mjs';

const ROUNDS = 5;
/** Settings do not change what is loaded. */
const plain = (/** @type {string} */ name) => name.replace(' configured', '');

/**
 * @param {readonly string[]} names Of engines.
 * @returns {Record<string, number>} Milliseconds of CPU time.
 */
export function init(names) {
  const asked = Object.entries(pdfStart.contenders).filter(
    // It stands first, whoever else is asked for: the others are compared with it.
    ([name]) => name === 'ours' || names.some((other) => plain(other) === name),
  );
  const { results } = measureStart(
    { ...pdfStart, contenders: Object.fromEntries(asked) },
    { rounds: ROUNDS },
  );
  return Object.fromEntries(names.map((name) => [name, results[plain(name)].cpuMs]));
}
