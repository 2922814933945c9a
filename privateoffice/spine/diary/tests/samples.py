"""Small calendars for the tests of the diary. Whatever they name is invented."""

CRLF = "\r\n"


def event(uid: str = "board@diary.example", *lines: str, start: str = "TZID=Europe/London:20261124T100000") -> str:
    """One event of an hour and a half; further lines as they are given."""
    said = [f"UID:{uid}", f"DTSTART;{start}"]
    names = {line.partition(":")[0].partition(";")[0] for line in lines}
    said += [] if "DTEND" in names or "DURATION" in names else ["DURATION:PT1H30M"]
    said += [] if "SUMMARY" in names else ["SUMMARY:Partnership board"]
    return CRLF.join(["BEGIN:VEVENT", *said, *lines, "END:VEVENT"])


def calendar(*items: str, method: str = "", name: str = "") -> bytes:
    """A calendar file of these items."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    head += [f"METHOD:{method}"] if method else []
    head += [f"X-WR-CALNAME:{name}"] if name else []
    return (CRLF.join([*head, *items, "END:VCALENDAR"]) + CRLF).encode()
