import type { Suite } from '../harness/harness.ts';
import { brotli } from './brotli.ts';
import { codecs } from './codecs.ts';
import { contract } from './contract.ts';
import { cores } from './cores.ts';
import { debugging } from './debugging.ts';
import { dedup } from './dedup.ts';
import { digests } from './digests.ts';
import { families } from './families.ts';
import { gzip } from './gzip.ts';
import { hashing } from './hashing.ts';
import { image } from './image.ts';
import { lz4 } from './lz4.ts';
import { packed } from './packed.ts';
import { pdf } from './pdf.ts';
import { recovery } from './recovery.ts';
import { scheduling } from './scheduling.ts';
import { settings } from './settings.ts';
import { streams } from './streams.ts';
import { vectors } from './vectors.ts';
import { zstd } from './zstd.ts';

/** Every suite, in the order in which a reader would want them to fail. */
export const suites: Readonly<Record<string, Suite>> = {
  contract,
  families,
  codecs,
  zstd,
  brotli,
  lz4,
  hashing,
  vectors,
  packed,
  scheduling,
  streams,
  settings,
  gzip,
  dedup,
  image,
  pdf,
  recovery,
  debugging,
  cores,
  digests,
};
