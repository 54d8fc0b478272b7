// Keyboard first: a key presses the button, follows the link or enters the field that carries it. What is typed
// is kept in this browser until it is saved.
(() => {
  "use strict";
  const editing = (target) => target.matches("input:not([type=checkbox]), select, textarea");
  const kept = (field) => `keep ${field.dataset.keep} ${field.name}`;

  const act = (element, event) => {
    event.preventDefault();
    if (element.matches("input[type=checkbox]")) element.checked = !element.checked;
    else if (element.matches("input")) {
      element.focus();
      element.select();
    } else element.click();
  };

  const shown = (element) => element.getClientRects().length > 0;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && editing(event.target)) return event.target.blur();
    if (editing(event.target)) {
      const own = { "new-value": "value", reason: "note" }[event.target.id];
      const search = event.target.closest(".place-search, .place");
      if (event.key === "Enter" && search && !event.repeat) {
        event.preventDefault(); // the first unit that was found
        const first = search.querySelector(".offer");
        if (first) first.click();
      } else if (event.key === "Enter" && own && !event.repeat) {
        event.preventDefault();
        document.querySelector(`#decide button[value="${own}"]`).click();
      }
      return;
    }
    if (event.key === "?") return act(document.getElementById("help-button"), event);
    if (event.key === "/") {
      const search = document.getElementById("search");
      if (search) act(search, event);
      return;
    }
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(shown);
    if (found && !event.repeat) act(found, event); // a held key does a thing once
  });

  document.addEventListener("click", (event) => {
    if (event.target.id === "help-button") document.getElementById("help").showModal();
  });

  // What is typed outlives a reload, a conflict and a server that is gone.
  const restore = () => {
    const sent = sessionStorage.getItem("sent");
    if (sent && !document.querySelector(".conflict")) {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(`keep ${sent} `)) localStorage.removeItem(name);
      }
    }
    sessionStorage.removeItem("sent");
    for (const field of document.querySelectorAll("[data-keep]")) {
      const text = localStorage.getItem(kept(field));
      if (text) {
        field.value = text;
        if (window.htmx) htmx.trigger(field, "input");
      }
    }
  };
  document.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.keep) localStorage.setItem(kept(event.target), event.target.value);
  });

  // A form is sent once, and only to a server that answers.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const lost = document.getElementById("lost");
    let told = lost.dataset.gone;
    try {
      const answer = await fetch("/alive", { cache: "no-store" });
      told = answer.ok ? "" : lost.dataset.other;
    } catch {
      // no answer at all
    }
    lost.textContent = told;
    lost.hidden = !told;
    if (told) {
      delete form.dataset.sent;
      return;
    }
    const field = form.querySelector("[data-keep]");
    if (field) sessionStorage.setItem("sent", field.dataset.keep);
    if (event.submitter && event.submitter.name) {
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = event.submitter.name;
      pressed.value = event.submitter.value;
      form.append(pressed);
    }
    form.submit();
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  restore();

  // The table and the lines scroll inside their own frames; the page itself stays at the decision.
  for (const marked of document.querySelectorAll(".scroll .at, .lines .marked")) {
    const frame = marked.closest(".scroll, .lines");
    const inside = marked.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    frame.scrollTop += inside.top - around.top - around.height / 2;
    frame.scrollLeft += Math.max(0, inside.right - around.right);
  }
})();
