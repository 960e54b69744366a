"""Members of the US Congress who served in 1990 or later."""

import re

from .person import Person

FIRST_YEAR = 1990
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut",
    "DE": "Delaware", "DC": "the District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
    "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
    "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
    "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "the Northern Mariana Islands", "PR": "Puerto Rico", "VI": "the US Virgin Islands",
}
INITIAL = re.compile(r"[A-Z]\.?")
OFFICES = {"sen": "US senator from", "rep": "US representative from"}


def names_of(record):
    """Returns the name that news uses and the others: nickname, first name, middle name or initial, former surname."""
    name = record["name"]
    first, last = name["first"], name["last"]
    middle, nick = name.get("middle") or "", name.get("nickname") or ""
    wikipedia = (record["id"].get("wikipedia") or "").split(" (")[0].split(",")[0]
    given = nick or (f"{first} {middle}" if INITIAL.fullmatch(first) and middle else first)
    usual = wikipedia if wikipedia.endswith(last) and " " in wikipedia else f"{given} {last}"
    others = [f"{given} {last}" for given in given_names(first, middle, nick)]
    others += [f"{nick or first} {other['last']}" for other in record.get("other_names", ()) if other.get("last")]
    if INITIAL.fullmatch(first) and middle:
        others.append(f"{middle} {last}")
    if name.get("suffix"):
        others.append(f"{usual} {name['suffix']}")
    return usual, [*others, name.get("official_full") or "", wikipedia]


def given_names(first, middle, nick):
    names = [nick, first]
    if middle:
        names += [f"{first} {middle}", f"{first} {middle[0]}."]
    return filter(None, names)


def last_year(records):
    """Returns the year in which the lists were made: the latest start of a term."""
    return max(int(t["start"][:4]) for r in records for t in r["terms"])


def legislators(packages):
    records = [r for part in ("historical", "current") for r in packages.json("us-legislators", f"package/data/legislators-{part}.json")]
    made = last_year(records)
    for record in sorted(records, key=lambda r: r["id"]["bioguide"]):
        terms = record["terms"]
        last = terms[-1]
        until = int(last["end"][:4])
        if until < FIRST_YEAR or last["state"] not in STATES:
            continue
        name, others = names_of(record)
        yield Person(f"bioguide:{record['id']['bioguide']}", name, "US", f"{OFFICES[last['type']]} {STATES[last['state']]}",
                     "us-legislators", int(terms[0]["start"][:4]), until if until <= made else None, others)
