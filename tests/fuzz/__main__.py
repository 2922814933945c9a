"""`python -m tests.fuzz --minutes N`: damages samples for every reader until then, and names what broke."""

import argparse
import random
import sys
import time

import django


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=1)
    words.add_argument("--seed", type=int, default=int(time.time()))
    asked = words.parse_args()
    django.setup()
    from tests.fuzz.parsers import broken_by, damaged, parsers

    chance, known = random.Random(asked.seed), parsers()
    names, weights = list(known), [one.weight for one in known.values()]
    ends, tried, found = time.monotonic() + asked.minutes * 60, 0, {}
    while time.monotonic() < ends:
        (name,) = chance.choices(names, weights)
        raw = damaged(chance, known[name].samples)
        tried += 1
        if fault := broken_by(known[name], raw):
            found.setdefault((name, type(fault).__name__, str(fault)[:80]), raw)
    for (name, kind, said), raw in found.items():
        print(f"{name}: {kind}: {said}\n  {raw[:300]!r}")
    print(f"{tried:,} damaged samples, {len(found)} findings, seed {asked.seed}.")
    return bool(found)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privateoffice.settings")
    sys.exit(main())
