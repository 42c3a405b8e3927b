"""What `import policycmp` promises."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import policycmp as pc


def test_import_is_silent_and_loads_nothing_heavy():
    code = (
        "import sys, policycmp; heavy = {'pandas', 'jieba', 'sklearn', 'matplotlib', 'rapidfuzz', 'numpy'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", pc.__all__)
def test_every_public_name_is_there_and_documented(name):
    value = getattr(pc, name)
    assert name == "__version__" or value.__doc__


def test_a_wrong_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        pc.no_such_name  # noqa: B018


def test_no_module_hides_a_public_name():
    """Importing a submodule sets an attribute of the package: a module named like a function would hide it."""
    from importlib import import_module
    from pkgutil import walk_packages

    for module in walk_packages(pc.__path__, "policycmp."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    hidden = [name for name in pc.__all__ if isinstance(getattr(pc, name), type(sys))]
    assert not hidden


def test_the_readme_of_contents_is_the_public_api():
    """The names and the columns scripts depend on; a change here is a breaking change and goes into CHANGELOG."""
    columns = {
        name: list(getattr(pc.compare("leshan-2021", "wuzhong-2023"), name).columns)
        for name in ("clauses", "measures", "targets", "evidence")
    }
    assert columns["clauses"][:2] == ["local_id", "template_id"]
    snapshot = Path(__file__).with_name("public_api.json")
    assert json.loads(snapshot.read_text(encoding="utf-8")) == {"names": pc.__all__, "columns": columns}
