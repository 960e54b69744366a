"""Places and features of Australia from the GeoNames extract in the npm package geonames."""

import re

from .place import Place, canonical

# The classes that news names, each with the names that count. Creeks, hills, farms and schools are left out.
TAKEN = {
    **dict.fromkeys(("PPL", "PPLX", "PPLL", "PPLS", "ISL", "ISLS", "MTS", "PEN", "DSRT", "RGN", "CAPE", "GULF", "STRT"), re.compile("")),
    "STM": re.compile(r" River$"),
    "LK": re.compile(r"^Lake | Lake$"),
    "PRK": re.compile(r" National Park$"),
}


# Rows whose point in the extract of 2014 lies in the sea, far from where the place is.
MISPLACED = {"geonames:2152672", "geonames:2155551", "geonames:2156470", "geonames:2170458"}


def records(packages, country):
    for line in packages.read("geonames", f"package/data/{country}.txt").decode("utf-8").splitlines():
        yield line.split("\t")


def bouvet_point(packages):
    """Returns the point of Bouvet Island, which no other source has."""
    return next((float(c[4]), float(c[5])) for c in records(packages, "BV") if c[7].startswith("PCL"))


def australian_places(packages, known, ids):
    places = []
    for cells in records(packages, "AU"):
        geonameid, name, alternates, code = cells[0], cells[1].strip(), cells[3], cells[7]
        id, point = f"geonames:{geonameid}", (float(cells[4]), float(cells[5]))
        if id in ids or id in MISPLACED or code not in TAKEN or not TAKEN[code].search(name) or cells[8] != "AU":
            continue
        admin1 = f"AU.{cells[10]}" if cells[10] not in ("", "00") else ""
        place = Place(id, name, code, "AU", point, "geonames", admin1=admin1, population=int(cells[14] or 0),
                      names=filter(None, alternates.split(",")))
        if canonical(place) and not known.find(code, "AU", (place.name,), point):
            places.append(place)
            known.add(place)
    return places
