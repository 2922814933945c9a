"""The seats from which the pages are tried."""

from privateoffice.desk.administration.tests.seats import ada, outsider, pa

__all__ = ["ada", "outsider", "pa"]
