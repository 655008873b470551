"""Reads pages with one peer and writes what it read as JSON Lines; bench/extract runs it in the peers' environment.

  extract_page.py PEER PAGES OUT     PAGES: lines of {"set", "id", "file"}; time is the process's, from bytes to text
"""
import gzip
import json
import pathlib
import sys
import time


def trafilatura_reader(**options):
    import trafilatura

    return lambda page: trafilatura.extract(page, include_comments=False, include_tables=True, **options) or ""


def trafilatura_metadata_reader():
    """Text with title, author and date, as this program gives them."""
    import trafilatura

    def read(page):
        document = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True)
        return (document.text or "") if document else ""

    return read


def resiliparse_reader():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(page):
        tree = HTMLTree.parse_from_bytes(page, detect_encoding(page))
        return extract_plain_text(tree, main_content=True, preserve_formatting=True, list_bullets=False, alt_texts=False)

    return read


def readability_reader():
    import lxml.html
    import readability

    def read(page):
        summary = readability.Document(page).summary(html_partial=True)
        return "\n".join(lxml.html.fromstring(summary).itertext())

    return read


def htmldate_reader(extensive):
    import htmldate

    return lambda page: htmldate.find_date(page, extensive_search=extensive, original_date=True) or "none"


READERS = {
    "trafilatura": trafilatura_reader,
    "trafilatura metadata": trafilatura_metadata_reader,
    "trafilatura fast": lambda: trafilatura_reader(fast=True),
    "resiliparse": resiliparse_reader,
    "readability-lxml": readability_reader,
    "htmldate": lambda: htmldate_reader(True),
    "htmldate fast": lambda: htmldate_reader(False),
}


def main():
    peer, pages, out = sys.argv[1:4]
    read = READERS[peer]()
    read(b"<html><body><p>The first page pays for what is loaded late.</p></body></html>")
    with open(out, "w", encoding="utf-8") as lines:
        for line in pathlib.Path(pages).read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            content = pathlib.Path(page["file"]).read_bytes()
            content = gzip.decompress(content) if page["file"].endswith(".gz") else content
            begin = time.process_time()
            try:
                said = read(content)
            except Exception as failure:  # pylint: disable=broad-exception-caught  # counted: a crash misses the page
                said, page["failure"] = "", repr(failure)[:200]
            page["seconds"] = time.process_time() - begin
            page["bytes"] = len(content)
            page["day" if peer.startswith("htmldate") else "text"] = said
            lines.write(json.dumps(page, ensure_ascii=False) + "\n")


main()
