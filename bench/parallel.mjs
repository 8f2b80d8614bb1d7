// One large input of zstd on one core and on all: wall time, and how much larger the result becomes.
//   node bench/parallel.mjs [--rounds N] [--mb N]

import { parseArgs } from 'node:util';
import { bytemill } from './bytemill.mjs';
import { environment, load } from './environment.mjs';
import { median } from './harness.mjs';
import { logLines, machineCode, realSource } from './inputs.mjs';
import { describeEnvironment, digits, printTable } from './table.mjs';
import { sameBytes } from './verify.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    mb: { type: 'string', default: '64' },
  },
});
const { zstd, configure, close } = bytemill;
const size = Number(values.mb) << 20;
const cores = environment().cores;

/** Source code, log lines and machine code in turns, a different piece each time. */
function input() {
  const parts = [realSource(8 << 20), machineCode(8 << 20)];
  const bytes = new Uint8Array(size);
  for (let at = 0, turn = 0; at < size; turn++) {
    const part = parts[turn % 3] ?? logLines(4 << 20, turn);
    const from = (turn * (1 << 20)) % (part.length >> 1);
    const piece = part.subarray(from, from + Math.min(4 << 20, size - at));
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const plain = input();
const options = { level: 3 };
const whole = zstd.compressSync(plain, options);
const seekable = zstd.compressSync(plain, { ...options, parallel: 'seekable' });
const ratio = zstd.compressSync(plain, { ...options, parallel: 'ratio' });
/** @type {[string, number, () => Promise<Uint8Array>][]} */
const cases = [
  ['compress', whole.length, () => zstd.compress(plain, options)],
  ['compress, ratio', ratio.length, () => zstd.compress(plain, { ...options, parallel: 'ratio' })],
  [
    'compress, seekable',
    seekable.length,
    () => zstd.compress(plain, { ...options, parallel: 'seekable' }),
  ],
  ['decompress, seekable', plain.length, () => zstd.decompress(seekable)],
];
console.log(`${describeEnvironment(environment(), load())}\n${values.mb} MiB, level 3\n`);

/** @type {Record<string, number[]>} */
const times = {};
const rounds = Number(values.rounds);
for (let round = 0; round <= rounds; round++) {
  for (const concurrency of [1, cores]) {
    configure({ concurrency, idleMs: 60_000 });
    for (const [name, , run] of cases) {
      // Workers start, and their code becomes fast, before anything is timed.
      if (round === 0) await run();
      const start = performance.now();
      const result = await run();
      if (round > 0) (times[`${name} ${concurrency}`] ??= []).push(performance.now() - start);
      else sameBytes(await zstd.decompress(name.startsWith('de') ? whole : result), plain, name);
    }
  }
}
printTable(
  [
    'case',
    'one core ms',
    `${cores} cores ms`,
    'times as fast',
    'as one frame on one core',
    'bytes',
    'of one frame',
  ],
  cases.map(([name, bytes]) => {
    const one = median(times[`${name} 1`]);
    const all = median(times[`${name} ${cores}`]);
    const single = median(times['compress 1']);
    const compresses = name.startsWith('compress');
    return [
      name,
      digits(one),
      digits(all),
      digits(one / all),
      compresses ? digits(single / all) : '',
      `${bytes}`,
      compresses ? digits(bytes / whole.length) : '',
    ];
  }),
);
await close();
