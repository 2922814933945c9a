"""The one page on which something about a rota is filled in, and how a workbook is handed out."""

import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from privateoffice.connectors.sheets.writing import write_xlsx

A_PAGE = 50

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form_page(
    request: HttpRequest, form: Any, *, heading: str, button: str, back: str, about: str = "", **more: Any
) -> HttpResponse:
    shown = {"form": form, "heading": heading, "button": button, "back": back, "about": about, **more}
    return render(request, "rotas/form.html", shown, status=422 if form.errors else 200)


def workbook(name: str, columns: Any, lines: Any, *, title: str) -> HttpResponse:
    """A workbook as a download, whole or not at all."""
    held = io.BytesIO()
    write_xlsx(held, columns, lines, title=title, marking="OFFICIAL")
    answer = HttpResponse(held.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
