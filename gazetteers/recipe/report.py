"""The figures of the finished tables, as README.md has them."""

import collections

from .names import fold
from .near import kind

GROUPS = (
    ("countries and territories", lambda c: c.startswith("PCL") or c == "TERR"),
    ("continents", lambda c: c == "CONT"),
    ("ADM1", lambda c: c == "ADM1"),
    ("ADM2", lambda c: c == "ADM2"),
    ("populated places (PPL*)", lambda c: kind(c) == "settlement"),
    ("airports (AIR*)", lambda c: kind(c) == "airport"),
    ("other features", lambda c: kind(c) == "area"),
    ("no feature code", lambda c: not c),
)


def counted(title, items):
    """Lines with the counts of equal items under a title."""
    return [title, *(f"  {item or '-'}: {count}" for item, count in sorted(collections.Counter(items).items()))]


def report_places(places, dropped):
    """Returns the lines and the number of distinct names."""
    names = {fold(n) for p in places for n in p.all_names()}
    lines = [f"rows {len(places)}", f"names {sum(len(p.names) + 1 for p in places)}", f"distinct folded names {len(names)}"]
    lines += [f"  {group}: {sum(test(p.code) for p in places)}" for group, test in GROUPS]
    lines += counted("by source (id and name)", [p.origin() for p in places])
    lines += counted("by source (id and name, point)", [p.source for p in places if "," in p.source])
    lines += counted("dropped for a row of the hand-made tables", dropped.elements())
    lines += counted("by feature code", [p.code for p in places])
    scripts = [n for p in places for n in p.scripts]
    lines += ["names in other scripts", f"  rows: {sum(bool(p.scripts) for p in places)}", f"  names: {len(scripts)}",
              f"  distinct folded names with those in Latin script: {len(names | set(map(fold, scripts)))}"]
    return lines, len(names)


def report_persons(persons, dropped):
    return [f"persons {len(persons)}", *counted("by source", [p.source for p in persons]),
            *counted("dropped for a person of an earlier source or of the hand-made tables", dropped.elements())]
