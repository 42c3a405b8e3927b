# Everything a person or CI runs. Needs only Python >= 3.11 and make.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
STAMP  := $(VENV)/.installed

.PHONY: report test lint check notebooks docs bounds bench clean

# One install for every target: pip runs again only when pyproject.toml changed.
$(STAMP): pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[readers,coding,test,lint]"
	touch $@

report: $(STAMP)   ## compare the bundled plans with their template into out/
	$(PY) -m policycmp report --out out --overwrite

test: $(STAMP)     ## the suite, under five minutes on two cores
	$(PY) -m pytest -n auto -m "not check"

lint: $(STAMP)     ## style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

check: $(STAMP)    ## what needs more: notebooks, docs, wheel, browser, large input
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[docs,browser,scale,release]"
	$(PY) -m pytest -n 2 -m check -rs
	$(MAKE) notebooks docs

notebooks: $(STAMP)
	$(PY) -m pytest --nbmake --nbmake-timeout=300 notebooks -p no:cacheprovider

docs: $(STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[docs]"
	$(PY) -m sphinx -W --keep-going -b html docs docs/_build/html
	$(PY) -m pytest --doctest-modules policycmp -p no:cacheprovider

bounds: $(STAMP)   ## the suite with the oldest versions pyproject.toml allows
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(PY) -m uv venv --quiet --clear --python $(PY) build/oldest
	$(PY) -m uv pip install --quiet --python build/oldest/bin/python --resolution lowest-direct -e ".[readers,coding,test]"
	build/oldest/bin/python -m pytest -n auto -m "not check" -p no:cacheprovider

bench: $(STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	$(PY) -m pytest benchmarks --benchmark-only

clean:
	rm -rf $(VENV) out build dist docs/_build .pytest_cache .ruff_cache .mypy_cache .hypothesis
