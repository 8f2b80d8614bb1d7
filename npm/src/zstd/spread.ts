import {
  type AsyncBytesInput,
  type BytesInput,
  concat,
  toBytes,
  toBytesAsync,
} from '../core/bytes.js';
import type { CallOptions, Shapes } from '../core/contract.js';
import type { CompressJobOptions, CompressOptions, DecompressOptions } from '../generated/zstd.js';
import { type FrameSpan, frameSpans } from './frames.js';
import { type ParallelOptions, planOf } from './parallel.js';

/** The operations that the parts of one large input go through. */
export interface Encoders {
  readonly compress: Shapes<CompressOptions, Uint8Array>;
  readonly job: Shapes<CompressJobOptions, Uint8Array>;
  readonly checksum: Shapes<object, Uint8Array>;
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
  const jobs = plan.jobs.map((job) => run(job.input, { ...job.options, ...call }));
  const sum = plan.checksum ? encoders.checksum.async(bytes, call) : undefined;
  const [checksum, ...parts] = await Promise.all([sum, ...jobs]);
  return plan.join(parts as Uint8Array[], checksum);
}

/** The same bytes, one part after another. */
export function compressParts(
  encoders: Encoders,
  input: BytesInput,
  options: CompressOptions & ParallelOptions,
): Uint8Array {
  const bytes = toBytes(KERNEL, input);
  const plan = planOf(bytes, options);
  const run = encoders[plan.operation].sync as (input: Uint8Array, options: object) => Uint8Array;
  const parts = plan.jobs.map((job) => run(job.input, job.options));
  return plan.join(parts, plan.checksum ? encoders.checksum.sync(bytes) : undefined);
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
    const parts = groups.map(({ start, end }) => decoder.async(bytes.subarray(start, end), others));
    return concat(await Promise.all(parts));
  } catch {
    // In one piece, for the error that this input has in every other shape.
    return decoder.async(bytes, options);
  }
}

/** The frames of an input in a few groups of about as much content; nothing where that would not pay or not be right. */
function groupsOf(
  bytes: Uint8Array,
  { maxOutputBytes = MAX_OUTPUT_BYTES, maxRatio, allowTrailing }: DecompressOptions,
): FrameSpan[] | undefined {
  if (maxRatio !== undefined || allowTrailing === true) return undefined;
  const spans = frameSpans(bytes);
  if (!spans || spans.length < 2) return undefined;
  const total = spans.reduce((sum, { contentBytes }) => sum + contentBytes, 0);
  if (total < SPREAD_BYTES || total > maxOutputBytes) return undefined;
  const groups: { start: number; end: number; contentBytes: number; skippable: boolean }[] = [];
  for (const { start, end, contentBytes, skippable } of spans) {
    const open = groups.at(-1);
    if (open && (skippable || open.contentBytes + contentBytes <= GROUP_BYTES)) {
      open.end = end;
      open.contentBytes += contentBytes;
    } else groups.push({ start, end, contentBytes, skippable });
  }
  return groups.length > 1 ? groups : undefined;
}

/** Content of a group: enough for a worker not to be asked for every small frame. */
const GROUP_BYTES = 2 << 20;
