#!/usr/bin/env python3
"""Builds the compressed tables of gazetteers/ from pinned packages.

The packages, their versions and checksums are in sources.toml. The output depends only on them,
on the hand-made tables of the folder, whose entries are left out, and on the version of zstd, so
two runs write the same bytes. The work is done in recipe/.
"""

import argparse
import os
from pathlib import Path

from recipe.borders import build_borders
from recipe.check import LEAST_NAMES, MOST_BYTES, check, check_borders, check_persons, check_places
from recipe.compression import ZSTANDARD_VERSION, check_zstd
from recipe.lexicon import build_lexicon
from recipe.log import fail, say
from recipe.names import fold
from recipe.packages import GAZETTEERS, Packages, read_sources
from recipe.person import COLUMNS
from recipe.persons import build_persons
from recipe.place import SCRIPTS, WRITTEN, place_row, script_row
from recipe.report import report_persons, report_places
from recipe.tables import write_table
from recipe.world import build_places

EPILOG = f"""\
needs: Python 3.11 or later (for tomllib; 3.9 and 3.10 work with the PyPI package tomli), the
clients pip, npm and cargo, and either the zstd command line or the PyPI package
zstandard=={ZSTANDARD_VERSION}. Compressed bytes may differ between versions of zstd; the
decompressed bytes do not (README.md has the sha256 of both).
"""


TABLES = ("places", "persons", "lexicon", "borders")


def arguments():
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline" / "sources"
    parser = argparse.ArgumentParser(description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=GAZETTEERS, help="folder to write to (default: the folder of build.py)")
    parser.add_argument("--cache", type=Path, default=cache, help=f"folder of downloaded packages (default: {cache})")
    parser.add_argument("--only", choices=TABLES, help="write one table only (places: with their names in other scripts)")
    return parser.parse_args()


def write_lexicon(rows, folder):
    write_table(folder / "lexicon.tsv.zst", ("word", "given", "surname", "common"), ["\t".join(map(str, row)) for row in rows])


def write_places(places, dropped, folder):
    """Writes the places and their names in other scripts, and returns what is wrong with them."""
    path = folder / "places.tsv.zst"
    write_table(path, WRITTEN, [place_row(p) for p in places])
    write_table(folder / "scripts.tsv.zst", SCRIPTS, [script_row(p) for p in places if p.scripts])
    lines, names = report_places(places, dropped)
    print("\n".join(lines))
    errors = check_places(places)
    check(names >= LEAST_NAMES, f"{names} distinct names, expected at least {LEAST_NAMES}", errors)
    check(path.stat().st_size < MOST_BYTES, f"{path.name} has {path.stat().st_size} bytes", errors)
    return errors


def write_persons(packages, places, lexicon, folder):
    persons, dropped = build_persons(packages, {fold(n) for p in places for n in p.all_names()}, lexicon)
    write_table(folder / "persons.tsv.zst", COLUMNS, [p.row() for p in persons])
    print("\n".join(report_persons(persons, dropped)))
    return check_persons(persons)


def write_borders(packages, folder):
    rows = build_borders(packages)
    write_table(folder / "borders.tsv.zst", ("country", "ring"), ["\t".join(row) for row in rows])
    return check_borders(rows)


def main():
    options = arguments()
    check_zstd()
    packages = Packages(read_sources(), options.cache)
    options.output.mkdir(parents=True, exist_ok=True)
    wanted, errors = {options.only} if options.only else set(TABLES), []
    if "borders" in wanted:
        say("borders")
        errors += write_borders(packages, options.output)
    if wanted & {"places", "persons", "lexicon"}:
        say("lexicon")
        rows = build_lexicon(packages)
    if "lexicon" in wanted:
        write_lexicon(rows, options.output)
    if wanted & {"places", "persons"}:
        places, dropped = build_places(packages, {row[0] for row in rows})
        if "places" in wanted:
            errors += write_places(places, dropped, options.output)
        if "persons" in wanted:
            errors += write_persons(packages, places, rows, options.output)
    if errors:
        fail("checks failed\n  " + "\n  ".join(errors[:50]))
    say("checks passed")


if __name__ == "__main__":
    main()
