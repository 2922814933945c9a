"""How the house is kept, for the administrator: backups, trials, damaged files, and where each trail ends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privateoffice.foundations import printing
from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.keeping import services
from privateoffice.foundations.keeping.models import Backup, Damage, Trial
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.views import does

SHOWN = 30


@require_safe
@does("offices.administer")
def keeping(request: HttpRequest) -> HttpResponse:
    """What is wrong with the keeping first, then the last backups and trials, and the heads of the trail."""
    shown = {
        "standing": services.standing(),
        "backups": Backup.objects.good()[:SHOWN],
        "trials": Trial.objects.order_by("-tried_at")[:SHOWN],
        "damaged": Damage.objects.standing().count(),
        "heads": _heads(),
    }
    return render(request, "administration/keeping.html", shown)


@require_safe
@does("offices.administer")
def heads(request: HttpRequest) -> HttpResponse:
    """The head of every trail on paper, to be kept where nobody who could alter the trail can reach it."""
    now = clock.now()
    rows = tuple((name, f"{number:,}", fingerprint) for name, number, fingerprint in _heads())
    paper = printing.report(
        printing.Report(
            title="Heads of the trail",
            lead="Where each office’s chain of entries ended. Nothing before it can change unseen.",
            sections=(
                printing.Section("Chains", table=printing.Table(HEADS, rows, shares=(2, 1, 5), figures=(1,))),
            ),
            made=f"Printed {words.near(now)}",
            made_on=clock.today(),
        ),
        office=printing.OfficeBlock(name="The house"),
        marking=printing.Stamp(1),
    )
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="Heads of the trail {clock.today()}.pdf"'
    return answer


HEADS = ("Office", "Entries", "Fingerprint of the last")


def _heads() -> list[tuple[str, int, str]]:
    """Each office with the number and fingerprint of its last entry; the house itself first."""
    names = {0: "The house", **dict(Office.objects.order_by("name").values_list("pk", "name"))}
    return [(name, *audit.head_of(office_id)) for office_id, name in names.items()]
