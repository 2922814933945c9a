"""A machine of strangers, on loopback: pictures, and everything that a hostile one answers in their place."""

import io
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from struct import pack

import pytest
from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
ENDLESS = 64


def drawn(width: int = 40, height: int = 30, colour: str = "teal", format: str = "PNG", **said) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, format, **said)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that says it is 900 million pixels."""
    head = pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    chunks = (pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


ANSWERS = {
    "/logo.png": ("image/png", drawn()),
    "/photo.jpg": ("image/jpeg", drawn(2_000, 1_000, "navy", "JPEG", comment=b"taken at 51.5N")),
    "/as-text.png": ("text/plain", drawn(20, 20)),
    "/pixel.gif": ("image/gif", drawn(1, 1, format="GIF")),
    "/vector.svg": ("image/svg+xml", SVG),
    "/page.png": ("image/png", PAGE),
    "/bomb.png": ("image/png", bomb()),
    "/empty.png": ("image/png", b""),
    "/cut.png": ("image/png", drawn(300, 300, "red")[:200]),
}
LEADS = {
    "/on.png": "/logo.png",
    "/on-and-on.png": "/on-and-on.png",
    "/to-metadata.png": "http://169.254.169.254/latest/meta-data/",
    "/to-this-machine.png": "http://127.0.0.1:9/logo.png",
    "/to-a-file.png": "file:///etc/passwd",
    "/to-ourselves.png": "http://localhost/",
}


class Stranger(BaseHTTPRequestHandler):
    """Answers, and writes down what it was asked and with which header."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        if self.path in LEADS:
            self._head(302, Location=LEADS[self.path], Content_Length="0", Set_Cookie="who=1")
        elif self.path == "/endless.png":
            self._endless()
        elif self.path == "/dripping.png":
            self._dripping()
        elif self.path == "/promising.png":
            self._head(200, Content_Type="image/png", Content_Length=str(1 << 40))
        elif self.path in ANSWERS:
            kind, content = ANSWERS[self.path]
            self._head(200, Content_Type=kind, Content_Length=str(len(content)), Set_Cookie="who=1")
            self.wfile.write(content)
        else:
            self._head(404, Content_Length="0")

    def _head(self, status, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _endless(self):
        self._head(200, Content_Type="image/png")
        try:
            for _ in range(ENDLESS):
                self.wfile.write(b"\x89" * (1 << 20))
        except OSError:
            self.server.hung_up.append(self.path)

    def _dripping(self):
        """A header that never ends, a byte at a time."""
        try:
            for _ in range(600):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            self.server.hung_up.append(self.path)

    def log_message(self, *_):
        pass


class Machine(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Stranger)
        self.asked, self.hung_up = [], []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def at(self, path: str) -> str:
        return f"http://{self.place}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def stranger():
    """A stranger's machine. Nothing asks it that is not told that it may."""
    with Machine() as machine:
        threading.Thread(target=machine.serve_forever, args=(0.05,), daemon=True).start()
        yield machine
        machine.shutdown()
