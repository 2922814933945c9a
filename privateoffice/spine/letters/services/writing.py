"""Beginning a draft, writing on it by several hands, what goes with it, and what a check found accepted."""

from collections.abc import Mapping, Sequence
from typing import Any

from privateoffice.foundations.clock import clock, words, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.quarantine.reader import Unreadable, read_once
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.foundations.records.models import Link, MatterEntry, Record
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.approvals.services import Paper, commander_of
from privateoffice.spine.correspondence.models import Ask, Message
from privateoffice.spine.correspondence.services.ourselves import addresses_of
from privateoffice.spine.letters.models import Acceptance, Draft, File, StandardLine, Template
from privateoffice.spine.letters.services.checking import Finding
from privateoffice.spine.letters.services.filling import filled

HIDDEN = "privateoffice.connectors.papers.hidden:look"
LONGEST_QUOTE = 20_000
GO_WITHIN = 3
"""Working days within which a draft should have gone, where nothing else is said."""


class OnTheWay(Exception):
    """It is on its way. Call it back first."""


class MayNotBeAccepted(ValueError):
    """This is put right, not accepted."""


@verb("letters.begin")
def begin(*, template: Template | None = None, said: Mapping[str, str] | None = None, **fields: Any) -> Draft:
    """Begin a draft: empty, or from a template with its known fields, and what is `said`, filled in."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    if template:
        said = fields_of(fields.get("to", []), fields.get("subject", "")) | dict(said or {})
        fields |= {
            "subject": filled(template.subject, said)[:200],
            "text": filled(template.text, said),
            "sender_as": template.sender_as,
            "form": template.form,
        }
    fields.setdefault("due_at", clock.closing(working_days.add(clock.today(), GO_WITHIN), "17:30"))
    title = (fields.pop("title", "") or fields.get("subject") or "New draft")[:200]
    draft = records.make(Draft, title=title, drafter_id=scope.current().person_id, **fields)
    trail(draft, text=draft.text)
    return draft


def fields_of(to: Sequence[Sequence[str]], subject: str) -> dict[str, str]:
    """What the known fields say for a letter to somebody."""
    acting = scope.current()
    name = (to[0][0] or to[0][1]) if to else ""
    said = {
        "office": acting.office.name if acting.office else "",
        "commander": commander_of(acting.office).name if acting.office else "",
        "writer": acting.actor,
        "today": words.day(clock.today()),
        "subject": subject,
    }
    return said | ({"name": name} if name else {})


def answer(
    ask: Ask, *, how: str = "reply", template: Template | None = None, said: Mapping[str, str] | None = None
) -> Draft:
    """Begin an answer to what a mail asks: to its writer, to all, passed on, or to hold it without settling it.

    The marking goes with it.
    """
    message, conversation = ask.message, ask.record
    is_forward = how == "forward"
    head = "Fwd" if is_forward else "Re"
    subject = message.subject or conversation.title
    subject = subject if subject.lower().startswith(f"{head.lower()}:") else f"{head}: {subject}"
    people = {"to": [], "cc": []} if is_forward else _people(message, to_all=how == "all")
    draft = begin(
        template=template,
        said=said,
        **people,
        title=subject,
        subject=subject[:200],
        text=_forwarded(message) if is_forward else "",
        marking=conversation.marking,
        handling=conversation.handling,
        thread_marking=conversation.marking,
        answers=[] if is_forward or how == "hold" else [ask.name],
        answered_in=conversation.reference,
        in_reply_to="" if is_forward else message.message_id[:998],
        thread="" if is_forward else " ".join([*message.references, message.message_id][-20:]),
    )
    records.link(draft, conversation, Link.Kind.REPLIES_TO)
    for entry in MatterEntry.objects.filter(record_id=conversation.pk).select_related("matter__office"):
        records.put_on(entry.matter, draft)
    return draft


def _people(message: Message, *, to_all: bool) -> dict[str, list[list[str]]]:
    """To whom an answer goes. Our own addresses are left out."""
    ours = addresses_of(message.record.office)
    to = [[message.from_name[:200], message.from_address]] if message.from_address else []
    if not to_all:
        return {"to": to, "cc": []}
    seen = {message.from_address.lower(), *ours}
    others = []
    for person in [*message.to, *message.cc]:
        if person["address"] and person["address"].lower() not in seen:
            seen.add(person["address"].lower())
            others.append([person["name"][:200], person["address"]])
    return {"to": to, "cc": others}


def _forwarded(message: Message) -> str:
    return f"\n\nFrom {message.sender}, {words.moment(message.at)}:\n\n{message.text[:LONGEST_QUOTE]}"


@verb("letters.write")
def write(draft: Draft, *, seen: int, **changes: Any) -> Draft:
    """Write on a draft that was read at version `seen`. Whoever wrote meanwhile is shown, and neither is lost."""
    _refuse_on_the_way(draft)
    refuse_above_ceiling(changes.get("subject", ""), changes.get("text", ""))
    if "subject" in changes and "title" not in changes:
        changes["title"] = changes["subject"][:200] or draft.title
    records.revise(draft, seen=seen, **changes)
    trail(draft, number=draft.version, text=draft.text)
    return draft


@verb("letters.write")
def put_in(draft: Draft, line: StandardLine) -> Draft:
    """Put an agreed line at the end of a draft."""
    _refuse_on_the_way(draft)
    text = f"{draft.text.rstrip()}\n\n{line.text.strip()}".strip()
    records.revise(draft, seen=draft.version, text=text)
    trail(draft, number=draft.version, text=text)
    return draft


@verb("letters.attach")
def attach(draft: Draft, paper: Paper, *, came_from: Record | None = None) -> File:
    """Let a file go with a draft. What lies hidden in it is looked for at once, in a child.

    One that another record held remembers which, and what that was marked.
    """
    _refuse_on_the_way(draft)
    try:
        hidden = read_once(HIDDEN, paper.data)
    except Unreadable as fault:
        hidden = [f"It could not be looked into: {fault}"]
    digest = frozen.keep(draft.office, paper.data)
    file, _ = File.objects.get_or_create(
        draft=draft,
        digest=digest,
        defaults={
            "name": paper.name[:200],
            "content_type": paper.content_type[:100],
            "size": len(paper.data),
            "hidden": hidden,
        },
    )
    if came_from and (came_from.marking >= file.marking or not file.came_from):
        file.marking, file.came_from = max(came_from.marking, file.marking), came_from.reference
        file.save(update_fields=["marking", "came_from"])
    trail(draft, name=fact(paper.name))
    return file


@verb("letters.attach")
def take_off(draft: Draft, file: File) -> None:
    """Let a file not go with a draft after all."""
    _refuse_on_the_way(draft)
    File.objects.filter(draft=draft, pk=file.pk).delete()
    trail(draft, name=fact(file.name))


@verb("letters.accept")
def accept(draft: Draft, *, finding: Finding, reason: str) -> Acceptance:
    """Let a draft go out in spite of what a check found, with the reason."""
    if not finding.may_be_accepted:
        raise MayNotBeAccepted(str(MayNotBeAccepted.__doc__))
    one, _ = Acceptance.objects.get_or_create(
        draft=draft,
        check_code=finding.code,
        about=finding.digest,
        defaults={"reason": reason, "accepted_at": clock.now(), "accepted_by": scope.current().actor},
    )
    trail(draft, check=fact(finding.code), reason=reason)
    return one


@verb("letters.give_up")
def give_up(draft: Draft, *, reason: str = "") -> None:
    """Close a draft that will not be sent."""
    _refuse_on_the_way(draft)
    records.close(draft, outcome="given up", words=reason)
    trail(draft, reason=reason)


def _refuse_on_the_way(draft: Draft) -> None:
    if draft.dispatch or not draft.is_open:
        raise OnTheWay(str(OnTheWay.__doc__))
