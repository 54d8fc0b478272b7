// The cursor of a table that is put right: arrows move it, shift marks a range, keys do what the buttons say.
(() => {
  "use strict";
  const grid = document.getElementById("grid");
  const form = document.getElementById("edit");
  if (!grid || !form) return;
  const cells = [...grid.querySelectorAll("[data-r]")];
  const at = { r: Number(grid.dataset.row), c: Number(grid.dataset.col) };
  let end = { ...at };
  let typing = null;

  const spans = (cell, r, c) => {
    const top = Number(cell.dataset.r);
    const left = Number(cell.dataset.c);
    return r >= top && r < top + cell.rowSpan && c >= left && c < left + cell.colSpan;
  };
  const cellAt = (r, c) => cells.find((cell) => spans(cell, r, c));
  const limits = {
    r: Math.max(...cells.map((cell) => Number(cell.dataset.r) + cell.rowSpan - 1)),
    c: Math.max(...cells.map((cell) => Number(cell.dataset.c) + cell.colSpan - 1)),
    top: Math.min(...cells.map((cell) => Number(cell.dataset.r))),
  };

  const boxOf = (cell) => (cell.dataset.box ? cell.dataset.box.split(" ").map(Number) : null);

  const ink = (cell) => {
    const root = document.querySelector(".viewer");
    if (!root || !root.viewer || !cell) return;
    const viewer = root.viewer;
    const page = Number(cell.dataset.page) || viewer.page;
    const row = cells.filter((other) => spans(other, at.r, Number(other.dataset.c)) && boxOf(other) && Number(other.dataset.page) === page);
    const marks = row.map((other) => ({ page, box: boxOf(other), kind: other === cell ? "at" : "row-mark" }));
    viewer.marks = marks;
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
    const back = document.querySelector("#undo-form");
    back.r.value = end.r;
    back.c.value = end.c;
    ink(cell);
  };

  const move = (dr, dc, keep) => {
    const from = cellAt(end.r, end.c);
    let r = end.r + dr;
    let c = end.c + dc;
    if (from && dr > 0) r = Number(from.dataset.r) + from.rowSpan;
    if (from && dr < 0) r = Number(from.dataset.r) - 1;
    if (from && dc > 0) c = Number(from.dataset.c) + from.colSpan;
    if (from && dc < 0) c = Number(from.dataset.c) - 1;
    end = { r: Math.min(Math.max(limits.top, r), limits.r), c: Math.min(Math.max(0, c), limits.c) };
    if (!keep) Object.assign(at, end);
    paint();
  };

  // Cells that were typed go to the server one after another, while typing goes on. They are kept in this
  // browser until they are there; when nobody types any more, the page is drawn anew with what the checks say.
  const shelf = `typed ${form.doc.value} ${form.table.value}`;
  const queue = JSON.parse(localStorage.getItem(shelf) || "[]");
  const lost = document.getElementById("lost");
  const IDLE = 1500; // milliseconds without typing after which the table is checked
  const AGAIN = 2000; // milliseconds until a server that is gone is asked again
  let sending = false;
  let idle = 0;

  const redraw = () => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (typing || sending || queue.length) return redraw();
      const here = new URL(location.href);
      here.pathname = "/table";
      here.search = new URLSearchParams({
        doc: form.doc.value, table: form.table.value, r: end.r, c: end.c, key: form.key.value,
      });
      location.replace(here);
    }, IDLE);
  };

  document.addEventListener("keydown", () => { if (idle) redraw(); }, true); // not while somebody is at work

  const drain = async () => {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const cell = queue[0];
      const body = new URLSearchParams({
        doc: form.doc.value, table: form.table.value, seen: form.seen.value,
        r: cell.r, c: cell.c, op: "text", text: cell.text, quiet: "1",
      });
      let answer = null;
      try {
        answer = await fetch("/table/edit", { method: "POST", body });
      } catch {
        lost.textContent = lost.dataset.gone;
        lost.hidden = false;
        await new Promise((resolve) => { setTimeout(resolve, AGAIN); });
        continue;
      }
      if (answer.status === 403) { // another run of the program, whose address was not opened yet
        lost.textContent = lost.dataset.other;
        lost.hidden = false;
        await new Promise((resolve) => { setTimeout(resolve, AGAIN); });
        continue;
      }
      lost.hidden = true;
      queue.shift();
      localStorage.setItem(shelf, JSON.stringify(queue));
      const told = answer.ok ? await answer.json() : {};
      if (!told.seen) { // somebody else changed the table: show it as it is now
        localStorage.removeItem(shelf);
        location.reload();
        return;
      }
      form.seen.value = told.seen;
    }
    sending = false;
    redraw();
  };

  const typed = (cell, text) => {
    cell.textContent = text;
    cell.classList.add("repaired");
    queue.push({ r: at.r, c: at.c, text });
    localStorage.setItem(shelf, JSON.stringify(queue));
    drain();
  };

  const type = (first) => {
    const cell = cellAt(end.r, end.c);
    if (!cell || typing) return;
    Object.assign(at, end);
    paint();
    const field = document.createElement("input");
    field.type = "text";
    field.value = first === undefined ? cell.textContent : first;
    field.setAttribute("aria-label", `${at.r} : ${at.c}`);
    field.autocomplete = "off";
    field.dataset.complete = `/words?${new URLSearchParams({ doc: form.doc.value, table: form.table.value })}`;
    field.dataset.col = cell.matches("th") ? "header" : String(at.c);
    typing = { cell, was: cell.textContent };
    cell.replaceChildren(field);
    field.focus();
    if (first === undefined) field.select();
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        cell.textContent = typing.was;
        typing = null;
        grid.focus();
      } else if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        event.stopPropagation();
        const go = event.key === "Tab" ? "right" : "down";
        const { was } = typing;
        typing = null;
        if (field.value === was) cell.textContent = was;
        else typed(cell, field.value);
        grid.focus();
        move(go === "down" ? 1 : 0, go === "right" ? 1 : 0, false);
      }
    });
  };

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=hidden]), select, textarea")) return;
    if (STEPS[event.key]) {
      event.preventDefault();
      move(...STEPS[event.key], event.shiftKey);
    } else if (event.key === "Enter" && !event.target.matches("a, button, summary")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      type();
    } else if (event.key.length === 1 && /[\d,.]/.test(event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      type(event.key);
    }
  }, true);
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-r]");
    if (!cell || typing) return;
    end = { r: Number(cell.dataset.r), c: Number(cell.dataset.c) };
    if (!event.shiftKey) Object.assign(at, end);
    paint();
  });
  grid.addEventListener("dblclick", () => type());
  document.getElementById("type-cell").addEventListener("click", () => type());
  // A change of rows and columns waits until what was typed is there.
  form.addEventListener("submit", (event) => {
    clearTimeout(idle);
    idle = 0;
    if (!queue.length && !sending) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    const wait = () => (queue.length || sending ? setTimeout(wait, 30) : form.requestSubmit(submitter));
    wait();
  });
  if (queue.length) drain();
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  const ready = () => {
    const root = document.querySelector(".viewer");
    if (root && root.viewer && !root.viewer.size) return setTimeout(ready, 40);
    paint();
    grid.focus({ preventScroll: true });
  };
  paint();
  ready();
})();
