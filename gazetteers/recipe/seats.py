"""Points of second-order divisions that no source has one for: the town that the division is called after."""

import collections
import re

from .geometry import distance_km
from .names import near_key, without_generic

# What stands beside the name of a division of the second order, besides the words that every division may have.
GENERIC = re.compile(
    r"^(?:Provincia de|Provincia|Municipio de|Municipio|Municipality of|Distrito de|Distrito|Departamento de|Ressort|Mukim|Gorod|"
    r"Raion|Rayon|Gorodskoy Okrug|City of|Town of|Rural Municipality of|District of|County of|Commune de|Cercle de|Préfecture de|"
    r"Prefecture de|Daïra de|Daira de|Sous-Préfecture de|Circonscription de|Landkreis|Kreis|Concelho de|Concelho do|Cantón|"
    r"Canton de|Parroquia|Kecamatan) |"
    r" (?:Rayon|Raion|Rayony|Tumani|Shahri|Audany|Járás|Barrio|Barrio-Pueblo|Sum|Sumu|Novads|District|Municipality|Subprefecture|"
    r"Chiefdom|Woreda|Zone|Local Government Area|Township|Department|Commune|Division|Constituency|County|Urban Okrug|Okrug|"
    r"Urban|Rural)$|-(?:gun|si|gu|ku|gu yŏk)$"
)
RECORD_KM = 150


def seat_names(names):
    """Returns the names of a division without the word for what it is, the given ones first."""
    found = []
    for name in names:
        bare = GENERIC.sub("", name).strip()
        found += [name, bare, without_generic(name) or "", without_generic(bare) or ""]
    return [n for n in dict.fromkeys(found) if len(n) > 2]


class Seats:
    """The cities by first-order division and name, and the points of rgeo that are no city."""

    def __init__(self, cities, rgeo):
        self.rgeo, self.taken = rgeo, set()
        self.cities = collections.defaultdict(list)
        for city in cities:
            if city.admin1:
                for name in {near_key(n) for n in city.all_names()}:
                    self.cities[city.admin1, name].append(city)

    def find(self, country, admin1, names, parent):
        """Returns the point of the largest city of the name in the first-order division, else of the one record near it; each
        point once, since divisions that share a name (Palmas Barrio) are not all there."""
        point = self.first(country, admin1, names, parent)
        if point in self.taken:
            return None
        self.taken.add(point)
        return point

    def first(self, country, admin1, names, parent):
        for name in seat_names(names):
            cities = self.cities.get((admin1, near_key(name)))
            if cities:
                return max(cities, key=lambda c: (c.population, c.id)).point
        if parent:
            for name in seat_names(names):
                near = [p for p in self.rgeo.points(country, name) if distance_km(p, parent) <= RECORD_KM]
                if len(near) == 1:
                    return near[0]
        return None
