// Runs the suite in a process of its own, for runtimes that are started from a command line.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = `${root}test/.build/process/main.mjs`;
const vectors = `${root}test/vectors`;
/** Of the whole suite; Bun runs the kernels four times slower than the others. */
const LIMIT_MS = 900_000;
/** Between the report and the end of the process. */
const EXIT_MS = 5_000;

/** What a program prints about its version, or none where it does not run. */
export function versionOf(program, ...args) {
  const { stdout = '' } = spawnSync(program, args, { encoding: 'utf8' });
  return stdout.match(/\d+(\.\d+)+/)?.[0];
}

/** A place that is a process: `command` is the runtime with its own flags. `--quick` leaves the long ones out. */
export function place(runtime, backend, command, { inside = 'main', long = false } = {}) {
  return {
    runtime: inside === 'worker' ? `${runtime}, in a worker` : runtime,
    backend,
    long,
    run: () => run([...command, main, backend, vectors, inside]),
  };
}

function run([program, ...args]) {
  const child = spawn(program, args, {
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaints = '';
  let late;
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
    if (printed.endsWith('}\n')) late ??= setTimeout(() => child.kill('SIGKILL'), EXIT_MS);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      clearTimeout(late);
      const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      if (!printed.endsWith('}\n'))
        return reject(new Error(`it ${how} without a report\n${complaints || printed}`));
      const report = JSON.parse(printed);
      const outcome = { suite: 'exit', name: 'the process ends by itself', ms: 0 };
      if (code !== 0)
        outcome.error = signal
          ? `it was still running ${EXIT_MS / 1000} s after its last call\n${complaints}`
          : `it ${how}\n${complaints}`;
      resolve({ ...report, outcomes: [...report.outcomes, outcome] });
    });
  });
}
