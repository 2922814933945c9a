"""What can be done with the diary: take a calendar in, work its times out ahead, look at what was listed."""

from privateoffice.spine.diary.services.ahead import look_ahead
from privateoffice.spine.diary.services.entering import EndsBeforeItStarts, enter, enter_from, take_back
from privateoffice.spine.diary.services.looking import look_at
from privateoffice.spine.diary.services.renewing import renew
from privateoffice.spine.diary.services.runs import Taken
from privateoffice.spine.diary.services.taking_in import take_in
from privateoffice.spine.diary.services.uploading import read_upload, receive

__all__ = [
    "EndsBeforeItStarts",
    "Taken",
    "enter",
    "enter_from",
    "look_ahead",
    "look_at",
    "read_upload",
    "receive",
    "renew",
    "take_back",
    "take_in",
]
