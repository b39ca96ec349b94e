"""Open a port and serve a graph folder there until somebody stops it."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import InputError, MissingExtra
from kg.serve.limits import Limits

__all__ = ["serve"]


def serve(
    folder: str | Path, *, host: str = "127.0.0.1", port: int = 8000, limits: Limits | None = None,
    origins: Sequence[str] = (), ready: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Serve a graph folder; returns when the process is asked to stop (SIGINT or SIGTERM).

    ``port`` 0 takes a free one. ``origins`` are sites whose pages may read answers (CORS), such as
    https://example.org; none may unless named. ``ready`` is called with the address once the port is open.
    Raises ``MissingExtra``, ``InputError`` for an address that cannot be opened, and as ``Graph.open`` does.
    """
    try:
        import uvicorn

        from kg.serve.app import application
        from kg.serve.service import Service
    except ModuleNotFoundError as error:
        raise MissingExtra(f"kg serve needs {error.name}; install it with: pip install 'kg-news[serve]'") from error
    limits = limits or Limits()
    listening = _listen(host, port)
    try:
        service = Service(Path(folder), limits)
    except BaseException:
        listening.close()
        raise
    name, bound = listening.getsockname()[:2]
    address = f"http://{f'[{name}]' if ':' in name else name}:{bound}/"
    app = application(service, limits, hosts=_hosts(name), origins=origins)
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False, timeout_graceful_shutdown=3)
    ready(address)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn passes it on after it has closed everything
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(where[:2], family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{host}:{port}: cannot be opened: {reason}; choose another with --host and --port") from None


def _hosts(name: str) -> list[str]:
    """The names under which a server on that address answers: on this machine alone, or any.

    A page of another site that points its own name at this machine would else read what is served here.
    """
    return ["127.0.0.1", "localhost", "[::1]"] if ipaddress.ip_address(name.partition("%")[0]).is_loopback else ["*"]
