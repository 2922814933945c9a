"""What is looked at before anything leaves: each finding is put right, or accepted with a reason that is kept."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from privateoffice.connectors.mail.addresses import domain_of
from privateoffice.connectors.mail.lookalikes import passes_for
from privateoffice.connectors.mail.senders import is_lookalike
from privateoffice.foundations.clock import words
from privateoffice.foundations.records.markings import AboveOurCeiling, Marking, refuse_above_ceiling
from privateoffice.spine.correspondence.services.ourselves import addresses_of
from privateoffice.spine.letters.models import Acceptance, Class, Draft, File
from privateoffice.spine.letters.services.classing import classes_of
from privateoffice.spine.letters.services.filling import fields_left

MANY = 10
"""Above so many in To and Copy, blind copies are suggested."""

_ATTACHED = re.compile(r"\b(?:attach(?:ed|ment|ing)?|enclos(?:ed?|ing|ure))\b", re.IGNORECASE)
_QUOTE = re.compile(r"^\s*>|^On .{5,200} wrote:", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing found: a sentence, what may be done about it, and whether it may be accepted as it is."""

    code: str
    words: str
    about: str
    may_be_accepted: bool = True
    accepted: Acceptance | None = None

    @property
    def digest(self) -> str:
        """What it is about, so that an acceptance falls when that changes."""
        return hashlib.sha256(f"{self.code}\n{self.about}".encode()).hexdigest()

    @property
    def stops(self) -> bool:
        return self.accepted is None


def findings_on(draft: Draft) -> list[Finding]:
    """Everything that the checks find on a draft, each with its acceptance where there is one."""
    accepted = {(one.check_code, one.about): one for one in Acceptance.objects.filter(draft=draft)}
    found = [*_missing(draft), *_on_people(draft), *_on_words(draft), *_on_files(draft)]
    return [
        Finding(one.code, one.words, one.about, one.may_be_accepted, accepted.get((one.code, one.digest)))
        for one in found
    ]


def _missing(draft: Draft) -> Iterator[Finding]:
    if not draft.recipients:
        yield Finding("nobody", "It goes to nobody.", "", may_be_accepted=False)
    if not draft.text.strip():
        yield Finding("no_text", "It says nothing.", "", may_be_accepted=False)
    if not draft.subject.strip():
        yield Finding("no_subject", "It has no subject.", "")
    try:
        refuse_above_ceiling(draft.subject, draft.text)
    except AboveOurCeiling as refusal:
        yield Finding("ceiling", str(refusal), draft.subject, may_be_accepted=False)


def _on_people(draft: Draft) -> Iterator[Finding]:
    people = draft.recipients
    classes = dict(zip((one.address for one in people), classes_of(draft.office, people), strict=True))
    inside = (Class.INTERNAL, Class.CHIEF)
    outside = sorted({one.address for one in people if classes[one.address] not in inside})
    if outside:
        yield Finding(
            "outside", f"{words.counted(len(outside), 'recipient')} outside: {_few(outside)}.", str(outside)
        )
    if outside and draft.marking > Marking.OFFICIAL:
        said = f"It is OFFICIAL-SENSITIVE and goes outside the service: {_few(outside)}."
        yield Finding("marking", said, str(outside))
    in_the_open = [one.address for one in people if one.kind in ("to", "cc")]
    if len(in_the_open) > MANY:
        said = f"{len(in_the_open)} people would see each other's addresses. Use blind copies."
        yield Finding("many", said, str(sorted(in_the_open)))
    yield from _lookalikes(draft, sorted({domain_of(one.address) for one in people}))


def _lookalikes(draft: Draft, domains: list[str]) -> Iterator[Finding]:
    ours = {domain_of(address) for address in addresses_of(draft.office)} - {""}
    for domain in domains:
        near = next((one for one in sorted(ours) if passes_for(domain, one)), "")
        if is_lookalike(domain):
            yield Finding("lookalike", f"{domain} is written in letters that look like others.", domain)
        elif near:
            yield Finding("lookalike", f"{domain} looks like our own {near} and is another.", domain)


def _on_words(draft: Draft) -> Iterator[Finding]:
    own = _QUOTE.split(draft.text)[0]
    if _ATTACHED.search(own) and not draft.files.exists():
        yield Finding("no_file", "It speaks of an attachment, and nothing is attached.", own)
    if draft.marking < draft.thread_marking:
        said = "It is marked lower than what it answers. Say why the marking may drop."
        yield Finding("dropped", said, f"{draft.marking} {draft.thread_marking}")
    for name in fields_left(draft.subject + draft.text):
        yield Finding("field", f"The field {{{name}}} was not filled in.", name)


def _on_files(draft: Draft) -> Iterator[Finding]:
    for file in File.objects.filter(draft=draft):
        if file.marking > draft.marking:
            yield marked_higher(file, draft)
        for said in file.hidden:
            yield Finding("hidden", f"{file.name}: {said}", f"{file.digest} {said}")


def marked_higher(file: File, draft: Draft) -> Finding:
    """That a file comes from what is marked higher than the draft."""
    marked = Marking(file.marking).label
    said = f"{file.name} comes from {file.came_from}, which is marked {marked}. Mark the draft so."
    return Finding("file_marking", said, f"{file.digest} {file.marking} {draft.marking}")


def _few(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
