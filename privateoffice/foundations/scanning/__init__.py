"""Viruses: what comes from outside is looked at, where the settings name a scanner, before anybody gets it."""
