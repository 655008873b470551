"""Rows in the columns of the GeoNames dump (download.geonames.org/export/dump/readme.txt)."""

COLUMNS = 19


def dump_row(ident, name, names, lat, lon, kind, country, admin1="", admin2="", population=""):
    row = [""] * COLUMNS
    row[0], row[1], row[3], row[4], row[5] = ident, name, ",".join(names), lat, lon
    row[6], row[7], row[8], row[10], row[11], row[14] = kind[0], kind[2:], country, admin1, admin2, population
    return "\t".join(row)


def tidy(coordinate):
    """Three decimals, about a hundred metres."""
    return f"{float(coordinate):.3f}".rstrip("0").rstrip(".")


def write_rows(path, heading, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(f"# {heading}\n" + "\n".join(rows) + "\n")
