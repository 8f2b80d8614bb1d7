// Why words of known pages differ from poppler's: read by people, for the list that run.mjs prints.

const POPPLER = 'poppler gives control characters, or others than those that are shown';
const TURNED = 'letters along an arc or at an angle, which poppler puts together in another way';
const WORDS = 'words of Arabic or Hebrew are divided in other places';
const OVERLAY = 'text at 45 degrees, which poppler tears apart';

/** @type {Record<string, string>} By the end of the file's name. */
const reasons = {
  'complex_ttf_font.pdf': POPPLER,
  'issue19802.pdf': POPPLER,
  'ThuluthFeatures.pdf': POPPLER,
  'issue5801.pdf': POPPLER,
  'issue13916.pdf': POPPLER,
  'XiaoBiaoSong.pdf': POPPLER,
  'issue12810.pdf': TURNED,
  'bug946506.pdf': TURNED,
  'issue9949.pdf': TURNED,
  'issue14497.pdf': TURNED,
  'issue12705.pdf': WORDS,
  'issue11656.pdf': WORDS,
  'issue5874.pdf': WORDS,
  'job-json-underlay-overlay.pdf': OVERLAY,
  'rotated.pdf': OVERLAY,
  'Type3WordSpacing.pdf':
    'glyphs of a Type 3 font whose names mean nothing; poppler takes their codes',
  'issue18117.pdf': 'characters beyond U+FFFF, which poppler loses',
  'bug900822.pdf': 'letters drawn twice to look bold, which poppler writes twice',
  'issue13211.pdf': 'Thai: poppler puts spaces into words, before marks above letters',
  'bug1529502.pdf': 'numbers of lines, which poppler makes a word with the text beside them',
};

/**
 * @param {string} file
 * @returns {string} Empty where nobody has looked.
 */
export const reasonFor = (file) =>
  Object.entries(reasons).find(([name]) => file.endsWith(`-${name}`) || file === name)?.[1] ?? '';
