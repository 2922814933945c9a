"""What a view must say of itself: the verb it does, or that it stands outside the offices."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def does(verb: str) -> Callable[[View], View]:
    """Declare the verb of a view. A view that declares nothing is refused."""

    def declare(view: View) -> View:
        view.verb = verb  # type: ignore[attr-defined]
        return view

    return declare


def takes_long(view: View) -> View:
    """Declare that a view works long before it writes: no transaction is held open around it.

    Its form may be sent twice, so what it does must be harmless the second time.
    """
    view.takes_long = True  # type: ignore[attr-defined]
    return view


def asks_again(view: View) -> View:
    """Declare that a view opens doors: whoever comes there shows first that it is still they."""
    view.asks_again = True  # type: ignore[attr-defined]
    return view


def by_itself(view: View) -> View:
    """Declare that an open page asks a view now and then by itself: that keeps no session alive."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


def outside(reason: str) -> Callable[[View], View]:
    """Declare that a view shows nothing of any office, and why it may stand outside the gates."""

    def declare(view: View) -> View:
        view.outside = reason  # type: ignore[attr-defined]
        return view

    return declare
