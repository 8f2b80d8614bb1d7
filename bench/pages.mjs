// A document of many pages: text of all of them on one thread and on all, and of one page alone:
// `node bench/pages.mjs [--pages=1000]`, on Node 22 and later.
//
// Wall time, medians, in turns; threads say nothing on a machine that does other work.

import { loadavg } from 'node:os';
import * as bytemill from '../npm/dist/index.mjs';

const ROUNDS = 7;
const wanted = process.argv.find((word) => word.startsWith('--pages='));
const count = Number(wanted?.slice('--pages='.length) ?? 1000);
const { pdf, configure, close, info } = bytemill;

/** A document as reports are: a heading and lines of words that differ from page to page. */
function report() {
  const words = 'river harbour stone winter letter garden market silver engine morning'.split(' ');
  const document = pdf.create({ title: `${count} pages` });
  for (let number = 1; number <= count; number++) {
    const page = document.page();
    page.text(`Chapter ${number}`, { x: 60, y: 780, size: 18, font: 'Helvetica-Bold' });
    const text = Array.from({ length: 450 }, (_, at) => words[(at * 7 + number * at) % 10]);
    page.text(text.join(' '), { x: 60, y: 740, width: 470, size: 10, align: 'justify' });
  }
  return document.toBytesSync();
}

const median = (samples) => samples.sort((one, other) => one - other)[samples.length >> 1];

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

const file = report();
const cores = info().concurrency;
const samples = { one: [], all: [], page: [], open: [] };
const expected = pdf.extractTextSync(file);
const pages = expected.split('\f');
const special = Math.min(900, count);
for (let round = 0; round < ROUNDS; round++) {
  const turns = round % 2 === 0 ? [1, cores] : [cores, 1];
  for (const threads of turns) {
    await close();
    configure({ backend: 'threads', concurrency: threads });
    await pdf.extractText(file, { lastPage: 1 });
    const { ms, result } = await timed(() => pdf.extractText(file));
    if (result !== expected) throw new Error('another text');
    samples[threads === 1 ? 'one' : 'all'].push(ms);
  }
  const range = { firstPage: special, lastPage: special };
  const page = await timed(() => pdf.extractTextSync(file, range));
  if (page.result !== pages[special - 1]) throw new Error(`another page ${special}`);
  samples.page.push(page.ms);
  const document = pdf.openSync(file);
  samples.open.push((await timed(() => document.extractText(range))).ms);
  document.release();
}
const [one, all, page, open] = [samples.one, samples.all, samples.page, samples.open].map(median);
const { workerMemoryBytes } = info();
await close();

const ms = (value) => `${value.toFixed(1)} ms`;
console.log(`${count} pages, ${file.length} bytes; load average ${loadavg()[0].toFixed(2)}`);
console.log(
  `all pages: ${ms(one)} on 1 thread, ${ms(all)} on ${cores}, ${(one / all).toFixed(2)}x`,
);
console.log(
  `page ${special} alone: ${ms(page)}, 1/${(one / page).toFixed(0)} of all; of an open document ${ms(open)}`,
);
console.log(`memory of the threads at the end: ${(workerMemoryBytes / 2 ** 20).toFixed(0)} MiB`);
