"""The gazetteer that the program carries: countries, provinces and towns of the region, counties of Iran, large towns of
the world (GeoNames, Who's On First, CLDR), and counties of OpenStreetMap in a file of their own, as the ODbL asks."""
import re
from collections import Counter

from gazetteer import areas
from gazetteer.names import alternates, fold, likeness
from gazetteer.rows import dump_row, tidy, write_rows
from gazetteer.sources import (admin1_names, alternate_names, cldr_subdivisions, cldr_territories, geonames, overpass,
                               table, topo_areas)

# Names that the sources give to the wrong place.
MISTAKEN = {"143127": ["ساوه"]}
REGION = {"IR", "IQ", "AF", "SY", "LB", "PS", "JO", "YE", "SA", "KW", "BH", "QA", "AE", "OM", "TR", "AM", "AZ", "TM",
          "TJ", "PK", "IL", "EG", "LY", "TN", "DZ", "MA", "SD"}
NEAR = {"IR", "IQ", "AF", "SY", "LB", "PS", "KW", "BH", "QA", "YE"}  # every town; elsewhere the larger ones
REGION_PEOPLE = 20000
WORLD_PEOPLE = 400000
# English spellings in the press that GeoNames lists under other forms, Persian ones that it lacks, and Arabic names of
# towns of Khuzestan (written for this project).
SPELLINGS = {"112931": ["Teheran"], "418863": ["Isfahan", "Esfahan"], "121801": ["Urmia", "Orumiyeh", "ارومیه"],
             "119208": ["Qum", "Ghom", "قم"], "144448": ["Ahwaz", "الأهواز", "الأحواز"], "124665": ["Mashad"],
             "128747": ["کرج"], "113646": ["تبریز"], "115019": ["شیراز"], "1159301": ["Zahidan"],
             "127319": ["المحمرة"], "137268": ["الخفاجية"], "130821": ["الحويزة"], "141663": ["معشور"], "114584": ["تستر"],
             "114593": ["السوس"], "145459": ["عبادان"], "110690": ["الفلاحية"], "745044": ["استانبول", "إسطنبول", "اسطنبول"],
             "379252": ["الخرطوم", "خارطوم"]}
# Arabic names of towns for which GeoNames has none (written for this project).
ARABIC = {"72968": "مأرب", "103369": "بيشة", "278913": "النبطية", "286647": "صحم", "347907": "سنورس",
          "353219": "السادس من أكتوبر", "353802": "كوم أمبو", "356000": "حوش عيسى", "358600": "بوش", "360890": "الخصوص",
          "361179": "الحوامدية", "367308": "شندي", "367644": "سنار", "379149": "المناقل", "379555": "الفاشر",
          "401043": "الجبين", "2210221": "ترهونة", "2210394": "تاجوراء", "2468925": "ميدون", "2473540": "المرسى",
          "2482886": "الرويسات", "2487772": "مسعد", "2491323": "قصر البخاري", "2497849": "الخروب", "2498392": "العلمة",
          "2498954": "الشطية", "2504099": "البرواقية", "2504622": "بني مراد", "2508287": "عين البيضاء", "2508737": "أفلو",
          "2527915": "تنغير", "2529013": "تمارة", "2530048": "تاوريرت", "2532945": "سيدي سليمان", "2540810": "وزان",
          "2544001": "القصر الكبير", "2548830": "الفقيه بن صالح", "2556272": "برشيد", "2558470": "الخميسات",
          "6946409": "الكرك", "7329411": "مبارك الكبير", "7838895": "الرصيفة", "12495725": "بارق"}


def keeps(city):
    people, country = int(city["population"] or 0), city["country"]
    if city["fcode"] in ("PPLX", "PPLH", "PPLW", "PPLQ"):
        return country == "IR" or people >= WORLD_PEOPLE
    return (country in NEAR or city["fcode"] == "PPLC" or people >= WORLD_PEOPLE
            or (country in REGION and (people >= REGION_PEOPLE or city["fcode"] in ("PPLA", "PPLA2"))))


