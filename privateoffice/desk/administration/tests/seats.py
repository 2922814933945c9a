"""Somebody of the cast at their own desk, in a browser without scripts."""

import pytest
from django.test import Client


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ada(cast):
    """The administrator."""
    return client_of(cast.administrator)


@pytest.fixture
def pa(cast):
    return client_of(cast.pa)


@pytest.fixture
def outsider(cast):
    return client_of(cast.outsider)


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())
