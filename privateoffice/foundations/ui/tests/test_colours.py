"""The stylesheet of the offices' colours."""

from types import SimpleNamespace

import pytest

from privateoffice.foundations.ui.colours import stylesheet_of


def test_each_office_brings_its_colour_and_a_soft_one():
    css = stylesheet_of([SimpleNamespace(code="HOM", colour="#37377a")])
    assert css == (
        "@layer tokens {\n"
        '[data-office="hom"] { --office: #37377a; --office-soft: light-dark(#ebebf2, #232545); }\n'
        "}\n"
    )


@pytest.mark.parametrize("colour", ["red", "#37377a}*{display:none", "#fff", "url(x)"])
def test_what_is_no_colour_never_reaches_the_stylesheet(colour):
    assert stylesheet_of([SimpleNamespace(code="HOM", colour=colour)]) == "@layer tokens {\n}\n"


@pytest.mark.django_db
def test_the_stylesheet_is_open_to_the_sign_in_page(client, cast):
    answer = client.get("/offices.css")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert '[data-office="pro"]' in answer.content.decode()
