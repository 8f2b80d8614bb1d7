// How well engines read the text of PDFs, page by page, beside poppler:
//   node bench/pdf-quality/run.mjs [--files DIR] [--engines ours,mupdf,...] [--max-pages 8]

import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bytes, digits, printTable } from '../table.mjs';
import { engines } from './engines.mjs';
import { documents } from './files.mjs';
import { init } from './init.mjs';
import { GOOD, judge, judged } from './judge.mjs';
import { oracles } from './oracle.mjs';
import { reasonFor } from './reasons.mjs';
import { results } from './results.mjs';

const USAGE = `usage: node bench/pdf-quality/run.mjs [options]

  --files DIR            PDFs to read (default: those of the conformance sets)
  --engines A,B          of: ${Object.keys(engines).join(', ')}
  --engine-command LINE  also a command that prints the pages of the file named last, form feeds between them
  --max-pages N          pages of each file (default 8)
  --jobs N               processes at a time (default: as there are cores)
  --fresh                ask the peers again, whose answers are kept by version
  --no-init              no cold starts
  --list N               how many pages below ${GOOD} to list (default: all)
  --json FILE            figures and the list, as JSON`;

const COMMAND = 'command';

function options() {
  try {
    const { values } = parseArgs({
      options: {
        files: { type: 'string' },
        engines: { type: 'string' },
        'engine-command': { type: 'string' },
        'max-pages': { type: 'string', default: '8' },
        jobs: { type: 'string', default: `${availableParallelism()}` },
        fresh: { type: 'boolean', default: false },
        'no-init': { type: 'boolean', default: false },
        list: { type: 'string', default: 'Infinity' },
        json: { type: 'string' },
      },
    });
    const line = values['engine-command'];
    const asked = values.engines?.split(',').filter(Boolean);
    const names = asked ?? (line ? [] : Object.keys(engines));
    const unknown = names.filter((name) => !engines[name]);
    if (unknown.length > 0) throw new Error(`--engines: unknown ${unknown.join(', ')}`);
    const [maxPages, jobs] = [Number(values['max-pages']), Number(values.jobs)];
    for (const [name, value] of Object.entries({ '--max-pages': maxPages, '--jobs': jobs })) {
      if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: expected 1 or more`);
    }
    return { ...values, names, line, maxPages, jobs, list: Number(values.list) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { files, names, line, maxPages, jobs, fresh, list, json, 'no-init': noInit } = options();
const terminal = process.stderr.isTTY;
const progress = (/** @type {string} */ what) => (/** @type {number} */ done) => {
  if (terminal) process.stderr.write(`\r\x1b[K${what}: ${done}${done === count ? '\n' : ''}`);
};

const chosen = documents(files);
if (!chosen) {
  console.log(`skipped: no ${files ?? 'conformance sets (BYTEMILL_SETS names their folder)'}`);
  process.exit(0);
}
const count = chosen.length;

/** @type {Map<string, import('./oracle.mjs').Oracle>} */
const expected = await oracles(chosen, { maxPages, jobs, progress: progress('oracles') }).catch(
  (error) => {
    console.error(error.message);
    process.exit(2);
  },
);
const { pages, annotated } = judged(expected);
const agreed = pages.filter((page) => page.agreed).length;
console.log(
  `${bytes(count)} files, ${maxPages} pages at most of each; poppler opens ${opened('poppler')}, mutool ${opened('mupdf')}
POPALL: ${bytes(pages.length)} pages, AGREE: ${bytes(agreed)} of them; ${annotated} left out for their annotations\n`,
);

/** @param {'poppler' | 'mupdf'} oracle */
function opened(oracle) {
  const read = [...expected.values()].map((one) => one[oracle]);
  return bytes(read.filter(({ status, pages }) => status === 'opened' && pages.length > 0).length);
}

const starts = noInit || names.length === 0 ? {} : init(names);
const rows = [];
/** @type {Record<string, object>} */
const report = {};
/** @type {{ name: string, bad: import('./judge.mjs').Judgement['bad'] } | undefined} */
let first;
for (const name of [...(line ? [COMMAND] : []), ...names]) {
  const how = { maxPages, jobs, fresh, progress: progress(name) };
  const answers = await results(name, chosen, name === COMMAND ? { ...how, line } : how);
  const asked = new Map(chosen.map(({ sha256 }) => [sha256, answers.get(sha256)]));
  const judgement = judge(pages, /** @type {any} */ (asked));
  const { agree, all, characters, order, cpuMs, bad } = judgement;
  const figures = [agree.mean, agree.good, all.mean, all.good, characters, order];
  rows.push([
    name,
    ...Object.values(judgement.files).map(bytes),
    ...figures.map((value) => value.toFixed(4)),
    cpuMs === undefined ? '' : digits(cpuMs),
    starts[name] === undefined ? '' : digits(starts[name]),
  ]);
  const brief = bad.map(({ file, index, score, agreed }) => ({
    file,
    page: index + 1,
    score,
    agreed,
  }));
  report[name] = { ...judgement, initMs: starts[name], bad: brief };
  first ??= { name, bad };
}
const share = `>= ${GOOD}`;
printTable(
  [
    'engine',
    ...['opened', 'refused', 'crashed', 'hung'],
    ...['AGREE', share, 'POPALL', share, 'char', 'order'],
    ...['CPU ms/page', 'init ms'],
  ],
  rows,
);
if (first) {
  const { name, bad } = first;
  console.log(`\n${name}: ${bytes(bad.length)} pages below ${GOOD}, the worst first`);
  const short = bad.slice(0, list);
  printTable(
    ['score', 'page', 'agree', 'file', 'why'],
    short.map(({ score, index, agreed, file }) => [
      score.toFixed(3),
      `${index + 1}`,
      agreed ? 'yes' : 'no',
      file,
      reasonFor(file),
    ]),
  );
}
if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
