"""What people may type about a rota."""

from privateoffice.rooms.rotas.forms.duties import (
    AcknowledgementForm,
    HandoverForm,
    IllForm,
    PlacingForm,
    PublishForm,
    RecallForm,
    SplitForm,
    SwapForm,
    WordsForm,
)
from privateoffice.rooms.rotas.forms.people import (
    AwayForm,
    BackForm,
    MemberForm,
    ReleaseForm,
    SkillForm,
    pattern_words,
)
from privateoffice.rooms.rotas.forms.setting_up import (
    DutyTypeForm,
    FeedForm,
    PeriodForm,
    RateForm,
    RotaForm,
    RuleForm,
    periods_offered,
)
from privateoffice.rooms.rotas.forms.sheets import SheetForm

__all__ = [
    "AcknowledgementForm",
    "AwayForm",
    "BackForm",
    "DutyTypeForm",
    "FeedForm",
    "HandoverForm",
    "IllForm",
    "MemberForm",
    "PeriodForm",
    "PlacingForm",
    "PublishForm",
    "RateForm",
    "RecallForm",
    "ReleaseForm",
    "RotaForm",
    "RuleForm",
    "SheetForm",
    "SkillForm",
    "SplitForm",
    "SwapForm",
    "WordsForm",
    "pattern_words",
    "periods_offered",
]
