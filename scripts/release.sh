#!/usr/bin/env bash
# A release into dist/: the wheel, built twice and compared byte for byte; what it is made of (CycloneDX); their
# hashes. Of what is committed, so that nothing of a developer's own gets into it.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
python=.venv/bin/python
SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0

if [ -f requirements.hashes ]; then
  echo "release: every library is one of those whose hashes are pinned" >&2
  "$python" -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed --no-deps \
    --require-hashes -r requirements.hashes
fi

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
for n in 1 2; do
  mkdir -p "$folder/$n/src"
  git archive HEAD | tar -x -C "$folder/$n/src"
  (cd "$folder/$n/src" && "$OLDPWD/$python" -m pip wheel --quiet --disable-pip-version-check --no-deps \
    --no-build-isolation --wheel-dir "$folder/$n" .)
done
cmp "$folder"/1/*.whl "$folder"/2/*.whl || { echo "release: two builds differ" >&2; exit 1; }

rm -rf dist
mkdir -p dist
cp "$folder"/1/*.whl dist/
wheel="$(basename dist/*.whl)"
"$python" scripts/sbom.py "dist/${wheel%-py3-none-any.whl}.cdx.json"
(cd dist && sha256sum -- * >"$folder/SHA256SUMS" && mv "$folder/SHA256SUMS" .)
cat dist/SHA256SUMS
