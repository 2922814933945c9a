"""What can be done with a record of any kind: its matter, its links, its marking, its readers, its holds."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from privateoffice.desk.timeline import forms
from privateoffice.desk.timeline.views.acts import ask
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Matter, MatterEntry, Record
from privateoffice.foundations.records.pages import found_by_path


@does("records.put_on")
def place(request: HttpRequest) -> HttpResponse:
    """Put a record on a matter from the record's own page."""
    record = found_by_path(request.GET.get("record", ""))
    on_them = MatterEntry.objects.filter(record_id=record.pk).values("matter_id")
    newest = Matter.objects.open().exclude(pk__in=on_them).exclude(pk=record.pk).by_newest_happening()[:12]
    return ask(
        request,
        record,
        forms.PlaceForm(request.POST or None),
        lambda said: _place(record, said["matter"], said["title"]),
        title="Put it on a matter",
        button="Put it on",
        done="It is on the matter.",
        choices=newest,
    )


def _place(record: Record, matter: Matter | None, title: str) -> None:
    records.put_on(matter or records.open_matter(title=title), record)


@does("records.mark")
def marking(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    initial = {"seen": found.version, "marking": found.marking, "handling": found.handling}
    return ask(
        request,
        found,
        forms.MarkingForm(request.POST or None, initial=initial),
        lambda said: records.mark(found, **said),
        title="Change the marking",
        button="Change the marking",
        done="The marking is changed.",
        note="Whoever wrote it decides how it is marked. Each change is on the record.",
    )


@does("records.narrow")
def readers(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    return ask(
        request,
        found,
        forms.ReadersForm(request.POST or None),
        lambda said: records.narrow(found, roles=tuple(said["roles"]), people=tuple(said["people"])),
        title="Name its readers",
        button="Name these readers",
        done="From now on only its readers see it.",
        note="Nobody else sees it from then on. That includes you, unless your role or your name is among them.",
        named=[str(audience) for audience in found.audiences.select_related("person")],
    )


@require_POST
@does("records.widen")
def everybody(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    return ask(
        request,
        found,
        Form(request.POST),
        lambda said: records.widen(found),
        title="Open it to the whole office",
        button="Open it",
        done="It is for the whole office again.",
    )


@does("records.bar")
def conflict(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    return ask(
        request,
        found,
        forms.ConflictForm(request.POST or None),
        lambda said: records.bar(found, **said),
        title="Keep it from somebody",
        button="Keep it from them",
        done="They do not see it from now on.",
        note="For a person whom the record concerns. To them it does not exist, whatever their role.",
    )


@does("records.hold")
def hold(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    return ask(
        request,
        found,
        forms.ReasonForm(request.POST or None),
        lambda said: records.hold(found, **said),
        title="Hold it from disposal",
        button="Place the hold",
        done="Held. It is not disposed of until the hold is lifted.",
        holds=found.holds.filter(lifted_at=None),
    )


@does("records.lift")
def lifting(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    return ask(
        request,
        found,
        forms.LiftingForm(request.POST or None, record=found),
        lambda said: records.lift(found, hold=said["hold"]),
        title="Lift a hold",
        button="Lift it",
        done="Lifted.",
    )


@does("records.link")
def link(request: HttpRequest, record: str) -> HttpResponse:
    found = found_by_path(record)
    return ask(
        request,
        found,
        forms.LinkForm(request.POST or None, record=found),
        lambda said: records.link(found, said["record"], said["kind"]),
        title="Link it to another record",
        button="Link",
        done="Linked.",
    )
