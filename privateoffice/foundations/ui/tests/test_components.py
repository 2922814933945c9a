"""Components say what they are given, escaped, and nothing twice."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from privateoffice.foundations.clock import clock
from privateoffice.foundations.registry.declarations import Act, Need
from privateoffice.foundations.ui.clocks import PromiseClock
from privateoffice.foundations.ui.drawings import Chart

MONDAY = datetime(2026, 11, 23, 10, 41, tzinfo=UTC)


def drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("standing", "shape", "word"),
    [
        ("late", "red", "Late"),
        ("soon", "amber", "Due soon"),
        ("well", "green", "On track"),
        ("closed", "closed", "Closed"),
        ("waiting", "none", "Waiting"),
    ],
)
def test_a_standing_is_shape_and_word(standing, shape, word):
    shown = drawn("{% po_rag standing %}", standing=standing)
    assert f"po-rag--{shape}" in shown
    assert f"<span>{word}</span>" in shown


def test_a_marking_says_its_handling_only_where_it_is_sensitive():
    assert drawn('{% po_marking 1 "x" %}').strip() == (
        '<div class="po-marking po-marking--top" role="region" aria-label="Marking, top of page">OFFICIAL</div>'
    )
    assert "OFFICIAL-SENSITIVE<span>Readers: &lt;b&gt;</span>" in drawn(
        "{% po_marking 2 words %}", words="Readers: <b>"
    )


def test_a_row_shows_its_acts_with_their_keys_and_posts_what_changes_something():
    acts = (Act("Open", "↵", "/x/"), Act("Done", "e", "/x/done/", posts=True))
    need = Need(
        "1",
        "<b>Ring</b>",
        "why",
        "/x/",
        "soon",
        "now",
        reference="HOM/ENQ/2026/0001",
        is_sensitive=True,
        acts=acts,
    )
    shown = drawn("{% po_row need %}", need=need, csrf_token="token")
    assert "&lt;b&gt;Ring&lt;/b&gt;" in shown
    assert '<a class="po-plain" href="/x/" data-key="↵">' in shown
    assert '<form method="post" action="/x/done/"' in shown
    assert 'name="csrfmiddlewaretoken" value="token"' in shown
    assert "O-S" in shown


def test_what_stands_in_a_block_keeps_its_markup_and_its_escaping():
    shown = drawn('{% po_notice "Mind" "red" %}Press {% po_key "s" %}, {{ words }}{% endpo_notice %}', words="<i>")
    assert 'Press <kbd class="po-key">s</kbd>, &lt;i&gt;' in shown


def test_a_table_has_heads_for_columns_and_rows():
    shown = drawn(
        '{% po_table "Kinds" columns rows %}',
        columns=["Kind", {"word": "In", "is_number": True}],
        rows=[["MP", 14]],
    )
    assert '<th scope="col">Kind</th><th scope="col" class="num">In</th>' in shown
    assert '<th scope="row">MP</th><td class="num">14</td>' in shown


def test_a_trail_is_told_by_day_newest_first():
    entries = [
        {"at": MONDAY, "who": "Jonah Pemberlaw", "for_whom": "Delphine Hartsough", "words": "added a note"},
        {"at": datetime(2026, 11, 19, 16, 12, tzinfo=UTC), "who": "DCI Trevannick", "words": "answered"},
    ]
    with clock.stopped_at(MONDAY):
        shown = drawn("{% po_trail entries %}", entries=entries)
    assert shown.index("Today") < shown.index("Thursday 19 November")
    assert "<b>Jonah Pemberlaw for Delphine Hartsough</b> added a note" in shown


def test_a_chart_says_its_figures_three_times_over():
    chart = Chart("Answered in time", [("Oct", 94), ("Nov", 96)], unit="per cent", aim=95)
    assert chart.sentence == "Answered in time: Oct 94, Nov 96 per cent."
    shown = drawn("{% po_chart chart %}", chart=chart)
    assert 'aria-label="Answered in time: Oct 94, Nov 96 per cent."' in shown
    assert '<th scope="row">Nov</th><td class="num">96</td>' in shown


@pytest.mark.parametrize("points", [[], [("Nov", 0)], [("Oct", 0), ("Nov", 0)]])
def test_a_chart_of_little_or_nothing_still_draws(points):
    assert "<svg" in drawn("{% po_chart chart %}", chart=Chart("Calls", points, form="line"))


def test_a_clock_is_to_scale_in_working_days():
    with clock.stopped_at(MONDAY):
        promise = PromiseClock(
            "Clock.",
            "Reply in 10.",
            received_on=date(2026, 11, 6),
            acknowledged_on=date(2026, 11, 9),
            acknowledge_by=date(2026, 11, 10),
            promised_on=date(2026, 11, 20),
            last_on=date(2026, 12, 4),
        )
        places = (promise.acknowledged_x, promise.promised_x, promise.now_x, promise.last_x, len(promise.ticks))
        assert places == (43.2, 360.0, 395.2, 712.0, 21)
        assert promise.sentence == (
            "Received Fri 6 Nov. Acknowledged Mon 9 Nov, in time. Reply promised for Fri 20 Nov. "
            "Now, 1 day over: Mon 23 Nov. Last date: Fri 4 Dec."
        )
        assert promise.says_all


def test_a_clock_that_was_answered_stops_there():
    with clock.stopped_at(MONDAY):
        promise = PromiseClock(
            "Clock.",
            "",
            received_on=date(2026, 11, 6),
            promised_on=date(2026, 11, 20),
            answered_on=date(2026, 11, 12),
        )
        assert (promise.is_late, promise.late_width) == (False, 0)
        assert "Answered, in time: Thu 12 Nov." in promise.sentence


def test_a_clock_beyond_the_known_holidays_still_draws():
    with clock.stopped_at(MONDAY):
        promise = PromiseClock("Clock.", "", received_on=date(1990, 1, 1), promised_on=date(2090, 1, 1))
        assert "<svg" in drawn("{% po_clock clock %}", clock=promise)
