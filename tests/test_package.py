"""What `import policycmp` promises."""

from __future__ import annotations

import subprocess
import sys

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
