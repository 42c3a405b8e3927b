"""Sphinx settings: MyST pages whose code cells run, numpydoc API pages, warnings are errors (`make docs`)."""

from importlib.metadata import version as _version

project = "policycmp"
author = "The policycmp authors"
copyright = "2026, the policycmp authors"
version = release = _version("policycmp")

extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc", "myst_nb"]
exclude_patterns = ["_build"]
source_suffix = {".md": "myst-nb"}

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autosummary_generate = True
numpydoc_show_class_members = False
autodoc_typehints = "none"

html_theme = "pydata_sphinx_theme"
html_title = "policycmp"
html_show_sourcelink = False
