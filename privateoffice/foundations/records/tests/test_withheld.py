"""Under cover, what is kept from view is a number for each kind, and nothing else."""

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.withheld import hidden_counts


def test_every_reason_to_be_hidden_counts_once_and_closed_records_do_not(cast):
    with scope.acting(cast.commander, office=cast.homicide):
        _, _, narrowed, both, barred, closed = (
            records.open_matter(title=title, marking=marking, handling="X" if marking > 1 else "")
            for title, marking in [
                ("Plain", Marking.OFFICIAL),
                ("Sensitive", Marking.OFFICIAL_SENSITIVE),
                ("Narrowed", Marking.OFFICIAL),
                ("Both", Marking.OFFICIAL_SENSITIVE),
                ("Barred", Marking.OFFICIAL),
                ("Closed", Marking.OFFICIAL_SENSITIVE),
            ]
        )
        records.narrow(narrowed, roles=("commander",))
        records.narrow(both, roles=("commander",))
        records.bar(barred, person=cast.outsider.person, reason="Party to it")
        with performing("records.revise_matter"):
            records.close(closed, outcome="done")
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        assert hidden_counts(cast.homicide) == {"records.matter": 4}
    with scope.acting(cast.commander, office=cast.homicide):
        assert hidden_counts(cast.homicide) == {}


def test_another_office_is_never_counted(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        records.open_matter(title="Sensitive", marking=Marking.OFFICIAL_SENSITIVE, handling="X")
    with scope.acting(cast.outsider, office=cast.proactive):
        assert hidden_counts(cast.proactive) == {}
