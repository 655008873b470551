"""Names of places: how they fold, which spellings are kept."""
import difflib
import re
import unicodedata
from collections import Counter

NAMES_LIMIT = {"arabic": 6, "latin": 3}
SPELLING_LIKENESS = 0.75
# The word for the kind of an area, at either end of its name, folded.
AREA_WORDS = ("governorate", "province", "region", "state", "county", "prefecture", "district", "emirate", "department",
              "oblast", "parish", "municipality", "city", "capital", "autonomous", "of", "the", "ostan", "e", "muhafazat", "mayorality", "wilaya", "wilayat")
ARABIC_AREA = re.compile(r"^(استان|شهرستان|ولایت|ایالت|منطقة|منطقه|مقاطعة|محافظة|محافظه|ولاية|إمارة|امارة|امارت|جهة|شعبية|لواء|بخش)\s+")


def fold(name):
    """Roughly what src/text/fold.h does: names that fold alike are one."""
    kept = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    kept = kept.translate(str.maketrans("يىكةأإآٱ", "ییکهاااا", "ـ\u200f\u200e'’‘`ʼʿ"))
    return re.sub(r"[\s\u200c-]+", " ", kept).strip()


def is_arabic(name):
    return any("\u0600" <= c <= "\u06ff" for c in name)


def is_latin(name):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def likeness(left, right):
    return difflib.SequenceMatcher(None, left, right).ratio()


def is_spelling(name, key, candidate):
    """A Latin spelling of the same sounds, not the name in some other language or an airport's code."""
    alike = likeness(name, key) >= SPELLING_LIKENESS
    return alike and name[0] == key[0] and len(key) >= 4 and candidate[0].isupper() and not candidate.isupper()


def alternates(name, candidates, taken=frozenset()):
    """Spellings that differ after folding: the first few of each script, without codes, lists and names in `taken`."""
    seen, out, counts = {fold(name)}, [], Counter()
    for candidate in candidates:
        candidate = candidate.strip()
        script = "arabic" if is_arabic(candidate) else "latin" if is_latin(candidate) else ""
        key = fold(candidate)
        if not script or key in seen or key in taken or len(key) < 2 or counts[script] >= NAMES_LIMIT[script]:
            continue
        if script == "latin" and not is_spelling(fold(name), key, candidate):
            continue
        if re.search(r"[\d()/;,،]| - |^(استان|شهرستان|بخش|اُستان) ", candidate):
            continue
        seen.add(key)
        counts[script] += 1
        out.append(candidate)
    return out


def bare(name):
    """The name of an area without the word for its kind, folded: to compare with, not to keep."""
    if is_arabic(name):
        return fold(ARABIC_AREA.sub("", name))
    words = [w for w in re.sub(r"[()]", " ", fold(name)).split() if w not in AREA_WORDS]
    return " ".join(words) or fold(name)


def bare_arabic(name):
    """An Arabic or Persian name without the word for its kind, as written."""
    return ARABIC_AREA.sub("", name).strip()
