// Keyboard first: a key presses the button, follows the link or enters the field that carries it.
(() => {
  "use strict";
  const editing = (target) => target.matches("input:not([type=checkbox]), select, textarea");

  const act = (element, event) => {
    event.preventDefault();
    if (element.matches("input")) element.focus();
    else element.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && editing(event.target)) return event.target.blur();
    if (editing(event.target)) {
      const own = { "new-value": "value", reason: "note" }[event.target.id];
      if (event.key === "Enter" && own) {
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
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (found && !event.repeat) act(found, event); // a held key does a thing once
  });

  document.addEventListener("click", (event) => {
    if (event.target.id === "help-button") document.getElementById("help").showModal();
  });

  // The table and the lines scroll inside their own frames; the page itself stays at the decision.
  for (const marked of document.querySelectorAll(".scroll .at, .lines .marked")) {
    const frame = marked.closest(".scroll, .lines");
    const inside = marked.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    frame.scrollTop += inside.top - around.top - around.height / 2;
    frame.scrollLeft += Math.max(0, inside.right - around.right);
  }
})();
