import { type BytesInput, toBytes } from './bytes.js';
import { hexOfBytes } from './decode.js';
import { type Disposing, releasedByUsing } from './dispose.js';
import { BytemillError } from './error.js';
import { type Pieces, wholeBytes } from './pieces.js';

/** Gathered before anything crosses to the kernel: BLAKE3 in steps of 1 KB takes 2.4 times as long as in these. */
const GATHER_BYTES = 64 << 10;
/** The first bytes are gathered here; hashers of little input stay small. */
const FIRST_BYTES = 1 << 10;
/** Larger pieces go to the kernel from where they are, so much at a time. */
const PIECE_BYTES = 1 << 20;

/** Takes its input piece by piece, on the calling thread. */
export type Hasher<Digest> = Disposing & {
  /** Takes the next bytes of the input, copying what it does not need yet, and gives itself back. */
  update(input: BytesInput): Hasher<Digest>;
  /** The result for all that was taken. Does not end anything: more may follow. */
  digest(): Digest;
  /** Forgets what was taken; key, context and seed stay. Gives itself back. */
  reset(): Hasher<Digest>;
  /** Another one, in the state of this one. */
  clone(): Hasher<Digest>;
  /** Gives the memory back; using it afterwards fails with `ERR_RELEASED`. What is not released is collected as garbage. */
  release(): void;
};

/** A {@link Hasher} of BLAKE3. */
export type Blake3Hasher = Omit<Hasher<Uint8Array>, 'update' | 'digest' | 'reset' | 'clone'> & {
  /** Takes the next bytes of the input, copying what it does not need yet, and gives itself back. */
  update(input: BytesInput): Blake3Hasher;
  /** `length` bytes of the digest of all that was taken. Does not end anything: more may follow. */
  digest(length?: number): Uint8Array;
  /** {@link digest} as lower-case hexadecimal text. */
  digestHex(length?: number): string;
  /** Forgets what was taken; key and context stay. Gives itself back. */
  reset(): Blake3Hasher;
  /** Another one, in the state of this one. */
  clone(): Blake3Hasher;
};

/** A {@link Hasher} of SHA-256. */
export type Sha256Hasher = Omit<Hasher<Uint8Array>, 'update' | 'reset' | 'clone'> & {
  /** Takes the next bytes of the input, copying what it does not need yet, and gives itself back. */
  update(input: BytesInput): Sha256Hasher;
  /** {@link digest} as lower-case hexadecimal text. */
  digestHex(): string;
  /** Forgets what was taken. Gives itself back. */
  reset(): Sha256Hasher;
  /** Another one, in the state of this one. */
  clone(): Sha256Hasher;
};

/** Gathers pieces and keeps the state between them. */
export class PieceHasher<Options, State, Result> {
  readonly #kernel: string;
  readonly #pieces: Pieces<Options, State, Result>;
  readonly #options: Options | undefined;
  #state: State | undefined;
  #gathered: Uint8Array | undefined;
  #filled = 0;

  constructor(
    kernel: string,
    pieces: Pieces<Options, State, Result>,
    options: Options | undefined,
  ) {
    this.#kernel = kernel;
    this.#pieces = pieces;
    this.#options = options;
    this.#gathered = new Uint8Array(FIRST_BYTES);
  }

  update(input: BytesInput): this {
    const bytes = toBytes(this.#kernel, input);
    const gathered = this.#room(bytes.length);
    if (bytes.length <= gathered.length - this.#filled) {
      gathered.set(bytes, this.#filled);
      this.#filled += bytes.length;
      return this;
    }
    this.#take(gathered, bytes);
    return this;
  }

  digest(length?: number): Result {
    const bytes = this.#alive().subarray(0, this.#filled);
    const options =
      length === undefined ? this.#options : ({ ...this.#options, length } as Options);
    const { whole, finish, last } = this.#pieces;
    if (this.#state === undefined) return whole.sync(bytes, options);
    return finish.sync(bytes, last(options, this.#state));
  }

  digestHex(length?: number): string {
    return hexOfBytes(this.digest(length) as Uint8Array);
  }

  reset(): this {
    this.#alive();
    this.#state = undefined;
    this.#filled = 0;
    return this;
  }

  clone(): PieceHasher<Options, State, Result> {
    const gathered = this.#alive();
    const other = new PieceHasher(this.#kernel, this.#pieces, this.#options);
    // A state is never changed, only replaced.
    other.#state = this.#state;
    other.#gathered = gathered.slice();
    other.#filled = this.#filled;
    return other;
  }

  release(): void {
    this.#state = this.#gathered = undefined;
    this.#filled = 0;
  }

  static {
    releasedByUsing(PieceHasher.prototype);
  }

  #alive(): Uint8Array {
    if (this.#gathered) return this.#gathered;
    const message = 'expected a hasher, got one that was released';
    throw new BytemillError('ERR_RELEASED', message, { kernel: this.#kernel });
  }

  /** The gathered bytes, with room for `more` if they may ever have it. */
  #room(more: number): Uint8Array {
    const gathered = this.#alive();
    const wanted = this.#filled + more;
    if (wanted <= gathered.length || gathered.length === GATHER_BYTES) return gathered;
    const grown = new Uint8Array(wanted > GATHER_BYTES / 8 ? GATHER_BYTES : wanted * 2);
    grown.set(gathered.subarray(0, this.#filled));
    this.#gathered = grown;
    return grown;
  }

  /** Takes more than there is room for. */
  #take(gathered: Uint8Array, bytes: Uint8Array): void {
    const most = gathered.length - this.#filled;
    gathered.set(bytes.subarray(0, most), this.#filled);
    let at = most;
    // As much as leaves the bytes in front of a piece that goes from where it is, or whatever can go.
    let whole = wholeBytes(gathered.length);
    if (bytes.length - at >= 2 * GATHER_BYTES) {
      whole = gathered.length;
      this.#push(gathered);
      this.#filled = 0;
      while (bytes.length - at > GATHER_BYTES) {
        const end = at + Math.min(PIECE_BYTES, wholeBytes(bytes.length - at));
        this.#push(bytes.subarray(at, end));
        at = end;
      }
    } else {
      this.#push(gathered.subarray(0, whole));
      gathered.copyWithin(0, whole);
      this.#filled = gathered.length - whole;
    }
    this.update(bytes.subarray(at));
  }

  #push(piece: Uint8Array): void {
    const { update, next } = this.#pieces;
    this.#state = update.sync(piece, next(this.#options, this.#state));
  }
}
