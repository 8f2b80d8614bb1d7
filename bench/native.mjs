// What wasm costs over the native build of the same crates, operation by operation:
//   node bench/native.mjs [--json] [--filter TEXT] [--rounds N]
//
// Single inputs on the calling thread. The crates choose their SIMD at run time: BLAKE3 finds AVX-512 on some machines,
// which wasm cannot have.

import { parseArgs } from 'node:util';
import { bytemill } from './bytemill.mjs';
import { environment, load } from './environment.mjs';
import { measure } from './harness.mjs';
import { logLines, photo, randomBytes, report, sourceText } from './inputs.mjs';
import { describeEnvironment, printOutcome } from './table.mjs';

const { configure, hash, image, info, pdf, zstd } = bytemill;
const KIB = 1 << 10;
const MIB = 1 << 20;
/** Most that wasm may take, as a multiple of native. */
const CODEC = { native: 1.6 };
const WIDE_HASH = { native: 3.5 };

/** @type {{ name: string, input: string, target?: Record<string, number>, prepare: () => () => unknown }[]} */
const operations = [
  ...[64, 64 * KIB, MIB].map((length) => ({
    name: `blake3 ${length < KIB ? `${length} B` : `${length / KIB} KB`}`,
    input: 'random bytes',
    target: WIDE_HASH,
    prepare() {
      const bytes = randomBytes(length);
      return () => hash.blake3Sync(bytes);
    },
  })),
  ...[
    { name: 'source', make: () => sourceText(MIB) },
    { name: 'log', make: () => logLines(MIB) },
  ].flatMap(({ name, make }) => [
    {
      name: `zstd compress ${name}`,
      input: '1 MB, level 3',
      target: CODEC,
      prepare() {
        const bytes = make();
        return () => zstd.compressSync(bytes);
      },
    },
    {
      name: `zstd decompress ${name}`,
      input: '1 MB',
      target: CODEC,
      prepare() {
        const frame = zstd.compressSync(make());
        return () => zstd.decompressSync(frame);
      },
    },
  ]),
  {
    name: 'thumbnail',
    input: 'JPEG of 2 megapixels to JPEG, 320 px wide',
    target: CODEC,
    prepare() {
      const bytes = photo(2);
      return () => image.thumbnailSync(bytes, { width: 320 });
    },
  },
  {
    name: 'extract text',
    input: 'report of 8 pages',
    prepare() {
      const { bytes } = report(8);
      return () => pdf.extractTextSync(bytes);
    },
  },
];

/** The same call, by one of the builds; choosing costs a microsecond, which both pay. */
const by = (/** @type {string} */ backend, /** @type {() => unknown} */ call) => () => {
  configure({ backend });
  return call();
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    filter: { type: 'string', default: '' },
    rounds: { type: 'string', default: '9' },
  },
});
configure({ backend: 'native' });
if (info().backend !== 'native') throw new Error(info().notices.join('; '));

const before = load();
const outcomes = [];
for (const { prepare, ...operation } of operations) {
  if (!operation.name.includes(values.filter)) continue;
  const call = prepare();
  const expected = by('native', call)();
  const outcome = await measure(
    {
      ...operation,
      family: 'wasm / native',
      prepare: () => ({
        contenders: { ours: by('wasm', call), native: by('native', call) },
        verify(answer) {
          const same =
            typeof answer === 'string'
              ? answer === expected
              : Buffer.compare(answer, expected) === 0;
          if (!same) throw new Error('wasm and native differ');
        },
      }),
    },
    { rounds: Number(values.rounds) },
  );
  outcomes.push(outcome);
  if (!values.json) printOutcome(outcome);
}

if (values.json) {
  const place = { ...environment(), load: { before, after: load() } };
  console.log(JSON.stringify({ environment: place, cases: outcomes }, null, 2));
} else console.log(describeEnvironment(environment(), before));
