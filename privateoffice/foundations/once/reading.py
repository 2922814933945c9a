"""What a form says of itself: its token, and a digest of what it asks for."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from privateoffice.foundations.ui.components.once import FIELD

HEADER = "Idempotency-Key"
ALL_THE_SAME = "all_the_same"
"""The field of a person who was told that the same was sent before, and wants it again."""

OURS = {FIELD, ALL_THE_SAME, "csrfmiddlewaretoken"}


def token_of(request: HttpRequest) -> str:
    """The token of a form that is being sent, as it is kept; an empty string where there is none."""
    if request.method != "POST" or not request.user.is_authenticated:
        return ""
    try:
        token = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    except UnreadablePostError:  # whoever sent it has gone
        return ""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def content_of(request: HttpRequest) -> str:
    """A digest of what a form asks for: its address, its fields in their order, and its files."""
    fields = [[name, texts] for name, texts in sorted(request.POST.lists()) if name not in OURS]
    said = [request.get_full_path(), fields, sorted(_files(request))]
    if not request.POST and not request.FILES:
        said.append(hashlib.sha256(request.body).hexdigest())
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _files(request: HttpRequest) -> Iterator[list[Any]]:
    for name, files in request.FILES.lists():
        for file in files:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            yield [name, file.name, digest.hexdigest()]
