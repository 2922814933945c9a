"""Foreign documents of the corpora: no crash, the ceilings kept, each refusal true."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from privateoffice.connectors import papers
from privateoffice.foundations import printing
from privateoffice.foundations.printing.tests.samples import HOMICIDE, PACK
from privateoffice.foundations.quarantine.limits import PARSE_SECONDS
from privateoffice.foundations.quarantine.reader import Unreadable

CORPORA = Path(os.environ.get("PRIVATE_OFFICE_CORPORA", "../shared/corpora")) / "documents"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="PRIVATE_OFFICE_CORPORA names no folder with documents"),
]
EVERY = int(os.environ.get("PRIVATE_OFFICE_EVERY_DOCUMENT", "10"))
"""Every tenth document in order is read: some of them take seconds; 1 reads all."""


def files() -> list[Path]:
    folders = [*CORPORA.glob("pdf*"), CORPORA / "mislabelled"]
    return sorted(path for folder in folders for path in folder.iterdir())[::EVERY]


def peer_says_locked() -> set[str]:
    rows = [line.split("\t") for line in (CORPORA / "peer-results.tsv").read_text().splitlines()[1:]]
    return {path for path, _, outcome in rows if "ENCRYPTED" in outcome}


def links(made: papers.Ready) -> bool:
    return bool(made.pdf) and "links to the web" in papers.describe(made.pdf).actions


def test_every_document_is_bound_or_refused_with_a_true_reason():
    found = {}
    for path in files():
        started = time.monotonic()
        name = str(path.relative_to(CORPORA))
        (found[name],) = papers.ready([papers.Paper(path.name, path.read_bytes())])
        assert time.monotonic() - started < PARSE_SECONDS * 3 + 5, name
    refused = {name: made.refused for name, made in found.items() if made.refused}
    for name in peer_says_locked() & found.keys():  # or opened after all, and then there is something to read
        assert "password" in refused.get(name, "") or papers.text_of(found[name].pdf), name
    assert [name for name, reason in refused.items() if not reason.startswith("it ")] == []
    assert [name for name in found if name.startswith("pdf-official-releases/") and name in refused] == []
    made = list(found.values())
    front = printing.daypack(replace(PACK, papers=tuple(each.entry for each in made)))
    bound = papers.bind(front, made, office=HOMICIDE, marking=PACK.stamp)
    with pypdfium2.PdfDocument(front) as ours, pypdfium2.PdfDocument(bound) as whole:
        assert len(whole) == len(ours) + sum(each.pages for each in made)
    assert papers.describe(bound).actions == (("links to the web",) if any(map(links, made)) else ())


def test_every_document_is_described_and_its_text_taken_within_the_ceilings():
    for path in files():
        raw, started = path.read_bytes(), time.monotonic()
        facts = papers.describe(raw)
        try:
            papers.text_of(raw)
        except Unreadable as fault:
            assert str(fault).startswith("it "), path  # noqa: PT017
        assert facts.kind, path
        assert time.monotonic() - started < 2 * (PARSE_SECONDS * 3 + 5), path
