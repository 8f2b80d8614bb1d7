import {
  type AsyncBytesInput,
  type BytesInput,
  concat,
  toBytes,
  toBytesAsync,
} from '../core/bytes.js';
import type { CallOptions, Shapes } from '../core/contract.js';
import { describe, invalidArgument } from '../core/error.js';
import type {
  MergeOptions as AllMergeOptions,
  RewriteOptions as AllRewriteOptions,
  SetInfoOptions as AllSetInfoOptions,
} from '../generated/pdf.js';

/** Options of `pdf.merge`. */
export type MergeOptions = Omit<AllMergeOptions, 'lengths'>;

/** Options of `pdf.rewrite`. */
export type RewriteOptions = Omit<
  AllRewriteOptions,
  'encryption' | 'userPassword' | 'ownerPassword' | 'permissions' | 'seed'
>;

/** What readers are to allow who open a document with the user's password. It binds those who keep to it. */
export interface Permissions {
  /** @defaultValue `true` */
  readonly print?: boolean | undefined;
  /**
   * Print in high quality, where `print` is allowed.
   * @defaultValue `true`
   */
  readonly printHighQuality?: boolean | undefined;
  /**
   * Change the contents.
   * @defaultValue `true`
   */
  readonly modify?: boolean | undefined;
  /**
   * Copy text and graphics.
   * @defaultValue `true`
   */
  readonly copy?: boolean | undefined;
  /**
   * Add annotations, and fill in fields.
   * @defaultValue `true`
   */
  readonly annotate?: boolean | undefined;
  /**
   * Fill in fields, even without `annotate`.
   * @defaultValue `true`
   */
  readonly fillForms?: boolean | undefined;
  /**
   * Extract text for accessibility.
   * @defaultValue `true`
   */
  readonly accessibility?: boolean | undefined;
  /**
   * Insert, delete and rotate pages, even without `modify`.
   * @defaultValue `true`
   */
  readonly assemble?: boolean | undefined;
}

/** Options of `pdf.encrypt`. */
export type EncryptOptions = RewriteOptions &
  Pick<AllRewriteOptions, 'userPassword' | 'ownerPassword'> & {
    /**
     * The cipher: `'aes-128'` for readers older than PDF 2.0.
     * @defaultValue `'aes-256'`
     */
    readonly method?: 'aes-256' | 'aes-128' | undefined;
    /** What is allowed with the user's password; everything that is not named. */
    readonly permissions?: Permissions | undefined;
  };

/** Options of `pdf.setInfo`. What is not given stays, `null` takes away. */
export type SetInfoOptions = Omit<AllSetInfoOptions, keyof InfoChanges> & InfoChanges;

/** What becomes of a document's description, in its information dictionary and in its XMP metadata alike. */
export interface InfoChanges {
  readonly title?: string | null | undefined;
  readonly author?: string | null | undefined;
  readonly subject?: string | null | undefined;
  readonly keywords?: string | null | undefined;
  readonly creator?: string | null | undefined;
  readonly producer?: string | null | undefined;
  readonly creationDate?: Date | undefined;
  readonly modificationDate?: Date | undefined;
}

/** An operation of one document, as it is and at once. */
export interface Pair<Options, Result> {
  async(input: AsyncBytesInput, options: Options & CallOptions): Promise<Result>;
  sync(input: BytesInput, options: Options): Result;
}

/** Operations whose options are not those of the kernel: `to` makes these of them, anew for each document. */
export function translated<Options extends object, Own, Result>(
  shapes: Shapes<Own, Result>,
  to: (options: Options) => Own,
): Pair<Options, Result> {
  return {
    async: async (input, options) => {
      const { signal, timeoutMs, transfer, ...own } = options;
      const call = { signal, timeoutMs, transfer } as CallOptions;
      return shapes.async(input, { ...to(own as unknown as Options), ...call });
    },
    sync: (input, options) => shapes.sync(input, to(options)),
  };
}

const PERMISSIONS = [
  'print',
  'printHighQuality',
  'modify',
  'copy',
  'annotate',
  'fillForms',
  'accessibility',
  'assemble',
] as const;

/** For `pdf.encrypt`: every document gets keys of its own. */
export function encryptionOf(options: EncryptOptions): AllRewriteOptions {
  const { method = 'aes-256', permissions = {}, ...others } = options;
  const bits = PERMISSIONS.reduce(
    (sum, name, bit) => sum + (permissions[name] === false ? 0 : 1 << bit),
    0,
  );
  const unknown = Object.keys(permissions).find((name) => !PERMISSIONS.includes(name as never));
  if (unknown !== undefined) {
    const known = PERMISSIONS.join(', ');
    throw invalidArgument('pdf', `permissions: expected some of ${known}, got ${unknown}`);
  }
  const seed = crypto.getRandomValues(new Uint8Array(32));
  return { ...others, encryption: method, permissions: bits, seed };
}

/** For `pdf.setInfo`. */
export function changesOf(options: SetInfoOptions): AllSetInfoOptions {
  const { creationDate, modificationDate, ...others } = options;
  const texts = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, value === null ? '' : value]),
  );
  const dates: Record<string, number> = {};
  for (const [name, date] of Object.entries({ creationDate, modificationDate }))
    if (date !== undefined) dates[name] = secondsOf(name, date);
  return { ...texts, ...dates };
}

/** Seconds since 1970. */
export function secondsOf(name: string, date: unknown): number {
  const seconds = date instanceof Date ? Math.floor(date.getTime() / 1000) : Number.NaN;
  if (Number.isNaN(seconds))
    throw invalidArgument('pdf', `${name}: expected a date, got ${describe(date)}`);
  return seconds;
}

/** `pdf.merge` and `pdf.mergeSync`, whose documents cross as one input. */
export function merging(shapes: Shapes<AllMergeOptions, Uint8Array>) {
  const list = <Input>(inputs: readonly Input[]): readonly Input[] => {
    if (Array.isArray(inputs) && inputs.length > 0) return inputs;
    throw invalidArgument('pdf', `merge: expected a list of documents, got ${describe(inputs)}`);
  };
  const row = (parts: readonly Uint8Array[], options: MergeOptions | undefined) => ({
    ...options,
    lengths: parts.map(({ length }) => length),
  });
  const sync = (inputs: readonly BytesInput[], options?: MergeOptions): Uint8Array => {
    const parts = list(inputs).map((input) => toBytes('pdf', input));
    return shapes.sync(concat(parts), row(parts, options));
  };
  const async = async (
    inputs: readonly AsyncBytesInput[],
    options?: MergeOptions & CallOptions,
  ): Promise<Uint8Array> => {
    const parts = await Promise.all(list(inputs).map((input) => toBytesAsync('pdf', input)));
    return shapes.async(concat(parts), { ...row(parts, options), transfer: true });
  };
  return { async, sync };
}
