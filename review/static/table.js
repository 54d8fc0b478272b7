// The cursor of a table that is put right: arrows move it, shift marks a range, keys do what the buttons say. The page
// stays: what came of a change is drawn over it, and keys pressed meanwhile are played afterwards. Nothing is lost.
(() => {
  "use strict";
  const IDLE = 700; // milliseconds without a key after which what was typed is checked and the table drawn anew
  const byId = (id) => document.getElementById(id);
  if (!byId("grid")) return;

  // The table as drawn: its grid, the cells of it, the names of its rows and columns, which outlast every change.
  let grid, form, cells, names, limits;
  let at, end; // where the range begins, and the cursor
  const read = () => {
    grid = byId("grid");
    form = byId("edit");
    cells = [...grid.querySelectorAll("[data-r]")];
    names = { rows: JSON.parse(grid.dataset.rows), cols: JSON.parse(grid.dataset.cols) };
    limits = {
      top: Math.min(...cells.map((cell) => Number(cell.dataset.r))),
      r: Math.max(...cells.map((cell) => Number(cell.dataset.r) + cell.rowSpan - 1)),
      c: names.cols.length - 1,
    };
  };
  const begin = () => {
    at = { r: Number(grid.dataset.row), c: Number(grid.dataset.col) };
    end = { ...at };
  };
  read();
  begin();

  const spans = (cell, r, c) => {
    const top = Number(cell.dataset.r);
    const left = Number(cell.dataset.c);
    return r >= top && r < top + cell.rowSpan && c >= left && c < left + cell.colSpan;
  };
  const oneLine = (text) => text.replace(/\s*\n\s*/g, " "); // as a field shows it
  const cellAt = (r, c) => cells.find((cell) => spans(cell, r, c));
  const boxOf = (cell) => (cell.dataset.box ? cell.dataset.box.split(" ").map(Number) : null);

  const ink = (cell) => {
    const root = document.querySelector(".viewer");
    if (!root || !root.viewer || !cell) return;
    const viewer = root.viewer;
    const page = Number(cell.dataset.page) || viewer.page;
    const row = cells.filter((other) => spans(other, at.r, Number(other.dataset.c)) && boxOf(other) && Number(other.dataset.page) === page);
    viewer.marks = row.map((other) => ({ page, box: boxOf(other), kind: other === cell ? "at" : "row-mark" }));
    const show = () => { viewer.drawMarks(); viewer.home(); };
    if (page !== viewer.page) viewer.show(page).then(show);
    else show();
  };

  const paint = () => {
    const [r0, r1] = [at.r, end.r].sort((a, b) => a - b);
    const [c0, c1] = [at.c, end.c].sort((a, b) => a - b);
    for (const cell of cells) {
      cell.classList.remove("cursor", "chosen");
      const r = Number(cell.dataset.r);
      const c = Number(cell.dataset.c);
      if (r <= r1 && r + cell.rowSpan > r0 && c <= c1 && c + cell.colSpan > c0) cell.classList.add("chosen");
    }
    const cell = cellAt(end.r, end.c);
    if (!cell) return;
    cell.classList.add("cursor");
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    form.r.value = at.r;
    form.c.value = at.c;
    form.r2.value = end.r;
    form.c2.value = end.c;
    const back = byId("undo-form");
    back.r.value = end.r;
    back.c.value = end.c;
    ink(cell);
  };

  const TEXT_FIELDS = "input[type=text], textarea";

  // What stands in the way of saving is said where every page says it.
  const lost = byId("lost");
  const refused = []; // sentences about texts that could not be kept
  const tell = (why) => {
    lost.textContent = [why ? lost.dataset[why] : "", ...refused].filter(Boolean).join(" ");
    lost.hidden = !lost.textContent;
  };

  // A fresh page is drawn over this one at once, so that no key can come between; the picture of the page stays, and so
  // do the scrolling and the focus.
  const named = (element) => {
    const { key } = element.dataset;
    const href = element.getAttribute("href");
    if (key || href) return key ? `[data-key="${CSS.escape(key)}"]` : `a[href="${CSS.escape(href)}"]`;
    return element.matches(".viewer") ? ".viewer" : "#grid";
  };
  const draw = (fresh, stay) => {
    const here = { row: names.rows[end.r], col: names.cols[end.c] };
    const focused = document.activeElement;
    const inside = focused === document.body || byId("main").contains(focused);
    const before = { top: grid.scrollTop, left: grid.scrollLeft, focus: named(focused) };
    const next = fresh.getElementById("main");
    const viewers = [document.querySelector("main .viewer"), next.querySelector(".viewer")];
    if (viewers.every(Boolean)) viewers[1].replaceWith(viewers[0]);
    document.title = fresh.title;
    const header = document.querySelector("header");
    if (!header.contains(focused)) header.replaceWith(fresh.querySelector("header"));
    byId("main").replaceWith(next);
    read();
    begin();
    if (stay) {
      const [r, c] = [names.rows.indexOf(here.row), names.cols.indexOf(here.col)];
      if (r >= limits.top && r <= limits.r) at.r = end.r = r;
      if (c >= 0) at.c = end.c = c;
    }
    grid.scrollTop = before.top;
    grid.scrollLeft = before.left;
    paint();
    if (inside) (document.querySelector(`main ${before.focus}`) || grid).focus({ preventScroll: true });
  };
  const address = (r, c) => `/table?${new URLSearchParams({ doc: form.doc.value, table: form.table.value, r, c, key: form.key.value })}`;
  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  const half = `half ${form.doc.value} ${form.table.value}`; // what is being typed
  let typing = null;
  let busy = false; // while a change of rows and columns is on its way
  let idle = 0;
  let age = 0; // how often something was typed or changed: what was asked for earlier is out of date

  const put = (text) => (text ? localStorage.setItem(half, text) : localStorage.removeItem(half));

  const redraw = () => {
    clearTimeout(idle);
    idle = setTimeout(renew, IDLE);
  };
  const shelf = window.startShelf({
    form: () => form,
    tell,
    refuse: ({ text, now }) =>
      refused.push((now === undefined ? form.dataset.missing : form.dataset.taken).replace("{text}", text).replace("{now}", now)),
    done: redraw,
  });
  // Whether somebody writes in a field beside the table (its title): a fresh page would take what is written there.
  const isWritten = (field) => byId("main").contains(field) && field.matches(TEXT_FIELDS) && field.value !== field.defaultValue;
  const renew = async () => {
    idle = 0;
    const asked = age;
    const isLate = () => typing || shelf.sending || busy || asked !== age || isWritten(document.activeElement);
    if (isLate()) return; // whatever is under way asks again when it is done
    try {
      const answer = await fetch(address(end.r, end.c), { cache: "no-store" });
      const fresh = answer.ok && await parsed(answer);
      if (isLate()) return;
      if (fresh && fresh.getElementById("grid")) draw(fresh, true);
      else if (fresh) location.reload(); // the table is no more
    } catch {
      tell("gone");
    }
  };

  // Cells with what they say from now on, as one batch; what says so already is left out.
  const save = (changes) => {
    const cells = [];
    for (const { cell, text, was } of changes) {
      if (oneLine(text) === oneLine(was)) continue;
      cell.textContent = text;
      cell.classList.add("repaired");
      cells.push({ row: names.rows[Number(cell.dataset.r)], col: names.cols[Number(cell.dataset.c)], text, was });
    }
    if (!cells.length) return;
    age += 1;
    shelf.put(cells);
  };
  const changed = (cell, text) => ({ cell, text, was: cell.textContent });

  const move = (dr, dc, keep) => {
    const from = cellAt(end.r, end.c);
    let r = end.r + dr;
    let c = end.c + dc;
    if (from && dr > 0) r = Number(from.dataset.r) + from.rowSpan;
    if (from && dr < 0) r = Number(from.dataset.r) - 1;
    if (from && dc > 0) c = Number(from.dataset.c) + from.colSpan;
    if (from && dc < 0) c = Number(from.dataset.c) - 1;
    const beyond = (r > limits.r && limits.r < names.rows.length - 1) || (r < limits.top && r >= 0);
    if (beyond && !keep) return visit(address(r, end.c)); // a long table is shown in parts
    end = { r: Math.min(Math.max(limits.top, r), limits.r), c: Math.min(Math.max(0, c), limits.c) };
    if (!keep) Object.assign(at, end);
    paint();
  };

  // What was typed into a cell is saved, or what stood there stands again.
  const leave = (keep, stays = true) => {
    const { cell, field, text } = typing;
    typing = null;
    put("");
    cell.textContent = text;
    if (keep && field.value !== field.defaultValue) save([{ cell, text: field.value, was: text }]);
    else redraw();
    if (stays) grid.focus({ preventScroll: true });
  };
  const KEYS_OF_FIELD = {
    Escape: () => leave(false),
    Enter: () => { leave(true); move(1, 0, false); },
    Tab: () => { leave(true); move(0, 1, false); },
  };

  const type = (first) => {
    const cell = cellAt(end.r, end.c);
    if (!cell || typing) return;
    Object.assign(at, end);
    paint();
    const field = document.createElement("input");
    const text = cell.textContent;
    field.type = "text";
    field.defaultValue = oneLine(text);
    if (first !== undefined) field.value = first;
    field.setAttribute("aria-label", `${at.r} : ${at.c}`);
    field.autocomplete = "off";
    field.dataset.complete = `/words?${new URLSearchParams({ doc: form.doc.value, table: form.table.value })}`;
    field.dataset.col = cell.matches("th") ? "header" : String(at.c);
    typing = { cell, field, text };
    cell.replaceChildren(field);
    field.focus();
    if (first === undefined) field.select();
    const note = () => put(JSON.stringify({ row: names.rows[at.r], col: names.cols[at.c], text: field.value, was: text }));
    if (first !== undefined) note();
    field.addEventListener("input", note);
    field.addEventListener("keydown", (event) => {
      if (!KEYS_OF_FIELD[event.key] || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS_OF_FIELD[event.key]();
    });
    field.addEventListener("focusout", () => { // to another place of the page, not to another window
      if (typing && typing.field === field && document.hasFocus()) leave(true, false);
    });
  };

  // The marked rows and columns.
  const range = () => {
    const [r0, r1] = [at.r, end.r].sort((a, b) => a - b);
    const [c0, c1] = [at.c, end.c].sort((a, b) => a - b);
    return { r0, r1, c0, c1, rows: r1 - r0 + 1, cols: c1 - c0 + 1 };
  };

  // What `range.js` needs of it.
  window.tableGrid = {
    range,
    cellAt,
    limits: () => limits,
    words: () => form.dataset,
    isFree: (event) => !typing && !busy && !document.querySelector("dialog[open]") && (event.target === document.body || grid.contains(event.target)),
    save,
    changed,
    mark: (from, to) => {
      at = from;
      end = to;
      paint();
    },
    refuse: (text) => {
      lost.textContent = text;
      lost.hidden = false;
    },
  };

  // A change of rows and columns, or another part of the table: the page waits for it. Keys that are pressed meanwhile
  // are held, and played when it is drawn.
  const held = [];
  const whole = async (ask) => {
    if (busy) return;
    busy = true;
    if (typing) leave(true);
    clearTimeout(idle);
    age += 1;
    await shelf.sending;
    let done = false;
    try {
      const answer = await ask();
      const fresh = await parsed(answer);
      tell(answer.status === 403 ? "other" : "");
      if (fresh.getElementById("grid")) draw(fresh, false);
      else if (answer.ok) return location.assign(answer.url); // it is no table any more
      else if (answer.status !== 403) return location.reload();
      done = answer.ok;
      if (done) history.replaceState(null, "", answer.url);
    } catch {
      tell("gone");
    }
    busy = false;
    if (!done) held.length = 0; // they were meant for what did not come
    while (held.length && !busy) play(held.shift());
  };
  const visit = (url) => whole(() => fetch(url, { cache: "no-store" }));
  const change = (sender, submitter) => {
    const fields = new URLSearchParams(new FormData(sender));
    if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
    return whole(() => {
      if (fields.has("seen")) fields.set("seen", form.seen.value); // what was typed before is there by now
      return fetch(sender.getAttribute("action"), { method: "POST", body: fields, cache: "no-store" });
    });
  };

  const insert = (field, text, back) => {
    const from = field.selectionStart - (back && field.selectionStart === field.selectionEnd ? 1 : 0);
    field.setRangeText(text, Math.max(0, from), field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const play = ({ key, shiftKey }) => {
    if (!typing) {
      const target = document.activeElement || document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
    } else if (KEYS_OF_FIELD[key]) KEYS_OF_FIELD[key]();
    else if (key === "Backspace") insert(typing.field, "", true);
    else if (key.length === 1) insert(typing.field, key, false);
  };

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type=hidden]), select, textarea") || document.querySelector("dialog[open]")) return;
    const mine = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (idle) redraw(); // not while somebody is at work
    if (busy) {
      if (event.key === "Tab" && !held.length) return;
      mine();
      if (!event.repeat) held.push({ key: event.key, shiftKey: event.shiftKey });
    } else if (STEPS[event.key]) {
      mine();
      move(...STEPS[event.key], event.shiftKey);
    } else if (event.key === "Enter" && !event.target.matches("a, button, summary")) {
      mine();
      type();
    } else if (event.key.length === 1 && /[\d,.]/.test(event.key)) {
      mine();
      type(event.key);
    }
  }, true);
  document.addEventListener("focusout", ({ target }) => {
    if (isWritten(target)) redraw();
  });
  // A cell is chosen when the mouse goes down: what was typed into another is saved then, and columns may move.
  document.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("#grid [data-r]");
    if (!cell || busy || event.button || (typing && typing.cell === cell)) return;
    end = { r: Number(cell.dataset.r), c: Number(cell.dataset.c) };
    if (!event.shiftKey) Object.assign(at, end);
    if (typing) leave(true);
    paint();
  });
  document.addEventListener("click", (event) => {
    const part = event.target.closest("#grid a[href]");
    if (part && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      visit(part.href);
    } else if (event.target.closest("#type-cell")) type();
  });
  document.addEventListener("dblclick", (event) => {
    if (event.target.closest("#grid [data-r]") && !busy) type();
  });
  // Whatever leaves the page waits until what was typed is there.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.closest("#grid") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (typing) leave(true, false);
    if (!shelf.sending) return;
    event.preventDefault();
    await shelf.sending;
    location.assign(link.href);
  }, true);
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    const own = target === form || target === byId("undo-form");
    if (typing) leave(true, false);
    if (!own && !shelf.sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (own && !busy) change(target, submitter);
    else if (!own) {
      await shelf.sending;
      target.requestSubmit(submitter);
    }
  }, true);

  // What was being typed when the page was left is typed on.
  const typeOn = () => {
    const kept = JSON.parse(localStorage.getItem(half) || "null");
    const [r, c] = kept ? [names.rows.indexOf(kept.row), names.cols.indexOf(kept.col)] : [-1, -1];
    if (!cellAt(r, c)) return;
    at = { r, c };
    end = { r, c };
    type(kept.text);
  };
  const ready = () => {
    const root = document.querySelector(".viewer");
    if (root && root.viewer && !root.viewer.size && !root.classList.contains("empty")) return setTimeout(ready, 40);
    paint();
    if (!typing) grid.focus({ preventScroll: true });
  };
  paint();
  grid.focus({ preventScroll: true });
  shelf.begin();
  typeOn();
  ready();
})();
