/** The assertions that the suite needs, without a runtime's own module, so that it runs in browsers too. */

function show(value: unknown): string {
  if (value instanceof Uint8Array) {
    const head = Array.from(value.subarray(0, 16), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(' ');
    return `${value.length} bytes [${head}${value.length > 16 ? ' …' : ''}]`;
  }
  if (value instanceof Error)
    return `${value.name} ${(value as { code?: string }).code ?? ''}: ${value.message}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function same(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return false;
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    return left.length === right.length && left.every((byte, index) => byte === right[index]);
  }
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) =>
      same((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
    )
  );
}

/** Fails unless `condition` holds. */
export function ok(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless both are the same, bytes and plain objects by their contents. */
export function equal(actual: unknown, expected: unknown, what = 'value'): void {
  if (!same(actual, expected))
    throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** What an error must look like. */
export interface Expected {
  readonly code: string;
  readonly message?: RegExp;
  readonly index?: number;
  readonly limit?: string;
  readonly kernel?: string;
}

/** Fails unless the error is one of ours and looks as expected; every message must speak to a person. */
export function isError(error: unknown, expected: Expected, what = 'error'): void {
  ok(error instanceof Error, `${what}: expected an Error, got ${show(error)}`);
  const { code, index, limit, kernel } = error as Error & Expected;
  equal(error.name, 'BytemillError', `${what}: name of ${show(error)}`);
  equal(code, expected.code, `${what}: code of ${show(error)}`);
  if (expected.index !== undefined) equal(index, expected.index, `${what}: index`);
  if (expected.limit !== undefined) equal(limit, expected.limit, `${what}: limit`);
  if (expected.kernel !== undefined) equal(kernel, expected.kernel, `${what}: kernel`);
  if (expected.message)
    ok(expected.message.test(error.message), `${what}: message ${show(error.message)}`);
  ok(error.message.length > 8, `${what}: the message says nothing: ${show(error.message)}`);
  ok(
    !/unreachable|unwrap|\[object/.test(error.message),
    `${what}: the message leaks: ${error.message}`,
  );
}

/** Fails unless `work` throws the expected error. */
export function throws(work: () => unknown, expected: Expected, what = 'call'): void {
  let outcome: { readonly error: unknown } | { readonly value: unknown };
  try {
    outcome = { value: work() };
  } catch (error) {
    outcome = { error };
  }
  failedAs(outcome, expected, what);
}

/** Fails unless the promise rejects with the expected error. */
export async function rejects(
  promise: Promise<unknown>,
  expected: Expected,
  what = 'call',
): Promise<void> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  failedAs(outcome, expected, what);
}

function failedAs(outcome: object, expected: Expected, what: string): void {
  if ('error' in outcome) isError(outcome.error, expected, what);
  else
    throw new Error(
      `${what}: expected ${expected.code}, got ${show((outcome as { value: unknown }).value)}`,
    );
}
