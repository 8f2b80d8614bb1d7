// What it costs to get to a kernel and back:
//   npm run bench -- boundary     (or, where bench/.build/naive is built: node bench/boundary.mjs [--json] [--rounds N])
//
// Ours beside the usual wasm-bindgen function over the same kernel, and beside the kernel alone, looped inside wasm.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bytemill } from './bytemill.mjs';
import { environment, load } from './environment.mjs';
import { measure } from './harness.mjs';
import { randomBytes } from './inputs.mjs';
import { describeEnvironment, printTable } from './table.mjs';
import { sameBytes } from './verify.mjs';

const { hash } = bytemill;
const folder = new URL('./.build/naive/', import.meta.url);
const naive = await import(new URL('naive.js', folder).href);
naive.initSync({ module: readFileSync(new URL('naive_bg.wasm', folder)) });

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
  },
});

/** Enough inputs per call of a contender that a case's own loop costs nothing. */
const LOOP = 1000;
/** Few enough to stay in the first cache, as the kernel's own input does. */
const few = Array.from({ length: 16 }, (_, seed) => randomBytes(64, seed + 1));
const small = Array.from({ length: LOOP }, (_, index) => few[index % few.length]);
const large = Array.from({ length: 100 }, () => randomBytes(50_000));
const packed = (/** @type {Uint8Array[]} */ list) => {
  const offsets = new Uint32Array(list.length + 1);
  list.forEach((input, index) => {
    offsets[index + 1] = offsets[index] + input.length;
  });
  return { bytes: new Uint8Array(Buffer.concat(list)), offsets };
};
const smallPacked = packed(small);
const largePacked = packed(large);
const last = (/** @type {Uint8Array[]} */ list) => list[list.length - 1];
const each = (
  /** @type {Uint8Array[]} */ inputs,
  /** @type {(input: Uint8Array) => any} */ run,
) => {
  let answer;
  for (let index = 0; index < inputs.length; index++) answer = run(inputs[index]);
  return answer;
};

/** The four kinds of calls; every contender does the same inputs, and answers with the last digest. */
const cases = [
  {
    name: '64 B, one call each',
    items: LOOP,
    limit: { ours: 150 },
    contenders: {
      ours: () => each(small, hash.blake3Sync),
      'ours, hex': () => each(small, hash.blake3HexSync),
      'wasm-bindgen': () => each(small, naive.blake3),
      'wasm-bindgen, Result': () => each(small, naive.blake3Checked),
      kernel: () => naive.kernel(64, LOOP),
    },
  },
  {
    name: `64 B x ${LOOP}, one batch`,
    items: LOOP,
    limit: { ours: 60 },
    contenders: {
      ours: () => lastOf(hash.blake3BatchSync(smallPacked, { packed: true })),
      'ours, list in': () => lastOf(hash.blake3BatchSync(small, { packed: true })),
      'ours, list in and out': () => last(hash.blake3BatchSync(small)),
      'wasm-bindgen': () => each(small, naive.blake3),
      kernel: () => naive.kernel(64, LOOP),
    },
  },
  {
    name: `64 B x ${LOOP}, asynchronous calls of one tick`,
    items: LOOP,
    limit: { ours: 15_000 },
    contenders: {
      ours: async () => last(await Promise.all(small.map((input) => hash.blake3(input)))),
      'ours, one batch': async () => last(await hash.blake3Batch(small)),
      kernel: async () => naive.kernel(64, LOOP),
    },
  },
  {
    name: '50 KB x 100',
    items: large.length,
    contenders: {
      ours: () => each(large, hash.blake3Sync),
      'ours, packed batch': () => lastOf(hash.blake3BatchSync(largePacked, { packed: true })),
      'wasm-bindgen': () => each(large, naive.blake3),
      kernel: () => naive.kernel(50_000, large.length),
    },
  },
];

/** @param {{ bytes: Uint8Array, offsets: Uint32Array }} results */
function lastOf({ bytes, offsets }) {
  return bytes.subarray(offsets[offsets.length - 2], offsets[offsets.length - 1]);
}

const before = load();
const outcomes = [];
for (const { name, items, limit, contenders } of cases) {
  const expected = naive.blake3(items === LOOP ? last(small) : last(large));
  const outcome = await measure(
    {
      name,
      family: 'boundary',
      input: name,
      prepare: () => ({
        contenders,
        verify: (/** @type {any} */ answer, /** @type {string} */ contender) => {
          if (contender === 'kernel') return;
          sameBytes(typeof answer === 'string' ? Buffer.from(answer, 'hex') : answer, expected);
        },
      }),
    },
    { rounds: Number(values.rounds) },
  );
  const kernel = outcome.results.kernel.cpuMs;
  const rows = Object.entries(outcome.results).map(([contender, { cpuMs }]) => ({
    contender,
    ns: (cpuMs / items) * 1e6,
    overKernelNs: ((cpuMs - kernel) / items) * 1e6,
    limitNs: limit?.[/** @type {'ours'} */ (contender)],
    oursToIt: outcome.ratios[contender],
  }));
  outcomes.push({ name, rows });
}
await bytemill.close();

if (values.json) {
  const place = { ...environment(), load: { before, after: load() } };
  console.log(JSON.stringify({ environment: place, cases: outcomes }, null, 2));
} else {
  console.log(`${describeEnvironment(environment(), before)}\n`);
  for (const { name, rows } of outcomes) {
    console.log(`${name}: nanoseconds of CPU per input`);
    printTable(
      ['', 'in all', 'over the kernel', 'limit', 'ours / it'],
      rows.map(({ contender, ns, overKernelNs, limitNs, oursToIt }) => [
        contender,
        ns.toFixed(0),
        contender === 'kernel' ? '' : overKernelNs.toFixed(0),
        limitNs?.toFixed(0) ?? '',
        oursToIt?.toFixed(2) ?? '',
      ]),
    );
    console.log();
  }
}
