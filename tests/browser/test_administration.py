"""Administration, the staff directory and cover in a real browser: sound for everyone, wide and narrow."""

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services as records
from tests.browser.kit import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RANKS = ("DCI", "DI", "DS", "DC", "PC")
SURNAMES = ("Trevannick", "Pennistone", "O’Dunleavy", "Wyrembek-Hale", "Quenbury", "Astleford", "Kestlemont")
LIST = (
    "Staff no,Surname,Forenames,Rank,Unit,Start date,Locker\n"
    "92001,Trevannick,Hamish,DCI,MIT 91,01/02/2020,7\n"
    "W?,Kestlemont,Ffion,DC,MIT 91,,\n"
    "PX90006,Pemberlaw,Jonah,,,,\n"
)
HOUSE, OFFICE = "/administration/", "/homicide/"
OF_THE_HOUSE = {
    "overview": "",
    "offices": "offices/",
    "add": "offices/new/",
    "office": "offices/homicide/",
    "settings": "offices/homicide/settings/",
    "seek": "offices/homicide/holders/new/?q=penhallick",
    "appoint": "offices/homicide/holders/new/?person=PX90004",
    "newcomer": "offices/homicide/holders/new/?person=new",
    "administrators": "administrators/",
    "accounts": "accounts/",
    "staff": "people/",
    "member": "people/PX90001/",
    "standing-cover": "cover/",
}
OF_AN_OFFICE = {
    "people": "people/?show=all",
    "person": "people/WX91000/",
    "new-person": "people/new/",
    "correction": "people/WX91000/correction/",
    "leaving": "people/PX90004/leaving/",
    "upload": "people/import/",
    "cover": "cover/",
    "grant": "cover/new/",
}


@pytest.fixture
def staffed(cast):
    Office.objects.update(is_sample=True)
    with scope.acting(cast.pa, office=cast.homicide):
        for number in range(21):
            services.enter_person(
                office=cast.homicide,
                surname=SURNAMES[number % 7],
                forenames="Ottilie",
                rank=RANKS[number % 5],
                unit_name=f"MIT {91 + number % 4}",
                post="Detective on the team",
                warrant_number=f"WX9{1000 + number}",
                pay_number="",
                phone=f"020 7946 0{300 + number}",
                line_manager=cast.commander.person,
                left_on=clock.today() if number == 4 else None,
            )
        records.open_matter(title="Sample Heron", marking=2, handling="NAMED READERS ONLY")
    cast.cover()
    return cast


def look(page, axe, shoot, name, width):
    axe(page)
    shoot(page, f"administration-{name}-{width}", whole=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_sound(staffed, visitor, axe, shoot, width):
    page = visitor.open(HOUSE, user=staffed.administrator, width=width)
    for name, place in OF_THE_HOUSE.items():
        page.goto(HOUSE + place)
        look(page, axe, shoot, name, width)
    page.goto(f"{HOUSE}people/PX90002/")
    follow(page.get_by_role("button", name="Make a sign-in link"))
    look(page, axe, shoot, "link", width)
    page = visitor.open(OFFICE, user=staffed.pa, width=width)
    for name, place in OF_AN_OFFICE.items():
        page.goto(OFFICE + place)
        look(page, axe, shoot, name, width)
    page = visitor.open(f"{OFFICE}cover/", user=staffed.outsider, width=width)
    look(page, axe, shoot, "covering", width)
    page.goto(OFFICE)
    look(page, axe, shoot, "today-under-cover", width)
    assert page.get_by_role("heading", name="Not shown under cover").is_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_list_is_looked_at_asked_about_and_its_faults_shown(staffed, visitor, axe, shoot, width):
    page = visitor.open(f"{OFFICE}people/import/", user=staffed.pa, width=width)
    file = {"name": "staff.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("Staff list").set_input_files(file)
    follow(page.get_by_role("button", name="Look at it"))
    look(page, axe, shoot, "doubts", width)
    page.get_by_label("may be the warrant number").select_option(label="Pay number")
    follow(page.get_by_role("button", name="Read it again"))
    look(page, axe, shoot, "faults", width)
    assert page.get_by_role("rowheader").filter(has_text="3").first.is_visible()
    sound = {**file, "buffer": "\n".join(LIST.splitlines()[:2]).encode()}
    page.goto(f"{OFFICE}people/import/")
    page.get_by_label("Staff list").set_input_files(sound)
    follow(page.get_by_role("button", name="Look at it"))
    page.get_by_label("may be the warrant number").select_option(label="Pay number")
    follow(page.get_by_role("button", name="Read it again"))
    look(page, axe, shoot, "ready", width)
    page.get_by_role("button", name="Import the list").click()
    page.wait_for_url("**/people/")
    assert "1 person is new" in page.inner_text("body")
