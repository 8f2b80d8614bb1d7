// One large input on one thread and on all: `node bench/threads.mjs [--chromium=PATH] [--megabytes=64]`.
//
// Prints medians and ratios of the whole call and of the job without the copying of its input, which no thread can
// share; the event loop's longest gap meanwhile, and the load of the machine: on a busy one
// the ratio says nothing.

import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import * as bytemill from '../npm/dist/index.mjs';
import { serve } from '../test/runtime/browser/server.mjs';

const ROUNDS = 6;
const option = (name, otherwise) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const bytes = Number(option('megabytes', '64')) << 20;

/** Runs in Node and, as text, in the page. */
async function measure({ hash, configure, info, close }, bytes, rounds) {
  const input = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i++) input[i] = i % 251;
  const expected = hash.blake3HexSync(input);
  const cores = info().concurrency;
  const call = async () => {
    const before = info().counters.threadedMs;
    const start = performance.now();
    const digest = await hash.blake3Hex(input);
    const ms = performance.now() - start;
    if (digest !== expected) throw new Error('another digest');
    return { ms, job: info().counters.threadedMs - before };
  };
  // In turns, so that a slow minute of the machine hits both alike; the first two calls of a turn are not counted.
  const samples = { 1: [], [cores]: [] };
  for (let round = 0; round < rounds; round++) {
    for (const threads of round % 2 === 0 ? [1, cores] : [cores, 1]) {
      await close();
      configure({ backend: 'threads', concurrency: threads });
      for (let warm = 0; warm < 2; warm++) await call();
      for (let calls = 0; calls < 5; calls++) samples[threads].push(await call());
    }
  }
  // Apart, because a timer every millisecond takes its part of the cores.
  let gap = 0;
  for (let calls = 0; calls < 5; calls++) {
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      gap = Math.max(gap, now - last);
      last = now;
    }, 1);
    await call();
    clearInterval(timer);
  }
  await close();
  const middle = (threads, name) =>
    samples[threads].map((sample) => sample[name]).sort((left, right) => left - right)[
      samples[threads].length >> 1
    ];
  const medians = Object.fromEntries(
    [1, cores].map((threads) => [
      threads,
      { ms: middle(threads, 'ms'), job: middle(threads, 'job') },
    ]),
  );
  return { cores, medians, gap, notices: info().notices };
}

function print(runtime, { cores, medians, gap, notices }) {
  const one = medians[1];
  const all = medians[cores];
  const round = (number) => number.toFixed(1);
  console.log(
    `${runtime}: the call ${round(one.ms)} ms on 1 thread, ${round(all.ms)} on ${cores}, ${(one.ms / all.ms).toFixed(2)}x;` +
      ` the job alone ${round(one.job)} and ${round(all.job)}, ${(one.job / all.job).toFixed(2)}x;` +
      ` longest gap of the event loop ${round(gap)} ms`,
  );
  for (const notice of notices) console.log(`  ${notice}`);
}

console.log(
  `${bytes >> 20} MiB of BLAKE3, medians of ${ROUNDS * 5}; load average ${loadavg()[0].toFixed(2)}`,
);
if (bytemill.info().threads === true) {
  print(`Node ${process.versions.node}`, await measure(bytemill, bytes, ROUNDS));
} else console.log(`Node ${process.versions.node}: ${bytemill.info().threads}`);

const executablePath = option('chromium');
if (executablePath) {
  const server = await serve(true);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/blank`);
    await sleep(500);
    const program = `(async () => {
      const bytemill = await import('/npm/index.web.mjs');
      await bytemill.hash.ready();
      return (${measure})(bytemill, ${bytes}, ${ROUNDS});
    })()`;
    print(`Chromium ${browser.version()}, isolated`, await page.evaluate(program));
  } finally {
    await browser.close();
    server.close();
  }
}
