"""Reads dates as people write them above an article: "Friday, 20 November 2026", "Nov. 20, 2026, 2:05 pm"."""

import re
from datetime import date
from typing import Final, NamedTuple

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"

_FORMS: Final = [
    re.compile(rf"\b{_WEEKDAY}{form}(?!(?!t\d)\w)", re.I)
    for form in (
        rf"{_DAY}(?:\s+of)?[\s-]{_MONTH},?[\s-]{_YEAR}",
        rf"{_MONTH}\s{_DAY},?\s{_YEAR}",
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)",
    )
]


class WrittenDate(NamedTuple):
    """A date, and what stands before and after it on its line."""

    day: date
    before: str
    after: str


def find_date(line: str) -> WrittenDate | None:
    """Give the first date of a line; None where there is none, or it is no day of the calendar."""
    for form in _FORMS:
        if found := form.search(line):
            month = found["month"]
            number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
            try:
                day = date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                return None
            return WrittenDate(day, line[: found.start()], line[found.end() :])
    return None
