"""A desk in, an ASGI application out: pages that work without a script, and faster with one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from reconcile.decisions import Alias, Entry
from reconcile.decisions.entries import LONGEST_NAME, LONGEST_WORDS
from reconcile.errors import ReconcileError
from reconcile.model import Act, DismissalReason, State
from reconcile.report.wording import DISMISSAL_WORDS, visible
from reconcile.review.aliases import AliasFolder, Offer, RuleChange
from reconcile.review.desk import Desk
from reconcile.review.docket import KINDS
from reconcile.review.filters import PAGE, SHOWN, Filters
from reconcile.review.guard import BODY, Access, Guard
from reconcile.review.pages import STATE_WORDS, finding_view, heard, said, told

SESSION: Final = "desk_session"
NAME: Final = "desk_editor"
MOST_FIELDS: Final = 40
NEWS: Final = 3
"""Decisions of others that are read out one by one."""
VERDICTS: Final = {"confirm": Act.CONFIRM, "dismiss": Act.DISMISS, "reopen": Act.REOPEN, "note": Act.NOTE, "assign": Act.ASSIGN}

Form = Mapping[str, str]
Handler = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the session that signs their forms, and the name that they gave, if any."""

    session: str
    name: str
    fresh: bool
    """Whether the session was made just now and must be handed out."""


def make_app(desk: Desk, aliases: AliasFolder, access: Access, editor: str = "") -> ASGIApp:
    """Return the application. `editor` is the name of whoever gives none of their own."""
    environment = _environment()
    for template in environment.list_templates():
        environment.get_template(template)  # now, so that the first editor does not wait for it
    pages = Pages(desk, aliases, access, editor)
    app = Starlette(
        routes=[
            Route("/", pages.queue),
            Route("/name", pages.name_page),
            Route("/name", pages.name, methods=["POST"]),
            Route("/stale", pages.stale),
            Route("/live", pages.live),
            Route("/undo", pages.undo, methods=["POST"]),
            Route("/redo", pages.redo, methods=["POST"]),
            Route("/finding/{finding}", pages.finding),
            Route("/finding/{finding}/decide", pages.decide, methods=["POST"]),
            Route("/finding/{finding}/same", pages.same_page),
            Route("/finding/{finding}/same", pages.same, methods=["POST"]),
            Mount("/static", StaticFiles(packages=[("reconcile.review", "static")])),
        ],
        exception_handlers={HTTPException: pages.refused, ReconcileError: pages.broken, Exception: pages.broken},
    )
    return Guard(app, access)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reconcile.review"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    environment.globals.update(
        kinds=KINDS,
        shown=SHOWN,
        reasons=DISMISSAL_WORDS,
        states=STATE_WORDS,
        longest_name=LONGEST_NAME,
        longest_words=LONGEST_WORDS,
        visible=visible,
    )
    return environment


