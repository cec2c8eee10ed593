#!/usr/bin/env python3
"""Makes a file to import of a web server's access log: views by page and day, for pages that cannot load the script.

    python3 access-log.py [--parameter ItemID] < access.log > views.csv
    curl -H "Authorization: Bearer $KEY" --data-binary @views.csv "$api/sites/SITE/imports?reason=access+log"

The log has the "combined" format of nginx and Apache, in the time zone of the site. A day that was imported before is
replaced, so the same file sent twice counts once. Send only whole days, to the end of yesterday.
"""
import argparse
import collections
import csv
import re
import sys
import unicodedata
from datetime import date, datetime
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

LINE = re.compile(r'\S+ \S+ \S+ \[(\d+/\w+/\d+):[^]]*\] "GET (\S+) [^"]*" (\d+) \S+ "[^"]*" "([^"]*)"')
ROBOT = re.compile(r"bot|crawl|spider|scrap|\+http|curl|wget|python|java/|go-http|monitor|^-?$", re.I)
FILE = re.compile(r"\.(css|js(on)?|xml|txt|ico|svg|png|jpe?g|gif|webp|woff2?|mp[34]|pdf|docx?|xlsx?|zip)$", re.I)
DOCUMENT = re.compile(r"/(index\.(html?|php|jsp|aspx?)|default\.(html?|php|jsp|aspx?))$", re.I)


def page(target, parameters):
    url = urlsplit(target)
    # Without sessions in the path, as Luot leaves them out.
    path = re.sub(r";[^/]*|/\([A-Z]\([^/]*\)\)(?=/)", "", unicodedata.normalize("NFC", unquote(url.path)))
    path = DOCUMENT.sub("", re.sub("/+", "/", path)).rstrip("/") or "/"
    kept = sorted((name, value) for name, value in parse_qsl(url.query) if name in parameters)
    return path + ("?" + urlencode(kept) if kept else "")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--parameter", action="append", default=[], help="one that identifies a page")
    parameters = arguments.parse_args().parameter
    views = collections.Counter()
    for line in sys.stdin:
        found = LINE.match(line)
        if not found or found[3] != "200" or ROBOT.search(found[4]) or FILE.search(urlsplit(found[2]).path):
            continue
        day = datetime.strptime(found[1], "%d/%b/%Y").date()
        if day < date.today():
            views[page(found[2], parameters), day.isoformat()] += 1
    rows = csv.writer(sys.stdout)
    rows.writerow(["path", "day", "views"])
    for (path, day), count in sorted(views.items()):
        rows.writerow([path, day, count])
    # The site's number is its own: an import does not make it of its pages'.
    for day in sorted({day for _, day in views}):
        rows.writerow(["~site", day, sum(count for (_, of), count in views.items() if of == day)])


if __name__ == "__main__":
    main()
