"""`private-office office add SLUG CODE NAME`: add an office to the house."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.colours import PALETTE
from privateoffice.foundations.offices.models import Office


class Command(BaseCommand):
    help = "Add an office: office add SLUG CODE NAME."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="add an office")
        add.add_argument("slug", help="its name in addresses, such as homicide")
        add.add_argument("code", help="three capitals for references, such as HOM")
        add.add_argument("name", help="its name in full")
        add.add_argument("--short-name", default="", help="for the rail; the name in full where none is given")
        add.add_argument("--colour", default="", help="such as #37377a; the first that no office wears")
        add.add_argument("--address", default="", help="the address block of its letters")
        add.add_argument("--phone", default="")
        add.add_argument("--email", default="")

    def handle(self, *args, act, slug, code, name, short_name, colour, address, phone, email, **options):
        ends_samples = Office.objects.filter(is_sample=True).exists() and not _has_real_office()
        block = {"address": address.replace("\\n", "\n"), "phone": phone, "email": email}
        with scope.acting_as_system("command line"):
            try:
                office = services.add_office(
                    slug=slug,
                    code=code,
                    name=name,
                    short_name=short_name,
                    colour=colour or _free_colour(),
                    **block,
                )
            except ValidationError as fault:
                raise CommandError(" ".join(_sentences(fault))) from None
        self.stdout.write(f"{office.name} is open at {settings.SITE_URL}/{office.slug}/")
        if ends_samples:
            self.stdout.write(
                "The sample's accounts sign in no more. Sign in as administrator by this link, once:"
            )
            self.stdout.write(f"{settings.SITE_URL}{services.first_administrator_link()}")


def _has_real_office() -> bool:
    return Office.objects.filter(is_sample=False).exists()


def _free_colour() -> str:
    worn = set(Office.objects.values_list("colour", flat=True))
    return next((colour for colour in PALETTE if colour not in worn), next(iter(PALETTE)))


def _sentences(fault: ValidationError) -> list[str]:
    return [f"{name}: {said}" for name, messages in fault.message_dict.items() for said in messages]
