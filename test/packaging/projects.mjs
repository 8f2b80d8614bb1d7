// The projects: name of the folder below projects/, the tool whose version is told, and what is done with it.
import { bundled } from './runner/bundled.mjs';
import { onEveryNode, printsFacts } from './runner/processes.mjs';

export const projects = [
  { name: 'node', run: onEveryNode },
  { name: 'esbuild', tool: 'esbuild', run: bundled({ copies: true }) },
  { name: 'rollup', tool: 'rollup', run: bundled({ copies: true }) },
  { name: 'rolldown', tool: 'rolldown', run: bundled({ copies: true }) },
  { name: 'webpack', tool: 'webpack', run: bundled() },
  { name: 'parcel', tool: 'parcel', run: bundled() },
  { name: 'vite', tool: 'vite', run: bundled() },
  { name: 'vite-plugins', tool: 'vite', run: bundled() },
];
