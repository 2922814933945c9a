"""Deciding on records whose time is over."""

from collections.abc import Sequence
from datetime import date

from privateoffice.desk.retention.models import rule_words, to_decide
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Disposal, Record


class NotProposed(Exception):
    """The register does not propose these: a hold stands, their time is not over, or they are decided already."""

    def __init__(self, references: list[str]):
        super().__init__(f"The register does not propose {', '.join(references)} any more.")
        self.references = references


@verb("retention.decide")
def decide(
    chosen: Sequence[Record], *, decision: str, reason: str, keep_until: date | None = None
) -> list[Disposal]:
    """Carry out one decision on one or many records, on all of them or on none."""
    proposed = to_decide(clock.today()).in_bulk([record.pk for record in chosen])
    missing = [record.reference for record in chosen if record.pk not in proposed]
    if missing or not chosen:
        raise NotProposed(missing or ["nothing"])
    decided = [
        records.dispose(
            record,
            decision=decision,
            reason=reason,
            rule=rule_words(record.kind_declared.keep),
            keep_until=keep_until,
        )
        for record in chosen
    ]
    trail(count=len(decided), decision=fact(decision))
    return decided