class Pages:
    """What answers each address."""

    def __init__(self, desk: Desk, aliases: AliasFolder, access: Access, editor: str) -> None:
        self._desk, self._aliases, self._access, self._editor = desk, aliases, access, editor

    # What is shown.

    def queue(self, request: Request) -> Response:
        """Show the findings that are asked for, the gravest first."""
        visitor = self._visitor(request)
        if not visitor.name:
            return self._ask_name(request)
        return self._page(request, visitor, "queue.html.j2", **self._queue(Filters.of(request.query_params), visitor))

    def _queue(self, filters: Filters, visitor: Visitor) -> dict[str, Any]:
        self._desk.refresh()
        rows = self._desk.queue(filters, visitor.name)
        pages = max(1, -(-len(rows) // PAGE))
        page = min(filters.page, pages)
        docket = self._desk.docket
        return {
            "filters": filters,
            "total": len(rows),
            "rows": [(row, self._desk.standing(row.id)) for row in rows[(page - 1) * PAGE : page * PAGE]],
            "page": page,
            "pages": pages,
            "events": docket.events,
            "rules": sorted({row.rule for row in docket.rows}),
            "stale": len(self._desk.stale()),
        }

    def finding(self, request: Request) -> Response:
        """Show one finding with all that an editor needs to decide."""
        visitor = self._visitor(request)
        if not visitor.name:
            return self._ask_name(request)
        name, filters = self._named(request), Filters.of(request.query_params)
        self._desk.refresh()
        finding = self._desk.docket.findings[name]
        before, after = self._desk.beside(name, filters, visitor.name)
        return self._page(
            request,
            visitor,
            "finding.html.j2",
            finding=finding_view(self._desk.docket, name),
            filters=filters,
            before=before,
            after=after,
            alike=len(self._desk.alike(name, visitor.name)) - 1,
            offers=self._offers(finding),
            **self._standing(name, visitor),
        )

    def _standing(self, name: str, visitor: Visitor) -> dict[str, Any]:
        standing = self._desk.standing(name)
        mine = next((decision for decision in standing.decisions if decision.editor == visitor.name), None)
        return {"standing": standing, "said": said(standing), "mine": mine, "disputed": standing.state is State.DISPUTED}

    def _offers(self, finding: Mapping[str, Any]) -> tuple[Offer, ...]:
        """Return what "same thing" can do; a rule file that is wrong makes it do nothing, and nothing else."""
        try:
            return self._aliases.offers(dict(finding), self._desk.docket.claims)
        except ReconcileError:
            return ()

    def stale(self, request: Request) -> Response:
        """List the decisions about findings that this report does not hold."""
        visitor = self._visitor(request)
        if not visitor.name:
            return self._ask_name(request)
        self._desk.refresh()
        return self._page(request, visitor, "stale.html.j2", rows=[(old, said(old.standing)) for old in self._desk.stale()])

    def live(self, request: Request) -> Response:
        """Return what changed since a version, for the page that asks; nothing where nothing did."""
        visitor = self._visitor(request)
        query = request.query_params
        since = query.get("since", "")
        seen = int(since) if since.isascii() and since.isdigit() and len(since) < 16 else 0
        if not visitor.name or self._desk.refresh() == seen:
            return Response(status_code=204)
        news = [heard(entry) for entry in self._desk.news(seen) if entry.editor != visitor.name]
        if len(news) > NEWS:
            news = [*news[: NEWS - 1], f"and {len(news) - NEWS + 1} more decisions of others"]
        name = query.get("finding", "")
        filters = Filters.of(query)
        shown: dict[str, Any] = {"news": ". ".join(news), "filters": filters, "live_finding": name}
        if name in self._desk.docket.findings:
            shown |= {"part": "standing", **self._standing(name, visitor)}
        elif name:
            raise HTTPException(404)
        else:
            shown |= {"part": "queue", **self._queue(filters, visitor)}
        return self._page(request, visitor, "live.html.j2", **shown)

    # What is decided.

    def decide(self, request: Request) -> Response:
        """Write a decision down and go on to the next finding."""
        visitor, form = self._change(request)
        name, filters = self._named(request), Filters.of(request.query_params)
        act = VERDICTS.get(form.get("act", ""))
        reason = form.get("reason", "")
        if reason and act is None:
            act = Act.DISMISS
        words = form.get("words", "").strip()
        if act is None or (act is Act.DISMISS and reason not in set(DismissalReason)) or (act is Act.NOTE and not words):
            raise HTTPException(400, "Say what to do: confirm, dismiss for one of the reasons, note, or assign. Nothing was changed.")
        names = self._desk.alike(name, visitor.name) if form.get("alike") == "yes" and act in (Act.CONFIRM, Act.DISMISS) else (name,)
        if act is Act.ASSIGN and words:
            words = _name(words)
        step = self._desk.decide(
            visitor.name, names, act, reason=DismissalReason(reason) if act is Act.DISMISS else None, words=words[:LONGEST_WORDS]
        )
        stays = act in (Act.NOTE, Act.ASSIGN, Act.REOPEN)
        return self._onward(name, filters, visitor, step, stays)

    def _onward(self, name: str, filters: Filters, visitor: Visitor, step: str, stays: bool) -> Response:
        """Go to the next finding of those asked for, or back to the queue where there is none."""
        after = None if stays else self._desk.beside(name, filters, visitor.name)[1]
        target = self._to(name, filters) if stays else self._to(after.id, filters) if after else f"/{filters.query(page=1)}"
        return _go(f"{target}{'&' if '?' in target else '?'}done={step}")

    def undo(self, request: Request) -> Response:
        """Undo the editor's last step and show what it was about."""
        visitor, _ = self._change(request)
        return self._turned(self._desk.undo(visitor.name), request, away=True)

    def redo(self, request: Request) -> Response:
        """Redo what the editor undid last."""
        visitor, _ = self._change(request)
        return self._turned(self._desk.redo(visitor.name), request, away=False)

    def _turned(self, entries: tuple[Entry, ...], request: Request, *, away: bool) -> Response:
        filters = Filters.of(request.query_params)
        if not entries:
            return _go(f"/{filters.query()}")
        left = ""
        if entries[0].alias:
            try:
                self._aliases.write(entries[0].alias, away=away)
            except ReconcileError:
                left = "&rule_file=left"
        name = self._desk.found(entries[0])
        target = self._to(name, filters) if name else f"/{filters.query()}"
        return _go(f"{target}{'&' if '?' in target else '?'}{'undone' if away else 'again'}={entries[0].step}{left}")

    def same_page(self, request: Request) -> Response:
        """Show what an alias would change in a rule file, before it does."""
        visitor = self._visitor(request)
        if not visitor.name:
            return self._ask_name(request)
        return self._same_page(request, visitor, "")

    def _same_page(self, request: Request, visitor: Visitor, trouble: str) -> Response:
        name = self._named(request)
        changes: list[tuple[int, Offer, RuleChange | None, str]] = []
        for place, offer in enumerate(self._aliases.offers(self._desk.docket.findings[name], self._desk.docket.claims)):
            try:
                changes.append((place, offer, self._aliases.change(offer.alias), ""))
            except ReconcileError as error:
                changes.append((place, offer, None, visible(str(error))))
        return self._page(
            request,
            visitor,
            "same.html.j2",
            status=409 if trouble else 200,
            finding=finding_view(self._desk.docket, name),
            filters=Filters.of(request.query_params),
            changes=changes,
            folder=visible(self._aliases.name),
            trouble=trouble,
        )

    def same(self, request: Request) -> Response:
        """Write the alias into the rule file and the decision into the log."""
        visitor, form = self._change(request)
        name, place = self._named(request), form.get("offer", "")
        offers = self._aliases.offers(self._desk.docket.findings[name], self._desk.docket.claims)
        if place not in map(str, range(len(offers))):
            raise HTTPException(400, "That alias is none of those offered; nothing was changed.")
        alias: Alias = offers[int(place)].alias
        try:
            self._aliases.write(alias, form.get("digest", ""))
        except ReconcileError as error:
            return self._same_page(request, visitor, visible(str(error)))
        step = self._desk.decide(visitor.name, (name,), Act.SAME, reason=DismissalReason.ALIAS, alias=alias)
        return self._onward(name, Filters.of(request.query_params), visitor, step, stays=False)

    # Who it is.

    def name_page(self, request: Request) -> Response:
        """Ask for the editor's name."""
        return self._page(request, self._visitor(request), "name.html.j2", onward=_local(request.query_params.get("next", "/")))

    def name(self, request: Request) -> Response:
        """Remember the editor's name in a cookie."""
        _, form = self._change(request, nameless=True)
        answer = _go(_local(form.get("next", "/")))
        answer.set_cookie(NAME, quote(_name(form.get("name", ""))), max_age=365 * 86400, httponly=True, samesite="lax", path="/")
        return answer

    def _ask_name(self, request: Request) -> Response:
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return _go(f"/name?next={quote(asked)}")

    def _visitor(self, request: Request) -> Visitor:
        session = request.cookies.get(SESSION, "")
        whole = len(session) == 32 and session.isalnum() and session.isascii()
        return Visitor(session if whole else secrets.token_hex(16), self._name_of(request), not whole)

    def _name_of(self, request: Request) -> str:
        try:
            return _name(unquote(request.cookies.get(NAME, "")))
        except HTTPException:
            return self._editor

    def _change(self, request: Request, *, nameless: bool = False) -> tuple[Visitor, Form]:
        """Return who sends a form and what it says, if it is one of ours."""
        visitor = self._visitor(request)
        form = _form(request)
        if visitor.fresh or not self._access.signed(visitor.session, form.get("csrf", "")):
            raise HTTPException(
                403, "This page is older than the desk that runs now; nothing was changed. Go back to the queue and on from there."
            )
        if not visitor.name and not nameless:
            raise HTTPException(403, "Give your name first; nothing was changed.")
        return visitor, form

    def _named(self, request: Request) -> str:
        name = str(request.path_params["finding"])
        if name not in self._desk.docket.findings:
            raise HTTPException(404, "This report has no such finding.")
        return name

    def _to(self, name: str, filters: Filters) -> str:
        return f"/finding/{quote(name, safe='')}{filters.query(page=1)}"

    # How it is laid out.

    def _page(self, request: Request, visitor: Visitor, template: str, *, status: int = 200, **values: Any) -> Response:  # noqa: ANN401
        undoable, redoable = self._desk.can_turn(visitor.name)
        decided, total = self._desk.progress()
        page = (
            _environment()
            .get_template(template)
            .render(
                csrf=self._access.sign(visitor.session),
                editor=visible(visitor.name),
                version=self._desk.refresh(),
                undoable=undoable,
                redoable=redoable,
                decided=decided,
                findings=total,
                message=self._message(request),
                here=Filters.of(request.query_params).query(),
                path=lambda name: "/finding/" + quote(name, safe=""),
                **values,
            )
        )
        answer = HTMLResponse(page, status_code=status)
        if visitor.fresh:
            answer.set_cookie(SESSION, visitor.session, httponly=True, samesite="lax", path="/")
        return answer

    def _message(self, request: Request) -> str:
        """Say what the last step did; the address names the step, and the log has the words."""
        query = request.query_params
        for mark in ("done", "undone", "again"):
            if words := told(self._desk.step(query.get(mark, "")), undone=mark == "undone", again=mark == "again"):
                left = ". The rule file was changed since and was left as it is" if query.get("rule_file") == "left" else ""
                return words + left
        return ""

    def refused(self, request: Request, error: Exception) -> Response:
        """Say in a line why not."""
        assert isinstance(error, HTTPException)
        words = "There is no such page." if error.status_code == 404 and error.detail == "Not Found" else str(error.detail)
        return self._page(request, self._visitor(request), "error.html.j2", status=error.status_code, words=words)

    def broken(self, request: Request, error: Exception) -> Response:
        """Say in a line what went wrong; of an error that nobody foresaw only its kind, for it may hold anything."""
        words = visible(str(error)) if isinstance(error, ReconcileError) else f"Internal error ({type(error).__name__})."
        page = _environment().get_template("broken.html.j2").render(words=_without_places(words))
        return HTMLResponse(page, status_code=500)


def _without_places(words: str) -> str:
    """Return a message without the folders of the disk in it."""
    return " ".join(Path(word).name if word.startswith("/") else word for word in words.split())


def _form(request: Request) -> Form:
    """Read the body, which the guard has measured already; a field given twice is not ours."""
    body: bytes = request.scope[BODY]
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, strict_parsing=bool(body))
    except (ValueError, UnicodeDecodeError) as error:
        raise HTTPException(400, "That form cannot be read; nothing was changed.") from error
    form = dict(fields)
    if len(form) != len(fields):
        raise HTTPException(400, "That form has a field twice; nothing was changed.")
    return form


def _name(given: str) -> str:
    """Return a name as it is kept. Raises HTTPException where it is none."""
    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise HTTPException(400, f"A name has at least one letter and at most {LONGEST_NAME}; nothing was changed.")
    return name


def _local(path: str) -> str:
    """Return an address of this desk: anything that a browser may take for another site's becomes the queue."""
    fine = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable() and len(path) < 2000
    return path if fine else "/"


def _go(target: str) -> Response:
    return RedirectResponse(target, status_code=303)
