"""Letters for the benchmarks, the same at every run: one in four has HTML, one in ten carries a file."""

import base64
import random

WORDS = (
    *("meeting", "review", "paper", "duty", "roster", "witness", "board", "budget"),
    *("visit", "briefing", "training", "estate", "fleet", "report"),
)


def letter_number(number: int) -> bytes:
    """One letter with CRLF line ends, by its number."""
    chance = random.Random(number)
    text = _text(chance, chance.randint(8, 60))
    head = (
        f"Return-Path: <sender{number % 300}@northmere.example.org>\r\n"
        f"Received: from mx.example by mail.example; Mon, 2 Nov 2026 10:00:{number % 60:02} +0000\r\n"
        f"From: Sender {number % 300} <sender{number % 300}@northmere.example.org>\r\n"
        f"To: The PA <pa@homicide.example>\r\n"
        f"Subject: {'Re: ' if number % 3 == 0 else ''}{' '.join(chance.choices(WORDS, k=5))}\r\n"
        f"Date: Mon, 2 Nov 2026 10:00:{number % 60:02} +0000\r\n"
        f"Message-ID: <{number}@northmere.example.org>\r\n"
        f"{f'In-Reply-To: <{number - 1}@northmere.example.org>' + chr(13) + chr(10) if number % 3 == 0 else ''}"
        "MIME-Version: 1.0\r\n"
    )
    plain = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    if number % 10 == 0:
        return (head + _joined("mixed", [plain, _file(chance)])).encode()
    if number % 4 == 0:
        html = f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>{text}</p>\r\n"
        return (head + _joined("alternative", [plain, html])).encode()
    return (head + plain).encode()


def _text(chance: random.Random, lines: int) -> str:
    return "\r\n".join(" ".join(chance.choices(WORDS, k=11)) for _ in range(lines))


def _file(chance: random.Random) -> str:
    coded = base64.encodebytes(chance.randbytes(chance.randint(5_000, 60_000))).decode().replace("\n", "\r\n")
    return f'Content-Type: application/pdf; name="paper.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}'


def _joined(kind: str, parts: list[str]) -> str:
    mark = "b" * 30
    body = "".join(f"--{mark}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n{body}--{mark}--\r\n'
