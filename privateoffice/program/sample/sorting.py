"""What became of the mailbox's mail: sorted each time that it was read, but for the newest, which wait."""

from datetime import timedelta

from privateoffice.foundations.clock import clock, working_days
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.rooms.following.models import ReplyClock
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Filing, Way

PART = "sorting the mail"
LEFT = timedelta(days=6)
"""What came later than so long ago is left to be sorted."""

RECOMMENDED = (
    "Accept for half an hour, and let DCI Trevannick come too.",
    "Decline with thanks; the Superintendent can go instead.",
    "Answer yourself: they ask for you by name.",
)
SPLIT_AT = "\n\n"


class Sorter:
    """The PA at the mail of one office."""

    def __init__(self, past: Past, cast: Cast, days: Days):
        self.past, self.cast, self.days, self.dice = past, cast, days, days.dice

    def plan(self, moments: list) -> None:
        """Sort after each reading of the mailbox; some of what the last one brought goes to the Commander."""
        for at in moments:
            self.past.plan(PART, at + timedelta(minutes=5), self.cast.office, self.cast.pa, self._sort)
        self.past.plan(PART, self.past.now, self.cast.office, self.cast.pa, self._leave_some)

    def _sort(self) -> None:
        """Most of it at once; now and then one becomes something else."""
        older = Ask.objects.open().filter(at__lt=min(clock.now(), self.past.now - LEFT))
        older = older.exclude(record__in=ReplyClock.objects.exclude(kind_by="").values("record"))  # followed up
        asks = list(older.select_related("record__office", "message").order_by("at", "pk"))
        quick = [ask for ask in asks if self.dice.random() < 0.8]
        services.dispose_many(quick[::2], way=Way.NO_ACTION)
        services.dispose_many(quick[1::2], way=Way.FILED, filed_as=Filing.CORRESPONDENCE)
        for ask in asks:
            if ask not in quick:
                self._one(ask)

    def _one(self, ask: Ask) -> None:
        way = self.dice.choice([Way.ACTION, Way.ENQUIRY, Way.WAITING])
        if way == Way.WAITING:
            until = clock.closing(working_days.add(clock.today(), self.dice.randrange(3, 12)), "17:00")
            services.dispose(ask, way=way, until_at=until, words="The unit has been asked.")
        elif way == Way.ACTION:
            due = working_days.add(clock.today(), 5)
            services.hand_on(ask, way=way, title=ask.record.title, due_on=due, owner_role="staff_officer")
        else:
            said = {"caller_name": ask.message.from_name[:120], "caller_email": ask.message.from_address}
            asked = ask.text[:1_000] or ask.record.title
            services.hand_on(ask, way=way, title=ask.record.title, asked=asked, channel="email", **said)

    def _leave_some(self) -> None:
        """Of the newest: one before the Commander, one put off until tomorrow, one split in two."""
        waiting = Ask.objects.to_sort(clock.now()).select_related("record__office", "message").newest_first()
        asks = [ask for ask in waiting[:20] if not ask.record.is_sensitive]
        for ask, words in zip(asks[2::4], RECOMMENDED, strict=False):
            services.dispose(ask, way=Way.COMMANDER, words=words)
        if len(asks) > 1:
            tomorrow = working_days.next(clock.today())
            services.put_off(asks[1], until_at=clock.moment(tomorrow, "08:00"))
        if asks:
            parts = [part for part in asks[0].message.text.split(SPLIT_AT) if len(part) > 40]
            if len(parts) > 1:
                services.split(asks[0], quoted=parts[1])
