"""Two machines as deploy/ describes them: its units' commands, its environment and its nginx file, on loopback.

Each machine has a data folder of its own, so that whatever one needs of the other must go by what they share.
"""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from privateoffice.foundations.jobs.tests.house import LEASE
from tests.servers.smtp import Certificate
from tests.servers.waiting import free_port, wait_for

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMMAND = "/opt/private-office/.venv/bin/private-office"
NGINX = """
daemon off; pid {top}/nginx.pid; error_log {top}/error.log; {user}
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {top}/body; proxy_temp_path {top}/proxy; fastcgi_temp_path {top}/fastcgi;
    uwsgi_temp_path {top}/uwsgi; scgi_temp_path {top}/scgi;
    include {top}/private-office.conf;
}}
"""


def settings_in(file: Path) -> dict[str, str]:
    """An environment file as systemd reads it."""
    lines = (line.strip() for line in file.read_text().splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def command_in(unit: str, instance: str = "") -> list[str]:
    """What a unit starts, with this environment's program in the place of the installed one."""
    found = re.findall(r"^ExecStart=(.*)$", (DEPLOY / "systemd" / unit).read_text(), re.MULTILINE)
    assert len(found) == 1, unit
    words = shlex.split(found[0].replace("%i", instance))
    assert words[0] == COMMAND
    return [sys.executable, "-m", "privateoffice.program.cli", *words[1:]]


@dataclass
class Site:
    """The processes of both machines, and what they share."""

    top: Path
    shared: dict[str, str]
    port: int = field(default_factory=free_port)
    webs: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def env(self, machine: str) -> dict[str, str]:
        """The environment file of deploy/, with what differs here."""
        own = {
            "PRIVATE_OFFICE_URL": self.url,
            "PRIVATE_OFFICE_HOSTS": "localhost",
            "PRIVATE_OFFICE_HOME": str(self.top / machine / "data"),
            "PRIVATE_OFFICE_KEY_FILE": str(self.top / "key"),
            "PRIVATE_OFFICE_JOB_LEASE": str(LEASE),
        }
        return {**os.environ, **settings_in(DEPLOY / "private-office.env"), **self.shared, **own}

    def start(self) -> None:
        self.certificate = Certificate.made(self.top)
        for machine, port in zip("ab", self.webs, strict=True):
            self.begin(f"web {machine}", machine, "private-office-web@.service", str(port))
            self.begin(f"worker {machine}", machine, "private-office-worker@.service")
            self.begin(f"scheduler {machine}", machine, "private-office-scheduler.service")
        self.begin_nginx()

    def begin(self, name: str, machine: str, unit: str, instance: str = "") -> None:
        log = (self.top / f"{name.replace(' ', '-')}.log").open("wb")
        with log:
            self.processes[name] = subprocess.Popen(
                command_in(unit, instance), env=self.env(machine), stdout=log, stderr=subprocess.STDOUT
            )

    def begin_nginx(self) -> None:
        config = self.nginx_files()
        subprocess.run(["nginx", "-t", "-c", str(config)], check=True, capture_output=True)
        self.processes["nginx"] = subprocess.Popen(["nginx", "-c", str(config)], stderr=subprocess.DEVNULL)

    def nginx_files(self) -> Path:
        """deploy/'s own files, with ports, names and places of this test."""
        for file in (DEPLOY / "nginx").iterdir():
            text = file.read_text()
            for ours, here in self._places().items():
                text = text.replace(ours, here)
            (self.top / file.name).write_text(re.sub(r"^ *listen \[::\].*$", "", text, flags=re.MULTILINE))
        config = self.top / "nginx.conf"
        config.write_text(NGINX.format(top=self.top, user="user root;" if os.getuid() == 0 else ""))
        return config

    def _places(self) -> dict[str, str]:
        return {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "office.example.police.uk": "localhost",
            "127.0.0.1:8001": f"127.0.0.1:{self.webs[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{self.webs[1]}",
            "/etc/private-office/tls/chain.pem": str(self.certificate.path),
            "/etc/private-office/tls/key.pem": str(self.certificate.key),
            "/etc/nginx/": f"{self.top}/",
            "/var/log/nginx/": f"{self.top}/",
        }

    def ask(self, machine: str, code: str) -> str:
        """What a few lines of Python print on one machine."""
        opened = "from privateoffice.program.opening import open_house; open_house()\n"
        done = subprocess.run(
            [sys.executable, "-c", opened + code],
            env=self.env(machine),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def kill(self, name: str) -> None:
        """SIGKILL, as when the power goes."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def close(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def units_in(folder: Path) -> list[Path]:
    """The units with this environment's program, instances made, for systemd-analyze."""
    program = shutil.which("private-office", path=str(Path(sys.executable).parent)) or sys.executable
    made = []
    for file in (DEPLOY / "systemd").iterdir():
        unit = folder / file.name.replace("@.", "@8001.")
        unit.write_text(file.read_text().replace(COMMAND, program))
        made.append(unit)
    return made


def wait_until_up(site: Site, client) -> None:
    def is_up() -> bool:
        with contextlib.suppress(Exception):
            return client.get(f"{site.url}/health/").text == "ok"
        return False

    wait_for(is_up, 240, "the office did not open")
