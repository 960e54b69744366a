"""Checks of the finished tables and the figures printed for README.md."""

import collections

from .names import fold

GROUPS = (("countries and territories", lambda c: c.startswith("PCL") or c == "TERR"), ("continents", lambda c: c == "CONT"),
          ("ADM1", lambda c: c == "ADM1"), ("ADM2", lambda c: c == "ADM2"),
          ("populated places (PPL*)", lambda c: c.startswith("PPL") or c == "STLMT"), ("no feature code", lambda c: not c))


def check(ok, text, errors):
    if not ok:
        errors.append(text)


EXPECTED = (  # id, name, feature code, country, admin1
    ("geonames:170063", "Aleppo", "PPLA", "SY", "SY.09"),
    ("geonames:524901", "Moscow", "PPLC", "RU", "RU.48"),
    ("geonames:163843", "Syria", "PCLI", "SY", ""),
    ("geonames:298795", "Turkey", "PCLI", "TR", ""),
    ("geonames:130758", "Iran", "PCLI", "IR", ""),
    ("geonames:102358", "Saudi Arabia", "PCLI", "SA", ""),
    ("geonames:2017370", "Russia", "PCLI", "RU", ""),
    ("geonames:4736286", "Texas", "ADM1", "US", "US.TX"),
    ("geonames:6255148", "Europe", "CONT", "", ""),
)
LEAST = {"countries and territories": 245, "continents": 7, "ADM1": 3700, "ADM2": 35000,
         "populated places (PPL*)": 234000, "no feature code": 80000}
LEAST_PLACES, LEAST_NAMES, MOST_BYTES = 400_000, 600_000, 10_500_000


def check_places(places):
    errors, by_id = [], {p.id: p for p in places}
    check(len(by_id) == len(places), "an id occurs twice", errors)
    for id, name, code, country, admin1 in EXPECTED:
        p = by_id.get(id)
        found = p and (p.name, p.code, p.country, p.admin1)
        check(found == (name, code, country, admin1), f"{id}: expected {name} {code} {country} {admin1}, found {found}", errors)
    check(any(p.name == "Paris" and p.admin1 == "US.TX" for p in places), "no Paris in US.TX", errors)
    check(any(p.name == "Orange County" and p.admin2 == "US.CA.059" and "Orange" not in p.names for p in places),
          "no Orange County US.CA.059, or one that is called Orange", errors)
    for p in places:
        if not (-90 <= p.point[0] <= 90 and -180 <= p.point[1] <= 180 and p.name and "\t" not in p.name):
            errors.append(f"{p.id}: name {p.name!r} or point {p.point} is wrong")
        if any("|" in n or "\t" in n or "\n" in n for n in p.all_names()):
            errors.append(f"{p.id}: a name holds a separator")
    for group, test in GROUPS:
        count = sum(test(p.code) for p in places)
        check(count >= LEAST[group], f"{group}: {count} rows, expected at least {LEAST[group]}", errors)
    check(len(places) >= LEAST_PLACES, f"{len(places)} places, expected at least {LEAST_PLACES}", errors)
    return errors


def report(places, dropped):
    names = {fold(n) for p in places for n in p.all_names()}
    lines = [f"rows {len(places)}", f"names {sum(len(p.names) + 1 for p in places)}", f"distinct folded names {len(names)}"]
    for group, test in GROUPS:
        lines.append(f"  {group}: {sum(test(p.code) for p in places)}")
    lines.append("dropped for a row of the hand-made tables")
    lines += [f"  {source}: {count}" for source, count in sorted(dropped.items())]
    lines.append("by source (id and name, point)")
    lines += [f"  {source}: {count}" for source, count in sorted(collections.Counter(p.source for p in places).items())]
    lines.append("by feature code")
    lines += [f"  {code or '-'}: {count}" for code, count in sorted(collections.Counter(p.code for p in places).items())]
    lines.append("names in other scripts")
    lines += [f"  rows: {sum(bool(p.scripts) for p in places)}", f"  names: {sum(len(p.scripts) for p in places)}"]
    return lines, len(names)
