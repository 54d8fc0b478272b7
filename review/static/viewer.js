// A page of the source with what is spoken of marked: zoom, turn, fit, pages on, by keyboard or mouse.
(() => {
  "use strict";
  const MARGIN = 40; // points shown round what is looked at
  const LEAST = [300, 90]; // points: a view is never smaller, so that a reviewer sees where they are

  let waiting = null; // the picture asked for ahead, so that it is not forgotten before it has come
  const sizes = new Map(); // pages by what is asked of the server

  const sizeOf = async (asked) => {
    if (!sizes.has(asked)) {
      const answer = await fetch(`/page.json?${asked}`).catch(() => null);
      if (!answer || !answer.ok) return null;
      sizes.set(asked, await answer.json());
    }
    return sizes.get(asked);
  };

  class Viewer {
    constructor(root) {
      this.root = root;
      this.doc = root.dataset.doc;
      this.page = Number(root.dataset.page) || 1;
      this.pages = Number(root.dataset.pages) || 1;
      this.turns = JSON.parse(root.dataset.turns || "{}");
      this.marks = JSON.parse(root.dataset.marks || "[]");
      this.sheet = document.createElement("div");
      this.sheet.className = "sheet-page";
      this.image = document.createElement("img");
      this.image.alt = "";
      this.layer = document.createElement("div");
      this.sheet.append(this.image, this.layer);
      root.append(this.sheet);
      this.size = null;
      this.scale = 1;
      this.at = [0, 0];
      this.extra = 0;
      root.viewer = this;
      this.drag();
      this.show(this.page).then(() => this.home());
    }

    // Resolves when the page that was asked for last is there, whichever answer comes first.
    show(page) {
      this.page = Math.min(Math.max(1, page), this.pages);
      this.latest = this.load(this.page);
      return this.latest;
    }

    async load(page) {
      const asked = `doc=${encodeURIComponent(this.doc)}&page=${page}`;
      const size = await sizeOf(asked);
      if (page !== this.page) return this.latest;
      this.size = size;
      if (!size) {
        this.root.classList.add("empty");
        this.root.textContent = this.root.dataset.gone || "";
        return undefined;
      }
      this.image.src = `/page?${asked}`;
      await this.image.decode().catch(() => {});
      if (page !== this.page) return this.latest;
      this.root.classList.add("ready");
      this.extra = 0;
      this.drawMarks();
      this.ahead();
      return undefined;
    }

    // The page of the next flag is asked for while this one is looked at.
    ahead() {
      const { next } = this.root.dataset;
      if (!next || !this.size) return;
      sizeOf(next).then(() => {
        waiting = new Image();
        waiting.src = `/page?${next}`;
      });
    }

    // Whether this viewer shows the page that another was to show.
    shows(other) {
      return this.doc === other.dataset.doc && this.page === Number(other.dataset.page) && Boolean(this.size);
    }

    renew(other) {
      for (const { name, value } of other.attributes) if (name !== "class") this.root.setAttribute(name, value);
      if (!other.dataset.next) delete this.root.dataset.next;
      this.extra = 0;
      this.setMarks(JSON.parse(other.dataset.marks || "[]"));
      this.home();
      this.ahead();
    }

    get turn() {
      return (Number(this.turns[this.page] || 0) + this.extra) % 360;
    }

    drawMarks() {
      this.layer.replaceChildren();
      for (const mark of this.marks) {
        if (mark.page !== this.page) continue;
        const [x0, y0, x1, y1] = mark.box;
        const element = document.createElement("div");
        element.className = `mark ${mark.kind}`;
        element.style.left = `${x0}px`;
        element.style.top = `${y0}px`;
        element.style.width = `${x1 - x0}px`;
        element.style.height = `${y1 - y0}px`;
        this.layer.append(element);
      }
    }

    setMarks(marks) {
      this.marks = marks;
      this.drawMarks();
    }

    // A point of the page as stored, as it stands on the turned page.
    turned(x, y) {
      const { width, height } = this.size;
      if (this.turn === 90) return [height - y, x];
      if (this.turn === 180) return [width - x, height - y];
      if (this.turn === 270) return [y, width - x];
      return [x, y];
    }

    extent() {
      const { width, height } = this.size;
      return this.turn % 180 ? [height, width] : [width, height];
    }

    place() {
      if (!this.size) return;
      const { width, height } = this.size;
      this.image.style.width = this.sheet.style.width = `${width}px`;
      this.image.style.height = this.sheet.style.height = `${height}px`;
      const back = { 0: [0, 0], 90: [height, 0], 180: [width, height], 270: [0, width] }[this.turn];
      const [x, y] = this.at;
      this.sheet.style.transform =
        `translate(${x}px, ${y}px) scale(${this.scale}) translate(${back[0]}px, ${back[1]}px) rotate(${this.turn}deg)`;
    }

    // The view that shows a box (points of the page as stored) as large as it fits.
    focus(box) {
      if (!this.size) return;
      const corners = [this.turned(box[0], box[1]), this.turned(box[2], box[3])];
      let [x0, x1] = [corners[0][0], corners[1][0]].sort((a, b) => a - b);
      let [y0, y1] = [corners[0][1], corners[1][1]].sort((a, b) => a - b);
      const wide = Math.max(x1 - x0 + 2 * MARGIN, LEAST[0]);
      const high = Math.max(y1 - y0 + 2 * MARGIN, LEAST[1]);
      const frame = this.root.getBoundingClientRect();
      const [pageWide, pageHigh] = this.extent();
      this.scale = Math.min(frame.width / Math.min(wide, pageWide), frame.height / Math.min(high, pageHigh));
      const middle = [(x0 + x1) / 2, (y0 + y1) / 2];
      this.at = [0, 1].map((axis) => {
        const room = axis ? frame.height : frame.width;
        const all = (axis ? pageHigh : pageWide) * this.scale;
        const wanted = room / 2 - middle[axis] * this.scale;
        return all <= room ? (room - all) / 2 : Math.min(0, Math.max(room - all, wanted));
      });
      this.place();
    }

    fit() {
      if (!this.size) return;
      this.focus([0, 0, this.size.width, this.size.height]);
    }

    home() {
      if (this.root.dataset.fit === "page") return this.fit();
      const here = this.marks.filter((mark) => mark.page === this.page && mark.kind !== "row-mark");
      const rows = this.marks.filter((mark) => mark.page === this.page);
      const near = rows.length ? rows : here;
      if (!near.length) return this.fit();
      this.focus([
        Math.min(...near.map((m) => m.box[0])),
        Math.min(...near.map((m) => m.box[1])),
        Math.max(...near.map((m) => m.box[2])),
        Math.max(...near.map((m) => m.box[3])),
      ]);
    }

    zoom(by) {
      const frame = this.root.getBoundingClientRect();
      const centre = [frame.width / 2, frame.height / 2];
      this.at = this.at.map((v, axis) => centre[axis] - (centre[axis] - v) * by);
      this.scale *= by;
      this.place();
    }

    rotate() {
      this.extra = (this.extra + 90) % 360;
      this.home();
    }

    pan(dx, dy) {
      this.at = [this.at[0] + dx, this.at[1] + dy];
      this.place();
    }

    async turnPage(step) {
      const page = this.page + step;
      if (page < 1 || page > this.pages) return;
      await this.show(page);
      this.home();
    }

    drag() {
      let from = null;
      this.root.addEventListener("pointerdown", (event) => {
        from = [event.clientX, event.clientY];
        this.root.setPointerCapture(event.pointerId);
      });
      this.root.addEventListener("pointermove", (event) => {
        if (!from) return;
        this.pan(event.clientX - from[0], event.clientY - from[1]);
        from = [event.clientX, event.clientY];
      });
      this.root.addEventListener("pointerup", () => { from = null; });
      this.root.addEventListener("wheel", (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      }, { passive: false });
    }
  }

  const KEYS = {
    "+": (v) => v.zoom(1.25),
    "=": (v) => v.zoom(1.25),
    "-": (v) => v.zoom(0.8),
    "0": (v) => v.fit(),
    "f": (v) => v.home(),
    "t": (v) => v.rotate(),
    "PageDown": (v) => v.turnPage(1),
    "PageUp": (v) => v.turnPage(-1),
  };
  const PAN = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };

  const start = () => {
    for (const root of document.querySelectorAll(".viewer")) if (!root.viewer) new Viewer(root);
  };
  window.startViewers = start;
  addEventListener("resize", () => {
    for (const root of document.querySelectorAll(".viewer")) if (root.viewer) root.viewer.home();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const root = document.querySelector(".viewer");
    if (!root || !root.viewer) return;
    if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key](root.viewer);
    } else if (PAN[event.key] && !document.getElementById("grid")) {
      event.preventDefault();
      root.viewer.pan(...PAN[event.key]);
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    const root = document.querySelector(".viewer");
    if (button && root && root.viewer) KEYS[button.dataset.view](root.viewer);
  });
  start();
})();
