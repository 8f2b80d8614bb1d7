import { configure } from './index.js';

export * from './index.js';

// Importing this entry is the opt-in: from here on the whole process uses the native build, or wasm with a notice in
// info() where there is no native build for this machine.
configure({ backend: 'native' });
