// A page to look at: thumbnails of photographs, ours beside sharp's, with what they cost and where they differ.
//   node bench/contact-sheet.mjs [FOLDER] [--count N] [--rounds N]
//
// Photographs are those of the folder, and of the folders in it, or else the project's own. The page is one file,
// bench/.build/contact-sheet.html.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bytemill } from './bytemill.mjs';
import { geometricMean, measure } from './harness.mjs';
import { photos } from './inputs.mjs';
import { peerVersions } from './peers/import.mjs';
import { pixels, reference, sharp } from './pictures.mjs';
import { checkMeasure, ssim } from './ssim.mjs';

/** @typedef {import('./ssim.mjs').Picture} Picture */
/** @typedef {{ name: string, bytes: Uint8Array }} Photo */

const WIDTH = 320;
const QUALITY = 80;
/** Less is a wrong picture, or one of noise alone. */
const MIN_SSIM = 0.8;
/** What a difference of one level is shown as; grey is none. */
const GAIN = 8;
const CONTENDERS = ['ours', 'sharp'];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '5' },
  },
});
const [folder] = positionals;
const [count, rounds] = [Number(values.count), Number(values.rounds)];
const api = await sharp();
const rows = [];
for (const photo of folder ? photosOf(folder) : ownPhotos()) {
  try {
    rows.push(await row(photo));
    console.log(`${photo.name}: ${summary(rows[rows.length - 1].outcome)}`);
  } catch (error) {
    console.error(`${photo.name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
if (rows.length === 0) throw new Error('no photograph to show');
const place = fileURLToPath(new URL('./.build/contact-sheet.html', import.meta.url));
mkdirSync(join(place, '..'), { recursive: true });
writeFileSync(place, page());
console.log(place);
await bytemill.close?.();

/** @returns {Photo[]} */
function ownPhotos() {
  return photos(count, 12).map((bytes, at) => ({ name: `generated ${at + 1}`, bytes }));
}

/** The first ones by name. @param {string} path @returns {Photo[]} */
function photosOf(path) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.jpe?g$|\.png$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return files
    .toSorted()
    .slice(0, count)
    .map((file) => ({ name: basename(file), bytes: new Uint8Array(readFileSync(file)) }));
}

/**
 * Everything about one photograph.
 * @param {Photo} photo
 */
async function row({ name, bytes }) {
  const expected = await reference(api, bytes, WIDTH);
  checkMeasure(expected);
  const header = await api(bytes).metadata();
  const contenders = {
    ours: () => bytemill.image.thumbnailSync(bytes, { width: WIDTH, quality: QUALITY }),
    sharp: () =>
      api(bytes).autoOrient().resize({ width: WIDTH }).jpeg({ quality: QUALITY }).toBuffer(),
  };
  const likeness = async (/** @type {Uint8Array} */ answer) =>
    ssim(await pixels(api(answer)), expected);
  const outcome = await measure(
    {
      name,
      family: 'image',
      input: name,
      prepare: () => ({
        contenders,
        async verify(answer) {
          const found = await likeness(answer);
          if (!(found > MIN_SSIM)) throw new Error(`SSIM ${found.toFixed(4)}: another picture`);
        },
        bytes: (answer) => answer.length,
        ssim: likeness,
      }),
    },
    { rounds },
  );
  const files = { ours: contenders.ours(), sharp: await contenders.sharp() };
  const megapixels = (((header.width ?? 0) * (header.height ?? 0)) / 1e6).toFixed(1);
  const kind = header.isProgressive ? 'progressive' : header.format;
  return {
    name,
    about: `${megapixels} MP, ${kind}, ${(bytes.length / 1e6).toFixed(1)} MB`,
    outcome,
    reference: await png(expected),
    ours: data('jpeg', files.ours),
    sharp: data('jpeg', files.sharp),
    oursDifference: await difference(await pixels(api(files.ours)), expected),
    sharpDifference: await difference(await pixels(api(files.sharp)), expected),
  };
}

/**
 * Where two pictures differ, and how: grey where they do not.
 * @param {Picture} got
 * @param {Picture} expected
 */
function difference(got, expected) {
  const data = expected.data.map((value, at) =>
    Math.min(255, Math.max(0, 128 + GAIN * (got.data[at] - value))),
  );
  return png({ ...expected, data });
}

/** @param {Picture} picture */
async function png({ data: samples, ...raw }) {
  return data('png', await api(samples, { raw }).png().toBuffer());
}

/** @param {string} format @param {Uint8Array} bytes */
function data(format, bytes) {
  return `data:image/${format};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** @param {import('./harness.mjs').Outcome} outcome */
function summary({ results, ratios }) {
  const parts = CONTENDERS.map((name) => {
    const { cpuMs, bytes = 0, ssim: likeness = 0 } = results[name];
    return `${name} ${cpuMs.toFixed(1)} ms ${bytes} bytes SSIM ${likeness.toFixed(4)}`;
  });
  return `${parts.join(', ')}; CPU ${ratios.sharp.toFixed(2)} of sharp's`;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page() {
  const figure = (/** @type {string} */ source, /** @type {string} */ caption) =>
    `<figure><img src="${source}" alt=""><figcaption>${caption}</figcaption></figure>`;
  const cost = (
    /** @type {string} */ name,
    /** @type {import('./harness.mjs').Figures} */ { cpuMs, bytes = 0, ssim: likeness = 0 },
  ) =>
    `<b>${name}</b> ${cpuMs.toFixed(1)} ms, ${bytes.toLocaleString('en-US')} bytes, SSIM ${likeness.toFixed(4)}`;
  const sections = rows.map(
    ({ name, about, outcome: { results, ratios }, ...pictures }) => `<section>
<h2>${escaped(name)} <small>${about}; CPU ${ratios.sharp.toFixed(2)} of sharp's</small></h2>
${figure(pictures.ours, cost('bytemill', results.ours))}
${figure(pictures.sharp, cost('sharp', results.sharp))}
${figure(pictures.reference, 'decoded whole, Lanczos3')}
${figure(pictures.oursDifference, `bytemill less that, times ${GAIN}`)}
${figure(pictures.sharpDifference, `sharp less that, times ${GAIN}`)}
</section>`,
  );
  const outcomes = rows.map(({ outcome }) => outcome);
  const ratio = geometricMean(outcomes.map(({ ratios }) => ratios.sharp));
  const size = geometricMean(
    outcomes.map(({ results }) => (results.ours.bytes ?? 1) / (results.sharp.bytes ?? 1)),
  );
  const likeness = CONTENDERS.map((name) => {
    const all = outcomes.map(({ results }) => results[name].ssim ?? 0);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    return `${name === 'ours' ? 'bytemill' : name} ${mean.toFixed(4)} (least ${Math.min(...all).toFixed(4)})`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Thumbnails: bytemill beside sharp</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; color: #222; background: #fff; }
h1 { font-size: 20px; margin: 0; }
h2 { font-size: 15px; margin: 28px 0 6px; }
small { font-weight: normal; color: #666; }
section { display: grid; grid-template-columns: repeat(5, ${WIDTH}px); gap: 0 8px; }
h2 { grid-column: 1 / -1; }
figure { margin: 0; }
img { display: block; width: ${WIDTH}px; }
figcaption { font-size: 12px; color: #444; }
</style>
<h1>Thumbnails of ${rows.length} photographs: bytemill beside sharp ${peerVersions()['sharp']}</h1>
<p>${WIDTH} px wide, JPEG of quality ${QUALITY}, options the same. CPU time, medians of ${rounds} rounds in turns. SSIM of
luma against the photograph decoded whole and resized with Lanczos3.</p>
<p>CPU ${ratio.toFixed(2)} of sharp's, bytes ${size.toFixed(2)} of sharp's (geometric means); SSIM ${likeness.join(', ')}.</p>
${sections.join('\n')}
</html>
`;
}
