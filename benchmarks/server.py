"""Debian's nginx over a folder, on a free loopback port, as the proxy that a crawler is told to use."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.portal import HOME
from benchmarks.site import HOST

MISSING = "nginx is not installed; skipped (Debian: apt-get install nginx)"
START_LIMIT = 10.0
"""Seconds in which nginx must answer, and in which it must stop."""

# One worker, no log, no compression: the server shall cost the crawlers as little as it can, and both the same.
_CONFIG = """\
daemon off;
{user}worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  gzip off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000;
  charset utf-8;
  default_type text/html;
  types {{ text/html html; text/plain txt; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    server_name {host};
    root {root};
    location = / {{ return 301 {home}; }}
    location = {home} {{ try_files /home.html =404; }}
    location = {home}/Category {{ try_files /lists/$arg_page.html /lists/empty.html; }}
    location {home}/News/ {{ try_files $uri.html =404; }}
  }}
}}
"""


def find_nginx() -> str | None:
    """The program, also where users other than root do not look."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def serve(nginx: str, root: Path, folder: Path) -> Iterator[str]:
    """Serve `root` until the block ends; gives the proxy's address.

    :param folder: for nginx's own files.
    :raises RuntimeError: if nginx does not answer in time; with its own words.
    """
    folder.mkdir(parents=True)
    # The socket listens before nginx starts and is handed to it: no port is lost between, and a first request waits.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        process = _start(nginx, root, folder, listener, port)
    try:
        _await_answer(port, folder, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(process)


def _start(nginx: str, root: Path, folder: Path, listener: socket.socket, port: int) -> subprocess.Popen[bytes]:
    config = folder / "nginx.conf"
    # Started by root, nginx would hand its work to a user who may not read the folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    text = _CONFIG.format(user=user, folder=folder, root=root, port=port, host=HOST, home=HOME)
    config.write_text(text, encoding="utf-8")
    return subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")],
        env={**os.environ, "NGINX": f"{listener.fileno()};"},
        pass_fds=(listener.fileno(),),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _await_answer(port: int, folder: Path, process: subprocess.Popen[bytes]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_LIMIT)
    try:
        connection.request("GET", f"http://{HOST}/robots.txt", headers={"Host": HOST})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise RuntimeError(f"nginx did not answer: {error}; {_complaint(folder, process)}") from error
    finally:
        connection.close()
    if status != 200:
        raise RuntimeError(f"nginx answered {status} for robots.txt; {_complaint(folder, process)}")


def _complaint(folder: Path, process: subprocess.Popen[bytes]) -> str:
    log = folder / "error.log"
    words = log.read_text(encoding="utf-8", errors="replace").strip() if log.exists() else ""
    return f"exit code {process.poll()}; {words or 'its log is empty'}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=START_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
