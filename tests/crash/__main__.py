"""`python -m tests.crash`: live one life of an office under kills, and print what came of it.

python -m tests.crash --carrier smtp --kills 200
DATABASE_URL=postgres://… QUEUE_URL=redis://… python -m tests.crash --carrier maildir --kills 60
"""

import argparse
import os
import sys
import tempfile

LEASE = "1"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__.splitlines()[0])
    parser.add_argument("--carrier", choices=("maildir", "smtp", "graph"), default="maildir")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pauses", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", choices=("doubt", "memory"), help="break a promise of the product first")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crash-home-") as folder:
        os.environ["PRIVATE_OFFICE_HOME"] = f"{folder}/var"
        os.environ["PRIVATE_OFFICE_JOB_LEASE"] = LEASE
        os.environ["PRIVATE_OFFICE_LOG"] = os.environ.get("PRIVATE_OFFICE_LOG", "CRITICAL")
        os.environ["DJANGO_SETTINGS_MODULE"] = "privateoffice.settings"
        os.makedirs(f"{folder}/var")
        return live(asked)


def live(asked: argparse.Namespace) -> int:
    import django

    django.setup()
    from tests.crash.life import Life

    life = Life(asked.carrier, asked.kills, asked.pauses, asked.seed, asked.sabotage or "")
    counted = life.live()
    sys.stdout.write(f"{counted.line}\n{counted.as_json()}\n")
    return 0 if counted.is_well else 1


if __name__ == "__main__":
    sys.exit(main())
