#!/usr/bin/env python3
"""Makes a batch of hits of a web server's access log, for pages that cannot load the script.

    python3 access-log.py < access.log.1 > hits.csv &&
      batch=$(sha256sum < access.log.1 | cut -c1-40) &&
      curl -H "Authorization: Bearer $KEY" --data-binary @hits.csv \\
        "$api/sites/SITE/imports?reason=access+log&batch=$batch"

The log has the "combined" format of nginx and Apache. Luot leaves out robots, networks that the site ignores and repeated
views, and counts a batch once however often it is sent. Send a log after it was rotated, not one that still grows.
"""
import csv
import re
import sys
from datetime import datetime

LINE = re.compile(r'(\S+) \S+ \S+ \[([^]]+)\] "GET (\S+) [^"]*" 200 \S+ "[^"]*" "([^"]*)"')
KINDS = r"css|js(on)?|xml|txt|ico|svg|png|jpe?g|gif|webp|woff2?|mp[34]|pdf|docx?|xlsx?|zip"
FILE = re.compile(rf"[^?#]*\.({KINDS})([?#]|$)", re.I)


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["time", "path", "address", "agent"])
    for line in open(sys.stdin.fileno(), encoding="utf-8", errors="replace"):
        found = LINE.match(line)
        if found and not FILE.match(found[3]):
            try:
                time = datetime.strptime(found[2], "%d/%b/%Y:%H:%M:%S %z")
            except ValueError:
                continue  # Strangers write in a log: a bracket in their user's name.
            # Who names no agent is a program.
            rows.writerow([time.isoformat(), found[3], found[1], "bot" if found[4] in ("", "-") else found[4]])


if __name__ == "__main__":
    main()
