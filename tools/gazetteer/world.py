"""The gazetteer of the whole world, for reports from elsewhere and for the English evaluation sets: every town of a
GeoNames dump, provinces, states, counties of the United States, countries with a middle."""
from gazetteer import areas
from gazetteer.names import bare, fold
from gazetteer.rows import dump_row, tidy, write_rows
from gazetteer.sources import (admin1_names, cldr_subdivisions, cldr_territories, geonames, topo_areas)

# How the English press shortens the states (written for this project).
SHORT_STATES = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "DC": "D.C.",
    "FL": "Fla.", "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.,Kans.", "KY": "Ky.", "LA": "La.", "MD": "Md.",
    "MA": "Mass.", "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.,Nebr.", "NV": "Nev.",
    "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.",
    "PA": "Pa.,Penn.", "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": "Tex.", "VT": "Vt.", "VA": "Va.",
    "WA": "Wash.", "WV": "W.Va.,W. Va.", "WI": "Wis.,Wisc.", "WY": "Wyo."}
# How the press of Canada and Australia shortens theirs, by the codes of GeoNames (written for this project).
SHORT_PROVINCES = {
    "CA-01": ["Alta."], "CA-02": ["B.C.", "BC"], "CA-03": ["Man."], "CA-04": ["N.B."], "CA-05": ["N.L.", "Nfld."],
    "CA-07": ["N.S."], "CA-08": ["Ont."], "CA-09": ["P.E.I."], "CA-10": ["Que."], "CA-11": ["Sask."],
    "CA-13": ["N.W.T."], "AU-02": ["NSW", "N.S.W."], "AU-04": ["Qld."], "AU-06": ["Tas."]}
COUNTY_WORD = {"LA": "Parish", "AK": "Borough"}
NAMES_PER_TOWN = 12


def latin_names(city):
    """Other Latin spellings, without codes and lists: the reader needs none of the other scripts here."""
    out = []
    for name in (city["alternatenames"] or "").replace("|", ",").split(","):
        name = name.strip()
        if name and name.isascii() and not name.isupper() and len(name) > 3 and fold(name) != fold(city["name"]):
            out.append(name)
    return list(dict.fromkeys(out))[:NAMES_PER_TOWN]


def town_rows(cities):
    for city in sorted(cities, key=lambda c: int(c["geonameid"])):
        yield dump_row(city["geonameid"], city["name"], [city["asciiname"], *latin_names(city)], city["lat"], city["lon"],
                       f"{city['fclass']}.{city['fcode']}", city["country"], city["admin1"],
                       city.get("admin2", "") if city["country"] == "US" else "", city["population"])


def state_rows(us_atlas, subdivisions):
    """States and counties of the United States (US Census, public domain), with the codes that GeoNames uses."""
    postal = {bare(name): iso[2:].upper() for iso, name in subdivisions.items() if iso.startswith("us")}
    postal["columbia"] = "DC"
    code_of = {}
    for fips, properties, lat, lon in topo_areas(us_atlas, "states"):
        code = postal.get(bare(properties["name"]))
        if code is None:
            continue
        code_of[fips] = code
        names = [n for n in SHORT_STATES.get(code, "").split(",") if n] + [code]
        yield dump_row(f"state-{code}", properties["name"], [*names, f"{properties['name']} State"], tidy(lat), tidy(lon),
                       "A.ADM1", "US", code)
    for fips, properties, lat, lon in sorted(topo_areas(us_atlas, "counties"), key=lambda a: a[0]):
        code = code_of.get(fips[:2])
        if code:
            yield dump_row(f"county-{fips}", f"{properties['name']} {COUNTY_WORD.get(code, 'County')}", [], tidy(lat),
                           tidy(lon), "A.ADM2", "US", code, fips[2:])


def country_middles(natural_earth, iso_numbers):
    """Natural Earth names countries by their ISO number."""
    return {iso_numbers[int(ident)]: (lat, lon) for ident, _, lat, lon in topo_areas(natural_earth, "countries")
            if ident and int(ident) in iso_numbers}


def iso_numbers(cldr_folder):
    """ISO 3166-1 numbers by CLDR's supplemental data."""
    import xml.etree.ElementTree as ElementTree
    tree = ElementTree.parse(f"{cldr_folder}/supplemental/supplementalData.xml")
    return {int(node.get("numeric")): node.get("type") for node in tree.iter("territoryCodes")
            if node.get("numeric") and len(node.get("type")) == 2}


def build(args):
    cities = [c for c in geonames(args.cities) if c["fclass"] == "P" and c["country"]]
    names = admin1_names(args.admin1) if args.admin1 else areas.names_of_codes(args.town_areas, cities)
    subdivisions = {language: cldr_subdivisions(args.cldr, language) for language in ("en", "fa", "ar")}
    territories = {language: cldr_territories(args.cldr, language) for language in ("en", "fa", "ar")}
    capitals = {c["country"]: c for c in cities if c["fcode"] == "PPLC"}
    countries = sorted({c["country"] for c in cities})
    middles = country_middles(args.natural_earth, iso_numbers(args.cldr))
    rows = list(areas.country_rows(countries, territories, capitals, middles))
    rows += state_rows(args.us_atlas, subdivisions["en"])
    others = [c for c in countries if c != "US"]
    rows += areas.province_rows(cities, names, subdivisions, others, areas.province_middles(args.provinces, cities),
                                SHORT_PROVINCES)
    rows += town_rows(cities)
    write_rows(args.out, "GeoNames (CC BY 4.0), Unicode CLDR, Natural Earth, US Census; built by tools/build_gazetteer world", rows)
