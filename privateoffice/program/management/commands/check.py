"""`private-office check`: looks at how this office is set up, and says what is not as it should be."""

import shutil
import stat
from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.jobs import announcing
from privateoffice.foundations.jobs.beats import silent_parts
from privateoffice.foundations.jobs.queue import set_aside
from privateoffice.foundations.keeping import services as keeping
from privateoffice.foundations.keeping.models import Damage
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import shelf
from privateoffice.foundations.scanning import scanner
from privateoffice.foundations.scanning.models import Quarantined
from privateoffice.program import database, safety
from privateoffice.program.refusals import CannotStart
from privateoffice.spine.mailboxes.models import Mailbox

ENOUGH_FREE = 1024**3


class Command(BaseCommand):
    help = "Look at the set-up: data folder, key, database, jobs, and the program itself."
    requires_system_checks = []

    def handle(self, **options):
        faults = 0
        for subject, fault in findings():
            faults += bool(fault)
            self.stdout.write(f"{'!!' if fault else 'ok'}  {subject}{': ' + fault if fault else ''}")
        if faults:
            raise CommandError(f"{faults} of these need a look.")


def findings() -> Iterator[tuple[str, str]]:
    """What was looked at, and what is wrong with it: an empty string where nothing is."""
    yield f"data folder {settings.HOME}", _of_the_disk()
    yield f"key {settings.KEY_FILE}", _of_the_key()
    found = _of_the_database()
    yield f"database {database.shown_name()}", found
    if not found:
        yield "worker and scheduler", " and ".join(f"the {part} is silent" for part in silent_parts())
        yield "jobs", _of_the_jobs()
        if announcing.is_on():
            yield "queue in Redis", "" if announcing.answers() else "it does not answer; jobs are done more slowly"
        yield "backups", keeping.standing().fault if _is_in_use() else ""
        yield "kept files", _of_the_files()
    if settings.STORAGE_URL:
        yield "store of files", shelf.shelf_at(settings.STORAGE_URL).fault()
        yield "mail of several machines", "" if found else _of_the_mail()
    if scanner.is_on():
        yield "virus scanner", scanner.scanner().fault()
        yield "quarantine", "" if found else _of_the_quarantine()
    yield from safety.findings(asks_database=not found)
    for message in checks.run_checks(include_deployment_checks=settings.IS_SERVED_SECURELY):
        if not message.is_silenced():
            yield "set-up", str(message)
    yield "program", ""


def _of_the_disk() -> str:
    free = shutil.disk_usage(settings.HOME).free
    return f"only {free >> 20} MB are free" if free < ENOUGH_FREE else ""


def _of_the_key() -> str:
    others = stat.S_IMODE(settings.KEY_FILE.stat().st_mode) & 0o077
    return "others on this machine can read it" if others else ""


def _of_the_database() -> str:
    try:
        return (
            "it is behind this version; `private-office migrate` upgrades it" if database.look().is_behind else ""
        )
    except CannotStart as fault:
        return str(fault)


def _is_in_use() -> bool:
    """Whether there is anything here that nobody could make anew: a sample office needs no backup."""
    return Office.objects.filter(is_sample=False).exists()


def _of_the_files() -> str:
    damaged = Damage.objects.standing().count()
    return f"{damaged} are missing or altered; `private-office files` names them" if damaged else ""


def _of_the_quarantine() -> str:
    held = Quarantined.objects.count()
    return f"{held} uploads lie in it; `private-office quarantine` lists them" if held else ""


def _of_the_mail() -> str:
    """Files in a bucket are for several machines, and a Maildir lies on one."""
    with scope.acting_as_system("check"):
        boxes = list(Mailbox.objects.select_related("office"))
    local = [f"{box.name} ({box.office.short_name})" for box in boxes if box.kind == Mailbox.Kind.MAILDIR]
    sending = [box.office_id for box in boxes if box.sends and box.kind != Mailbox.Kind.MAILDIR]
    local += [f"the outbox of {one.short_name}" for one in Office.objects.exclude(pk__in=sending)]
    return f"{', '.join(local)}: each lies on one machine's own disk" if local else ""


def _of_the_jobs() -> str:
    failed = set_aside().count()
    return f"{failed} failed for good and were set aside; `private-office jobs` lists them" if failed else ""
