import { equal, isError, ok } from '../harness/assert.ts';
import {
  type Api,
  type Context,
  hex,
  inAllShapes,
  mod251,
  noise,
  type Suite,
  sha256,
  shapes,
  text,
  unhex,
} from '../harness/harness.ts';

/** One case of test/vectors/<kernel>/manifest.json. */
export interface Case {
  readonly name: string;
  readonly op: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly input: string | { readonly pattern: 'mod251' | 'noise'; readonly length: number };
  readonly length?: number;
  readonly sha256?: string;
  readonly error?: string;
  readonly limit?: string;
  readonly expect?: Readonly<Record<string, unknown>>;
}

interface Blake3Vectors {
  readonly key: string;
  readonly context: string;
  readonly cases: readonly {
    input_len: number;
    hash: string;
    keyed_hash: string;
    derive_key: string;
  }[];
}

/** The input of a case. */
export async function inputOf(
  { input }: Case,
  folder: string,
  readVector: Context['readVector'],
): Promise<Uint8Array> {
  if (typeof input === 'string') return readVector(`${folder}/${input}`);
  return (input.pattern === 'noise' ? noise : mod251)(input.length);
}

/** Folders of test/vectors that have a manifest. */
export const KERNELS = [
  'zstd',
  'gzip',
  'brotli',
  'lz4',
  'blake3',
  'sha256',
  'xxh3',
  'crc32',
  'dedup',
  'image',
  'pdf',
] as const;

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
        equal(
          bytemill.hash.blake3HexSync(input, { ...mode, length: expected.length / 2 }),
          expected,
          what,
        );
        equal(await bytemill.hash.blake3Hex(input, mode), expected.slice(0, 64), what);
      }
    }
  });

  for (const kernel of KERNELS) {
    test(`${kernel}: the manifest's cases`, async () => {
      const { cases } = await json<{ cases: Case[] }>(`${kernel}/manifest.json`);
      ok(cases.length >= 6, `${cases.length} cases`);
      const wrong: string[] = [];
      for (const one of cases) await check(one, kernel).catch((error) => wrong.push(error.message));
      ok(wrong.length === 0, `${wrong.length} of ${cases.length} cases:\n${wrong.join('\n')}`);
    });
  }

  async function check(one: Case, folder: string): Promise<void> {
    const [family = '', name = ''] = one.op.split('.');
    const operation = shapes((bytemill as unknown as Record<string, object>)[family] ?? {}, name);
    const input = await inputOf(one, folder, readVector);
    const options = { ...one.options };
    if (typeof options['key'] === 'string') options['key'] = unhex(options['key']);
    const outcomes = await inAllShapes(operation, input, options);
    for (const [shape, outcome] of Object.entries(outcomes)) {
      const what = `${one.name} (${shape})`;
      if (one.error !== undefined) {
        ok(outcome.status === 'rejected', `${what}: expected ${one.error}`);
        const limit = one.limit ? { limit: one.limit } : {};
        isError(outcome.reason, { code: one.error, ...limit }, what);
      } else if (outcome.status === 'rejected') throw new Error(`${what}: ${outcome.reason}`);
      else await answer(one, input, outcome.value, what);
    }
  }

  async function answer(one: Case, input: Uint8Array, value: unknown, what: string): Promise<void> {
    const { expect = {} } = one;
    if (one.length !== undefined)
      equal((value as Uint8Array).length, one.length, `${what}: length`);
    if (one.sha256 !== undefined) equal(await sha256(value as Uint8Array), one.sha256, what);
    switch (one.op) {
      case 'zstd.compress': {
        const frame = value as Uint8Array;
        equal(bytemill.zstd.decompressSync(frame), input, `${what}: round trip`);
        const most = Number(expect['maxBytes'] ?? Number.POSITIVE_INFINITY);
        return ok(frame.length <= most, `${what}: ${frame.length} bytes`);
      }
      case 'gzip.compress': {
        const packed = value as Uint8Array;
        const format = one.options?.['format'] as 'gzip' | 'zlib' | 'raw';
        const back = bytemill.gzip.decompressSync(packed, { format });
        equal(back, input, `${what}: round trip`);
        const most = Number(expect['maxBytes'] ?? Number.POSITIVE_INFINITY);
        return ok(packed.length <= most, `${what}: ${packed.length} bytes`);
      }
      case 'brotli.compress': {
        const stream = value as Uint8Array;
        equal(bytemill.brotli.decompressSync(stream), input, `${what}: round trip`);
        return ok(stream.length <= Number(expect['maxBytes']), `${what}: ${stream.length} bytes`);
      }
      case 'lz4.compress': {
        const packed = value as Uint8Array;
        const format = one.options?.['format'] === 'block' ? 'block' : 'frame';
        equal(bytemill.lz4.decompressSync(packed, { format }), input, `${what}: round trip`);
        return ok(packed.length <= Number(expect['maxBytes']), `${what}: ${packed.length} bytes`);
      }
      case 'hash.blake3':
      case 'hash.sha256':
      case 'dedup.fingerprint':
        return equal(hex(value as Uint8Array), expect['hex'], what);
      case 'hash.xxh3':
      case 'hash.xxh128':
      case 'hash.crc32':
      case 'hash.crc32c': {
        const digits = String(expect['hex']);
        equal(typeof value, one.op.startsWith('hash.crc') ? 'number' : 'bigint', what);
        return equal(
          (value as bigint | number).toString(16).padStart(digits.length, '0'),
          digits,
          what,
        );
      }
      case 'dedup.chunk': {
        const { lengths, digests, root } = value as Manifest;
        const found = {
          lengths: Array.from(lengths),
          digests: await sha256(digests),
          root: hex(root),
        };
        return facts(found, expect, what);
      }
      case 'image.thumbnail': {
        const { format, width, height } = await bytemill.image.metadata(value as Uint8Array);
        const wanted = {
          format: expect['format'],
          width: expect['width'],
          height: expect['height'],
        };
        return equal({ format, width, height }, wanted, what);
      }
      case 'pdf.extractText': {
        const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
        const lines = (text: string) => text.split('\n').map(flat).filter(Boolean).join('\n');
        const pages = String(value).split('\f');
        equal(pages.length, expect['pages'], `${what}: pages`);
        for (const [index, part] of (expect['contains'] as string[]).entries()) {
          const page = pages[index] ?? '';
          const name = `${what}: page ${index + 1}`;
          if (expect['exact']) equal(lines(page), part, name);
          else ok(flat(page).includes(flat(part)), `${name} lacks ${part}: ${page}`);
        }
        return;
      }
      case 'pdf.info': {
        const { firstPageSize: size, ...told } = value as Info;
        const pageSize = size ? [size.width, size.height] : null;
        return facts({ ...told, pageSize }, expect, what);
      }
      case 'zstd.decompress':
      case 'gzip.decompress':
      case 'brotli.decompress':
      case 'lz4.decompress':
        return;
      default:
        return facts(value as object, expect, what);
    }
  }
};

type Manifest = Awaited<ReturnType<Api['bytemill']['dedup']['chunk']>>;
type Info = Awaited<ReturnType<Api['bytemill']['pdf']['info']>>;

/** Compares what is listed; a file says `null` where the API says `undefined`. */
function facts(found: object, expect: Readonly<Record<string, unknown>>, what: string): void {
  for (const [key, wanted] of Object.entries(expect)) {
    equal((found as Record<string, unknown>)[key] ?? null, wanted, `${what}: ${key}`);
  }
}
