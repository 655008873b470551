"""Scores a peer on the Persian gold of dates by value and prints totals alone; bench/dates runs it in the peers' environment.

  dates_gold.py FOLDER     the folder of persian_dates_{open,blind}.tsv, whose README has the columns

dateparser is given each phrase of the gold by itself (its search finds few of them whole) and, for sentences without a time,
the sentence; its own period makes the interval. "With its Jalali class" also counts what that class gives, right or not
elsewhere, as right: more than a program could do that must choose. parstdex finds words and says what kind they are, but no
day: its spans are counted, and what it can say by kind (set, none) as values.
"""
import calendar
import datetime
import pathlib
import re
import sys

import convertdate.persian
from dateparser.calendars.jalali import JalaliCalendar
from dateparser.date import DateDataParser
from parstdex import Parstdex


def sentences(file):
    """(level, anchor or None, sentence, [(begin, end)], [values that are right, for each])"""
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) != 4:
            continue
        level, anchor, marked, values = cells
        text, spans, begin = "", [], 0
        for char in marked:
            if char == "[":
                begin = len(text)
            elif char == "]":
                spans.append((begin, len(text)))
            else:
                text += char
        day = None if anchor == "-" else datetime.datetime.fromisoformat(anchor)
        yield level, day, text, spans, [value.split(" | ") for value in values.split(" ; ")]


def gregorian(moment, period):
    """The interval of a day, month or year as the gold writes it."""
    day = moment.date()
    if period == "year":
        first, past = day.replace(month=1, day=1), day.replace(year=day.year + 1, month=1, day=1)
    elif period == "month":
        first = day.replace(day=1)
        past = first + datetime.timedelta(calendar.monthrange(day.year, day.month)[1])
    else:
        first, past = day, day + datetime.timedelta(7 if period == "week" else 1)
    return f"{first}..{past}"


def jalali(data):
    year, month, _ = convertdate.persian.from_gregorian(data.date_obj.year, data.date_obj.month, data.date_obj.day)
    if data.period == "day":
        return gregorian(data.date_obj, "day")
    first = (year, 1 if data.period == "year" else month, 1)
    past = (year + 1, 1, 1) if data.period == "year" or month == 12 else (year, month + 1, 1)
    return "..".join(str(datetime.date(*convertdate.persian.to_gregorian(*date))) for date in (first, past))


def dateparser_values(text, anchor):
    """What dateparser gives for the words, and what its Jalali class does."""
    settings = {"PREFER_DATES_FROM": "past"}
    if anchor:
        settings["RELATIVE_BASE"] = anchor
    plain, of_class = "none", "none"
    try:
        data = DateDataParser(languages=["fa"], settings=settings).get_date_data(text)
        if data and data.date_obj:
            plain = gregorian(data.date_obj, data.period)
    except (ValueError, OverflowError):
        pass
    try:
        data = JalaliCalendar(text).get_date()
        if data and data.date_obj:
            of_class = jalali(data)
    except (ValueError, OverflowError, AttributeError, KeyError):
        pass
    return plain, of_class


def parstdex_values(model, text, spans):
    """Its spans, and "set" for a phrase that it calls so."""
    marked = model.extract_time_ml(text)
    sets = re.findall(r"<TIMEX3 type='SET'>(.*?)</TIMEX3>", marked)
    found = [tuple(span) for span in model.extract_span(text)["datetime"]]
    values = []
    for begin, end in spans or [(0, len(text))]:
        touching = [text[b:e] for b, e in found if b < end and begin < e]
        values.append("none" if not touching else "set" if any(words in sets for words in touching) else "no value")
    return found, values


def measure(file):
    model = Parstdex()
    wanted = 0
    right = {"dateparser": 0, "dateparser with its Jalali class": 0, "parstdex": 0}
    gold_spans = found_spans = same_spans = touched = 0
    for _, anchor, text, spans, values in sentences(file):
        found, kinds = parstdex_values(model, text, spans)
        gold_spans += len(spans)
        found_spans += len(found)
        same_spans += len(set(found) & set(spans))
        touched += sum(any(b < end and begin < e for b, e in found) for begin, end in spans)
        for i, accepted in enumerate(values):
            words = text[slice(*spans[i])] if i < len(spans) else text
            plain, of_class = dateparser_values(words, anchor)
            wanted += 1
            right["dateparser"] += plain in accepted
            none_of_both = plain == of_class == "none" and "none" in accepted
            said = [value for value in (plain, of_class) if value != "none"]
            right["dateparser with its Jalali class"] += none_of_both or any(value in accepted for value in said)
            right["parstdex"] += kinds[i] in accepted
    for name, count in right.items():
        print(f"  {name}: {count} of {wanted} ({count / wanted:.3f})")
    precision, recall = same_spans / max(1, found_spans), same_spans / max(1, gold_spans)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  parstdex spans: strict F1 {f1:.3f}, {touched} of {gold_spans} touched")


def main():
    folder = pathlib.Path(sys.argv[1])
    for half in ("open", "blind"):
        print(f"{half} half")
        measure(folder / f"persian_dates_{half}.tsv")


main()
