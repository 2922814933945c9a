"""What parent and child hand each other comes out as it went in."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.foundations.quarantine.parcels import packed, unpacked

plain = st.none() | st.booleans() | st.integers() | st.text() | st.binary()
messages = st.recursive(plain, lambda part: st.lists(part) | st.dictionaries(st.text(min_size=1), part))


@given(st.lists(messages, max_size=4))
def test_messages_come_out_of_the_pipe_one_after_another(sent):
    pipe = io.BytesIO(b"".join(piece for message in sent for piece in packed(message)))
    assert [unpacked(pipe.read) for _ in sent] == sent
    assert pipe.read() == b""


def test_what_cannot_be_carried_is_said():
    with pytest.raises(TypeError, match="carries no set"):
        packed({"found": {1, 2}})
