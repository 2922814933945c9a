"""Markings are read where a marking stands, in the spellings that people use, and nowhere else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from privateoffice.foundations.records.markings import (
    AboveOurCeiling,
    Found,
    Marking,
    found_in,
    marked_subject,
    marking_of_subject,
    refuse_above_ceiling,
    without_marking,
)

OFFICIAL, SENSITIVE = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE


@pytest.mark.parametrize(
    ("subject", "marking", "handling", "rest"),
    [
        ("OFFICIAL: Rota for May", OFFICIAL, "", "Rota for May"),
        ("[OFFICIAL] Rota for May", OFFICIAL, "", "Rota for May"),
        ("RE: [OFFICIAL] Rota for May", OFFICIAL, "", "RE: Rota for May"),
        ("OFFICIAL - Rota for May", OFFICIAL, "", "Rota for May"),
        ("Official: Rota for May", OFFICIAL, "", "Rota for May"),
        ("Rota for May [OFFICIAL]", OFFICIAL, "", "Rota for May [OFFICIAL]"),
        ("OFFICIAL", OFFICIAL, "", ""),
        ("OFFICIAL-SENSITIVE: Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL SENSITIVE: Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL - SENSITIVE: Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL \N{EN DASH} SENSITIVE \N{EM DASH} Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL\N{NON-BREAKING HYPHEN}SENSITIVE: Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL:SENSITIVE: Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL-SENSITIVE Grievance", SENSITIVE, "", "Grievance"),
        ("OFFICIAL-Sensitive Grievance", SENSITIVE, "", "Grievance"),
        ("Official-Sensitive: Grievance", SENSITIVE, "", "Grievance"),
        ("O-S: Grievance", SENSITIVE, "", "Grievance"),
        ("[O-S] Grievance", SENSITIVE, "", "Grievance"),
        ("FW: RE: O-S: Grievance", SENSITIVE, "", "FW: RE: Grievance"),
        ("OFFICIAL: RE: OFFICIAL-SENSITIVE: Grievance", SENSITIVE, "", "RE: Grievance"),
        ("[EXTERNAL] OFFICIAL-SENSITIVE: Grievance", SENSITIVE, "", "[EXTERNAL] Grievance"),
        ("OFFICIAL-SENSITIVE PERSONAL DATA: Sick leave", SENSITIVE, "PERSONAL DATA", "Sick leave"),
        ("OFFICIAL-SENSITIVE [COMMERCIAL]: Bids", SENSITIVE, "COMMERCIAL", "Bids"),
        ("OFFICIAL-SENSITIVE - RECIPIENTS ONLY - Bids", SENSITIVE, "RECIPIENTS ONLY", "Bids"),
    ],
)
def test_the_spellings_of_a_subject(subject, marking, handling, rest):
    assert marking_of_subject(subject) == Found(marking, marking.label, handling)
    assert without_marking(subject) == rest


@pytest.mark.parametrize(
    "subject",
    [
        *["SECRET: the plan", "SECRET", "[SECRET] the plan", "Secret: the plan", "RE: SECRET - the plan"],
        *["TOP SECRET: the plan", "TOP-SECRET: the plan", "UK SECRET: the plan", "NATO SECRET: the plan"],
        *["UK TOP SECRET STRAP 2: the plan", "COSMIC TOP SECRET: x", "TOP SECRET//SI: x", "The plan [SECRET]"],
        *["SECRET UK EYES ONLY", "SECRET UK EYES ONLY: the plan", "SECRET - UK EYES ONLY - the plan"],
        *["SECRET UK/US EYES ONLY: plan", "OFFICIAL: FW: SECRET: the plan", "[EXTERNAL] SECRET: the plan"],
        *["S\N{ZERO WIDTH SPACE}ECRET: plan", "ＳＥＣＲＥＴ: plan", "SECRET\N{NO-BREAK SPACE}: plan"],
    ],
)
def test_a_subject_above_our_ceiling(subject):
    assert marking_of_subject(subject).is_above_ceiling
    with pytest.raises(AboveOurCeiling, match="Call security"):
        refuse_above_ceiling("A quiet title", subject)


@pytest.mark.parametrize(
    "subject",
    [
        *[
            "Secret Santa",
            "SECRET SANTA 2026",
            "Secret Santa: who is in?",
            "TOP SECRETARY",
            "TOP SECRETARY: award",
        ],
        *[
            "SECRETARY: minutes",
            "The secret of good minutes",
            "Top secret recipe",
            "SECRETS - a talk",
            "SECRET'S OUT",
        ],
        *["A SECRET: what he said", "Home Secretary - visit", "SECRET-LEVEL clearance", "Officials: a list"],
        *[
            "OFFICIALLY: open",
            "OS: maps",
            "O-SERVER: down",
            "secret",
            "",
            "Re:",
            "[Rota] May",
            "Sensitive: pipes",
        ],
        *["The words [not SECRET] here", "THE SECRET BALLOT", "UK: visit"],
    ],
)
def test_a_subject_that_only_mentions_a_word(subject):
    assert marking_of_subject(subject) is None
    assert without_marking(subject) == subject.rstrip()
    refuse_above_ceiling(subject)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("SECRET", "SECRET"),
        ("*** TOP SECRET ***", "TOP SECRET"),
        ("T O P  S E C R E T", "TOP SECRET"),
        ("SECRET UK EYES ONLY", "SECRET"),
        ("SECRET - UK EYES ONLY", "SECRET"),
        ("TOP SECRET//SI//NOFORN", "TOP SECRET"),
        ("SECRET - BLUE HERON", "SECRET"),
        ("Classification: Secret", "SECRET"),
        ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL - SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL-SENSITIVE: PERSONAL DATA", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL-SENSITIVE    Page 2 of 7", "OFFICIAL-SENSITIVE"),
        ("Protective marking: official sensitive", "OFFICIAL-SENSITIVE"),
        ("[OFFICIAL]", "OFFICIAL"),
    ],
)
def test_a_line_at_the_top_or_foot_is_a_marking(line, words):
    body = "\n".join(f"Line {number} of an ordinary letter." for number in range(20))
    for text in (f"{line}\n\n{body}", f"{body}\n\n  {line}  \n\n", f"Dear Imogen\n{line}\n{body}"):
        assert found_in(text).words == found_in(text.splitlines()).words == words


@pytest.mark.parametrize(
    "text",
    [
        "Secret Santa is on Friday.",
        "SECRET SANTA",
        "TOP SECRETARY OF THE YEAR",
        "The file was marked SECRET",
        "Secret",
        "This is not SECRET.",
        "> SECRET",
        "a\nb\nc\nd\nSECRET\ne\nf\ng\nh",
        "x" * 9_000 + "\nSECRET\n" + "y" * 9_000 + "\n" + "a\nb\nc\n" * 9_000,
        "",
        "\n\n",
    ],
)
def test_a_text_that_only_mentions_a_word(text):
    assert found_in(text) is None
    refuse_above_ceiling(text)


def test_header_fields_mark_a_message():
    labels = (
        "MSIP_Label_0a1b_Enabled=true; MSIP_Label_0a1b_Name=OFFICIAL-SENSITIVE; MSIP_Label_0a1b_Method=Privileged"
    )
    assert found_in(fields={"MSIP_Labels": labels}).marking == SENSITIVE
    assert (
        found_in(fields=[("X-Protective-Marking", "VER=2018.3, SEC=SECRET, ORIGIN=a@example.com")]).words
        == "SECRET"
    )
    assert found_in(fields={"Classification": "Official"}).marking == OFFICIAL
    assert found_in(fields={"X-Mailer": "SECRET", "Comments": "SECRET"}) is None


def test_the_highest_of_all_positions_counts():
    found = found_in("OFFICIAL\n\nbody", subject="O-S: x", fields={"x-gsc": "OFFICIAL"})
    assert found == Found(SENSITIVE, "OFFICIAL-SENSITIVE")
    assert found_in("SECRET\nbody\nTOP SECRET", subject="OFFICIAL: x").words == "TOP SECRET"


def test_what_goes_out_bears_one_marking():
    assert marked_subject("RE: OFFICIAL: Rota", SENSITIVE) == "OFFICIAL-SENSITIVE: RE: Rota"


words = st.text(st.characters(exclude_categories=["C"]), max_size=40)


@given(words, st.sampled_from(["", "RE: ", "FW: RE: ", "[EXTERNAL] "]), st.sampled_from(Marking))
def test_what_we_mark_reads_back_as_marked(text, before, marking):
    out = marked_subject(before + text, marking)
    assume(marking_of_subject(text) is None)
    assert marking_of_subject(out).marking == marking
    assert marked_subject(out, marking) == out


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_at_all_can_be_asked(subject, text):
    found = found_in(text, subject=subject, fields=[(text, subject), ("x-gsc", text)])
    assert found is None or found.words in {"OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"}


@given(words.filter(lambda text: ":" not in text), st.sampled_from(["SECRET", "TOP SECRET", "UK SECRET"]))
def test_above_our_ceiling_is_refused_before_any_words(text, level):
    for typed in (f"{level}: {text}", f"[{level}] {text}", f"{level} - {text}", f"{level}\n{text}\nmore"):
        with pytest.raises(AboveOurCeiling):
            refuse_above_ceiling(typed)


@given(words.map(str.lower))
def test_prose_after_the_word_is_no_marking(text):
    refuse_above_ceiling(f"The secret {text}", f"Secretarial {text}", f"Our secret santa {text}\nis on Friday\n")


def test_a_long_hostile_text_is_read_in_no_time():
    for text in ("OFFICIAL " * 50_000, "RE: " * 100_000, "[" * 100_000, "SECRET-" * 50_000, "- " * 200_000):
        found_in(text, subject=text)
