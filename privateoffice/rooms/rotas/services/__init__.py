"""What can be done with rotas."""

from privateoffice.rooms.rotas.services.acknowledging import acknowledge, chase
from privateoffice.rooms.rotas.services.away import note_away, note_back
from privateoffice.rooms.rotas.services.claiming import claim, month_of, record_recall
from privateoffice.rooms.rotas.services.faults import (
    AlreadyAccepted,
    AlreadyAcknowledged,
    AlreadyClaimed,
    AlreadySwapping,
    AlreadyTaken,
    AlreadyThere,
    HasGaps,
    MayNotBe,
    NeedsAReason,
    NoRate,
    NotAgreed,
    NothingChanged,
    NothingFound,
    NothingToClaim,
    NothingToUndo,
    NotInside,
    NotPublished,
    NotTheirs,
    Overtaken,
    StillGoing,
    SwapOver,
)
from privateoffice.rooms.rotas.services.feeding import calendar_text, feed_of, make_feed, revoke_feed
from privateoffice.rooms.rotas.services.filling import kernels_folder
from privateoffice.rooms.rotas.services.handing_over import accept_handover, hand_over
from privateoffice.rooms.rotas.services.hearing import hear_acknowledgements
from privateoffice.rooms.rotas.services.judging import give_rest, place_all, put_on, waive
from privateoffice.rooms.rotas.services.looking_ahead import look_ahead
from privateoffice.rooms.rotas.services.periods import open_period
from privateoffice.rooms.rotas.services.placing import pin, place, split_duty, undo
from privateoffice.rooms.rotas.services.publishing import publish, publish_duties
from privateoffice.rooms.rotas.services.setting_up import (
    add_duty,
    certify,
    enrol,
    release,
    revise,
    revise_duty,
    set_rate,
    set_rule,
    set_up,
)
from privateoffice.rooms.rotas.services.solving import ask_solver, stop_solver, take_plan, work_out
from privateoffice.rooms.rotas.services.swapping import agree_swap, approve_swap, ask_swap, end_swap, may_approve
from privateoffice.rooms.rotas.services.taking_in import take_in, take_in_new
from privateoffice.rooms.rotas.services.volunteering import decline_open, invite, take_open

__all__ = [
    "AlreadyAccepted",
    "AlreadyAcknowledged",
    "AlreadyClaimed",
    "AlreadySwapping",
    "AlreadyTaken",
    "AlreadyThere",
    "HasGaps",
    "MayNotBe",
    "NeedsAReason",
    "NoRate",
    "NotAgreed",
    "NotInside",
    "NotPublished",
    "NotTheirs",
    "NothingChanged",
    "NothingFound",
    "NothingToClaim",
    "NothingToUndo",
    "Overtaken",
    "StillGoing",
    "SwapOver",
    "accept_handover",
    "acknowledge",
    "add_duty",
    "agree_swap",
    "approve_swap",
    "ask_solver",
    "ask_swap",
    "calendar_text",
    "certify",
    "chase",
    "claim",
    "decline_open",
    "end_swap",
    "enrol",
    "feed_of",
    "give_rest",
    "hand_over",
    "hear_acknowledgements",
    "invite",
    "kernels_folder",
    "look_ahead",
    "make_feed",
    "may_approve",
    "month_of",
    "note_away",
    "note_back",
    "open_period",
    "pin",
    "place",
    "place_all",
    "publish",
    "publish_duties",
    "put_on",
    "record_recall",
    "release",
    "revise",
    "revise_duty",
    "revoke_feed",
    "set_rate",
    "set_rule",
    "set_up",
    "split_duty",
    "stop_solver",
    "take_in",
    "take_in_new",
    "take_open",
    "take_plan",
    "undo",
    "waive",
    "work_out",
]
