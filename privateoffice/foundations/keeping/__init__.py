"""Keeping what is kept: one file that holds the whole office, proved before it is trusted, and put back whole."""
