#!/usr/bin/env bash
# Writes requirements.lock and requirements.hashes: the newest versions that pyproject.toml allows, taken from a fresh environment,
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

# The hashes of every file of those versions, for every machine, so that a release is made of nothing else.
"$folder/bin/pip" install --quiet pip-tools
grep -v '^#' requirements.lock >"$folder/requirements.in"
"$folder/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --no-strip-extras --no-header --no-annotate \
  --output-file "$folder/hashes" "$folder/requirements.in"
{
  echo "# Every file of every library of requirements.lock, by pip-compile --generate-hashes; scripts/lock.sh writes it."
  cat "$folder/hashes"
} >requirements.hashes