def first_names(city):
    """The names that a place is known by first, folded: others of the country that carry one as a variant lose it."""
    return {fold(city["name"]), fold(city["asciiname"])} | {fold(n) for n in city["name_fa"].split("|")[:1] if n}


def county_code(region, county):
    return re.sub(r"[^a-z]", "", fold(region))[:6] + "." + re.sub(r"[^a-z]", "", fold(county)) if county else ""


def persian_county(name):
    return re.sub(r"^(شهرستان|مقاطعة)\s+", "", name)


def county_rows(iran_places, admin1_of_region, spoken):
    """Counties of Who's On First; those without a Persian name take the one of the town they are named after."""
    for place in iran_places:
        if place["placetype"] != "county" or place["region"] not in admin1_of_region:
            continue
        name = place["name"]
        persian = [persian_county(n) for n in place["names_fa"].split("|") if n]
        persian = persian or spoken.get((admin1_of_region[place["region"]], fold(name)), [])
        names = [f"شهرستان {n}" for n in alternates(name, persian)[:2]]
        yield dump_row("wof" + place["wof_id"], f"{name} County", names, tidy(place["lat"]), tidy(place["lon"]),
                       "A.ADM2", "IR", admin1_of_region[place["region"]], county_code(place["region"], name))


# What a facility of OpenStreetMap is, in the codes of GeoNames.
FACILITIES = {("amenity", "prison"): "S.PRN", ("amenity", "university"): "S.UNIV", ("amenity", "courthouse"): "S.CTHSE",
              ("amenity", "marketplace"): "S.MKT", ("place", "square"): "S.SQR", ("building", "bazaar"): "S.MKT"}
FACILITY_NEAR_DEGREES = 1.0


