// Looks into a bundle: how large it is, and whether a family is in it that nobody imported.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** Text that only a family's own code holds, whatever a minifier does. */
const marks = {
  zstd: 'maxWindowBytes',
  gzip: 'mtime',
  brotli: 'windowBits',
  lz4: 'independentBlocks',
  image: 'withoutEnlargement',
  pdf: 'firstPage',
  hash: 'blake3',
};

const isText = (path) => /\.([cm]?js|html)$/.test(path);

/**
 * The files that a bundle is made of. Vite also writes the assets of modules that it then leaves out: what no script
 * names is never loaded.
 */
function filesOf(folder) {
  const files = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  const text = files.filter(isText).map((path) => readFileSync(path, 'utf8'));
  return files.filter((path) => isText(path) || text.some((some) => some.includes(basename(path))));
}

/** Kilobytes of script and of wasm in a folder. */
export function sizeOf(folder) {
  const sum = (test) =>
    filesOf(folder)
      .filter((path) => test(extname(path)))
      .reduce((total, path) => total + statSync(path).size, 0);
  const kb = (bytes) => Math.round(bytes / 1024);
  return `${kb(sum((ext) => /^\.[cm]?js$/.test(ext)))} js + ${kb(sum((ext) => ext === '.wasm'))} wasm`;
}

/** Families of which a folder holds code or wasm, as files or as text. */
export const familiesIn = (folder, installed) =>
  familiesOf(
    filesOf(folder).map((path) => readFileSync(path)),
    installed,
  );

/** The same of files that were read. */
export function familiesOf(files, installed) {
  return Object.keys(marks).filter((family) => {
    const needles = [marks[family], ...piecesOf(family, join(installed, 'dist'))];
    return files.some((file) => needles.some((needle) => file.includes(needle)));
  });
}

/** A piece of each module of a family, its parts and its threaded twins, as bytes and as base64. */
function piecesOf(family, dist) {
  const modules = readdirSync(dist).filter(
    (file) => /^[a-z0-9_]+(\.threads)?\.wasm$/.test(file) && file.split(/[._]/)[0] === family,
  );
  if (modules.length === 0) throw new Error(`${dist} holds no module of ${family}`);
  // Far enough in that modules differ, and a multiple of three, where base64 has a seam.
  const pieces = modules.map((file) => readFileSync(join(dist, file)).subarray(12_000, 12_300));
  return [...pieces, ...pieces.map((piece) => piece.toString('base64'))];
}
