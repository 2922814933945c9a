"""Word and Excel files become PDF through LibreOffice, where it is found; nowhere else are they opened."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from privateoffice.connectors.papers.kinds import CONVERTED

SECONDS = 60
PROGRAMS = ("soffice", "libreoffice")
# No macros, no updates of links, and a proxy that nobody listens to: nothing is fetched or run.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""  # noqa: E501


class NotConverted(Exception):
    """Why a file did not become a PDF: the rest of a sentence that begins with its name."""


def converted(raw: bytes, kind: str, *, seconds: int = SECONDS) -> bytes:
    """The file as PDF; `kind` is one of `kinds.CONVERTED`. Raises NotConverted."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if kind not in CONVERTED:
        raise NotConverted("it was not converted: files of this kind are not opened here.")
    if program is None:
        raise NotConverted("it was not converted: LibreOffice is not installed here.")
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        source = Path(folder) / f"paper.{CONVERTED[kind]}"
        source.write_bytes(raw)
        profile = Path(folder) / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(PROFILE)
        _run([program, *_options(profile.parent, source)], folder, seconds)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise NotConverted("it could not be converted: LibreOffice made nothing of it.")
        return made.read_bytes()


def _options(profile: Path, source: Path) -> list[str]:
    return [
        f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip


def _run(command: list[str], folder: str, seconds: int) -> None:
    """Run it in a group of its own and end the whole group when the time is up."""
    away = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "HOME": folder}
    child = subprocess.Popen(  # noqa: S603  (a program found on this machine, our own file names, no shell)
        command,
        cwd=folder,
        env={**os.environ, **away},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotConverted(f"it could not be converted within {seconds} seconds.") from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
