.PHONY: setup demo test check bench lock clean

setup:            ## system packages (when missing) and .venv
	@bash scripts/setup.sh

demo: setup       ## read the samples, print what came out
	@bash scripts/demo.sh

test: setup       ## everything CI runs
	@bash scripts/test.sh

check: test

bench: setup
	@.venv/bin/python -m benchmarks.run
