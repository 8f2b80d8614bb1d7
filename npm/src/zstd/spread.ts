import { type AsyncBytesInput, type BytesInput, toBytes, toBytesAsync } from '../core/bytes.js';
import type { CallOptions, Shapes } from '../core/contract.js';
import type { Session } from '../core/session.js';
import type { CompressJobOptions, CompressOptions, DecompressOptions } from '../generated/zstd.js';
import { frameSpans } from './frames.js';
import { type Job, type ParallelOptions, type Plan, planOf } from './parallel.js';

/** The operations that the parts of one large input go through. */
export interface Encoders {
  readonly compress: Shapes<CompressOptions, Uint8Array>;
  readonly job: Shapes<CompressJobOptions, Uint8Array>;
  /** What finds the checksum of the whole, a part at a time. */
  checksum(): Session;
}

const KERNEL = 'zstd';
/** An input of fewer bytes is not looked at. */
const LARGE_BYTES = 256 << 10;
/** Less content than this is not worth being spread. */
const SPREAD_BYTES = 4 << 20;
/** What `maxOutputBytes` is unless told; bindings/core has it for the kernels. */
const MAX_OUTPUT_BYTES = 256 << 20;

/** Compresses in parts, on all cores. */
export async function compressSpread(
  encoders: Encoders,
  input: AsyncBytesInput,
  { signal, timeoutMs, transfer: _, ...options }: CompressOptions & ParallelOptions & CallOptions,
): Promise<Uint8Array> {
  const call = { signal, timeoutMs };
  const bytes = await toBytesAsync(KERNEL, input);
  const plan = planOf(bytes, options);
  const run = encoders[plan.operation].async as (
    input: Uint8Array,
    options: object,
  ) => Promise<Uint8Array>;
  const checksum = checksumOf(encoders, plan);
  try {
    const parts = plan.jobs.map(async (job) => {
      const part = await run(job.input, { ...job.options, ...call });
      checksum?.next();
      return part;
    });
    return plan.join(await Promise.all(parts), checksum?.finish());
  } finally {
    checksum?.release();
  }
}

/** The same bytes, one part after another. */
export function compressParts(
  encoders: Encoders,
  input: BytesInput,
  options: CompressOptions & ParallelOptions,
): Uint8Array {
  const plan = planOf(toBytes(KERNEL, input), options);
  const run = encoders[plan.operation].sync as (input: Uint8Array, options: object) => Uint8Array;
  const checksum = checksumOf(encoders, plan);
  const parts = plan.jobs.map((job) => {
    checksum?.next();
    return run(job.input, job.options);
  });
  return plan.join(parts, checksum?.finish());
}

/**
 * The checksum of the whole, found on the calling thread, which has nothing else to do: a part for every part that
 * comes back, whichever that is, so that it never keeps the thread for long and the whole is never copied for it.
 */
function checksumOf(encoders: Encoders, { checksum, jobs }: Plan) {
  if (!checksum) return undefined;
  let session: Session | undefined;
  let at = 0;
  return {
    next() {
      session ??= encoders.checksum();
      for (const _ of session.push((jobs[at++] as Job).content));
    },
    finish: () => session?.finish(),
    release: () => session?.release(),
  };
}

/** Whether an input is large enough for a look at its frames. */
export function isLarge(input: AsyncBytesInput): boolean {
  const { byteLength, size } = (input ?? {}) as { byteLength?: number; size?: number };
  return (byteLength ?? size ?? 0) >= LARGE_BYTES;
}

/** Decompresses the frames of a large input on all cores, where their headers say what they hold. */
export async function decompressSpread(
  decoder: Shapes<DecompressOptions, Uint8Array>,
  input: AsyncBytesInput,
  options: DecompressOptions & CallOptions = {},
): Promise<Uint8Array> {
  const bytes = await toBytesAsync(KERNEL, input);
  const groups = groupsOf(bytes, options);
  if (!groups) return decoder.async(bytes, options);
  const { transfer, ...others } = options;
  try {
    return await gather(groups, ({ start, end }) =>
      decoder.async(bytes.subarray(start, end), others),
    );
  } catch {
    // In one piece, for the error that this input has in every other shape.
    return decoder.async(bytes, options);
  }
}

/** Frames that go to a worker together. */
interface Group {
  readonly start: number;
  end: number;
  /** What they say they hold: a decoder holds them to it. */
  contentBytes: number;
}

/** Puts what the groups hold where it belongs, each when it comes: the others are still being decompressed then. */
async function gather(
  groups: readonly Group[],
  decompress: (group: Group) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const output = new Uint8Array(groups.reduce((sum, { contentBytes }) => sum + contentBytes, 0));
  let at = 0;
  const placed = groups.map(async (group) => {
    const offset = at;
    at += group.contentBytes;
    output.set(await decompress(group), offset);
  });
  await Promise.all(placed);
  return output;
}

/** The frames of an input in a few groups of about as much content; nothing where that would not pay or not be right. */
function groupsOf(
  bytes: Uint8Array,
  { maxOutputBytes = MAX_OUTPUT_BYTES, maxRatio, allowTrailing }: DecompressOptions,
): Group[] | undefined {
  if (maxRatio !== undefined || allowTrailing === true) return undefined;
  const spans = frameSpans(bytes);
  if (!spans || spans.length < 2) return undefined;
  const total = spans.reduce((sum, { contentBytes }) => sum + contentBytes, 0);
  if (total < SPREAD_BYTES || total > maxOutputBytes) return undefined;
  const groups: Group[] = [];
  for (const { start, end, contentBytes, skippable } of spans) {
    const open = groups.at(-1);
    if (open && (skippable || open.contentBytes + contentBytes <= GROUP_BYTES)) {
      open.end = end;
      open.contentBytes += contentBytes;
    } else groups.push({ start, end, contentBytes });
  }
  return groups.length > 1 ? groups : undefined;
}

/** Content of a group: enough for a worker not to be asked for every small frame. */
const GROUP_BYTES = 2 << 20;
