"""Ports: what the house asks of a system outside, whichever of several it is. They stand below the connectors."""
