"""What an approval binds: one changed byte anywhere, and it is no longer approved."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.shelf import place_of
from privateoffice.spine.approvals import services
from privateoffice.spine.approvals.models import (
    Addressee,
    Attachment,
    Content,
    Enclosure,
    Offer,
    Recipient,
    Unfit,
)
from privateoffice.spine.approvals.models.content import refuse_unfit
from privateoffice.spine.approvals.services import Paper
from privateoffice.spine.approvals.tests.samples import offered

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
addressees = st.builds(Addressee, st.sampled_from(["to", "cc", "bcc", "post"]), words, words)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
enclosures = st.builds(Enclosure, words, st.just("application/pdf"), digests, st.booleans())
contents = st.builds(
    Content,
    item_class=st.sampled_from(["letter", "mail"]),
    channel=st.sampled_from(["mail", "post"]),
    in_name_of=st.just("commander"),
    sender_name=words,
    sender_address=words,
    subject=words,
    text=words,
    marking=st.integers(1, 2),
    handling=words,
    recipients=st.lists(addressees, min_size=1, max_size=4).map(tuple),
    enclosures=st.lists(enclosures, max_size=3).map(tuple),
)


@given(contents, contents)
def test_two_contents_have_one_fingerprint_only_where_they_are_the_same(one, other):
    assert (one.fingerprint == other.fingerprint) == (one == other)


@given(contents, st.data())
def test_the_order_of_recipients_is_bound(content, data):
    shuffled = tuple(data.draw(st.permutations(content.recipients)))
    same = replace(content, recipients=shuffled).fingerprint == content.fingerprint
    assert same == (shuffled == content.recipients)


@given(contents, words, words)
def test_words_moved_from_one_field_to_the_next_change_it(content, one, other):
    whole = replace(content, sender_name=one + other, sender_address=other)
    moved = replace(content, sender_name=one, sender_address=other + other)
    assert whole.fingerprint != moved.fingerprint


@pytest.fixture
def approved(cast, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    with scope.acting(cast.pa, office=cast.homicide):
        letter = offered(papers=[Paper("annex.pdf", "application/pdf", b"%PDF annex" * 9)])
    with scope.acting(cast.commander, office=cast.homicide):
        services.approve(letter, fingerprint=letter.offer.fingerprint)
    return letter


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.data())
def test_one_changed_byte_in_what_is_stored_and_no_approval_stands(approved, cast, data):
    with scope.acting_as_system("somebody at the database", office=cast.homicide), performing("test"):
        undo = data.draw(st.sampled_from(TOUCHES))(approved, data)
        assert services.standing_approval(approved) is None
        undo()
        assert services.standing_approval(approved) is not None


def change_row(rows, field, data):
    row = rows.get()
    before = getattr(row, field)
    after = data.draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=len(before) + 1))
    rows.update(**{field: after if after != before else before + "."})
    return lambda: rows.update(**{field: before})


def touch_text(letter, data):
    field = data.draw(st.sampled_from(["text", "subject", "sender_name", "sender_address"]))
    return change_row(Offer.objects.filter(submission=letter), field, data)


def touch_recipient(letter, data):
    position, field = data.draw(st.integers(0, 1)), data.draw(st.sampled_from(["name", "address"]))
    return change_row(Recipient.objects.filter(submission=letter, position=position), field, data)


def touch_kind(letter, data):
    recipient = Recipient.objects.filter(submission=letter, position=1)
    recipient.update(kind=data.draw(st.sampled_from(["to", "bcc", "post"])))
    return lambda: recipient.update(kind="cc")


def touch_order(letter, data):
    def swap():
        for before, after in ((0, 9), (1, 0), (9, 1)):
            Recipient.objects.filter(submission=letter, position=before).update(position=after)

    swap()
    return swap


def touch_recipients(letter, data):
    gone = Recipient.objects.get(submission=letter, position=1)
    Recipient.objects.filter(pk=gone.pk).delete()
    return lambda: gone.save(force_insert=True)


def touch_bytes(letter, data):
    place = place_of(letter.office_id, Attachment.objects.get(submission=letter).digest)
    whole = place.read_bytes()
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    place.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])
    return lambda: place.write_bytes(whole)


def touch_file(letter, data):
    place = place_of(letter.office_id, Attachment.objects.get(submission=letter).digest)
    whole = place.read_bytes()
    place.unlink()
    return lambda: place.write_bytes(whole)


def touch_name(letter, data):
    return change_row(Attachment.objects.filter(submission=letter), "name", data)


TOUCHES = [
    *(touch_text, touch_recipient, touch_kind, touch_order),
    *(touch_recipients, touch_bytes, touch_file, touch_name),
]


def test_a_raised_marking_voids_what_was_approved_below_it(approved, cast):
    with scope.acting(cast.pa, office=cast.homicide):
        records.mark(approved, marking=2, handling="PERSONAL DATA")
        assert services.standing_approval(approved) is None


@pytest.mark.hostile("A06")
@pytest.mark.parametrize(
    "changes",
    [
        {"recipients": []},
        {"recipients": [Addressee("to", "Bram\nBcc: all@example.org", "bram@example.org")]},
        {"recipients": [Addressee("to", "Bram", "bram@example.org\r\nBcc: all@example.org")]},
        {"recipients": [Addressee("to", "Bram", "bram@example.org, all@example.org")]},
        {"recipients": [Addressee("post", "Bram", " ")]},
        {"recipients": [Addressee("fax", "Bram", "1")]},
        {"subject": "Hello\r\nBcc: all@example.org"},
        {"text": "Dear \x00"},
        {"papers": [Paper("a\nb.pdf", "application/pdf", b"%PDF")]},
    ],
)
def test_what_would_break_out_of_a_header_is_refused(cast, changes):
    with scope.acting(cast.pa, office=cast.homicide), pytest.raises(Unfit):
        offered(**changes)


def test_a_letter_by_post_has_an_address_of_many_lines():
    post = Addressee("post", "Nadia Prestwood MP", "1 Example Street\nZZ99 1AA")
    refuse_unfit(Content("letter", "post", "commander", "Imogen", "", "S", "T", 1, "", (post,)))
