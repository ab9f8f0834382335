"""An application and where to listen in; it serves until it is stopped."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from reconcile.errors import OutputError


def listen(host: str, port: int) -> socket.socket:
    """Open the socket before anything is promised; port 0 takes one that is free. Raises OutputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)  # from here on a browser waits, and is not turned away
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"cannot listen on {host}:{port} ({reason}); take another port with --port, or 0 for any that is free") from error
    return opened


def serve(app: ASGIApp, opened: socket.socket, ready: Callable[[], None] = lambda: None, *, traces: bool = False) -> None:
    """Serve until interrupted; `ready` is called just before, and `traces` writes on standard error what made an internal error."""
    gc.collect()
    gc.freeze()  # a large report stays as it is: to walk through it again and again would make editors wait
    # No access log: the first address holds the token. No date or server header: they are nobody's business.
    config = uvicorn.Config(
        app,
        log_level="error" if traces else "critical",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        limit_concurrency=200,
        h11_max_incomplete_event_size=32_000,
    )
    ready()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[opened])
