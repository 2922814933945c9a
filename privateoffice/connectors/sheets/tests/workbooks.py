"""Small workbooks for the tests, made part by part, so that they can be as wrong as a test wants."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(parts, *, more=()):
    """A zip of the named parts; `more` are (name, content) pairs, which may repeat a name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in [*parts.items(), *more]:
            package.writestr(name, content)
    return file.getvalue()


def parts(sheets, *, styles="", workbook="", strings=""):
    """The parts of a workbook. `sheets` is (name, attributes of the sheet, XML inside its worksheet element)."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}" {given}/>'
        for n, (name, given, _) in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    related += f'<Relationship Id="t" Type="{OFFICE}/styles" Target="styles.xml"/>' if styles else ""
    related += (
        f'<Relationship Id="u" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    )
    made = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="m" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>',
    }
    for n, (_, _, inside) in enumerate(sheets, start=1):
        made[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'
    if styles:
        made["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    if strings:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return made


def workbook(inside, **given):
    """A workbook of one sheet with this XML inside."""
    return packed(parts([("Staff", "", inside)], **given))


def table(rows, *, hidden=(), start=1, merged=()):
    """Rows of texts as the XML of a sheet."""
    lines = []
    for number, row in enumerate(rows, start=start):
        filled = "".join(_cell(text) for text in row)
        lines.append(
            f'<row r="{number}" {"hidden=" + chr(34) + "1" + chr(34) if number in hidden else ""}>{filled}</row>'
        )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return f"<sheetData>{''.join(lines)}</sheetData><mergeCells>{areas}</mergeCells>"


def _cell(text):
    if not text:
        return "<c/>"
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'
