import pytest

from privateoffice.program.trials.templates import INLINE, templates


def test_templates_are_found_under_the_name_by_which_they_are_loaded(tmp_path):
    page = tmp_path / "rooms" / "enquiries" / "templates" / "enquiries" / "enquiry.html"
    page.parent.mkdir(parents=True)
    page.write_text("")
    assert templates(tmp_path) == [("enquiries/enquiry.html", page)]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        '<a onclick="go()">',
        "<style>",
        '<a href="javascript:go()">',
    ],
)
def test_inline_script_and_style_are_found(markup):
    assert INLINE.search(markup)


@pytest.mark.parametrize(
    "markup", ['<script src="/static/a.js" type="module"></script>', '<p class="style">', "<p>on=</p>"]
)
def test_what_the_policy_allows_is_let_pass(markup):
    assert not INLINE.search(markup)
