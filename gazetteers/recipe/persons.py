"""Persons of the packages, without those of the hand-made tables."""

import collections

from .hand import person_names
from .leaders import leaders
from .legislators import legislators
from .log import say
from .names import fold
from .wordnet_people import wordnet_people


def build_persons(packages, place_names):
    """Returns the persons sorted by id, and how many of each source were dropped for one of an earlier source or table."""
    taken, persons, dropped = person_names(), [], collections.Counter()
    for label, source in (("legislators", lambda: legislators(packages)), ("leaders", lambda: leaders(packages)),
                          ("persons of WordNet", lambda: wordnet_people(packages, place_names))):
        say(label)
        for person in source():
            names = {fold(n) for n in (person.name, *person.alternates)}
            if names & taken:
                dropped[person.source] += 1
            else:
                taken |= names
                persons.append(person)
    return sorted(persons, key=lambda p: p.id), dropped
