#!/usr/bin/env bash
# Everything continuous integration runs: style, types, the import rule, and the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export OMP_THREAD_LIMIT="${OMP_THREAD_LIMIT:-1}"

"$bin/ruff" check .
"$bin/ruff" format --check .
"$bin/mypy"
"$bin/lint-imports"
# The review page is tested in a browser: always in continuous integration, elsewhere where one is there.
if [ "${CI:-}" = "true" ] && ! command -v chromium >/dev/null && [ "$(id -u)" -eq 0 ]; then
  echo "test: installing chromium for the tests of the review page" >&2
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } \
    >/dev/null || echo "test: chromium could not be installed; the browser tests will fail" >&2
fi
"$bin/python" -m pytest -n "${TEST_JOBS:-2}" "$@"
