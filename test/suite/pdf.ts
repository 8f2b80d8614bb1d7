import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { type Suite, text, utf8 } from '../harness/harness.ts';

/** Documents of `bytemill/pdf`: asked, made of others, and made anew. What known files say is among the vectors. */
export const pdf: Suite = ({ test, bytemill, readVector }) => {
  const { pdf } = bytemill;
  const report = () => readVector('pdf/three-pages.pdf');
  const words = (page: {
    blocks: readonly { lines: readonly { words: readonly { text: string }[] }[] }[];
  }) =>
    page.blocks.flatMap(({ lines }) => lines.flatMap(({ words }) => words.map(({ text }) => text)));

  test('pdf: the layout has all words of the text, each within its page', async () => {
    const file = await report();
    const pages = await pdf.layout(file);
    const plain = (await pdf.extractText(file)).split('\f');
    equal(pages.length, plain.length);
    pages.forEach((page, index) => {
      equal(page.page, index + 1);
      equal(page.text.trim(), plain[index]?.trim());
      equal(words(page), page.text.split(/\s+/).filter(Boolean));
      const { x, y, width, height } = page.bounds;
      for (const { lines } of page.blocks)
        for (const line of lines)
          for (const { rect, size, font } of line.words) {
            ok(rect.x >= x && rect.x + rect.width <= x + width, `${rect.x} + ${rect.width}`);
            ok(rect.y >= y && rect.y + rect.height <= y + height, `${rect.y} + ${rect.height}`);
            ok(size > 0 && rect.height > 0 && page.fonts.includes(font), `size ${size}`);
          }
    });
    const [second] = pdf.layoutSync(file, { firstPage: 2, lastPage: 2 });
    equal(second, pages[1]);
  });

  test('pdf: as Markdown, with headings, lists and whole paragraphs', async () => {
    const document = pdf.create();
    const page = document.page();
    page.text('Yearly report', { x: 50, y: 780, size: 24 });
    page.text('Results', { x: 50, y: 730, size: 16 });
    page.text('What was * sold went up in all of the places where it was sold before.', {
      x: 50,
      y: 700,
      size: 10,
      width: 160,
    });
    page.text('• first', { x: 50, y: 620, size: 10 });
    page.text('• second', { x: 50, y: 608, size: 10 });
    const file = await document.toBytes();
    const wanted =
      '# Yearly report\n\n## Results\n\n' +
      'What was \\* sold went up in all of the places where it was sold before.\n\n' +
      '- first\n- second\n';
    equal(await pdf.toMarkdown(file), wanted);
    equal(pdf.toMarkdownSync(file), wanted);
    equal(await pdf.toMarkdownBatch([file, file]), [wanted, wanted]);
    equal(pdf.toMarkdownBatchSync([file]), [wanted]);
    const opened = pdf.openSync(file);
    equal(opened.toMarkdown({ lastPage: 1 }), wanted);
    opened.release();
    throws(() => pdf.toMarkdownSync(file, { maxOutputBytes: 20 }), {
      code: 'ERR_LIMIT_EXCEEDED',
      limit: 'maxOutputBytes',
    });
  });

  test('pdf: what is found is where the layout has it', async () => {
    const file = await report();
    const [first] = await pdf.layout(file, { lastPage: 1 });
    const [word] = first?.blocks[0]?.lines[0]?.words ?? [];
    const [hit] = await pdf.search(file, { query: (word?.text ?? '').toUpperCase(), maxHits: 1 });
    equal([hit?.page, hit?.text], [1, word?.text]);
    ok(Math.abs((hit?.rect.x ?? 0) - (word?.rect.x ?? 9)) < 0.1, 'its place');
    equal(hit?.quads.length, 1);
    equal(await pdf.search(file, { query: 'nothing of the kind' }), []);
    throws(() => pdf.searchSync(file, { query: ' ' }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /query/,
    });
    throws(() => pdf.layoutSync(file, { maxOutputBytes: 100 }), {
      code: 'ERR_LIMIT_EXCEEDED',
      limit: 'maxOutputBytes',
    });
  });

  test('pdf: an open document answers as its bytes do', async () => {
    const file = await report();
    const document = await pdf.open(file);
    equal(document.pageCount, 3);
    equal(document.info(), await pdf.info(file));
    equal(document.extractText(), await pdf.extractText(file));
    equal(
      document.extractText({ firstPage: 2, lastPage: 2 }),
      (await pdf.extractText(file)).split('\f')[1],
    );
    throws(() => document.extractText({ firstPage: 3, lastPage: 2 }), {
      code: 'ERR_INVALID_ARGUMENT',
    });
    throws(() => document.extractText({ firstPage: 0 }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /firstPage/,
    });
    equal(document.pageSizes(), pdf.pageSizesSync(file), 'errors do not end it');
    const pages = [];
    for await (const page of document.pages({ firstPage: 2 })) pages.push(page);
    equal(pages, document.layout({ firstPage: 2 }));
    equal(document.search('page').length, pdf.searchSync(file, { query: 'page' }).length);
    equal(
      [document.outline(), document.links(), document.formFields(), document.attachments()],
      [[], [], [], []],
    );
    document.release();
    document.release();
    throws(() => document.info(), { code: 'ERR_RELEASED' });
    await rejects(pdf.open(utf8('no document')), { code: 'ERR_INVALID_DATA' });
    throws(() => pdf.openSync(new Uint8Array()), { code: 'ERR_TRUNCATED' });
  });

  test('pdf: pages are taken out, put together and turned', async () => {
    const file = await report();
    const all = (await pdf.extractText(file)).split('\f');
    const taken = await pdf.extractPages(file, { pages: [3, 1, 3] });
    equal((await pdf.extractText(taken)).split('\f'), [all[2], all[0], all[2]]);
    equal(pdf.extractPagesSync(file, { pages: [3, 1, 3] }), taken, 'the same bytes at once');
    const parts = await pdf.split(file, { every: 2 });
    equal(
      parts.map((part) => pdf.infoSync(part).pageCount),
      [2, 1],
    );
    equal((await pdf.split(file, { before: [2, 3] })).length, 3);
    const merged = await pdf.merge([...parts, new Blob([new Uint8Array(file)])]);
    equal((await pdf.extractText(merged)).split('\f'), [...all, ...all]);
    equal(pdf.mergeSync([...parts, file]), merged);
    const turned = await pdf.rotate(file, { degrees: -90, pages: [2] });
    equal(
      (await pdf.pageSizes(turned)).map(({ rotation }) => rotation),
      [0, 270, 0],
    );
    equal(await pdf.extractText(turned), await pdf.extractText(file));
    equal(await pdf.extractText(await pdf.rewrite(file, { compact: false })), all.join('\f'));
    await rejects(pdf.extractPages(file, { pages: [4] }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /1 to 3, got 4/,
    });
    await rejects(pdf.rotate(file, { degrees: 45 }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /90/,
    });
    await rejects(pdf.merge([file, utf8('no document')]), {
      code: 'ERR_INVALID_DATA',
      message: /document 2/,
    });
    await rejects(pdf.merge([]), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('pdf: descriptions change and documents are locked', async () => {
    const file = await report();
    const created = new Date('2026-02-03T04:05:06Z');
    const named = await pdf.setInfo(file, { title: 'Größe', author: null, creationDate: created });
    const { title, author, creationDate } = await pdf.info(named);
    equal([title, author], ['Größe', undefined]);
    ok(creationDate?.startsWith('D:20260203040506'), `${creationDate}`);
    for (const method of ['aes-256', 'aes-128'] as const) {
      const permissions = { print: false };
      const locked = await pdf.encrypt(file, {
        method,
        userPassword: 'user',
        ownerPassword: 'owner',
        permissions,
      });
      await rejects(pdf.extractText(locked), { code: 'ERR_PASSWORD' });
      equal(await pdf.extractText(locked, { password: 'user' }), await pdf.extractText(file));
      const { encryption } = await pdf.info(locked, { password: 'owner' });
      equal(
        [encryption?.method, encryption?.isOwner, (encryption?.permissions ?? 0) & 4],
        [method, true, 0],
      );
      const again = pdf.encryptSync(file, { method, userPassword: 'user' });
      ok(
        text(again) !== text(pdf.encryptSync(file, { method, userPassword: 'user' })),
        'keys are new',
      );
      const open = await pdf.rewrite(locked, { password: 'owner' });
      equal(await pdf.extractText(open), await pdf.extractText(file));
    }
    await rejects(pdf.encrypt(file, { permissions: { fly: true } as never }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /fly/,
    });
  });

  test('pdf: a new document says what was put into it', async () => {
    const make = async () => {
      const document = pdf.create({
        title: 'Invoice 17',
        author: 'A. Müller',
        language: 'de',
        displayTitle: true,
      });
      const logo = document.image(await readVector('image/rgba.png'));
      const photo = document.image(await readVector('image/rgb.jpg'));
      const first = document.page();
      first.text('Grüße, 120,00 €', {
        x: 50,
        y: 780,
        font: 'Times-Bold',
        size: 20,
        colour: '#036',
      });
      first.text('left and right '.repeat(20), { x: 50, y: 700, width: 200, align: 'justify' });
      first.line([50, 770], [545, 770], {
        lineWidth: 0.5,
        dash: [3, 2],
        colour: { cmyk: [0, 1, 1, 0] },
      });
      first.rectangle({
        x: 50,
        y: 100,
        width: 80,
        height: 40,
        radius: 6,
        fill: 0xeeeeee,
        stroke: {},
      });
      first.ellipse({ x: 300, y: 120, radius: 20, fill: { gray: 0.5 }, opacity: 0.5 });
      first.path('M 400 100 l 50 0 q 10 30 -20 40 h -20 v -10 Z', { stroke: { join: 'round' } });
      first.image(logo, { x: 50, y: 300, width: 48 }).image(photo, { x: 120, y: 300, height: 32 });
      first.link({ x: 50, y: 780, width: 100, height: 20 }, 'https://example.org/');
      const second = document.page({ width: 300, height: 200, rotation: 90 });
      first.link({ x: 50, y: 20, width: 100, height: 20 }, { page: 2 });
      second.group({ matrix: [1, 0, 0, 1, 20, 20], clip: 'M0 0H200V100H0Z' }, (page) =>
        page.text('second page', { x: 10, y: 10, rotation: 15 }),
      );
      document.outline('Invoice', 1).outline('Details', 2, { level: 1, top: 100 });
      document.label(1, { style: 'roman' }).label(2, { style: 'decimal', prefix: 'A-', start: 5 });
      document.attach('data.xml', utf8('<a/>'), {
        mediaType: 'text/xml',
        relationship: 'alternative',
      });
      // Pages can be written on at any time: "page 1 of 2" is known at the end.
      first.text('page 1 of 2', { x: 545, y: 30, align: 'right', size: 9 });
      return document;
    };
    const document = await make();
    const file = await document.toBytes();
    equal((await make()).toBytesSync(), file, 'the same calls give the same bytes');
    const info = await pdf.info(file);
    equal(
      [info.title, info.author, info.language, info.pageCount],
      ['Invoice 17', 'A. Müller', 'de', 2],
    );
    const [first = '', second = ''] = (await pdf.extractText(file)).split('\f');
    ok(first.includes('Grüße, 120,00 €') && first.includes('page 1 of 2'), first);
    equal(second.trim(), 'second page');
    equal(await pdf.pageLabels(file), ['i', 'A-5']);
    const [chapter] = await pdf.outline(file);
    equal([chapter?.title, chapter?.children.map(({ title }) => title)], ['Invoice', ['Details']]);
    const links = await pdf.links(file);
    equal(
      links.map(({ target }) => target.type),
      ['uri', 'page'],
    );
    const [attached] = await pdf.attachments(file);
    equal(
      [attached?.name, attached?.mediaType, text(attached?.data ?? utf8(''))],
      ['data.xml', 'text/xml', '<a/>'],
    );
    equal((await pdf.fonts(file)).map(({ name }) => name).sort(), ['Helvetica', 'Times-Bold']);
    const images = await pdf.images(file);
    equal(
      images.map(({ page, file }) => [page, file?.format]),
      [
        [1, 'png'],
        [1, 'jpeg'],
      ],
    );
    equal(images[1]?.file?.data, await readVector('image/rgb.jpg'), 'a JPEG is passed through');
    const again = bytemill.image.decodeSync(images[0]?.file?.data ?? utf8(''));
    equal(
      again.data,
      bytemill.image.decodeSync(await readVector('image/rgba.png')).data,
      'and back',
    );
  });

  test('pdf: a long document', async () => {
    const document = pdf.create();
    for (let number = 1; number <= 60; number++) {
      const page = document.page('A5');
      for (let line = 0; line < 40; line++)
        page.text(`page ${number}, line ${line}`, { x: 30, y: 550 - line * 12, size: 9 });
    }
    const file = await document.toBytes();
    const pages = (await pdf.extractText(file)).split('\f');
    equal(pages.length, 60);
    equal(pages[41]?.split('\n')[7], 'page 42, line 7');
    const open = pdf.openSync(file);
    equal(open.extractText({ firstPage: 50, lastPage: 50 }), pages[49]);
    open.release();
  });

  test('pdf: text is measured, and what does not fit is told', async () => {
    const document = pdf.create();
    const words = 'one two three four five six seven eight nine ten';
    const { lines, width, height, lineHeight, fitting } = document.measure(words, {
      size: 10,
      width: 60,
    });
    equal(lines.map((line) => line.text).join(' '), words);
    ok(
      width <= 60 &&
        Math.abs(height - lines.length * lineHeight) < 1e-6 &&
        fitting === words.length,
      `${width}`,
    );
    const wide = document.measure('WWWW', { font: 'Courier', size: 10 });
    ok(Math.abs(wide.width - 24) < 1e-6, `Courier is 0.6 em wide: ${wide.width}`);
    const page = document.page('A6');
    page.text(words, { x: 10, y: 400, size: 10, width: 60, height: 2.5 * lineHeight });
    const { rests } = await document.toResult();
    equal([rests.length, rests[0]?.page, rests[0]?.item], [1, 1, 0]);
    const shown = lines
      .slice(0, 2)
      .map((line) => line.text)
      .join(' ');
    equal(words.slice(rests[0]?.start).trim(), words.slice(shown.length).trim());
    throws(() => pdf.create().page('B5' as never), { code: 'ERR_INVALID_ARGUMENT', message: /A4/ });
    throws(() => page.text('x', { x: Number.NaN, y: 0 }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /x: expected a number/,
    });
    throws(() => page.path('M 0 0 A 1 1', { fill: 0 }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /path/,
    });
    await rejects(pdf.create().toBytes(), { code: 'ERR_INVALID_ARGUMENT', message: /page/ });
    const greek = pdf.create();
    greek.page().text('αβγ', { x: 10, y: 10 });
    throws(() => greek.toBytesSync(), { code: 'ERR_INVALID_ARGUMENT', message: /U\+03B1/ });
  });

  test('pdf: fonts of files are embedded, and read again', async () => {
    const font = await readVector('pdf/boxes.ttf');
    const collection = await readVector('pdf/boxes.ttc');
    const make = () => {
      const document = pdf.create();
      const own = document.font(font);
      const page = document.page();
      page.text('AVé αβγ', { x: 50, y: 700, font: own, size: 20 });
      page.text('wide', { x: 50, y: 600, font: document.font(collection, { index: 1 }), size: 20 });
      return document;
    };
    const file = await make().toBytes();
    equal(make().toBytesSync(), file, 'the same bytes each time');
    const all = (await pdf.extractText(file)).trim().split(/\s+/);
    equal(all, ['AVé', 'αβγ', 'wide']);
    const fonts = await pdf.fonts(file);
    equal(
      fonts.map(({ name, type, embedded, subset }) => [name, type, embedded, subset]),
      [
        ['Boxes-Regular', 'CIDFontType2', true, true],
        ['Boxes-Regular', 'CIDFontType2', true, true],
      ],
    );
    ok(file.length < 8000, `${file.length} bytes: what is not used is not there`);

    const document = pdf.create();
    const own = document.font(font);
    const narrow = document.font(collection);
    const wide = document.font(collection, { index: 1 });
    const width = (of: { readonly font: number }, text: string, kerning = true) =>
      document.measure(text, { font: of, size: 1000, kerning }).width;
    equal(width(narrow, 'abc'), width(own, 'abc'));
    equal(width(wide, 'abc'), 2 * width(own, 'abc'), 'the font of that index');
    equal(width(own, 'AV', false) - width(own, 'AV'), 100, 'pairs come together');
    const texts = ['a', 'b b', ''];
    equal(
      document.measure(texts, { font: own }),
      texts.map((text) => document.measure(text, { font: own })),
      'a list as each of it',
    );
    equal(document.measure([], { font: own }), []);
    throws(() => width(own, 'Ж'), { code: 'ERR_INVALID_ARGUMENT', message: /U\+0416/ });
    equal(document.measure('Ж', { font: own, replacement: 'x' }).lines.length, 1);
    const beyond = pdf.create();
    beyond.page().text('x', { x: 0, y: 0, font: beyond.font(collection, { index: 2 }) });
    throws(() => beyond.toBytesSync(), { code: 'ERR_INVALID_DATA', message: /collection/ });
    const damaged = pdf.create();
    damaged.page().text('x', { x: 0, y: 0, font: damaged.font(font.subarray(0, 100)) });
    throws(() => damaged.toBytesSync(), { code: 'ERR_INVALID_DATA' });
  });
};
