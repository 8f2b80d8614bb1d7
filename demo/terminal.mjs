/** A progress bar on a terminal; silent elsewhere. */
export class Progress {
  #done = 0;

  constructor(name, items) {
    this.name = name;
    this.items = items;
    this.#draw();
  }

  step() {
    this.#done++;
    this.#draw();
  }

  end() {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  #draw() {
    if (!process.stderr.isTTY) return;
    const filled = Math.round((30 * this.#done) / this.items);
    const bar = '█'.repeat(filled) + '░'.repeat(30 - filled);
    process.stderr.write(`\r${this.name.padEnd(24)} ${bar} ${this.#done}/${this.items}\x1b[K`);
  }
}

/** Rows as an aligned table; numbers to the right. */
export function table(rows) {
  const columns = Object.keys(rows[0]);
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index].length)));
  const line = (texts) =>
    texts
      .map((text, index) =>
        index === 0 ? text.padEnd(widths[index]) : text.padStart(widths[index]),
      )
      .join('  ');
  return [
    line(cells[0]),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...cells.slice(1).map(line),
  ].join('\n');
}
