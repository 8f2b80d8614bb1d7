import topLevelAwait from 'vite-plugin-top-level-await';
import wasm from 'vite-plugin-wasm';

const { ENTRY = 'main', ISOLATED } = process.env;

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default {
  plugins: [wasm(), topLevelAwait()],
  worker: { format: 'es', plugins: () => [wasm(), topLevelAwait()] },
  server: { headers: ISOLATED ? isolation : {} },
  publicDir: ENTRY === 'main' && 'public',
  build: {
    // The plugins bring esbuild, which lowers destructuring for no older target.
    target: 'es2022',
    outDir: `dist/${ENTRY}`,
    rolldownOptions: { input: `${ENTRY}.html` },
  },
};
