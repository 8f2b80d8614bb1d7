import { suites } from '../suite/all.ts';
import { type Context, type Environment, sha256 } from './harness.ts';

/** How one test went. */
export interface Outcome {
  readonly suite: string;
  readonly name: string;
  readonly ms: number;
  readonly error?: string;
  /** Why it was not run. */
  readonly skipped?: string;
}

/** What a place tells of its run; plain data, for it travels as JSON. */
export interface Report {
  readonly outcomes: readonly Outcome[];
  /** Digests of results that have to be the same everywhere, by name. */
  readonly digests: Readonly<Record<string, string>>;
}

/** What holds for the native backend wherever it runs. */
const NATIVE_LACKS: Environment['lacks'] = {
  stop: 'a native kernel runs to its end',
  containment: 'a native process has one stack and one heap',
  debug: 'the native addon brings no debug build',
};

/** Runs every suite, one test after another. The same function in every runtime: it needs nothing but promises. */
export async function runSuites(
  environment: Environment,
  onStart: (test: string) => void = () => {},
): Promise<Report> {
  const { backend } = environment;
  chooseBackend(environment);
  const lacks: Environment['lacks'] = {
    ...environment.lacks,
    ...(backend === 'native' ? NATIVE_LACKS : {}),
  };
  const outcomes: Outcome[] = [];
  const digests: Record<string, string> = {};
  for (const [suite, declare] of Object.entries(suites)) {
    const tests: Parameters<Context['test']>[] = [];
    declare({
      ...environment,
      lacks,
      test: (...test) => void tests.push(test),
      record: async (name, result) => void (digests[name] = await sha256(result)),
    });
    for (const [name, body, needs] of tests) {
      const skipped = needs && lacks[needs];
      if (skipped !== undefined) {
        outcomes.push({ suite, name, ms: 0, skipped });
        continue;
      }
      onStart(`${suite}: ${name}`);
      const start = performance.now();
      const error = await failureOf(body);
      const outcome = { suite, name, ms: Math.round(performance.now() - start) };
      outcomes.push(error === undefined ? outcome : { ...outcome, error });
    }
  }
  return { outcomes, digests };
}

/** A backend that cannot be had would be replaced by another one silently, and the suite would test that. */
function chooseBackend({ bytemill, backend }: Environment): void {
  // Workers stay for the whole suite: how long they idle must not depend on how slow a place is, and a process has to
  // end by itself all the same.
  bytemill.configure({ backend, idleMs: 600_000 });
  const { backend: chosen, threads, notices } = bytemill.info();
  if (chosen !== backend) throw new Error(`no ${backend}: ${notices.join('; ')}`);
  if (backend === 'threads' && threads !== true) throw new Error(`no threads: ${threads}`);
}

async function failureOf(body: () => void | Promise<void>): Promise<string | undefined> {
  try {
    await body();
    return undefined;
  } catch (error) {
    const { stack, message } = error as Error;
    // Not every engine repeats the message in the stack.
    return stack?.includes(message) ? stack : `${message ?? error}\n${stack ?? ''}`;
  }
}
