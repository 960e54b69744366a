"""Names of places: folding, cleaning, and the forms that news prints."""

import functools
import re
import unicodedata

APOSTROPHES = "'’‘ʻʼʿʾ`´"
DROP_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
# Latin letters that NFKD leaves whole, as news agencies write them in ASCII.
PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ħ": "h", "Ħ": "H",
        "ə": "a", "Ə": "A", "ǝ": "a", "Ǝ": "A", "ŋ": "ng", "Ŋ": "Ng",
    }
)
# Particles that stay lower-case at the start of a name: al-Hasakah, d'Alcoi, 's-Gravenhage.
LOWER_PARTICLE = re.compile(
    r"^(?:al|el|as|ash|ad|an|ar|at|az|d|l|s|t|de|da|di|du|la|le|les|los|las|van|von|den|der|ter|ten)[-' ’](?=\w)"
)
MAX_NAME_LENGTH = 60


@functools.lru_cache(maxsize=None)
def fold(name):
    """Returns the key by which names are the same: no marks, no case, no apostrophes, hyphen as space."""
    decomposed = unicodedata.normalize("NFKD", name.translate(DROP_APOSTROPHES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(bare.replace("-", " ").replace("–", " ").split())


@functools.lru_cache(maxsize=None)
def is_latin_letter(char):
    label = unicodedata.name(char, "")
    return label.startswith("LATIN ") or label.startswith("MODIFIER LETTER") and char in APOSTROPHES


@functools.lru_cache(maxsize=None)
def char_class(char):
    """Returns l for a letter or mark, p for punctuation found in names, x for anything else."""
    category = unicodedata.category(char)
    if category[0] in "LM":
        return "l"
    return "p" if char in " -–.&·" or char in APOSTROPHES else "x"


def is_latin(name):
    return all(is_latin_letter(c) for c in name if unicodedata.category(c)[0] == "L")


def starts_like_a_name(name):
    """Tells names from machine romanisations, which are written in lower case throughout."""
    rest = LOWER_PARTICLE.sub("", name)
    first = next((c for c in rest if c.isalpha()), "")
    return not first.islower()


def clean(raw, latin_only, min_letters=2):
    """Returns the name without its parenthesis or its part after a comma, or None when it is noise."""
    name = re.split(r"[,(\[;]| / ", raw, maxsplit=1)[0]
    name = " ".join(unicodedata.normalize("NFC", name).split()).strip("-–.·& ")
    if raw.rstrip().endswith(".") and name and "." in name:
        name += "."
    if not name or len(name) > MAX_NAME_LENGTH:
        return None
    letters = [c for c in name if c.isalpha()]
    if len(letters) < min_letters or any(char_class(c) == "x" for c in name):
        return None
    if len(letters) <= 4 and all(c.isupper() for c in letters):
        return None
    if not starts_like_a_name(name) or latin_only and not is_latin(name):
        return None
    return name


def plain(name):
    """Returns the name with ø, ł, ß and the like written in ASCII."""
    return name.translate(PLAIN_LETTERS)


ENGLISH_GENERICS = (
    "Governorate|Province|Region|State|Oblast|Krai|Okrug|Prefecture|County|District|Department|Canton|"
    "Municipality|Parish|Voivodeship|Emirate|Territory|Division|Autonomous Region|Autonomous Oblast|"
    "Autonomous Okrug|Autonomous Province|Special Administrative Region|Metropolitan Municipality|"
    "Raion|Rayon|Atoll|Regional Unit|Island Council|Special Region|Capital Region|Urban District"
)
OTHER_GENERICS = (
    "Provincia|Província|Departamento|Estado|Región|Região|Regione|Distrito|Gobernación|Governatorato|"
    "Gouvernement|Gouvernorat|Muhafazat|Wilayat|Wilaya|Ostān-e|Powiat|Województwo|Kraj|Judeţul|Județul|"
    "Région|Département|Province|Kanton|Canton|Oblast|Oblast’|Obshtina|Provinsi|Changwat|Tỉnh|Propinsi|"
    "Bundesland|Land|Freistaat|Comunidad Autónoma|Comunidad|Cantón|Territoire|Wojewodztwo|Marz"
)
SUFFIX = re.compile(rf"^(?P<base>\S.*?) (?:{ENGLISH_GENERICS})$")
PREFIX = re.compile(
    rf"^(?:{ENGLISH_GENERICS}|{OTHER_GENERICS}|Republic|Free State) (?:(?:of|de|del|di|do|da|d’|d') ?)?(?:the |la |el )?(?P<base>\S.*)$"
)


def without_generic(name):
    """Returns X for `X Province`, `Province of X` and the like, or None."""
    match = SUFFIX.match(name) or PREFIX.match(name)
    base = match and match.group("base")
    return base if base and base[0].isupper() and len(base) > 2 else None


def latin_slug(name):
    text = fold(plain(name))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


@functools.lru_cache(maxsize=None)
def near_key(name):
    """The fold with the usual abbreviations of place names written out and the plain letters."""
    words = fold(plain(name)).replace(".", " ").split()
    return " ".join({"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}.get(w, w) for w in words)
