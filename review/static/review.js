// Keyboard first: a key presses the button, follows the link or enters the field that carries it. What is typed
// is kept in this browser until it is saved. This script runs before anything of the page is shown: no key comes
// too early for it.
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

  // The first unit that was found for what stands in the field by now; a search may still be under way.
  const firstFound = (search, field) => {
    const named = () => search.querySelector("[data-name]");
    const choose = () => {
      const first = search.querySelector(".offer[data-key]");
      if (first) first.click();
    };
    if (named() && named().dataset.name === field.value.trim()) choose();
    else search.addEventListener("htmx:afterSettle", choose, { once: true });
  };

  const shown = (element) => element.getClientRects().length > 0;

  // The reading to be mended in the field, with the sign that is in doubt chosen: typing replaces it.
  const mend = (field) => {
    const text = (field.dataset.text || "").replace(/\n/g, " "); // a field has one line
    if (!field.value) field.value = text;
    const [from, to] = (field.dataset.doubt || "").split(",").map(Number);
    field.focus();
    if (field.dataset.doubt && field.value === text) field.setSelectionRange(from, to);
    else field.setSelectionRange(field.value.length, field.value.length);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && editing(event.target)) return event.target.blur();
    if (editing(event.target)) {
      const own = { "new-value": "value", reason: "note" }[event.target.id];
      const search = event.target.closest(".place-search, .place");
      if (event.key === "Enter" && search && !event.repeat) {
        event.preventDefault();
        firstFound(search, event.target);
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
    const field = document.getElementById("new-value");
    if (found && !event.repeat) act(found, event); // a held key does a thing once
    else if (field && event.key === "c" && !event.repeat) {
      event.preventDefault();
      mend(field);
    } else if (field && shown(field) && /^[0-9]$/.test(event.key)) field.select(); // no reading has that key: it is typed
  });

  document.addEventListener("click", (event) => {
    if (event.target.id === "help-button") document.getElementById("help").showModal();
  });

  // What is typed outlives a reload, a conflict and a server that is gone.
  const forget = (sent) => {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(`keep ${sent} `)) localStorage.removeItem(name);
    }
  };
  const restore = () => {
    const sent = sessionStorage.getItem("sent");
    if (sent && !document.querySelector(".conflict")) forget(sent);
    sessionStorage.removeItem("sent");
    for (const field of document.querySelectorAll("[data-keep]")) {
      const text = localStorage.getItem(kept(field));
      if (text) field.value = text;
    }
  };
  // The server is asked of what stands in a field already: it was kept, or typed before the page could ask.
  const askTyped = () => {
    for (const field of document.querySelectorAll("input[hx-get], form[hx-get] input[type=search]")) {
      if (field.value !== field.defaultValue) htmx.trigger(field, "input");
    }
  };
  document.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.keep) localStorage.setItem(kept(event.target), event.target.value);
  });

  // Cells that were typed when no server answered are said on every page but their table's, which saves them.
  const unsaved = () => {
    if (document.getElementById("grid")) return;
    for (const name of Object.keys(localStorage)) {
      const [, doc, table] = /^typed (.*) (\S+)$/s.exec(name) || [];
      const batches = doc === undefined ? [] : JSON.parse(localStorage.getItem(name) || "[]");
      const cells = batches.flatMap((batch) => batch.cells || [batch]);
      if (!cells.length) continue;
      const link = document.createElement("a");
      link.href = `/table?${new URLSearchParams({ doc, table })}`;
      link.textContent = document.getElementById("lost").dataset.unsaved.replace("{n}", cells.length).replace("{table}", `${doc} ${table}`);
      const note = document.createElement("p");
      note.className = "conflict";
      note.setAttribute("role", "alert");
      note.append(link);
      document.getElementById("main").prepend(note);
    }
  };

  // The table and the lines scroll inside their own frames; the page itself stays at the decision.
  const frames = () => {
    for (const marked of document.querySelectorAll(".scroll .at, .lines .marked")) {
      const frame = marked.closest(".scroll, .lines");
      const inside = marked.getBoundingClientRect();
      const around = frame.getBoundingClientRect();
      frame.scrollTop += inside.top - around.top - around.height / 2;
      frame.scrollLeft += Math.max(0, inside.right - around.right);
    }
  };

  // Says by the name of its words why nothing was sent, or nothing any more.
  const tell = (why) => {
    const lost = document.getElementById("lost");
    lost.textContent = why ? lost.dataset[why] : "";
    lost.hidden = !why;
  };

  // From flag to flag only what differs is drawn anew: scripts, styles and the picture of the page stay.
  const take = async (answer) => {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = fresh.getElementById("main");
    const known = new Set([...document.scripts].map((script) => script.src));
    const wanted = [...fresh.querySelectorAll("script[src]")].map((script) => new URL(script.getAttribute("src"), location).href);
    if (!main || wanted.some((src) => !known.has(src))) return location.assign(answer.url);
    const was = document.querySelector("main .viewer");
    const next = main.querySelector(".viewer");
    const stays = was && was.viewer && next && was.viewer.shows(next);
    if (stays) next.replaceWith(was);
    if (answer.ok) history.pushState(null, "", answer.url);
    document.title = fresh.title;
    document.querySelector("header").replaceWith(fresh.querySelector("header"));
    document.getElementById("main").replaceWith(main);
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
    if (stays) was.viewer.renew(next);
    else if (window.startViewers) window.startViewers();
    if (window.startWords) window.startWords();
    if (window.htmx) htmx.process(main);
    restore();
    if (window.htmx) askTyped();
    frames();
  };

  const pressed = (form, submitter) => {
    const fields = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
    return fields;
  };

  // A flag stays with whoever works at its page: the server is told now and then while somebody does.
  const HOLD = 120_000; // milliseconds between two such notes, far less than a flag is kept without one
  let noted = Date.now();
  const hold = async () => {
    const key = document.querySelector("#decide input[name=key]");
    if (!key || Date.now() - noted < HOLD) return;
    noted = Date.now();
    try {
      const answer = await fetch("/hold", { method: "POST", body: new URLSearchParams({ key: key.value }), cache: "no-store" });
      const { other } = answer.ok ? await answer.json() : {};
      if (!other || !key.isConnected || document.getElementById("also-open")) return;
      const note = document.createElement("p");
      note.id = "also-open";
      note.className = "note";
      note.setAttribute("role", "status");
      note.textContent = `${other} ${document.getElementById("lost").dataset.also}`;
      document.getElementById("main").prepend(note);
    } catch {
      // no answer: what is decided says so
    }
  };
  for (const kind of ["keydown", "pointerdown", "wheel"]) document.addEventListener(kind, hold, { passive: true });

  const decide = async (form, submitter) => {
    const field = form.querySelector("[data-keep]");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: pressed(form, submitter), cache: "no-store" });
      tell(answer.ok || answer.status === 409 ? "" : "other");
      if (answer.ok || answer.status === 409) {
        if (field) sessionStorage.setItem("sent", field.dataset.keep);
        return await take(answer);
      }
    } catch {
      tell("gone");
    }
    delete form.dataset.sent;
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("main a[href^='/flag?']");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!document.querySelector(".decision")) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { cache: "no-store" });
      tell(answer.ok ? "" : "other");
      if (answer.ok) await take(answer);
    } catch {
      tell("gone");
    }
  });
  addEventListener("popstate", () => location.reload());

  // A form is sent once, and only to a server that answers.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const path = form.getAttribute("action"); // its buttons are called "action", too
    if (path === "/decide" || path === "/undo") return decide(form, event.submitter);
    let told = "gone";
    try {
      const answer = await fetch("/alive", { cache: "no-store" });
      told = answer.ok ? "" : "other";
    } catch {
      // no answer at all
    }
    tell(told);
    if (told) {
      delete form.dataset.sent;
      return;
    }
    const field = form.querySelector("[data-keep]");
    if (field) sessionStorage.setItem("sent", field.dataset.keep);
    if (event.submitter && event.submitter.name) {
      const sent = document.createElement("input");
      sent.type = "hidden";
      sent.name = event.submitter.name;
      sent.value = event.submitter.value;
      form.append(sent);
    }
    form.submit();
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("DOMContentLoaded", () => {
    restore();
    unsaved();
    frames();
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.target === document.body) askTyped();
  });
})();
