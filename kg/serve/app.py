"""The web application: the endpoint at ``/sparql``, the explorer around it, and the headers that keep both apart.

No page may run a script, load a style or ask a host but those of ``static``; the graph page carries its own policy,
which names its own files by hash. No other site may read an answer unless it is named.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve import accept
from kg.serve.explorer import Explorer, render
from kg.serve.limits import Limits
from kg.serve.protocol import Endpoint
from kg.serve.refusal import Refusal
from kg.serve.service import Service
from kg.serve.words import Words

__all__ = ["POLICY", "application"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OWN_POLICY = {"/view": "frame-ancestors 'none'", "/query": POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")}
"""The graph page says its policy itself; the query editor writes style elements."""


class _Headers:
    """Adds the headers that every response carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = _OWN_POLICY.get(scope["path"], POLICY)
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", policy.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cross-origin-opener-policy", b"same-origin"),
                ]
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def application(service: Service, limits: Limits, *, hosts: Iterable[str] = ("*",), origins: Iterable[str] = ()) -> Starlette:
    """The application. ``hosts`` are the names under which it answers, ``origins`` the sites that may read answers."""
    explorer = Explorer(service.served, service.run)
    endpoint = Endpoint(lambda: service.served().graph, service.run, limits, "/query")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await service.start()
            yield
        finally:
            await service.close()

    middleware = [Middleware(_Headers), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)]
    if allowed := list(origins):
        middleware.append(Middleware(CORSMiddleware, allow_origins=allowed, allow_methods=["GET", "POST"], allow_headers=["Accept", "Content-Type"]))
    return Starlette(
        routes=[
            Route("/sparql", endpoint.get, methods=["GET"]),
            Route("/sparql", endpoint.post, methods=["POST"]),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static"),
            *explorer.routes(),
        ],
        middleware=middleware,
        exception_handlers={Refusal: _refused, HTTPException: _wrong},
        lifespan=lifespan,
    )


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _problem(request, error.status, error.message, error.headers)


async def _wrong(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = f"there is nothing at {request.url.path}" if error.status_code == 404 else f"{error.detail}: {request.method} {request.url.path}"
    return _problem(request, error.status_code, message, dict(error.headers or {}))


def _problem(request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    """One line for a program, a page for a person."""
    formats = {"text": ("text/plain",), **accept.PAGE}
    if (accept.choose(request.headers.get("accept"), formats) or ("text", ""))[0] == "html":
        return render(request, Words.of(request), "problem.html.jinja", status, headers, code=status, message=message)
    return PlainTextResponse(f"{message}\n", status, headers)
