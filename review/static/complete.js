// Under a field stands what the document says elsewhere and may be meant by what was typed so far: marks are not needed,
// the right arrow takes it. The field itself is left alone: programs that put marks on letters while somebody types
// (Unikey and the like) take letters back, and would take back what was completed instead; Enter saves what was typed.
(() => {
  "use strict";
  const LEAST = 2; // letters
  const asked = new Map(); // answers under way, by their address
  const lists = new Map(); // words, by the address they come from

  const fold = (text) =>
    text.normalize("NFC").replace(/./gsu, (ch) => ch.normalize("NFD")[0].toLowerCase().replace("đ", "d"));
  const letters = (text) => (text.match(/\p{L}/gu) || []).length;

  const completion = (raw, words) => {
    const numbered = /(^|[\s.])(\d+|[IVX]+)$/.test(raw); // I may become II: what numbers a thing is typed whole
    if (letters(raw) < LEAST || !/^\p{L}/u.test(raw) || numbered || words.includes(raw)) return "";
    const wanted = fold(raw);
    const whole = words.find((word) => word.length > raw.length && fold(word).startsWith(wanted));
    if (whole) return whole;
    const start = raw.lastIndexOf(" ") + 1;
    const part = wanted.slice(start);
    if (!start || letters(part) < LEAST) return "";
    const word = words.find((one) => !one.includes(" ") && one.length > part.length && fold(one).startsWith(part));
    return word ? raw.slice(0, start) + word : "";
  };

  const place = (field) => {
    if (!field.suggestion) {
      field.suggestion = document.createElement("output");
      field.suggestion.className = "suggestion";
      field.suggestion.htmlFor = field.id;
      field.after(field.suggestion);
    }
    return field.suggestion;
  };

  const suggest = (field) => {
    const words = lists.get(field.dataset.complete);
    const text = words ? completion(field.value, [...(words[field.dataset.col] || []), ...words[""]]) : "";
    const box = place(field);
    box.value = text ? `→ ${text}` : "";
    field.dataset.suggested = text;
  };

  const load = async (field) => {
    const address = field.dataset.complete;
    if (!asked.has(address)) {
      asked.set(address, fetch(address, { cache: "no-store" }).then((got) => (got.ok ? got.json() : { "": [] })));
    }
    try {
      lists.set(address, await asked.get(address));
    } catch {
      asked.delete(address); // the server is gone: asked again with the next field
      return;
    }
    suggest(field); // of what was typed while the answer was under way
    field.dataset.known = "yes";
  };

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-complete]")) load(event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-complete]")) suggest(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "ArrowRight" || event.isComposing || !field.matches("[data-complete]")) return;
    const atEnd = field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
    if (!atEnd || !field.dataset.suggested) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.value = field.dataset.suggested;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, true);
})();
