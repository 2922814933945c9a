"""What the documents of security name as evidence is there, and no requirement of ASVS was passed over."""

import re
from collections import Counter

import pytest

from tests.hostile.marks import TREE

PAGES = ("docs/security.md", "docs/security/asvs.md")
NAMED = re.compile(r"`((?:privateoffice|tests|docs|requirements)/[\w./-]+)`")
LINE = re.compile(
    r"^\| (\d+)\.(\d+)\.(\d+) \| ([12]) \| [^|]+ \| (met|\*\*not met\*\*|does not apply) \| ([^|]+) \|$", re.M
)
OF_EACH_CHAPTER = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]
"""The requirements of level 1 and 2 that ASVS 5.0.0 has in V1 to V17."""


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_as_evidence_is_there(page):
    named = set(NAMED.findall((TREE / page).read_text("utf-8")))
    assert len(named) > 10
    assert sorted(path for path in named if not (TREE / path).exists()) == []


def test_every_requirement_is_judged_once_with_evidence_or_a_reason():
    lines = LINE.findall((TREE / PAGES[1]).read_text("utf-8"))
    numbers = [".".join(line[:3]) for line in lines]
    counted = Counter(int(line[0]) for line in lines)
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    assert [counted[chapter] for chapter in range(1, 18)] == OF_EACH_CHAPTER
