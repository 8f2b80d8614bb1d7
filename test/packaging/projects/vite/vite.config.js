const { ENTRY = 'main' } = process.env;

export default {
  publicDir: ENTRY === 'main' && 'public',
  build: {
    outDir: `dist/${ENTRY}`,
    rolldownOptions: { input: `${ENTRY}.html` },
  },
};
