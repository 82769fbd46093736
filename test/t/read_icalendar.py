"""Reads an iCalendar text (standard input) with Debian's python3-icalendar and prints what a calendar program would see.

One line a fact, "<uid> <property> <value>", line ends of values as \\n; then "octets" with the longest line, "warning" for
each property that the parser could not read.
"""
import sys
from datetime import date

from icalendar import Calendar

text = sys.stdin.buffer.read()
calendar = Calendar.from_ical(text)

def say(*words):
    sys.stdout.buffer.write((" ".join(str(word).replace("\n", "\\n") for word in words) + "\n").encode())

for name in ("VERSION", "PRODID", "CALSCALE", "X-WR-CALDESC"):
    if name in calendar:
        say("calendar", name, calendar[name])
for event in calendar.walk("VEVENT"):
    uid = event["UID"]
    for name in ("SUMMARY", "DESCRIPTION", "CATEGORIES", "STATUS", "TRANSP", "SEQUENCE"):
        value = event[name]
        say(uid, name, value.to_ical().decode() if name == "CATEGORIES" else value)
    for name in ("DTSTART", "DTEND"):
        day = event[name].dt
        say(uid, name, day.isoformat(), "all-day" if type(day) is date else "timed")
    say(uid, "DTSTAMP", event["DTSTAMP"].dt.isoformat())
    for alarm in event.walk("VALARM"):
        say(uid, "TRIGGER", alarm["TRIGGER"].dt, alarm["ACTION"], alarm["DESCRIPTION"])
    for name, problem in event.errors:
        say(uid, "warning", name, problem)
say("calendar", "warnings", len(calendar.errors))
say("calendar", "octets", max(len(line) for line in text.split(b"\r\n")))
say("calendar", "bare line ends", text.replace(b"\r\n", b"").count(b"\n") + text.replace(b"\r\n", b"").count(b"\r"))
# what the parser writes it reads again as the same
say("calendar", "the same when written again", Calendar.from_ical(calendar.to_ical()).to_ical() == calendar.to_ical())
