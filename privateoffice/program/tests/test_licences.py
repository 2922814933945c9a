import pytest

from privateoffice.program.trials.licences import faults, is_strict, packages


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-or-later",
        "GNU General Public License v2 or later (GPLv2+)",
        "AGPL-3.0-only",
        "GNU Affero General Public License v3",
        "MIT AND GPL-2.0-only",
    ],
)
def test_the_gpl_and_the_agpl_are_refused(licence):
    assert is_strict(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "LGPL-3.0-or-later",
        "GNU Lesser General Public License v3 or later (LGPLv3+)",
        "Apache-2.0 OR GPL-2.0-only",
        "GNU General Public License (GPL); MIT License",
        "MPL-2.0",
    ],
)
def test_what_leaves_another_way_may_be_shipped(licence):
    assert not is_strict(licence)


def test_names_are_read_from_a_locked_set():
    locked = "django==5.2.19 \\\n    --hash=sha256:00\npsycopg[binary]==3.3.9 ; sys_platform == 'linux' \\\n"
    assert packages(locked) == ["django", "psycopg"]


def test_a_package_that_is_not_installed_here_is_passed_over():
    assert list(faults(["a-package-for-another-system"])) == []
