"""Promises of the product, broken on purpose: a harness that does not notice is worth nothing."""


def forget_the_doubt() -> None:
    """Whoever takes up a letter whose sender died while handing it over just sends it."""
    from privateoffice.spine.deliveries.services import claims

    claims.was_handing_over = lambda delivery: False


def forget_the_form() -> None:
    """A form that comes again is done again."""
    from privateoffice.foundations.once import edge

    edge.token_of = lambda request: ""


SABOTAGE = {"doubt": forget_the_doubt, "memory": forget_the_form}
