// A sheet of ink: arrows move from tile to tile, x marks one as wrong and lets its reading be typed, Enter confirms.
(() => {
  "use strict";
  const tiles = [...document.querySelectorAll(".tile")];
  if (!tiles.length) return;
  let at = 0;
  const box = (tile) => tile.querySelector("input[type=checkbox]");
  const field = (tile) => tile.querySelector("input[type=text]");

  const show = (tile) => {
    const wrong = box(tile).checked;
    tile.classList.toggle("marked-wrong", wrong);
    field(tile).hidden = !wrong;
    if (wrong) {
      field(tile).value = field(tile).value || tile.querySelector(".said").textContent.replace("—", "");
      field(tile).focus();
      field(tile).setSelectionRange(field(tile).value.length, field(tile).value.length);
    } else field(tile).value = "";
  };
  const take = (tile, button) => {
    tile.querySelector("input[name^='take.']").value = button.dataset.take;
    tile.querySelector(".said").textContent = button.textContent.trim().replace(/^\d /, "");
    for (const other of tile.querySelectorAll("[data-take]")) other.setAttribute("aria-pressed", String(other === button));
    tile.classList.toggle("changed", button.dataset.take !== "");
    if (box(tile).checked) {
      box(tile).checked = false;
      show(tile);
    }
  };
  for (const tile of tiles) {
    const taken = tile.querySelector("input[name^='take.']");
    for (const button of tile.querySelectorAll("[data-take]")) {
      if (taken && button.dataset.take === taken.value) take(tile, button);
      button.addEventListener("click", () => take(tile, button));
    }
  }
  const paint = () => {
    tiles.forEach((tile, n) => tile.classList.toggle("cursor", n === at));
    tiles[at].scrollIntoView({ block: "nearest" });
  };
  const across = () => {
    const top = tiles[0].offsetTop;
    const first = tiles.findIndex((tile) => tile.offsetTop !== top);
    return first < 0 ? tiles.length : first;
  };
  document.addEventListener("change", (event) => {
    const tile = event.target.closest(".tile");
    if (tile && event.target.type === "checkbox") {
      at = tiles.indexOf(tile);
      show(tile);
      paint();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches(".tile input[type=text]")) {
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        event.stopImmediatePropagation();
        event.target.blur();
      }
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across(), ArrowDown: across() }[event.key];
    if (step) {
      event.preventDefault();
      at = Math.min(tiles.length - 1, Math.max(0, at + step));
      paint();
    } else if (/^[0-9]$/.test(event.key)) {
      const button = tiles[at].querySelectorAll("[data-take]")[Number(event.key)];
      if (button) take(tiles[at], button);
    } else if (event.key === "x" || (event.key === " " && !event.target.matches("button"))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      box(tiles[at]).checked = !box(tiles[at]).checked;
      show(tiles[at]);
    }
  }, true);
  paint();
})();
