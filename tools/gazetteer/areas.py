"""Provinces and states: GeoNames codes with names of CLDR, and a middle."""
import csv
import glob
import re
from collections import Counter, defaultdict

from gazetteer.names import bare, bare_arabic, fold, is_latin, likeness
from gazetteer.rows import dump_row, tidy
from gazetteer.sources import holds, middle, open_text, topo_rings

MATCH_LIKENESS = 0.72
VOTES = 400  # towns that are asked which province an area belongs to
# The local word before the name of a province.
PROVINCE_WORD = {"IR": "استان", "AF": "ولایت", "DZ": "ولاية", "TN": "ولاية", "SD": "ولاية", "AE": "إمارة", "SA": "منطقة",
                 "MA": "جهة"}
ARAB = {"IQ", "SY", "LB", "PS", "JO", "YE", "SA", "KW", "BH", "QA", "AE", "OM", "EG", "LY", "TN", "DZ", "MA", "SD"}


# Provinces whose GeoNames name is in another language than CLDR's.
SAME_AREA = {"IQ-15": "iqni", "EG-14": "egshr", "EG-13": "egwad", "EG-27": "egsin", "LB-06": "lbja", "LB-09": "lbas",
             "SD-56": "sdkn", "AZ-39": "azqax"}
# Names of countries that the press uses beside those of CLDR (written for this project).
SPOKEN_COUNTRIES = {
    "US": ["USA", "U.S.", "America", "United States of America", "آمریکا", "امریکا", "ایالات متحده آمریکا", "أمريكا"],
    "GB": ["Britain", "Great Britain", "U.K.", "انگلیس", "انگلستان", "بریتانیا", "بريطانيا"],
    "AE": ["UAE", "امارات", "الإمارات"], "CD": ["Democratic Republic of Congo", "DR Congo", "کنگو", "الكونغو"],
    "KR": ["South Korea", "Korea"], "MM": ["Burma", "میانمار", "ميانمار"], "NL": ["Holland", "هلند", "هولندا"],
    "PS": ["Palestine", "فلسطین"], "SY": ["Syria", "سوريا", "سورية"], "RU": ["Russian Federation"], "CZ": ["Czech Republic"],
    "AZ": ["Azerbaijan"], "CN": ["China"], "TR": ["Türkiye", "Turkey"], "VA": ["Vatican"], "CI": ["Ivory Coast"]}


def names_of_codes(towns_file, cities):
    """Names of admin1 codes from a table of towns with the names of their areas (columns lat, lon, admin1, cc): the
    name that most towns of a code carry. For machines that do not reach admin1CodesASCII.txt."""
    code_at = {(f"{float(c['lat']):.4f}", f"{float(c['lon']):.4f}", c["country"]): c["admin1"] for c in cities}
    votes = defaultdict(Counter)
    with open_text(towns_file) as file:
        for row in csv.DictReader(file):
            code = code_at.get((f"{float(row['lat']):.4f}", f"{float(row['lon']):.4f}", row["cc"]))
            if code and row["admin1"]:
                votes[row["cc"], code][row["admin1"]] += 1
    return {key: min(found, key=lambda n: (-found[n], n)) for key, found in votes.items()}


