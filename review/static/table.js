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

  const send = (op, text, go) => {
    if (form.dataset.sent) return; // a held key does a thing once
    form.dataset.sent = "yes";
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = "op";
    hidden.value = op;
    form.append(hidden);
    form.text.value = text || "";
    form.go.value = go || "";
    form.submit();
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
        if (field.value === typing.was) {
          cell.textContent = typing.was;
          typing = null;
          grid.focus();
          move(go === "down" ? 1 : 0, go === "right" ? 1 : 0, false);
        } else send("text", field.value, go);
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
