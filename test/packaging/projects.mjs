// The projects: name of the folder below projects/, the tool whose version is told, and what is done with it.
import { bundled } from './runner/bundled.mjs';
import { next } from './runner/next.mjs';
import { bun, deno, lint, onEveryNode, testRunner, typescript } from './runner/processes.mjs';
import { vite } from './runner/vite.mjs';
import { workerd } from './runner/workerd.mjs';

export const projects = [
  { name: 'node', run: onEveryNode },
  { name: 'esbuild', tool: 'esbuild', run: bundled({ copies: true }) },
  { name: 'rollup', tool: 'rollup', run: bundled({ copies: true }) },
  { name: 'rolldown', tool: 'rolldown', run: bundled({ copies: true }) },
  { name: 'webpack', tool: 'webpack', run: bundled() },
  { name: 'parcel', tool: 'parcel', run: bundled() },
  { name: 'vite', tool: 'vite', run: vite },
  { name: 'vite-plugins', tool: 'vite', run: vite },
  { name: 'next', tool: 'next', run: next },
  { name: 'typescript', tool: 'typescript', run: typescript, pages: false },
  {
    name: 'typescript-6',
    sources: 'typescript',
    tool: 'typescript',
    run: typescript,
    pages: false,
  },
  { name: 'lint', tool: '@arethetypeswrong/cli', run: lint },
  { name: 'bun', tool: 'bun', run: bun },
  { name: 'deno', tool: 'deno', run: deno },
  { name: 'vitest', tool: 'vitest', run: testRunner(['vitest', 'run']) },
  { name: 'jest', tool: 'jest', run: testRunner(['jest', '--detectOpenHandles']) },
  { name: 'workerd', tool: 'workerd', run: workerd },
];