def osm_facility_rows(path, cities):
    """Prisons, universities, courts, squares and bazaars of an Overpass answer, each in the province of the town that is
    nearest; those that no town is near are left out."""
    cells = {}  # by whole degrees: a town that is near lies in the cell or in one beside it
    for city in cities:
        at = float(city["lat"]), float(city["lon"])
        cells.setdefault((at[0] // FACILITY_NEAR_DEGREES, at[1] // FACILITY_NEAR_DEGREES), []).append((at, city))
    for element in sorted(overpass(path), key=lambda e: e["id"]):
        tags = element["tags"]
        kind = next((code for (key, value), code in sorted(FACILITIES.items()) if tags.get(key) == value), None)
        names = list(dict.fromkeys(tags[k].replace(",", " ") for k in ("name:en", "name", "name:fa", "name:ar") if k in tags))
        lat, lon = float(element["lat"]), float(element["lon"])
        row, column = lat // FACILITY_NEAR_DEGREES, lon // FACILITY_NEAR_DEGREES
        near = [(abs(at[0] - lat) + abs(at[1] - lon), city["geonameid"], city) for north in (-1, 0, 1) for east in (-1, 0, 1)
                for at, city in cells.get((row + north, column + east), [])
                if abs(at[0] - lat) + abs(at[1] - lon) <= FACILITY_NEAR_DEGREES]
        if kind is None or not names or not near:
            continue
        town = min(near, key=lambda n: n[:2])[2]
        yield dump_row("osm-" + element["id"].replace("/", "-"), names[0], names[1:], tidy(lat), tidy(lon), kind,
                       town["country"], town["admin1"])


def osm_county_rows(provinces, counties, admin1_of_region, known):
    """Counties of OpenStreetMap that the other sources lack. known: {(admin1, folded Persian name)}."""
    admin1_of = {}
    for _, properties, _, _ in topo_areas(provinces):
        region = max(admin1_of_region, key=lambda r: likeness(fold(r), fold(properties["en"])))
        admin1_of[properties["iso"]] = region
    for _, properties, lat, lon in sorted(topo_areas(counties), key=lambda a: a[1]["osm"]):
        region, persian = admin1_of.get(properties["iso1"]), persian_county(properties["fa"] or "")
        if region is None or not persian or (admin1_of_region[region], fold(persian)) in known:
            continue
        english = re.sub(r" County$", "", properties["en"] or persian)
        names = [f"شهرستان {persian}"]
        yield dump_row(f"osm{properties['osm']}", f"{english} County", names, tidy(lat), tidy(lon), "A.ADM2", "IR",
                       admin1_of_region[region], county_code(region, english) + f".{properties['osm']}")


def town_rows(cities, by_geonameid):
    known_by = {}
    for city in cities:
        for name in first_names(city):
            known_by.setdefault(city["country"], Counter())[name] += 1
    for city in sorted((c for c in cities if keeps(c)), key=lambda c: int(c["geonameid"])):
        known = by_geonameid.get(city["geonameid"], {})
        spoken = [city["asciiname"], *city["name_fa"].split("|"), *city["name_ar"].split("|"),
                  *known.get("names_fa", "").split("|")]
        latin = known.get("names_latin", "").split("|")
        more = re.split(r"[|,]", city["alternatenames"] or "") if city["country"] in REGION else []
        admin2 = county_code(known["region"], known["county"]) if known.get("county") else ""
        taken = known_by[city["country"]].keys() - first_names(city) | {fold(n) for n in MISTAKEN.get(city["geonameid"], [])}
        names = [*SPELLINGS.get(city["geonameid"], []), *filter(None, [ARABIC.get(city["geonameid"])])] + alternates(city["name"], spoken + latin + more, taken)
        yield dump_row(city["geonameid"], city["name"], list(dict.fromkeys(names)), tidy(city["lat"]), tidy(city["lon"]),
                       "P." + city["fcode"], city["country"], city["admin1"], admin2, city["population"])


def with_columns(cities, spoken):
    """The dump has no columns of Persian and Arabic names: those of alternateNamesV2.txt, else its alternate names."""
    for city in cities:
        names = {f"name_{language}": "|".join(spoken.get((city["geonameid"], language), [])) for language in ("fa", "ar")}
        yield {**names, **city}


def build(args):
    cities = [c for c in with_columns(geonames(args.cities), alternate_names(args.alternate_names) if args.alternate_names else {}) if c["country"]]
    iran_places = list(table(args.iran))
    by_geonameid = {p["geonameid"]: p for p in iran_places if p["geonameid"]}
    votes = Counter((by_geonameid[c["geonameid"]]["region"], c["admin1"]) for c in cities if c["geonameid"] in by_geonameid)
    admin1_of_region = {}
    for (region, admin1), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        admin1_of_region.setdefault(region, admin1)
    spoken = {}
    for city in cities:
        if city["country"] == "IR" and city["name_fa"]:
            for name in (city["name"], city["asciiname"]):
                spoken.setdefault((city["admin1"], fold(name)), city["name_fa"].split("|")[:1])
    names = admin1_names(args.admin1) if args.admin1 else areas.names_of_codes(args.town_areas, cities)
    subdivisions = {language: cldr_subdivisions(args.cldr, language) for language in ("en", "fa", "ar")}
    territories = {language: cldr_territories(args.cldr, language) for language in ("en", "fa", "ar")}
    capitals = {c["country"]: c for c in cities if c["fcode"] == "PPLC"}

    rows = list(areas.country_rows(sorted({c["country"] for c in cities}), territories, capitals))
    rows += areas.province_rows(cities, names, subdivisions, REGION - {"IR"})
    counties = list(county_rows(iran_places, admin1_of_region, spoken))
    rows += counties
    rows += town_rows(cities, by_geonameid)
    write_rows(args.out, "GeoNames (CC BY 4.0), Who's On First (CC BY 4.0), Unicode CLDR; built by tools/build_gazetteer", rows)
    osm_rows = []
    if args.osm_counties:
        known = {(row.split("\t")[10], fold(persian_county(n))) for row in counties for n in row.split("\t")[3].split(",") if n}
        osm_rows += osm_county_rows(args.osm_provinces, args.osm_counties, admin1_of_region, known)
    if args.osm_facilities:
        osm_rows += osm_facility_rows(args.osm_facilities, cities)
    if osm_rows:
        write_rows(args.osm_out, "OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright): kept apart from the other files;"
                   " built by tools/build_gazetteer",
                   osm_rows)
