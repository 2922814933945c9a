"""The `private-office` command."""

import sys
from collections.abc import Iterator

from privateoffice.program import data_folder, run
from privateoffice.program.opening import open_house
from privateoffice.program.refusals import CannotStart

FIRST = ("run", "migrate", "sample", "import", "export", "daypack", "backup", "restore", "verify", "check")
"""The commands in the order in which help lists them; any others of ours follow by name."""

HELP = {"", "help", "-h", "--help"}


def main(argv: list[str] | None = None) -> None:
    """Run one command of the office; without one, list them."""
    words = sys.argv[1:] if argv is None else argv
    try:
        sys.exit(_perform(words))
    except CannotStart as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)


def _perform(words: list[str]) -> int:
    if words[:1] == ["run"]:
        return run.main(words[1:])
    if words[:1] in (["restore"], ["verify"]):
        data_folder.refuse_without_key(words[0])
    data_folder.make_ready(is_restoring=words[:1] == ["restore"])
    open_house()
    if (words or [""])[0] in HELP and len(words) < 2:
        sys.stdout.write("\n".join(_help()) + "\n")
        return 0
    return _manage(words)


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, OperationalError, ProgrammingError

    from privateoffice.program import database

    try:
        execute_from_command_line(["private-office", *words])
    except (OperationalError, ProgrammingError) as fault:
        if database.look().is_behind:
            name = database.shown_name()
            raise CannotStart(
                f"The database {name} is not of this version yet: run private-office migrate first."
            ) from fault
        if isinstance(fault, ProgrammingError):
            raise
        why = database.first_line(fault)
        raise CannotStart(f"The database {database.shown_name()} cannot be used: {why}.") from fault
    except DatabaseError as fault:
        if type(fault) is not DatabaseError:
            raise
        raise CannotStart(
            f"The database {database.shown_name()} is damaged: {database.first_line(fault)}. Nothing more is "
            "written to it. Restore the last backup into an empty folder with `private-office restore`."
        ) from fault
    return 0


def _help() -> Iterator[str]:
    from django.core.management import get_commands, load_command_class

    ours = {name: app for name, app in get_commands().items() if app.startswith("privateoffice.")}
    said = {name: load_command_class(app, name).help for name, app in ours.items()} | {"run": run.HELP}
    rest = sorted(set(said) - set(FIRST))
    yield "private-office COMMAND [options]     (private-office COMMAND --help says more)\n"
    for name in [*(name for name in FIRST if name in said), *rest]:
        yield f"  {name:<12} {said[name]}"


if __name__ == "__main__":
    main()
