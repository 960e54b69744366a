"""A person, its names cleaned, and its row."""

import re

from .names import fold, latin_slug, plain

COLUMNS = ("id", "name", "kind", "country", "role", "from", "until", "wikidata", "alternates", "surname_alone", "source")


class Person:
    """`since` and `until` are years or None. Names have two words or more: a surname alone is too often someone else."""

    __slots__ = ("id", "name", "country", "role", "since", "until", "alternates", "source")

    def __init__(self, id, name, country, role, source, since=None, until=None, alternates=()):
        self.id, self.name, self.country, self.role, self.source = id, name, country, role, source
        self.since, self.until, self.alternates = since, until, other_names(name, alternates)

    def row(self):
        return "\t".join([self.id, self.name, "person", self.country, self.role, str(self.since or ""), str(self.until or ""), "",
                          "|".join(self.alternates), "", self.source])


def is_full_name(name):
    return len(name.split()) >= 2 and all(c.isalpha() or c in " .'’-" for c in name) and name[0].isupper()


BETWEEN_INITIALS = re.compile(r"\b([A-Z]\.) (?=[A-Z]\. )")
INITIAL_ONLY = re.compile(r"^[A-Z]\. [^.]+$")


def other_names(name, alternates):
    """Returns the alternates of two words or more, each also in ASCII and with its initials together (E.B. White), that do
    not fold like the name or one another."""
    seen, kept = {fold(name)}, []
    names = [name, *alternates]
    for other in [*names, *map(plain, names), *(BETWEEN_INITIALS.sub(r"\1", n) for n in names)]:
        if is_full_name(other) and not INITIAL_ONLY.match(other) and fold(other) not in seen:
            seen.add(fold(other))
            kept.append(other)
    return kept


def slug_id(name, used):
    """Returns an id in the project's own prefix for a person that the source gives none."""
    slug = latin_slug(name)
    number = 1
    while (id := f"dateline:{slug}" if number == 1 else f"dateline:{slug}-{number}") in used:
        number += 1
    used.add(id)
    return id
