import type { ErrorCode } from '../generated/errors.js';

/** Marks errors of this package, whichever copy of it (ESM, CJS, a reloaded bundle) made them. */
const BRAND = Symbol.for('bytemill.error');

/** What an error knows besides its message. */
export interface ErrorDetails {
  /** Family of the operation that failed, such as `'zstd'`. */
  readonly kernel?: string | undefined;
  /** Position of the guilty input in a batch. */
  readonly index?: number | undefined;
  /** Where in the input, in bytes. */
  readonly offset?: number | undefined;
  /** Name of the option that sets the limit, for `ERR_LIMIT_EXCEEDED`. */
  readonly limit?: string | undefined;
  /** What caused it, such as the `reason` of an aborted signal. */
  readonly cause?: unknown;
}

/**
 * The one error that this package throws or rejects with. Branch on {@link BytemillError.code}, never on the message.
 *
 * @example
 * ```ts
 * try {
 *   zstd.decompressSync(bytes);
 * } catch (error) {
 *   if (error instanceof BytemillError && error.code === 'ERR_CHECKSUM') console.log('damaged in transit');
 *   else throw error;
 * }
 * ```
 */
export class BytemillError extends Error {
  override readonly name = 'BytemillError';
  /** What went wrong: one of a closed list. */
  readonly code: ErrorCode;
  /** Family of the operation that failed, such as `'zstd'`. */
  readonly kernel: string | undefined;
  /** Position of the guilty input in a batch. */
  readonly index: number | undefined;
  /** Where in the input, in bytes. */
  readonly offset: number | undefined;
  /** Name of the option that sets the limit, for `ERR_LIMIT_EXCEEDED`. */
  readonly limit: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.kernel = details.kernel;
    this.index = details.index;
    this.offset = details.offset;
    this.limit = details.limit;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The same error, for the input at `index` of a batch. */
  at(index: number): BytemillError {
    const { code, message, kernel, offset, limit, cause } = this;
    return new BytemillError(code, message, { kernel, index, offset, limit, cause });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** Shorthand for the commonest error: an argument that is not what was expected. */
export function invalidArgument(kernel: string, message: string): BytemillError {
  return new BytemillError('ERR_INVALID_ARGUMENT', message, { kernel });
}

/** How a value is named in a message: `a string`, `null`, `an array`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string')
    return value.length > 40 ? 'a string' : `the string ${JSON.stringify(value)}`;
  if (typeof value === 'object') return `an instance of ${value.constructor?.name ?? 'Object'}`;
  return `a ${typeof value}`;
}
