import type { Backend, Configuration, Settings } from './contract.js';
import { describe, invalidArgument } from './error.js';

const BACKENDS: readonly Backend[] = ['auto', 'wasm', 'threads', 'native'];

/** Checks changed settings against those that there are. Nothing is changed by a call that names a wrong one. */
export function checked(present: Readonly<Configuration>, changes: unknown): Settings {
  const given = objectOf('settings', changes);
  for (const [name, value] of Object.entries(given)) {
    known(present, name, name);
    if (value === undefined) continue;
    if (name === 'backend') backend(value);
    else if (name === 'debug') flag(name, value);
    else if (name === 'queue') {
      for (const [part, limit] of Object.entries(objectOf(name, value))) {
        known(present.queue, part, `queue.${part}`);
        if (limit !== undefined) whole(`queue.${part}`, limit, 1);
      }
    } else whole(name, value, name === 'idleMs' ? 0 : 1);
  }
  const { queue, ...others } = given as Settings;
  return { ...defined(others), ...(queue && { queue: defined(queue) }) };
}

/** Without what was named but not given: it stays as it is. */
function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

function objectOf(name: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalidArgument('bytemill', `${name}: expected an object, got ${describe(value)}`);
}

function known(present: object, name: string, path: string): void {
  if (name in present) return;
  const names = Object.keys(present).join(', ');
  throw invalidArgument(
    'bytemill',
    `configure: there is no setting ${JSON.stringify(path)}; there are: ${names}`,
  );
}

function whole(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  const expected = least === 0 ? 'a whole number' : 'a positive whole number';
  throw invalidArgument('bytemill', `${name}: expected ${expected}, got ${describe(value)}`);
}

function flag(name: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  throw invalidArgument('bytemill', `${name}: expected true or false, got ${describe(value)}`);
}

function backend(value: unknown): void {
  if (BACKENDS.includes(value as Backend)) return;
  const names = BACKENDS.map((name) => `'${name}'`).join(', ');
  throw invalidArgument('bytemill', `backend: expected one of ${names}, got ${describe(value)}`);
}
