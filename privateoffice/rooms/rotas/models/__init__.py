"""What is kept of rotas."""

from privateoffice.rooms.rotas.models.board import OnCall
from privateoffice.rooms.rotas.models.breaches import Breach
from privateoffice.rooms.rotas.models.changes import Change, Publication
from privateoffice.rooms.rotas.models.claims import Claim, Recall
from privateoffice.rooms.rotas.models.duty import Duty, on_day
from privateoffice.rooms.rotas.models.feeds import Feed
from privateoffice.rooms.rotas.models.handovers import NOTES, Handover, HandoverAcceptance
from privateoffice.rooms.rotas.models.members import Away, Member, Skill
from privateoffice.rooms.rotas.models.notices import Acknowledgement, Notice
from privateoffice.rooms.rotas.models.period import Period
from privateoffice.rooms.rotas.models.rota import A_DAY, DutyType, Rota
from privateoffice.rooms.rotas.models.rules import FIRST_RATES, Rate, Rule
from privateoffice.rooms.rotas.models.runs import Run
from privateoffice.rooms.rotas.models.swaps import Agreement, Invitation, Swap, SwapEnding, SwapSide

__all__ = [
    "A_DAY",
    "FIRST_RATES",
    "NOTES",
    "Acknowledgement",
    "Agreement",
    "Away",
    "Breach",
    "Change",
    "Claim",
    "Duty",
    "DutyType",
    "Feed",
    "Handover",
    "HandoverAcceptance",
    "Invitation",
    "Member",
    "Notice",
    "OnCall",
    "Period",
    "Publication",
    "Rate",
    "Recall",
    "Rota",
    "Rule",
    "Run",
    "Skill",
    "Swap",
    "SwapEnding",
    "SwapSide",
    "on_day",
]
