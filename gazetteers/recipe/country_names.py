"""Names of countries that no package has as English news writes them, and codes and points that none has at all."""

import re

# English news names where GeoNames has another.
COUNTRY_NAMES = {
    "AX": "Aland Islands", "BL": "Saint Barthelemy", "BQ": "Caribbean Netherlands", "CV": "Cape Verde", "CW": "Curacao",
    "CZ": "Czech Republic", "MO": "Macau", "NL": "Netherlands", "PN": "Pitcairn Islands", "PS": "Palestine",
    "RE": "Reunion", "TL": "East Timor", "VA": "Vatican City",
}
COUNTRY_ALIASES = {
    "BA": ["Bosnia", "Bosnia-Herzegovina"], "BF": ["Upper Volta"], "BJ": ["Dahomey"], "BY": ["Byelorussia", "Belorussia"],
    "CD": ["DR Congo", "Congo-Kinshasa", "Zaire"], "CG": ["Congo-Brazzaville", "Congo Republic"], "CI": ["Côte d'Ivoire"],
    "CN": ["People's Republic of China", "Mainland China"], "CV": ["Cabo Verde"], "CZ": ["Czechia"],
    "GB": ["Britain", "Great Britain"], "GM": ["The Gambia"], "BS": ["The Bahamas"], "IR": ["Persia"],
    "KH": ["Kampuchea"], "KP": ["Democratic People's Republic of Korea"], "KR": ["Republic of Korea"], "LK": ["Ceylon"],
    "MK": ["Macedonia"], "MM": ["Burma"], "MO": ["Macao"], "NL": ["Holland", "The Netherlands"],
    "PS": ["Palestinian Territories", "Occupied Palestinian Territories", "Palestinian Territory", "State of Palestine"],
    "SZ": ["Swaziland"], "TH": ["Siam"], "TL": ["Timor-Leste"], "TR": ["Türkiye"], "TW": ["Formosa"],
    "US": ["United States of America", "America"], "VA": ["Holy See", "Vatican"], "VI": ["US Virgin Islands"],
}
# Feature codes other than PCLI: PCLD dependent, PCLF in free association, PCLS semi-independent, PCLIX part of a country.
COUNTRY_CODES = {
    **dict.fromkeys("AI AS BM BV CC CX FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF BL MP MQ MS NC NF PF PM PN PR RE SH SJ TC TF"
                    " TK UM VG VI WF YT".split(), "PCLD"),
    **dict.fromkeys("CK NU".split(), "PCLF"),
    **dict.fromkeys("AX HK MO".split(), "PCLS"),
    **dict.fromkeys("AW BQ CW SX".split(), "PCLIX"),
    "AQ": "TERR", "EH": "TERR", "PS": "PCL",
}
# Names under which rgeo has a country when neither the short nor the official name finds it.
RGEO_COUNTRY_NAMES = {
    "BN": "Brunei Darussalam", "CC": "Territory of Cocos (Keeling) Islands", "CI": "Republic of Côte d’Ivoire",
    "CV": "Republic of Cabo Verde", "CX": "Territory of Christmas Island", "FJ": "Republic of Fiji",
    "FM": "Federated States of Micronesia", "GF": "Guyane", "HK": "Hong Kong Special Administrative Region",
    "KI": "Republic of Kiribati", "KM": "Union of the Comoros", "KN": "Federation of Saint Kitts and Nevis",
    "MM": "Union of Burma", "MO": "Macau Special Administrative Region", "NF": "Territory of Norfolk Island",
    "RW": "Republic of Rwanda", "SM": "Repubblica di San Marino", "VA": "State of the Vatican City",
}
OFFICIAL = re.compile(
    r"\b(republi\w*|républi\w*|repúbli\w*|kingdom|königreich|royaume|reino|regno|federation|federación|commonwealth|"
    r"principality|principauté|fürstentum|principado|sultanate|emirates|duchy|state of|confederation)\b", re.IGNORECASE)
# Former unions and parts of countries that countrynames lists under a country.
NOT_A_COUNTRY = re.compile(
    r"soviet|sovi|of england|srpska|crimea|chechen|donetsk|do?nbas|luhansk|lugansk|kurdi|karabakh|artsakh|tatar|transn|pridnes|dniest|"
    r"abkha|osset|somaliland|puntland|northern|ambazonia|biafra|scot|wales|yugoslav|sfr|former|ancien|arab republics|"
    r"czecho|tschecho|tchéco|checo|east |west |german dem|dém. all|ddr|second|first |third |vichy|citizen", re.IGNORECASE)
# Points of countries that rgeo lacks and whose polygons mislead.
COUNTRY_POINTS = {"AQ": (-80.0, 0.0)}
# Locales whose country names are taken whatever other meaning they have. Those of the other locales, and short ones of
# any but English, are dropped when they are also a personal name, an ordinary English word or a city (Siri, Sham, Fala).
MAJOR_LOCALES = frozenset(
    "en af az bs ca cs cy da de es et eu fi fil fr ga gl hr hu id is it lt lv ms mt nb nl nn no pl pt ro sk sl sq sr-Latn sv sw"
    " tr uz vi".split())
