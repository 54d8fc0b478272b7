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
# The review page is tested in a browser; a clean machine gets one, a developer's is left as it is.
if [ "${CI:-}" = "true" ] && [ -x "$bin/playwright" ]; then
  "$bin/playwright" install --with-deps chromium >/dev/null 2>&1 ||
    echo "test: no Chromium could be installed; the browser tests are skipped" >&2
fi
"$bin/python" -m pytest -n "${TEST_JOBS:-2}" "$@"
