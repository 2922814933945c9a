"""Who sees the diary, and who brings engagements into it."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)
KEPT_BY = (Role.PA, Role.STAFF_OFFICER)

ROLES = {
    "diary.view": (*OFFICE, Role.SLT_MEMBER),
    "diary.take_in": KEPT_BY,
    "diary.renew": KEPT_BY,
    "diary.look_ahead": KEPT_BY,
    "diary.look_at": KEPT_BY,
    "diary.enter": KEPT_BY,
    "diary.take_back": KEPT_BY,
}

PHRASES = {
    "diary.take_in": (
        "brought a calendar in: {read} read, {new} new, {unchanged} unchanged, {needs_a_look} to look at, "
        "{outside} held outside"
    ),
    "diary.renew": "put a newer version in the place of {record}",
    "diary.look_ahead": "worked the diary out ahead: {added} more times",
    "diary.enter": "entered {record}",
    "diary.take_back": "took {record} out of the diary again",
    "diary.look_at": "looked at what import {number} of a calendar listed",
}
