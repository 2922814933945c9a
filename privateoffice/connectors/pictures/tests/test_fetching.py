"""Fetching from strangers: what is fetched, what is never asked, and what a hostile machine comes to."""

import socket
import time

import pytest

from privateoffice.connectors.pictures.fetching import BYTES, fetch_all
from privateoffice.connectors.pictures.guard import NotFetched, is_public, judged
from tests.servers.pictures import ANSWERS, stranger  # noqa: F401

ELSEWHERE = "It lies on a machine that is not asked."
NO_WEB = "Its address is not one of the web."


def one(machine, path, **said):
    (fetched,) = fetch_all([machine.at(path)], beside=[machine.place], **said)
    return fetched


def test_bytes_come_as_they_are_and_the_asking_tells_nothing_of_us(stranger):  # noqa: F811
    assert one(stranger, "/logo.png").raw == ANSWERS["/logo.png"][1]
    ((_, header),) = stranger.asked
    assert header == {
        "Host": stranger.place,
        "Accept": "image/*",
        "Accept-Encoding": "identity",
        "User-Agent": "Mozilla/5.0",
        "Connection": "close",
    }


def test_a_leap_is_followed_without_the_cookie_that_it_sets(stranger):  # noqa: F811
    assert one(stranger, "/on.png").raw == ANSWERS["/logo.png"][1]
    assert stranger.paths == ["/on.png", "/logo.png"]
    assert "Cookie" not in stranger.asked[1][1]


@pytest.mark.hostile("A04")
@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/to-metadata.png", ELSEWHERE),
        ("/to-this-machine.png", ELSEWHERE),
        ("/to-ourselves.png", ELSEWHERE),
        ("/to-a-file.png", NO_WEB),
        ("/on-and-on.png", "It leads on and on."),
        ("/nothing.png", "It is no longer there."),
        ("/promising.png", "It is too large."),
        ("/endless.png", "It is too large."),
    ],
)
def test_a_hostile_answer_is_a_reason_and_nothing_more(stranger, path, fault):  # noqa: F811
    fetched = one(stranger, path)
    assert (fetched.raw, fetched.fault) == (b"", fault)
    assert set(stranger.paths) == {path}


def test_of_an_endless_answer_no_more_is_read_than_the_ceiling(stranger):  # noqa: F811
    one(stranger, "/endless.png")
    end = time.monotonic() + 5
    while not stranger.hung_up and time.monotonic() < end:
        time.sleep(0.05)
    assert stranger.hung_up == ["/endless.png"]
    assert BYTES < 64 << 20


def test_a_machine_that_drips_is_left_at_the_moment_said(stranger):  # noqa: F811
    begun = time.monotonic()
    fetched = one(stranger, "/dripping.png", seconds=1.0)
    assert fetched.fault == "It took too long."
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "address",
    ["ftp://x.example/a.png", "file:///etc/passwd", "http:///a", "http://me:word@x.example/", "gopher://x/", "http://x.example:port/"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_not_asked(address):
    (fetched,) = fetch_all([address])
    assert fetched.fault in (NO_WEB, "Its address makes no sense.")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "no address",
    ],
)  # fmt: skip
def test_an_address_of_no_open_network_is_not_public(address):
    assert not is_public(address)


def test_addresses_of_the_open_web_are_public():
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::1]"])
def test_this_machine_is_not_asked_however_it_is_written(stranger, host):  # noqa: F811
    (fetched,) = fetch_all([f"http://{host}:{stranger.server_port}/logo.png"])
    assert fetched.fault in (ELSEWHERE, "Its machine is not known.")
    assert stranger.asked == []


def test_a_name_with_one_address_of_ours_among_others_is_refused(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(NotFetched):
        judged("pictures.example", 80)


def test_a_name_is_resolved_once_and_the_judged_address_is_the_one_connected_to(stranger, monkeypatch):  # noqa: F811
    """A name that answers otherwise the second time gains nothing."""
    real, asked = socket.getaddrinfo, []

    def once(host, *rest, **said):
        if host == "turning.example":
            asked.append(host)
            assert len(asked) == 1, "it was resolved again"
            host = "127.0.0.1"
        return real(host, *rest, **said)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    place = f"turning.example:{stranger.server_port}"
    (fetched,) = fetch_all([f"http://{place}/logo.png"], beside=[place])
    assert fetched.raw == ANSWERS["/logo.png"][1]


def test_only_the_two_ports_of_the_web_are_asked(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 22))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotFetched):
        judged("pictures.example", 22)
    assert judged("pictures.example", 443) == "93.184.216.34"


def test_many_are_fetched_in_the_order_asked_and_a_bad_one_stops_no_other(stranger):  # noqa: F811
    paths = ["/logo.png", "/to-metadata.png", "/as-text.png", "/nothing.png"]
    fetched = fetch_all([stranger.at(path) for path in paths], beside=[stranger.place])
    assert [bool(one.raw) for one in fetched] == [True, False, True, False]
    assert [one.address for one in fetched] == [stranger.at(path) for path in paths]
