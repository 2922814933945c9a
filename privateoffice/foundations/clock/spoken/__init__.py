"""Days as people say them in British English: "Friday week", "the 30th", "COP Tuesday", "3/12", "eow".

A day is read only where the words can mean one day and no other. What names a stretch of time ("next week"),
what contradicts itself ("Friday 19th" where the 19th is a Thursday) and what does not exist ("31 November") is
found too, without a day, so that nobody takes such words for no date at all.
"""

from privateoffice.foundations.clock.spoken.mentions import Mention, Moment, days_in

__all__ = ["Mention", "Moment", "days_in"]
