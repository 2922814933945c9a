"""Domains that pass for others: compared by what a reader sees."""

import pytest

from privateoffice.connectors.mail.lookalikes import imitates, passes_for, skeleton


@pytest.mark.parametrize(
    "domain",
    [
        "n0rthmere.example.org",
        "northrnere.example.org",
        "nоrthmere.example.org",
        "xn--nrthmere-nbh.example.org",
        "northmere.example.org.mail.example.com",
        "northmere.example.org-portal.example.com",
        "nórthmere.example.org",
    ],
)
def test_what_looks_like_a_known_domain_imitates_it(domain):
    assert imitates(domain, "northmere.example.org")


@pytest.mark.parametrize(
    "domain", ["northmere.example.org", "mail.northmere.example.org", "example.org", "southmere.example.org", ""]
)
def test_the_same_its_parts_and_others_do_not(domain):
    assert not imitates(domain, "northmere.example.org")


@pytest.mark.parametrize(
    ("domain", "does"),
    [
        ("specialist-crine.example", True),
        ("specailist-crime.example", True),
        ("specialist-crimes.example", True),
        ("specialist-crime.example", False),
        ("mail.specialist-crime.example", False),
        ("special-crime.example", False),
    ],
)
def test_one_wrong_letter_is_enough_for_our_own(domain, does):
    assert passes_for(domain, "specialist-crime.example") is does


def test_all_that_look_alike_have_one_skeleton():
    assert len({skeleton(one) for one in ("Illy", "lIly", "1l1y", "ιllу")}) == 1
