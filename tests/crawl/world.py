"""An office with something of everything in it: plain, or restricted with a word in it that must never be read."""

from dataclasses import dataclass
from pathlib import Path

from privateoffice.desk.daypack import services as daypack
from privateoffice.desk.handover import services as handover
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover, Office, Unit
from privateoffice.foundations.offices.tests.cast import Cast
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Record
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.actions import services as actions
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Paper, Sender
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.diary import services as diary
from privateoffice.spine.diary.models import Engagement
from privateoffice.spine.diary.tests.samples import calendar, event

PLAIN, SECRET = "Umbercote", "Zyxomma"
OFFICE = Sender("Homicide private office", "office@homicide.example", "pa")
COMMANDER = Sender("Det Ch Supt Imogen Calderwick", "imogen.calderwick@specialist-crime.example")


@dataclass
class World:
    """The cast, the folder in which letters are laid, and how what is planted is marked."""

    cast: Cast
    folder: Path
    count: int = 0

    def plant(
        self, word: str, *, marking: int = 1, readers: tuple[str, ...] = (), office: Office | None = None
    ) -> None:
        """One record of every kind in an office, with the word in every text of it, late, due, done and sent."""
        office = office or self.cast.homicide
        before = self._keys(office)
        marks = {"marking": marking, "handling": "PERSONAL DATA" if marking > 1 else ""}
        who = self.cast.pa if office == self.cast.homicide else self.cast.outsider
        with scope.acting(who, office=office):
            self._enquiries(word, marks, readers)
            self._action(word, marks, readers)
            self._approval(word, marks, readers)
        if office == self.cast.homicide:
            self._letters(word, marking)
            self._engagement(word, marking)
        with scope.acting_as_system("plant", office=office):
            for record in Record.objects.exclude(pk__in=before):
                if readers and not record.kind.startswith(("daypack", "handover")):
                    records.narrow(record.in_full, roles=readers)

    def _keys(self, office: Office) -> list[int]:
        with scope.acting_as_system("plant", office=office):
            return list(Record.objects.values_list("pk", flat=True))

    def _restricted(self, record: Record, readers: tuple[str, ...]) -> None:
        """Named readers before anything is written about it: as an office would do it."""
        if readers:
            with scope.acting_as_system("plant", office=record.office):
                records.narrow(record, roles=readers)

    def _enquiries(self, word: str, marks: dict, readers: tuple[str, ...]) -> None:
        unit, _ = Unit.objects.get_or_create(name="Press Bureau", email="press@bureau.example")
        for turn in ("answer", "redirect", "leave"):
            self.count += 1
            enquiry = enquiries.log(
                title=f"{word} asks",
                asked=f"What of {word}?",
                channel="phone",
                kind=EnquiryKind.objects.get(slug="general"),
                caller_name=f"Caller {word}",
                caller_organisation=f"{word} Trust",
                caller_email=f"{word}{self.count}@example.org".lower(),
                received_at=clock.moment(working_days.add(clock.today(), -15), "10:00"),
                **marks,
            )
            self._restricted(enquiry, readers)
            with scope.acting_as_system("plant", office=enquiry.office):
                enquiry = Enquiry.objects.get(pk=enquiry.pk)
                enquiries.note(enquiry, text=f"{word} rang")
                if turn == "answer":
                    enquiries.resolve(enquiry, answer=f"{word} is answered")
                if turn == "redirect":
                    enquiries.redirect(enquiry, unit=unit, note=f"{word} for you")
        matter = records.open_matter(title=f"{word} matter", summary=f"About {word}", **marks)
        records.put_on(matter, enquiry)

    def _action(self, word: str, marks: dict, readers: tuple[str, ...]) -> None:
        week_ago = clock.moment(working_days.add(clock.today(), -8), "09:00")
        with clock.stopped_at(week_ago):
            action = actions.assign(
                title=f"Find {word}",
                detail=f"{word} is lost",
                asked=f"{word} meeting",
                due_on=working_days.add(clock.today(), 1),
                owner_name=f"Mx {word}",
                owner_email=f"{word}@example.org".lower(),
                **marks,
            )
        self._restricted(action, readers)
        with scope.acting_as_system("chasers", office=action.office):
            actions.climb(clock.now())

    def _approval(self, word: str, marks: dict, readers: tuple[str, ...]) -> None:
        item = approvals.offer(
            item_class="mail",
            title=f"Letter about {word}",
            sender=COMMANDER,
            recipients=[Addressee("to", f"Mx {word}", f"{word}@example.org".lower())],
            subject=f"{word}",
            text=f"Dear {word}",
            papers=[Paper(f"{word}.txt", "text/plain", f"{word} annex".encode())],
            summary=f"{word} wants it",
            recommendation=f"Approve {word}",
            due_at=clock.closing(clock.today()),
            **marks,
        )
        self._restricted(item, readers)
        with scope.acting_as_system("plant", office=item.office):
            deliveries.post_when_approved(item)
            deliveries.post(
                sender=OFFICE,
                recipients=[Addressee("to", f"Mx {word}", f"{word}@example.org".lower())],
                subject=f"Thank you, {word}",
                text=f"{word} was kind",
                papers=[Paper(f"{word}.txt", "text/plain", f"{word} thanks".encode())],
                **marks,
            )

    def _letters(self, word: str, marking: int) -> None:
        self.count += 1
        prefix = "OFFICIAL-SENSITIVE: " if marking > 1 else ""
        sender = f"Mx {word} <{word}@example.org>".lower()
        raw = letter(f"{prefix}{word} writes", f"May {word} ask?", sender=sender, days_ago=4)
        take(self.cast, lay(self.folder / f"letters-{self.count}", raw))

    def _engagement(self, word: str, marking: int) -> None:
        today = clock.today()
        lines = (f"SUMMARY:{word} board", f"LOCATION:{word} hall", f"DESCRIPTION:About {word}")
        start = f"TZID=Europe/London:{today:%Y%m%d}T150000"
        raw = calendar(event(f"{word}{self.count}@diary.example", *lines, start=start))
        with scope.acting(self.cast.pa, office=self.cast.homicide):
            diary.take_in(raw, calendar="Commander", source=f"{word}.ics")
            if marking > 1:
                engagement = Engagement.objects.order_by("-pk")[0]
                records.mark(engagement, marking=marking, handling="PERSONAL DATA")

    def packs(self) -> None:
        """The day pack, made for the Commander as every evening."""
        with scope.acting_as_system("daypack.make", office=self.cast.homicide):
            daypack.make(self.cast.homicide, day=clock.today())

    def note(self, cover: Cover) -> None:
        with scope.acting_as_system("handover.propose", office=self.cast.homicide):
            handover.make(cover)
