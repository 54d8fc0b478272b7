.PHONY: setup demo test check bench lock release clean

setup:            ## system packages (when missing) and .venv
	@bash scripts/setup.sh

demo: setup       ## read the samples, print what came out
	@bash scripts/demo.sh

test: setup       ## everything CI runs
	@bash scripts/test.sh

check: test

bench: setup      ## speed beside others, and of the review page at 5,000 flags
	@.venv/bin/python -m benchmarks.run
	@.venv/bin/python -m benchmarks.review

lock:             ## requirements.lock and .hashes from a fresh environment
	@bash scripts/lock.sh

release:          ## dist/: the wheel (two builds compared), its bill of materials, hashes
	@bash scripts/release.sh

clean:            ## what a build or a run leaves behind; the environment stays
	@rm -rf build dist csv *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .bench
