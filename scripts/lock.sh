#!/usr/bin/env bash
# Writes requirements.lock: the newest versions that pyproject.toml allows, taken from a fresh environment,
# so that nothing of a developer's own gets into it.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet ".[fast,formats,cluster,dev]" "setuptools>=77" wheel
{
  echo "# Written by scripts/lock.sh; edit pyproject.toml and run it again."
  "$folder/bin/pip" freeze --all --exclude extract-vn --exclude pip
} >requirements.lock
