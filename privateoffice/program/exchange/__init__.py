"""Bringing real things in and giving them back: one module for each kind that can be imported."""
