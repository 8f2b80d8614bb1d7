const { ENTRY = 'main', ISOLATED, EXCLUDE } = process.env;

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default {
  server: { headers: ISOLATED ? isolation : {} },
  // Dependencies are bundled beforehand, unless told not to.
  optimizeDeps: { exclude: EXCLUDE ? [EXCLUDE] : [] },
  publicDir: ENTRY === 'main' && 'public',
  build: {
    outDir: `dist/${ENTRY}`,
    rolldownOptions: { input: `${ENTRY}.html` },
  },
};
