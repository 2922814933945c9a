"""The sample office: four invented offices with three months behind them, alive on any day."""

from privateoffice.program.sample.loading import AlreadyAnOffice, load

__all__ = ["AlreadyAnOffice", "load"]
