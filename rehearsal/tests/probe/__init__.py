"""A function of the tests' own, so that they need none of the real ones: see Probe.java."""

from __future__ import annotations

import os
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rehearsal.aws.sandbox import JVM, java_home

HANDLER = "dev.yakin.probe.Probe::handleRequest"
_scratch = TemporaryDirectory(prefix="yakin-probe-")  # removed when the test run ends


@cache
def zipped() -> Path:
    """The function zip, compiled once a test run."""
    directory = Path(_scratch.name)
    sources = sorted(Path(__file__).parent.rglob("*.java"))
    javac = [f"{java_home()}/bin/javac", "-cp", f"{JVM}/ric/*", "-d", directory / "classes", *sources]
    subprocess.run([os.fspath(part) for part in javac], check=True)
    target = directory / "probe.zip"
    with zipfile.ZipFile(target, "w") as opened:
        for compiled in (directory / "classes").rglob("*.class"):
            opened.write(compiled, compiled.relative_to(directory / "classes"))
    return target
