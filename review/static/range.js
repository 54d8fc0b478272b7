// Many cells of a table at once: what the first marked row says is filled down, blocks of cells are copied and pasted as
// between spreadsheets, the marked ones are emptied. Each is one batch, taken back as one.
(() => {
  "use strict";
  const table = window.tableGrid;
  if (!table) return;
  const { range, cellAt, changed, save } = table;
  const numbers = (first, last) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

  // Of several marked rows the first is written into the others; a row alone says what the one above it does. Headings
  // are not mixed with what stands below them.
  const fillDown = () => {
    const { r0, r1, c0, c1 } = range();
    const from = r0 === r1 ? r0 - 1 : r0;
    const changes = [];
    for (const c of numbers(c0, c1)) {
      const source = cellAt(from, c);
      const below = new Set(numbers(from + 1, r1).map((r) => cellAt(r, c)));
      for (const cell of below) {
        const own = source && cell && cell !== source && Number(cell.dataset.c) === c && cell.tagName === source.tagName;
        if (own) changes.push(changed(cell, source.textContent));
      }
    }
    save(changes);
  };

  const empty = () => {
    const { r0, r1, c0, c1 } = range();
    const marked = new Set(numbers(r0, r1).flatMap((r) => numbers(c0, c1).map((c) => cellAt(r, c))));
    save([...marked].filter(Boolean).map((cell) => changed(cell, "")));
  };

  // Lines of cells as spreadsheets and word processors put them on the clipboard: tabs between, and quotes round a cell
  // that holds tabs, quotes or ends of lines.
  const linesOf = (text) => {
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const cell = /(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))(\t|\n|$)/gy;
    const lines = [[]];
    for (let found = cell.exec(source); found; found = found[3] ? cell.exec(source) : null) {
      lines.at(-1).push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
      if (found[3] === "\n") lines.push([]);
    }
    return lines.map((line) => line.map((said) => said.replace(/\s+/g, " ").trim()));
  };
  const textOf = (lines) =>
    lines.map((line) => line.map((said) => (/["\t\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said)).join("\t")).join("\n");

  // One text goes into all marked cells, a block from the first marked one on; one that is larger than what is left of
  // the table is refused whole.
  const paste = (text) => {
    const lines = linesOf(text);
    const wide = Math.max(...lines.map((line) => line.length));
    const { r0, r1, c0, c1 } = range();
    const single = lines.length === 1 && wide === 1;
    const last = single ? { r: r1, c: c1 } : { r: r0 + lines.length - 1, c: c0 + wide - 1 };
    const { r: bottom, c: right } = table.limits();
    if (last.r > bottom || last.c > right) {
      const told = { rows: lines.length, cols: wide, down: bottom - r0 + 1, right: right - c0 + 1 };
      return table.refuse(table.words().beyond.replace(/\{(\w+)\}/g, (_, name) => told[name]));
    }
    const written = new Map(); // a cell that spans several positions takes what comes for its first
    for (const r of numbers(r0, last.r)) {
      for (const c of numbers(c0, last.c)) {
        const cell = cellAt(r, c);
        const said = single ? lines[0][0] : lines[r - r0][c - c0];
        if (cell && said !== undefined && !written.has(cell)) written.set(cell, said);
      }
    }
    save([...written].map(([cell, said]) => changed(cell, said)));
    table.mark({ r: r0, c: c0 }, last);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#fill-down")) fillDown();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Delete" || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !table.isFree(event)) return;
    event.preventDefault();
    empty();
  });
  document.addEventListener("copy", (event) => {
    if (!table.isFree(event) || String(getSelection())) return; // what is chosen by the mouse is copied as everywhere
    const { r0, r1, c0, c1 } = range();
    const said = (r, c) => (cellAt(r, c) || { textContent: "" }).textContent;
    event.clipboardData.setData("text/plain", textOf(numbers(r0, r1).map((r) => numbers(c0, c1).map((c) => said(r, c)))));
    event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    if (!table.isFree(event)) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });
})();
