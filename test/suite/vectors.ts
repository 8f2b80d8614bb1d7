import { equal, isError, ok } from '../harness/assert.ts';
import { inAllShapes, mod251, type Suite, sha256, shapes, text, unhex } from '../harness/harness.ts';

/** One case of test/vectors/<kernel>/manifest.json. */
interface Case {
  readonly name: string;
  readonly op: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly input: string | { readonly pattern: 'mod251'; readonly length: number };
  /** A file with the expected bytes. */
  readonly output?: string;
  readonly sha256?: string;
  readonly error?: string;
  readonly limit?: string;
  readonly expect?: Readonly<Record<string, unknown>>;
}

interface Blake3Vectors {
  readonly key: string;
  readonly context: string;
  readonly cases: readonly { input_len: number; hash: string; keyed_hash: string; derive_key: string }[];
}

/** Known answers, through all four shapes. */
export const vectors: Suite = (context) => {
  const { test, bytemill, readVector } = context;
  const json = async <T>(path: string): Promise<T> => JSON.parse(text(await readVector(path))) as T;

  test('blake3: the official vectors, in all modes', async () => {
    const { key, context: label, cases } = await json<Blake3Vectors>('blake3/vectors.json');
    equal(cases.length, 35);
    for (const { input_len, hash, keyed_hash, derive_key } of cases) {
      const input = mod251(input_len);
      const modes = [
        [hash, {}],
        [keyed_hash, { key: new TextEncoder().encode(key) }],
        [derive_key, { context: label }],
      ] as const;
      for (const [expected, mode] of modes) {
        const what = `${input_len} bytes, ${Object.keys(mode)[0] ?? 'hash'}`;
        equal(bytemill.hash.blake3HexSync(input, { ...mode, length: expected.length / 2 }), expected, what);
        equal(await bytemill.hash.blake3Hex(input, mode), expected.slice(0, 64), what);
      }
    }
  });

  for (const kernel of ['zstd', 'image', 'pdf']) {
    test(`${kernel}: the manifest's cases`, async () => {
      const { cases } = await json<{ cases: Case[] }>(`${kernel}/manifest.json`);
      ok(cases.length >= 6, `${cases.length} cases`);
      for (const one of cases) await check(one, kernel);
    });
  }

  async function check(one: Case, folder: string): Promise<void> {
    const [family = '', name = ''] = one.op.split('.');
    const operation = shapes((bytemill as unknown as Record<string, object>)[family] ?? {}, name);
    const input = typeof one.input === 'string' ? await readVector(`${folder}/${one.input}`) : mod251(one.input.length);
    const options = { ...one.options };
    if (typeof options['key'] === 'string') options['key'] = unhex(options['key']);
    const outcomes = await inAllShapes(operation, input, options);
    for (const [shape, outcome] of Object.entries(outcomes)) {
      const what = `${one.name} (${shape})`;
      if (one.error !== undefined) {
        ok(outcome.status === 'rejected', `${what}: expected ${one.error}`);
        isError(outcome.reason, { code: one.error, ...(one.limit ? { limit: one.limit } : {}) }, what);
        continue;
      }
      if (outcome.status === 'rejected') throw new Error(`${what}: ${outcome.reason}`);
      const value = outcome.value;
      if (value instanceof Uint8Array) {
        if (one.output !== undefined) equal(value, await readVector(`${folder}/${one.output}`), what);
        if (one.sha256 !== undefined) equal(await sha256(value), one.sha256, what);
      }
      await expected(one.expect ?? {}, value, what);
    }
  }

  async function expected(expect: Readonly<Record<string, unknown>>, value: unknown, what: string): Promise<void> {
    const found = value instanceof Uint8Array ? ((await bytemill.image.metadata(value).catch(() => ({}))) as object) : value;
    for (const [key, wanted] of Object.entries(expect)) {
      if (key === 'contains') {
        for (const part of wanted as string[]) ok(String(value).includes(part), `${what}: the text lacks ${JSON.stringify(part)}`);
      } else if (key === 'text') equal(value, wanted, what);
      else if (key === 'meanRgb' || key === 'tolerance') continue;
      else equal((found as Record<string, unknown>)[key], wanted, `${what}: ${key}`);
    }
  }
};
