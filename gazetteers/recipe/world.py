"""All places, in the order in which the sources take precedence."""

from .cities import read_cities
from .countries import continents, countries, drop_part_names
from .divisions import Divisions, add_up_populations, admin1_places, admin2_places, iso_regions, natural_earth
from .log import say
from .names import fold
from .place import Grid, Index, Place, canonical, first_by_id, tidy_names
from .rgeo import RgeoPoints, rgeo_extras
from .zips import zip_places


def build_places(packages, latin_only, words):
    divisions = Divisions(packages)
    say("cities")
    cities = [c for c in read_cities(packages, divisions) if canonical(c, latin_only)]
    for city in cities:
        tidy_names(city, latin_only)
    say("rgeo")
    rgeo = RgeoPoints(packages)
    rgeo.use_cities(cities)
    say("countries and continents")
    city_names = {fold(n) for c in cities for n in c.all_names()}
    is_word = lambda folded: folded in words or folded in city_names
    tops = countries(packages, rgeo, cities, is_word) + continents(packages)
    say("divisions")
    ne = natural_earth(packages)
    first = admin1_places(packages, divisions, rgeo, cities, ne, iso_regions(packages))
    second = admin2_places(packages, divisions, rgeo, cities, first, ne)
    drop_part_names(tops, first)
    known = first_by_id(tops + first + second)
    for place in known:
        canonical(place, latin_only)
        tidy_names(place, latin_only)
    add_up_populations(first, second, cities)
    say("places of rgeo and of ZIP codes")
    index, grid, used = Index(), Grid(cities), set()
    for place in known + cities:
        index.add(place)
    extras = rgeo_extras(rgeo, index, grid, used) + zip_places(packages, index, grid, used)
    for place in extras:
        tidy_names(place, latin_only)
    return sorted(first_by_id(known + cities + extras), key=Place.sort_key)
