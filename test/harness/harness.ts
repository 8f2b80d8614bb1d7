import type * as bytemill from 'bytemill';
import type * as selftest from 'bytemill/selftest';

/** The package under test, and the operations that fail on purpose. */
export interface Api {
  readonly bytemill: typeof bytemill;
  readonly selftest: typeof selftest;
}

/** What some places cannot do. A test that needs one of these says so, and is skipped there for the stated reason. */
export type Ability =
  /** Asynchronous calls leave the calling thread free. */
  | 'beside'
  /** A running kernel can be stopped. */
  | 'stop'
  /** An exhausted stack or memory is an error of the call alone. */
  | 'containment'
  /** Debug builds can be loaded. */
  | 'debug';

/** Where the suite runs, as the place itself describes it. */
export interface Environment extends Api {
  /** Which backend the process was told to use. */
  readonly backend: 'wasm' | 'threads' | 'native';
  /** What `info()` has to call the runtime. */
  readonly runtime: string;
  /** How many cores the place says it has. */
  readonly cores: number;
  /** Whether memory can be shared with workers here, which threads need. */
  readonly sharing: boolean;
  /** Why something cannot be done here. */
  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
  /** Reads a file below test/vectors. */
  readVector(path: string): Promise<Uint8Array>;
  /** Resident memory of the process, where it can be told. */
  residentBytes?(): number;
}

/** What a suite is given: how to declare tests, what to test, and where it runs. */
export interface Context extends Environment {
  /** Declares a test. */
  test(name: string, body: () => void | Promise<void>, needs?: Ability | undefined): void;
  /** Notes a result that has to be the same bytes in every place. */
  record(name: string, result: Uint8Array): Promise<void>;
}

/** A family of tests; runs over every backend and runtime. */
export type Suite = (context: Context) => void;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);
export const text = (bytes: Uint8Array): string => decoder.decode(bytes);
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const unhex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The input of the BLAKE3 vectors: 251 is the largest prime that fits, so that no power of two repeats it. */
export const mod251 = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => index % 251);

/** Bytes that hardly repeat: the low ones of a xorshift32 (13, 17, 5), the same on every run. */
export function noise(length: number, seed = 0x2545f491): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  });
}

/** SHA-256, by the runtime. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return hex(
    new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)),
  );
}

/** The four shapes of an operation under one name, as every family exports them. */
export interface Named {
  readonly name: string;
  readonly input: Uint8Array;
  readonly async: (input: never, options?: never) => Promise<unknown>;
  readonly sync: (input: never, options?: never) => unknown;
  readonly batch: (inputs: never, options?: never) => Promise<unknown>;
  readonly batchSync: (inputs: never, options?: never) => unknown;
}

/** Picks the four shapes of an operation by name. */
export function shapes(family: object, name: string): Omit<Named, 'name' | 'input'> {
  const all = family as Record<string, never>;
  return {
    async: all[name] as never,
    sync: all[`${name}Sync`] as never,
    batch: all[`${name}Batch`] as never,
    batchSync: all[`${name}BatchSync`] as never,
  };
}

/** Runs one input through all four shapes and gives back what each made of it. */
export async function inAllShapes(
  operation: Omit<Named, 'name' | 'input'>,
  input: unknown,
  options?: object,
): Promise<Record<'async' | 'sync' | 'batch' | 'batchSync', PromiseSettledResult<unknown>>> {
  const run = async (work: () => unknown): Promise<PromiseSettledResult<unknown>> => {
    try {
      return { status: 'fulfilled', value: await work() };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  };
  const first = (list: unknown) => (list as unknown[])[0];
  return {
    async: await run(() => operation.async(input as never, options as never)),
    sync: await run(() => operation.sync(input as never, options as never)),
    batch: await run(async () => first(await operation.batch([input] as never, options as never))),
    batchSync: await run(() => first(operation.batchSync([input] as never, options as never))),
  };
}

/** Loads every module there is, which browsers need before synchronous calls. */
export async function readyAll({
  bytemill,
  selftest,
}: Pick<Api, 'bytemill' | 'selftest'>): Promise<void> {
  const { zstd, gzip, brotli, lz4, hash, dedup, image, pdf } = bytemill;
  const families = [zstd, gzip, brotli, lz4, hash, dedup, image, pdf, selftest];
  await Promise.all([
    ...families.map((family) => family.ready()),
    brotli.readyEncoder(),
    hash.readyChecksums(),
    zstd.readyTrainer(),
    image.readyJpeg(),
    pdf.readyCjk(),
    pdf.readyImages(),
    pdf.readyEdit(),
    pdf.readyCreate(),
  ]);
}
