"""The sorting rule: which mail it looks for, what it proposes for it, and how far the office lets it go."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.records.markings import Marking
from privateoffice.spine.correspondence.models.disposition import Filing, Way

PROPOSED = (Way.NO_ACTION, Way.FILED, Way.WAITING, Way.COMMANDER, Way.ACTION, Way.ENQUIRY)
"""What a rule may propose. A reply, an engagement and a re-direction want words or a choice of their own."""

ALONE = (Way.NO_ACTION, Way.FILED, Way.WAITING, Way.COMMANDER)
"""What a rule may do by itself where it is told so: nothing that makes another record."""


class SortingRuleQuerySet(models.QuerySet):
    def kept(self):
        """Those that nobody ended, the oldest first: where several fit, the first counts."""
        return self.filter(ended_at=None).order_by("made_at", "pk")

    def proposing(self):
        return self.kept().filter(proposes_from__isnull=False)

    def acting_alone(self):
        return self.kept().filter(acts_from__isnull=False)


class SortingRule(models.Model):
    """What mail looks like, all of it at once, and what is proposed then. It never changes: another follows it.

    It proposes from when it was switched on, which takes a trial on past mail, and acts alone from when it was
    told so besides.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    sender = models.CharField(max_length=320, blank=True)
    words = models.CharField(max_length=300, blank=True)
    looks_in_text = models.BooleanField(default=False)
    list_id = models.CharField(max_length=200, blank=True)
    marked = models.PositiveSmallIntegerField(choices=Marking.choices, null=True, blank=True)
    way = models.CharField(max_length=14, choices=[(way.value, way.label) for way in PROPOSED])
    filed_as = models.CharField(max_length=20, choices=Filing.choices, blank=True)
    said = models.CharField(max_length=300, blank=True)
    days = models.PositiveSmallIntegerField(default=5)
    owner_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    enquiry_kind = models.CharField(max_length=40, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    tried_at = models.DateTimeField(null=True, blank=True)
    tried_on = models.PositiveIntegerField(default=0)
    was_cut_short = models.BooleanField(default=False)
    fitted = models.PositiveIntegerField(default=0)
    fitting = models.JSONField(default=list)
    proposes_from = models.DateTimeField(null=True, blank=True)
    acts_from = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager.from_queryset(SortingRuleQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"], condition=Q(ended_at=None), name="one_kept_rule_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(sender="", words="", list_id="", marked=None), name="a_rule_looks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(proposes_from=None) | Q(tried_at__isnull=False),
                name="a_rule_is_tried_before_it_proposes",
            ),
            models.CheckConstraint(
                condition=Q(acts_from=None) | Q(proposes_from__isnull=False, way__in=ALONE),
                name="a_rule_proposes_before_it_acts_alone",
            ),
            models.CheckConstraint(
                condition=Q(~Q(filed_as=""), way=Way.FILED) | Q(~Q(way=Way.FILED), filed_as=""),
                name="a_rule_that_files_says_as_what",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def terms(self) -> list[str]:
        """The words it looks for, of which one is enough."""
        return [" ".join(term.split()) for term in self.words.split(",") if term.strip()]

    @property
    def may_act_alone(self) -> bool:
        return self.way in ALONE

    @property
    def state(self) -> str:
        """How far it may go, as a page says it."""
        if self.ended_at:
            return "Ended"
        if self.acts_from:
            return "Acts alone"
        return "Proposes" if self.proposes_from else "Tried, not switched on" if self.tried_at else "Not tried"