def middles(cities):
    """The mean of an area's towns, and its seat, by (country, admin1)."""
    towns, seats = defaultdict(list), {}
    for city in cities:
        key = city["country"], city["admin1"]
        towns[key].append((float(city["lat"]), float(city["lon"])))
        if city["fcode"] in ("PPLA", "PPLC") and (key not in seats or city["fcode"] == "PPLA"):
            seats[key] = city
    mean = {key: (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
            for key, points in towns.items()}
    return mean, seats


def province_middles(folder, cities):
    """Middles of provinces from Natural Earth's first-level areas: TopoJSON files, one a country, whose ids begin with
    the country's code ("CA.MB"). An area is part of the province that most towns in it are of, whatever it is called;
    the middle of several areas is that of their land."""
    towns = defaultdict(list)
    for city in cities:
        towns[city["country"]].append((float(city["lat"]), float(city["lon"]), city["admin1"]))
    parts = defaultdict(list)
    for path in sorted(glob.glob(f"{folder}/*.json")) if folder else []:
        for ident, _, rings in topo_rings(path):
            if not ident or not re.match(r"[A-Z]{2}\.", ident):
                continue
            size, lat, lon = max(middle(ring) for ring in rings)
            code = code_within(rings, towns[ident[:2]])
            if size and code:
                parts[ident[:2], code].append((size, lat, lon))
    return {key: _common_middle(found) for key, found in parts.items()}


def code_within(rings, towns):
    """The admin1 code that most towns inside of these outlines have; of the towns, as many as settle it."""
    votes = Counter()
    for ring in rings:
        west, east = min(x for x, _ in ring), max(x for x, _ in ring)
        south, north = min(y for _, y in ring), max(y for _, y in ring)
        within = [t for t in towns if south <= t[0] <= north and west <= t[1] <= east]
        for lat, lon, code in within[::len(within) // VOTES + 1]:
            votes[code] += holds(ring, lat, lon)
    return min(votes, key=lambda c: (-votes[c], c)) if any(votes.values()) else None


def _common_middle(parts):
    """Of (area, lat, lon), by area; longitudes may lie on both sides of the 180th meridian."""
    land = sum(size for size, _, _ in parts)
    first = parts[0][2]
    lat = sum(size * lat for size, lat, _ in parts) / land
    lon = sum(size * (first + (lon - first + 180) % 360 - 180) for size, _, lon in parts) / land
    return lat, (lon + 180) % 360 - 180


def sounds(name):
    """The consonants of a name, those that romanisations exchange alike."""
    kept = re.sub(r"^(ad|al|ar|as|ash|at|az|an|el)\b", "", bare(name)).translate(str.maketrans("qgjcz", "kkjks", "aeiouyhw' -"))
    return re.sub(r"(.)\1+", r"\1", kept) if is_latin(kept) else kept


def matched(country, codes, subdivisions):
    """Which subdivision of CLDR is which admin1 code: best likeness of names first, each once; of names that sound
    alike (two that differ in vowels only) those that are spelled alike.
    codes: {code: names}; subdivisions: {iso: names}."""
    pairs = []
    for code, known in codes.items():
        for iso, names in subdivisions.items():
            spelled = max(likeness(bare(known[0]), bare(name)) for name in names)
            best = max(max(likeness(bare(a), bare(b)), likeness(sounds(a), sounds(b))) for a in known for b in names)
            if best >= MATCH_LIKENESS:
                pairs.append((-best, -spelled, code, iso))
    out, used = {}, set()
    for _, _, code, iso in sorted(pairs):
        if code not in out and iso not in used:
            out[code] = iso
            used.add(iso)
    return out


def province_rows(cities, names, cldr, countries, at=None, short=None):
    """A row for each admin1 code of `countries`. names: {(country, code): English name}; cldr: {language: {iso: name}};
    at: {(country, code): (lat, lon)} where a better middle than that of the towns is known;
    short: {"CA-08": ["Ont."]}, as the press shortens them."""
    mean, seats = middles(cities)
    for country in sorted(countries):
        codes = {}
        for (of, code), name in sorted(names.items()):
            if of == country and (of, code) in mean:
                seat = seats.get((of, code), {})
                spoken = [n for key in ("name_ar", "name_fa") for n in seat.get(key, "").split("|")[:1] if n]
                codes[code] = [name, *spoken]
        subdivisions = {}
        for language in ("en", "ar", "fa"):
            for iso, name in cldr[language].items():
                if iso.startswith(country.lower()):
                    subdivisions.setdefault(iso, []).append(name)
        iso_of = matched(country, codes, subdivisions)
        iso_of.update({code: SAME_AREA[f"{country}-{code}"] for code in codes if f"{country}-{code}" in SAME_AREA})
        for code in sorted(codes):
            iso = iso_of.get(code)
            english = cldr["en"].get(iso, codes[code][0])
            lat, lon = (at or {}).get((country, code), mean[country, code])
            alternates = list(dict.fromkeys(area_names(country, english, codes[code][0], iso, cldr)))
            alternates += (short or {}).get(f"{country}-{code}", [])
            yield dump_row(f"province-{country}-{code}", english, alternates, tidy(lat), tidy(lon), "A.ADM1", country, code)


def area_names(country, english, geonames_name, iso, cldr):
    """Other spellings; those in Arabic script with the word for the kind, which the reader drops again."""
    if fold(geonames_name) != fold(english):
        yield geonames_name
    if country in ARAB - {"MA"} and not any(fold(english).endswith(w) for w in (" governorate", " province", " region")):
        yield f"{english} Governorate"
    for language in ("fa", "ar"):
        name = cldr[language].get(iso)
        if not name:
            continue
        word = PROVINCE_WORD.get(country, "محافظة" if country in ARAB else "استان")
        if language == "fa":
            word = {"محافظة": "استان", "ولاية": "استان", "منطقة": "استان", "إمارة": "امارت", "جهة": "استان"}.get(word, word)
        plain = bare_arabic(re.sub(r" *[(].*", "", name))
        yield f"{word} {plain}"


def country_rows(codes, cldr, capitals, at=None):
    """A row for each country: names in three languages; its middle, else its capital."""
    for code in codes:
        spoken = [cldr[language].get(code, []) for language in ("en", "fa", "ar")]
        if not spoken[0]:
            continue
        english, *short = [re.sub(r"\s*\(.*?\)", "", n) for n in spoken[0]]
        names = list({fold(n): n for n in [*SPOKEN_COUNTRIES.get(code, [])[::-1], *spoken[2], *spoken[1], *short]
                      if fold(n) != fold(english)}.values())[::-1]
        capital = capitals.get(code, {"lat": "0", "lon": "0"})
        lat, lon = (at or {}).get(code, (capital["lat"], capital["lon"]))
        yield dump_row(f"country-{code}", english, [n.replace(",", "") for n in names], tidy(lat), tidy(lon), "A.PCLI", code, "00")
