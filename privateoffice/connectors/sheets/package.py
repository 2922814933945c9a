"""A workbook as the zip of parts that it is, checked whole before anything in it is believed."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from privateoffice.connectors.sheets.refusals import Refused, damaged, too_big, unsafe
from privateoffice.foundations.quarantine.limits import UNPACK_RATIO, UNPACKED_BYTES, UPLOAD_BYTES

MOST_PARTS = 10_000
SMALL_ENOUGH = 10 * 1024 * 1024  # a workbook that unpacks to less is harmless however well it was packed
PIECE = 1 << 16
SCHEMA_STEPS = {"import", "include", "redefine", "override"}

Attributes = dict[str, str]


class Package:
    """The parts of a checked zip, found by name whatever their case. Raises Refused where it is not safe."""

    def __init__(self, raw: bytes):
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise damaged("it ends too early, or is no zip file at all") from fault
        self._parts = _by_name(self._zip.infolist())
        _weigh(list(self._parts.values()), len(raw))
        self._read_through()

    def __contains__(self, name: str) -> bool:
        return _plain_name(name) in self._parts

    def names(self) -> list[str]:
        return list(self._parts)

    def open(self, name: str) -> IO[bytes]:
        """The part as a stream; a part that is not there is a damaged workbook."""
        part = self._parts.get(_plain_name(name))
        if part is None:
            raise damaged(f"its part {posixpath.basename(name)} is missing")
        return self._zip.open(part)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part points at: id to (last word of the type, part name); outside ones have no name."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: Attributes) -> None:
            if tag == "Relationship":
                inside = given.get("TargetMode") != "External"
                target = posixpath.normpath(
                    posixpath.join("/", folder, given.get("Target", "").replace("\\", "/"))
                )
                kind = given.get("Type", "").rsplit("/", 1)[-1]
                found[given.get("Id", "")] = (kind, target.lstrip("/") if inside else "")

        if path in self:
            with self.open(path) as stream:
                parse(stream, start)
        return found

    def _read_through(self) -> None:
        """Unpack every part once: for its true size, its checksum, and for declarations that it must not hold."""
        left = UNPACKED_BYTES
        for name, part in self._parts.items():
            watch = _watch(name)
            try:
                with self._zip.open(part) as stream:
                    while piece := stream.read(PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise too_big("it unpacks to more than 200 MB")
                        watch(piece)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as fault:
                raise damaged(f"its part {posixpath.basename(name)} cannot be unpacked") from fault
            except RuntimeError as fault:  # zipfile says so of an encrypted part
                raise Refused(
                    "This workbook's zip file is locked with a password. Ask the sender for one without."
                ) from fault


def parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part's XML, with plain names for elements and attributes. A document type is refused unread."""
    parser = _parser()
    plain: dict[str, str] = {}  # tens of thousands of cells have the same few names

    def started(tag: str, given: Attributes) -> None:
        for name in given:
            if " " in name:
                given = {_local(name): value for name, value in given.items()}
                break
        start(plain.get(tag) or plain.setdefault(tag, _local(tag)), given)  # type: ignore[misc]

    if start:
        parser.StartElementHandler = started
    if end:
        parser.EndElementHandler = lambda tag: end(plain.get(tag) or plain.setdefault(tag, _local(tag)))
    parser.CharacterDataHandler = text
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as fault:
        raise damaged(f"its text breaks off or is out of order at line {fault.lineno}") from fault


def _parser() -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _refuse_declarations(name: str, system: str | None, public: str | None, has_subset: int) -> None:
    if name == "manifest:manifest" and not has_subset:
        return  # old OpenOffice names its own type, and gives it no content
    raise unsafe("it declares entities or a document type, as no spreadsheet program does")


def _watch(name: str) -> Callable[[bytes], object]:
    if not name.endswith((".xml", ".rels", ".vml")):
        return len
    parser = _parser()
    if name.endswith("xmlmaps.xml"):
        parser.StartElementHandler = _refuse_outside_schema
    state = {"open": True}

    def watch(piece: bytes) -> None:
        if state["open"]:
            try:
                parser.Parse(piece, False)
            except expat.ExpatError:  # out of order: it matters only if the part is read, and is said then
                state["open"] = False

    return watch


def _refuse_outside_schema(tag: str, given: Attributes) -> None:
    if _local(tag) in SCHEMA_STEPS and ":" in given.get("schemaLocation", ""):
        raise unsafe("it asks for a schema from an outside address")


def _by_name(parts: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(parts) > MOST_PARTS:
        raise unsafe(f"it is made of more than {MOST_PARTS:,} parts")
    found: dict[str, zipfile.ZipInfo] = {}
    for part in parts:
        name = _plain_name(part.filename)
        if name in found:
            raise unsafe("two of its parts have the same name")
        if name.startswith("/") or ".." in name.split("/") or (name[1:2] == ":"):
            raise unsafe("a part of it is named so as to be written elsewhere")
        found[name] = part
    return found


def _weigh(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if packed > UPLOAD_BYTES:
        raise too_big("it is larger than 25 MB")
    if unpacked > UNPACKED_BYTES:
        raise too_big("it unpacks to more than 200 MB")
    if unpacked > SMALL_ENOUGH and unpacked > UNPACK_RATIO * packed:
        raise unsafe("it unpacks to more than a hundred times its size")


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip().lower()


def _local(tag: str) -> str:
    return tag.rsplit(" ", 1)[-1]
