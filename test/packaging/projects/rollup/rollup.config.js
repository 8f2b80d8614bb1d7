import { nodeResolve } from '@rollup/plugin-node-resolve';

export default {
  input: `src/${process.env.ENTRY}.js`,
  output: { dir: `dist/${process.env.ENTRY}`, format: 'es' },
  plugins: [nodeResolve({ browser: true })],
};
