"""The documentation's settings; built with ``sphinx-build -W --keep-going -b html docs docs/_build/html``, without network."""

import sys
from pathlib import Path

import povdata

sys.path.insert(0, str(Path(__file__).parent / ".sphinx"))  # a hidden folder, so that pytest, which reads the pages, stays out of it

project = "povdata"
author = "The povdata founders"
project_copyright = "The povdata founders. Text and data: CC0 1.0. Code: MIT"
version = release = povdata.__version__
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton", "povdata_site"]
exclude_patterns = ["_build", ".sphinx"]

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_in_temp = True
nb_execution_timeout = 120
nb_output_stderr = "error"  # a warning in a notebook fails the build
nb_merge_streams = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "py:obj"  # what a single backtick means in a docstring
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
napoleon_use_rtype = False
python_use_unqualified_type_names = True
maximum_signature_line_length = 90
add_module_names = True
toc_object_entries_show_parents = "hide"

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = f"povdata {release}"
html_static_path = ["_static"]
html_css_files = ["povdata.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "tango"
pygments_dark_style = "github-dark"
