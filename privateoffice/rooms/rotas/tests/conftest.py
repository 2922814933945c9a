"""What the tests of this room share."""

from privateoffice.rooms.rotas.tests.ground import ground, on_a_monday

__all__ = ["ground", "on_a_monday"]
