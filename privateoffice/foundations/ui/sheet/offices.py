"""Examples of offices and of the cover band."""

from types import SimpleNamespace

from privateoffice.foundations.ui.sheet.lists import HERE


def office(code: str, short_name: str, name: str) -> SimpleNamespace:
    return SimpleNamespace(code=code, short_name=short_name, name=name)


def offices() -> list[SimpleNamespace]:
    return [
        office("HOM", "Homicide", "Homicide and Major Investigations"),
        office("PRO", "Proactive", "Proactive and Trident"),
        office("CCE", "Complex", "Complex Case and Exploitation"),
        office("SOS", "Support", "Specialist Operations Support"),
    ]


def cover() -> SimpleNamespace:
    home = SimpleNamespace(url=HERE, key="g 1", office=offices()[0])
    return SimpleNamespace(
        office=offices()[2],
        actor="Delphine Hartsough",
        for_whom="Jonah Pemberlaw",
        until="5:00pm today",
        hidden_count=2,
        home=home,
    )
