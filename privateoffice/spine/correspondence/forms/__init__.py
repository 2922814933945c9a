"""What people may choose, type and upload of mail."""

from privateoffice.spine.correspondence.forms.answering import AnswerForm
from privateoffice.spine.correspondence.forms.importing import SHOWN, ListForm, UploadForm
from privateoffice.spine.correspondence.forms.rehoming import FindForm, MergeForm, SplitOffForm
from privateoffice.spine.correspondence.forms.rules import RuleForm
from privateoffice.spine.correspondence.forms.sorting import (
    ActionForm,
    BulkForm,
    EngagementForm,
    EnquiryForm,
    FilingForm,
    PutOffForm,
    RecommendationForm,
    RedirectionForm,
    RulingForm,
    SplitForm,
    WaitingForm,
    WayForm,
)

__all__ = [
    "SHOWN",
    "ActionForm",
    "AnswerForm",
    "BulkForm",
    "EngagementForm",
    "EnquiryForm",
    "FilingForm",
    "FindForm",
    "ListForm",
    "MergeForm",
    "PutOffForm",
    "RecommendationForm",
    "RedirectionForm",
    "RuleForm",
    "RulingForm",
    "SplitForm",
    "SplitOffForm",
    "UploadForm",
    "WaitingForm",
    "WayForm",
]
