#!/usr/bin/env bash
# System packages where they are missing, and .venv with the pinned libraries. Does nothing, at once,
# where everything is there. Says plainly what is missing where it cannot install it.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "setup: $*"; exit 14; }

# ---- what the system must have ------------------------------------------------------------------
missing_packages() {
  if ! command -v tesseract >/dev/null; then
    echo tesseract-ocr tesseract-ocr-vie tesseract-ocr-eng
  else
    local langs
    langs="$(tesseract --list-langs 2>/dev/null || true)"
    grep -qx vie <<<"$langs" || echo tesseract-ocr-vie
    grep -qx eng <<<"$langs" || echo tesseract-ocr-eng
  fi
  has_liberation_two || echo fonts-liberation2
}

# The samples are drawn in Liberation 2; the first version lacks some Vietnamese capitals, and has the same
# file names where Debian 12 puts it.
has_liberation_two() {
  [ -f /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf ] && return
  if command -v dpkg-query >/dev/null; then
    dpkg-query -W -f '${Version}' fonts-liberation 2>/dev/null | grep -Eq '^([0-9]+:)?[2-9]'
  else
    ls /usr/share/fonts/*/liberation*/LiberationSerif-Regular.ttf >/dev/null 2>&1
  fi
}

# Newer releases have Liberation 2 under the plain name.
known_packages() {
  if ! apt-cache show fonts-liberation2 >/dev/null 2>&1; then
    packages=("${packages[@]/fonts-liberation2/fonts-liberation}")
  fi
}

install_packages() {
  local packages=("$@")
  local by_hand="apt-get install ${packages[*]}"
  command -v apt-get >/dev/null || die "missing: ${packages[*]}. Install them with this system's packages."
  local run=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then run=(sudo -n); else
      die "missing: ${packages[*]}. Run as root: $by_hand"
    fi
  fi
  say "setup: installing ${packages[*]}"
  local log
  log="$(mktemp)"
  if ! { "${run[@]}" apt-get update && known_packages &&
    "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"; } \
    >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    die "could not install ${packages[*]} (is there a network?). Run: $by_hand"
  fi
  rm -f "$log"
}

# ---- the environment ----------------------------------------------------------------------------
make_venv() {
  local log
  log="$(mktemp)"
  if python3 -m venv .venv >"$log" 2>&1; then rm -f "$log"; return; fi
  rm -rf .venv
  # Debian's python3 without python3-venv has no ensurepip; pip can put itself into a bare environment.
  if python3 -m venv --without-pip .venv >>"$log" 2>&1 &&
    python3 -m pip --python .venv/bin/python install --quiet pip >>"$log" 2>&1; then rm -f "$log"; return; fi
  rm -rf .venv
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    install_packages python3-venv
    python3 -m venv .venv >>"$log" 2>&1 && { rm -f "$log"; return; }
  fi
  tail -n 5 "$log" >&2
  die "no virtual environment could be made. Run as root: apt-get install python3-venv"
}

fingerprint() { cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1; }

install_libraries() {
  say "setup: installing the Python libraries into .venv (some minutes the first time)"
  local pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check)
  grep -v '^tesserocr==' requirements.lock >.venv/requirements.txt
  "${pip[@]}" -r .venv/requirements.txt || die "the libraries of requirements.lock could not be installed (is there a network?)"
  # Several times faster than the program, but not built for every machine; pytesseract does without it.
  local fast
  fast="$(grep '^tesserocr==' requirements.lock || true)"
  if [ -n "$fast" ] && ! "${pip[@]}" --only-binary :all: "$fast" 2>/dev/null; then
    say "setup: $fast has no wheel for this machine; pytesseract is used, which is slower"
  fi
  "${pip[@]}" --no-deps --no-build-isolation -e . >.venv/install.log 2>&1 ||
    { tail -n 5 .venv/install.log >&2; die "the project itself could not be installed"; }
  # Where Python may not write what it compiles, every worker would compile the project anew.
  .venv/bin/python -m compileall -q cli.py model normalize extract gazetteer checks emit pipeline review || true
  fingerprint >.venv/installed
}

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  die "needs Python 3.11 or newer as python3 (found: $(python3 --version 2>&1 || echo none))"

mapfile -t wanted < <(missing_packages | tr ' ' '\n')
[ "${#wanted[@]}" -eq 0 ] || install_packages "${wanted[@]}"
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
[ "$(cat .venv/installed 2>/dev/null || true)" = "$(fingerprint)" ] || install_libraries
