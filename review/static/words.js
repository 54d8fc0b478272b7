// A long text word by word: c leads from doubt to doubt, 1-9 take another word, 0 the one that was read, v types it,
// , and . go from word to word, w finds one by its first letters, V opens the whole text; a or Enter writes what stands.
(() => {
  "use strict";
  const KEEP = "words";
  const fold = (text) =>
    text.normalize("NFC").replace(/./gsu, (ch) => ch.normalize("NFD")[0].toLowerCase().replace("đ", "d"));
  let shown = null; // the text on this page

  class Text {
    constructor(root) {
      this.root = root;
      this.words = JSON.parse(root.dataset.words).map(([read, gap, rivals, put]) => ({ read, gap, rivals, put, says: put }));
      this.at = -1;
      this.typing = "";
      this.whole = document.getElementById("new-value");
      this.restore();
      this.go(this.words.findIndex((word) => word.rivals.length));
      document.getElementById("whole-text").addEventListener("click", () => this.open());
      document.getElementById("find-word").addEventListener("click", () => this.find());
      document.getElementById("write-words").addEventListener("click", () => this.compose());
      root.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-n]");
        if (button) this.go(Number(button.dataset.n));
      });
    }

    get key() {
      return `keep ${this.root.dataset.keepWords} ${KEEP}`;
    }

    get doubts() {
      return this.words.flatMap((word, n) => (word.rivals.length || word.says !== word.put || n === this.at ? [n] : []));
    }

    text() {
      const parts = this.words.map((word) => (word.says ? word.says + word.gap : ""));
      return parts.join("").trim();
    }

    compose() {
      if (this.typing) this.typed(false);
      if (this.whole.hidden) this.whole.value = this.text();
    }

    restore() {
      try {
        const kept = JSON.parse(localStorage.getItem(this.key) || "null");
        if (kept && kept.length === this.words.length) kept.forEach((says, n) => (this.words[n].says = says));
      } catch {
        // what another program wrote there
      }
    }

    keep() {
      localStorage.setItem(this.key, JSON.stringify(this.words.map((word) => word.says)));
    }

    go(n) {
      this.typing = "";
      this.at = n;
      this.draw();
    }

    // Takes a word; where no other is in doubt, that decides the text.
    take(says) {
      const only = this.words.filter((word) => word.rivals.length).length === 1;
      this.put(says);
      if (only) document.getElementById("write-words").click();
    }

    // The doubt after or before this one, round from the last to the first.
    step(back) {
      const found = this.doubts;
      if (!found.length) return;
      const later = back ? found.filter((n) => n < this.at).pop() : found.find((n) => n > this.at);
      this.go(later === undefined ? (back ? found[found.length - 1] : found[0]) : later);
    }

    put(says) {
      const word = this.words[this.at];
      if (!word) return;
      word.says = says;
      this.keep();
      const after = this.doubts.find((n) => n > this.at);
      this.go(after === undefined ? this.at : after);
    }

    draw() {
      this.root.replaceChildren();
      const doubts = new Set(this.doubts);
      this.words.forEach((word, n) => {
        const piece = doubts.has(n) ? this.button(word, n) : document.createElement("span");
        if (!doubts.has(n)) piece.textContent = word.says;
        this.root.append(piece, word.gap || " ");
      });
      this.bar();
      const at = this.root.querySelector("[aria-current]");
      if (!at) return;
      at.scrollIntoView({ block: "nearest" });
      const ink = document.querySelector(".ink.tall");
      const share = this.words.slice(0, this.at).reduce((sum, word) => sum + word.read.length + 1, 0) / Math.max(1, this.text().length);
      if (ink) ink.scrollTop = share * ink.scrollHeight - ink.clientHeight / 2;
    }

    button(word, n) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.n = n;
      button.className = word.says === word.read ? "word" : "word put";
      if (n === this.at) button.setAttribute("aria-current", "true");
      if (word.says !== word.read) {
        const was = document.createElement("del");
        was.textContent = word.read;
        button.append(was, " ");
      }
      const now = document.createElement(word.says === word.read ? "span" : "ins");
      now.textContent = word.says || this.root.dataset.nothing;
      button.append(now);
      return button;
    }

    // What the word that is led to may be.
    bar() {
      const bar = document.getElementById("rivals");
      const word = this.words[this.at];
      bar.replaceChildren();
      const data = this.root.dataset;
      const found = this.words.flatMap((each, n) => (each.rivals.length ? [n] : []));
      const said = document.createElement("p");
      said.className = "where";
      const place = found.indexOf(this.at) + 1;
      said.textContent = !found.length ? data.none : data.doubt.replace("{n}", place || "–").replace("{all}", found.length);
      const key = document.createElement("kbd");
      key.textContent = "c";
      if (found.length) said.append(" ", key);
      bar.append(said);
      if (!word) return;
      const offer = (label, name, act, pressed) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "quiet";
        button.setAttribute("aria-pressed", String(pressed));
        const kbd = document.createElement("kbd");
        kbd.textContent = name;
        button.append(`${label} `, kbd);
        button.addEventListener("click", act);
        bar.append(button);
      };
      word.rivals.forEach((rival, n) => offer(rival || data.nothing, String(n + 1), () => this.take(rival), word.says === rival));
      offer(`${word.read} (${data.asRead})`, "0", () => this.put(word.read), word.says === word.read);
      offer(data.type, "v", () => this.type(), false);
    }

    // A field in the place of the bar: for the word itself, or for the first letters of the one that is sought.
    field(kind, value) {
      this.typing = kind;
      const bar = document.getElementById("rivals");
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "text";
      input.id = "word-typed";
      input.autocomplete = "off";
      input.value = value;
      label.append(`${kind === "find" ? this.root.dataset.field : this.root.dataset.type} `, input);
      bar.replaceChildren(label);
      input.focus();
      input.select();
      if (kind === "find") input.addEventListener("input", () => this.seek(input.value));
    }

    type() {
      if (this.words[this.at]) this.field("type", this.words[this.at].says);
    }

    find() {
      this.from = this.at;
      this.field("find", "");
    }

    // The first word behind where the search began that begins so; with `on` the next one.
    seek(letters, on) {
      const wanted = fold(letters.trim());
      const bare = (word) => fold(word.says).replace(/^[^\p{L}\p{N}]+/u, "");
      const start = (on ? this.at : this.from) + 1;
      const order = this.words.map((_, n) => (start + n) % this.words.length);
      const n = wanted ? (order.find((m) => bare(this.words[m]).startsWith(wanted)) ?? -1) : -1;
      for (const marked of this.root.querySelectorAll(".found")) marked.classList.remove("found");
      if (n >= 0) {
        this.at = n;
        this.root.children[n].classList.add("found");
        this.root.children[n].scrollIntoView({ block: "nearest" });
      }
    }

    typed(on) {
      const input = document.getElementById("word-typed");
      const finding = this.typing === "find";
      this.typing = "";
      if (!input) return;
      const says = input.value.trim();
      this.root.focus({ preventScroll: true });
      if (finding) {
        this.draw();
        this.type();
      } else if (on) this.put(says);
      else {
        this.words[this.at].says = says;
        this.keep();
        this.draw();
      }
    }

    open() {
      this.compose();
      const closed = this.whole.hidden;
      this.whole.hidden = !closed;
      this.root.hidden = document.getElementById("rivals").hidden = closed;
      if (closed) {
        this.whole.value = this.text();
        this.whole.focus();
        this.whole.setSelectionRange(0, 0);
      } else {
        const read = this.words.map((word) => word.read + word.gap).join("");
        const rest = this.whole.value.trim();
        if (rest !== this.text()) this.words = [{ read, gap: "", rivals: [], put: read, says: rest }];
        this.go(0);
      }
    }
  }

  const write = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) document.getElementById("write-words").click();
  };

  document.addEventListener("keydown", (event) => {
    if (!shown || !shown.root.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const own = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (event.target === shown.whole) {
      if (event.key === "Enter") write(event);
      else if (event.key === "Escape") {
        own();
        shown.open();
      }
      return;
    }
    if (event.target.id === "word-typed") {
      if (event.key === "Enter" || event.key === "Tab") {
        own();
        shown.typed(true);
      } else if (event.key === "ArrowDown" && shown.typing === "find") {
        own();
        shown.seek(event.target.value, true);
      } else if (event.key === "Escape") {
        own();
        shown.go(shown.at);
        shown.root.focus({ preventScroll: true });
      }
      return;
    }
    if (event.target.matches("input:not([type=checkbox]), select, textarea") || shown.root.hidden) return;
    const word = shown.words[shown.at];
    if (event.key === "Enter" && !event.target.matches("button, a, summary, input")) write(event);
    else if (event.key === "c" || event.key === "C") {
      own();
      shown.step(event.key === "C");
    } else if (event.key === "," || event.key === ".") {
      own();
      shown.go(Math.min(Math.max(0, shown.at + (event.key === "." ? 1 : -1)), shown.words.length - 1));
    } else if (event.key === "v") {
      own();
      shown.type();
    } else if (event.key === "0" && word) {
      own();
      if (!event.repeat) shown.put(word.read);
    } else if (/^[1-9]$/.test(event.key) && word) {
      own();
      const rival = word.rivals[Number(event.key) - 1];
      if (rival !== undefined && !event.repeat) shown.take(rival);
    }
  }, true);

  window.startWords = () => {
    const root = document.getElementById("words");
    shown = root ? new Text(root) : null;
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", window.startWords);
  else window.startWords();
})();
