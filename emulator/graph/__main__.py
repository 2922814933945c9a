"""`python -m emulator.graph`: a small Microsoft Graph on a port of this machine, with three mailboxes."""

import argparse
import sys
from pathlib import Path

from emulator.graph.app import Emulator
from emulator.graph.mime import told_of
from emulator.graph.serving import server
from emulator.graph.state import Tenant

CLIENT, SECRET = "private-office", "a secret of the emulator"
BOXES = ("commander@force.example", "pa@force.example")
OUTSIDE = "chief@force.example"
LETTER = b"""From: Amabel Vellacott <a.vellacott@northmere.example.org>
To: commander@force.example
Subject: The duty room
Date: Mon, 2 Nov 2026 10:00:00 +0000
Message-ID: <demonstration@northmere.example.org>

May we use it on Thursday?
"""


def furnished() -> Emulator:
    """A tenant with the Commander's and the PA's mailboxes in scope, and the chief's outside of it."""
    tenant = Tenant()
    for address in (*BOXES, OUTSIDE):
        tenant.add_box(address)
    tenant.add_application(CLIENT, SECRET, held_to=set(BOXES))
    tenant.people[BOXES[1]].opens.add(BOXES[0])
    tenant.people[BOXES[1]].sends_for.add(BOXES[0])
    told, files = told_of(LETTER)
    tenant.box(BOXES[0]).add("inbox", told, raw=LETTER.replace(b"\n", b"\r\n"), attachments=files)
    return Emulator(tenant)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m emulator.graph", description=__doc__.split(": ", 1)[1])
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--folder", type=Path, default=Path("var/emulator"), help="where its certificate is put")
    asked = parser.parse_args()
    serving = server(furnished(), asked.folder, asked.port)
    url = f"https://localhost:{serving.server_port}"
    sys.stdout.write(
        f"Graph and sign-in: {url}\nCertificate to trust: {asked.folder / 'certificate.pem'}\n"
        f"Tenant: force.example   Application: {CLIENT}   Secret: {SECRET}\n"
        f"In scope: {', '.join(BOXES)}   Outside: {OUTSIDE}\n"
    )
    sys.stdout.flush()
    serving.serve_forever()


if __name__ == "__main__":
    main()
