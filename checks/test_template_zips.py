"""The zips that the template names: they are there, and the handler is in them."""

from __future__ import annotations

import zipfile

import pytest

from checks.template.functions import functions
from checks.template.model import ROOT, Template


@pytest.mark.parametrize("name", functions(Template.real()))
def test_zip_has_the_handler(name: str) -> None:
    properties = functions(Template.real())[name]["Properties"]
    path = ROOT / f"{properties['CodeUri']}.zip"
    assert path.is_file(), f"{path.name} is not built: make package"
    entry = properties["Handler"].split("::")[0].replace(".", "/") + ".class"
    with zipfile.ZipFile(path) as opened:
        assert entry in opened.namelist()
