#!/usr/bin/env bash
# Reads the samples and prints what came out.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/extract run samples/scans --out csv/
.venv/bin/python scripts/summary.py csv/
