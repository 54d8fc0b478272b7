// A sheet of ink: arrows move from tile to tile, v types the reading of one anew, c mends its doubtful sign, x marks it
// as wrong, Tab goes on to the next; Enter confirms.
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
      field(tile).value = field(tile).value || tile.querySelector(".said").textContent.replace("—", "").replace(/\n/g, " ");
      field(tile).focus();
      field(tile).setSelectionRange(field(tile).value.length, field(tile).value.length);
    } else field(tile).value = "";
  };
  // The reading of a tile to be typed anew (all of it is chosen), or its doubtful sign to be replaced.
  const type = (tile, part) => {
    box(tile).checked = true;
    show(tile);
    const [from, to] = (field(tile).dataset.doubt || "").split(",").map(Number);
    if (!part) field(tile).select();
    else if (field(tile).dataset.doubt) field(tile).setSelectionRange(from, to);
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
  // The tile under or over this one; itself where there is none.
  const beyond = (down) => {
    const tops = tiles.map((tile) => tile.offsetTop).filter((top) => (down ? top > tiles[at].offsetTop : top < tiles[at].offsetTop));
    const row = down ? Math.min(...tops) : Math.max(...tops);
    const aside = (n) => Math.abs(tiles[n].offsetLeft - tiles[at].offsetLeft);
    return tiles.reduce((best, tile, n) => (tile.offsetTop === row && (best < 0 || aside(n) < aside(best)) ? n : best), -1);
  };
  document.addEventListener("focusin", (event) => {
    const tile = event.target.closest(".tile");
    if (tile && tiles.indexOf(tile) !== at) {
      at = tiles.indexOf(tile);
      paint();
    }
  });
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
      const step = event.key === "Tab" ? (event.shiftKey ? -1 : 1) : 0;
      if (event.key === "Enter" || event.key === "Escape" || tiles[at + step] !== tiles[at]) {
        event.preventDefault();
        event.stopImmediatePropagation();
        event.target.blur();
        at = tiles[at + step] ? at + step : at;
        paint();
      }
      return;
    }
    const goal = { ArrowLeft: () => at - 1, ArrowRight: () => at + 1, ArrowUp: () => beyond(false), ArrowDown: () => beyond(true) }[event.key];
    if (goal) {
      event.preventDefault();
      at = tiles[goal()] ? goal() : at;
      paint();
    } else if (/^[0-9]$/.test(event.key)) {
      const button = tiles[at].querySelectorAll("[data-take]")[Number(event.key)];
      if (button) take(tiles[at], button);
    } else if (event.key === "v" || event.key === "c") {
      event.preventDefault();
      event.stopImmediatePropagation();
      type(tiles[at], event.key === "c");
    } else if (event.key === "x" || (event.key === " " && !event.target.matches("button"))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      box(tiles[at]).checked = !box(tiles[at]).checked;
      show(tiles[at]);
    }
  }, true);
  paint();
})();
