// Hashes and chunks the chosen file piece by piece, and shows what that took.
import { dedup, hash, info } from '/npm/index.web.mjs';

const PIECE_BYTES = 8 << 20;
const element = (id) => document.getElementById(id);
const [drop, input, progress, complaint, results] = [
  'drop',
  'file',
  'progress',
  'complaint',
  'results',
].map(element);

/** The chunks of the first file, which later ones are compared with. */
let first;

/** The pieces of a file; says after each how far it is. */
async function* pieces(file, tell) {
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    yield await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    tell(Math.min(1, (at + PIECE_BYTES) / file.size));
  }
}

const wasmBytes = () => {
  const { memoryBytes, workerMemoryBytes } = info();
  return Object.values(memoryBytes).reduce((sum, bytes) => sum + bytes, workerMemoryBytes);
};

async function examine(file, tell) {
  let peak = 0;
  const note = () => (peak = Math.max(peak, wasmBytes()));
  const watch = setInterval(note, 20);
  const start = performance.now();
  try {
    // Each reads the file for itself: a Blob as a whole is read piece by piece as well.
    const [digest, manifest] = await Promise.all([
      hash.blake3Hex(file),
      dedup.chunkStream(pieces(file, tell)),
    ]);
    note();
    return { digest, manifest, ms: performance.now() - start, peak };
  } finally {
    clearInterval(watch);
  }
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const count = (number) => number.toLocaleString('en');
const size = (bytes) => {
  if (bytes < 1e6) return `${count(bytes)} bytes`;
  const short = bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
  return `${short} (${count(bytes)} bytes)`;
};
const part = (some, all) => `${size(some)}${all ? `, ${((100 * some) / all).toFixed(1)} %` : ''}`;

/** What is left of a file when chunks that occur again are kept once. */
const distinctBytes = (manifest) =>
  dedup.diff(dedup.chunkSync(new Uint8Array(0)), manifest).missingBytes;

function show(file, { digest, manifest, ms, peak }) {
  const rows = {
    Size: size(file.size),
    BLAKE3: digest,
    Chunks: `${count(manifest.count)}, ${size(Math.round(file.size / (manifest.count || 1)))} on average`,
    'Merkle root': hex(manifest.root),
    'Different chunks': part(distinctBytes(manifest), file.size),
    ...(first && {
      'Not in the first file': part(dedup.diff(first, manifest).missingBytes, file.size),
    }),
    Time: `${(ms / 1000).toFixed(2)} s, ${count(Math.round(file.size / 1e3 / ms))} MB/s`,
    'WebAssembly memory': `${(peak / 2 ** 20).toFixed(1)} MiB at most, ${info().threads === true ? 'threads' : 'workers'} on ${info().concurrency} cores`,
  };
  const table = document.createElement('table');
  table.createCaption().textContent = file.name;
  for (const [name, value] of Object.entries(rows)) {
    const row = table.insertRow();
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    row.append(head);
    const cell = row.insertCell();
    cell.textContent = value;
    cell.classList.toggle('hash', /^[0-9a-f]{64}$/.test(value));
  }
  table.dataset.outcome = JSON.stringify({
    digest,
    count: manifest.count,
    root: hex(manifest.root),
    ms,
    peak,
  });
  results.prepend(table);
  first ??= manifest;
}

async function take(file) {
  if (!file || input.disabled) return;
  input.disabled = true;
  complaint.hidden = true;
  progress.hidden = false;
  try {
    show(file, await examine(file, (done) => (progress.value = done)));
  } catch (error) {
    complaint.hidden = false;
    complaint.textContent = `${file.name}: ${error.message}`;
  }
  progress.hidden = true;
  progress.value = 0;
  input.disabled = false;
  input.value = '';
}

input.addEventListener('change', () => take(input.files[0]));
for (const name of ['dragover', 'dragleave', 'drop'])
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', name === 'dragover');
    if (name === 'drop') take(event.dataTransfer.files[0]);
  });
