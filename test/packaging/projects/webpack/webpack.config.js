const { ENTRY } = process.env;

export default {
  entry: { [ENTRY]: `./src/${ENTRY}.js` },
  output: { path: `${import.meta.dirname}/dist/${ENTRY}`, clean: true },
  performance: { hints: false },
};
