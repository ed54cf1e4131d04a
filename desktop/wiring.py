"""The composition root without Qt: names the concrete adapters and puts one home's desk together."""

import hashlib
import os
import platform
import random
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.application.archive import Archive
from desktop.application.archive_reading import Reading
from desktop.application.conflicts import Conflicts
from desktop.application.desk import Desk
from desktop.application.devices import settle_in
from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.library import Library
from desktop.application.merging import Merging
from desktop.application.missing import Incoming
from desktop.application.notices import Notices
from desktop.application.packages import Packages
from desktop.application.ports import Announce, Proofreading, Renderer, Store, Vault
from desktop.application.records import Changes, Swept
from desktop.application.relating import Relating
from desktop.application.session import Session
from desktop.application.stages import Stages
from desktop.application.transfers import Transfers
from desktop.application.waiting import Waiting
from desktop.domain.digest import Json
from desktop.domain.errors import NotFound, Rule
from desktop.domain.ids import EntryId
from desktop.domain.legal.extract import extract
from desktop.editor.text.calendar_ics import Week, from_ics, to_ics
from desktop.editor.text.exports.forms import export as exported
from desktop.editor.text.exports.printed import printed
from desktop.editor.text.images import PictureFitter
from desktop.editor.text.incoming.apart import import_apart
from desktop.editor.text.incoming.result import Dialect, Imported
from desktop.editor.text.legacy.convert import Converted
from desktop.editor.text.legacy.decoding import text_of
from desktop.editor.text.pages import Pages, page_of_text, sheets_of
from desktop.editor.text.proofreading import Proofreader
from desktop.editor.text.render import MarkdownRenderer
from desktop.editor.text.vocabulary import vocabulary
from desktop.settings import network
from desktop.store import attend, cared_for, note_damage, open_or_recover
from desktop.store.home_lock import locked
from desktop.store.opening import DATABASE
from desktop.store.originals import OriginalFiles
from desktop.store.own_words import OwnWords
from desktop.store.sweeping import sweep
from desktop.sync.begun import at_once
from desktop.sync.client import HttpPortal
from desktop.sync.cycle import Cycle
from desktop.sync.line_check import LineCheck
from desktop.sync.network import SYSTEM, Way, WayOut
from desktop.sync.pace import Pacer, outage_wish
from desktop.sync.tokens import TokenBox
from desktop.sync.vault import KeyringVault, system_backend

if sys.platform == "win32":
    from winreg import HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY, OpenKey, QueryValueEx

_BLOB = re.compile(r"/_blob/([0-9a-f]{64})")
PROXY = "proxy"  # its password in the keyring


class SystemClock:
    """The clock of this machine."""

    def now(self) -> str:
        return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def milliseconds(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(frozen=True)
class SystemChance:
    """The operating system's randomness."""

    source: random.SystemRandom

    def bytes(self, count: int) -> bytes:
        return os.urandom(count)

    def uniform(self, low: float, high: float) -> float:
        return self.source.uniform(low, high)


def nobody(_changes: Changes) -> None:
    """For callers that show nothing."""


def renderer() -> Renderer:
    """Markdown to published HTML; needs no home."""
    return MarkdownRenderer()


def proofreader(home: Path) -> Proofreading:
    """Spelling and form, with the own words of `home`; a home need not exist."""
    return Proofreader(vocabulary(own=OwnWords(home).all()))


def import_file(path: Path, dialect: Dialect) -> Imported:
    """A file of another program as Markdown, read in a process of its own; needs no home. BadContent with an import rule."""
    return import_apart(path, dialect)


def read_text(data: bytes) -> Converted:
    """The text of a file in whatever character set, in Unicode; needs no home."""
    return text_of(data)


def legal_form(text: str, facts: Mapping[str, str], form: str) -> bytes:
    """A legal document as txt, docx, pdf or akn; needs no home."""
    return exported(text, facts, form=form)


def calendar_week(data: bytes, week: date | None) -> Week:
    """A week of a calendar file; needs no home. BadContent with a calendar rule."""
    return from_ics(data, week=week)


def calendar_file(rows: Sequence[Mapping[str, Json]], *, uid: str, stamp: datetime, title: str) -> bytes:
    """A work calendar as a file; needs no home."""
    return to_ics(rows, uid=uid, stamp=stamp, title=title)


def file_as_pdf(path: Path, dialect: Dialect, *, lang: str) -> bytes:
    """A file of another program as a page of the default theme, on paper; needs no home. BadContent, PrintFailed."""
    made = import_file(path, dialect)
    main = page_of_text(made.markdown, dialect, title=path.stem, lang=lang, renderer=renderer())
    return printed(main, sheets_of({}), lang=lang, blobs={one.sha256: one.data for one in made.pictures})


def entry_as_pdf(desk: Desk, entry_id: EntryId) -> bytes:
    """The page of an entry as its draft stands here, else as its newest text. NotFound, PrintFailed."""
    document, bundle = desk.drafting.open(entry_id), desk.library.bundle()
    pages = Pages.by(bundle, renderer(), profile=desk.library.profile(), kinds=desk.library.kinds())
    if document.dirty or document.content is None:
        main = pages.typed(document.kind, document.lang, fields=document.fields, attachments=document.attachments)
    else:
        main = pages.stored(document.content)
    found = {sha256: desk.library.blob(sha256) for sha256 in set(_BLOB.findall(main))}
    blobs = {sha256: data for sha256, data in found.items() if data is not None}
    return printed(main, sheets_of(bundle), lang=document.lang, blobs=blobs)


@contextmanager
def open_desk(home: Path, *, portal_url: str | None = None, announce: Announce = nobody) -> Iterator[Desk]:
    """The desk of `home`, held by this process alone until the block ends.

    `portal_url` is needed until the home belongs to a portal; afterwards the home's own is used.

    Raises:
        HomeBusy: another window or command has it open.
        StorageProblem: the folder or the database cannot be used.
    """
    clock = SystemClock()
    with locked(home):
        store = open_or_recover(home, clock=clock)
        try:
            with cared_for(home, clock=clock):
                yield _desk(store, home, clock, portal_url, announce)
        finally:
            store.close()
            attend(home, clock=clock)


def look_through(home: Path) -> None:
    """Look at everything that `home` keeps; what is damaged is recovered when it is opened next. HomeBusy, StorageProblem."""
    with locked(home):
        note_damage(home)


def sweep_files(home: Path, *, remove: bool) -> Swept:
    """What of the files of `home` nothing speaks of any more, and `remove` it. HomeBusy, StoreDamaged, StorageProblem."""
    with locked(home):
        return sweep(home / DATABASE, clock=SystemClock(), remove=remove)


def keep_proxy_password(home: Path, password: str) -> None:
    """In the keyring, beside the member's tokens; without a keyring it is lost with this process."""
    KeyringVault(_home_id(home), system_backend()).write(PROXY, password)


def _desk(store: Store, home: Path, clock: SystemClock, portal_url: str | None, announce: Announce) -> Desk:
    chance = SystemChance(random.SystemRandom())
    tools = Tools(clock, chance, renderer(), PictureFitter())
    vault = KeyringVault(_home_id(home), system_backend())
    if settle_in(store, _seat(home), tools):
        TokenBox(vault).clear()  # they are those of the device that this home was
    url = _portal_url(store, portal_url)
    way_out = WayOut(lambda: _way(home, vault))
    portal = HttpPortal(url, way_out, vault=vault, clock=clock, chance=chance, version=_version())
    merging = Merging(store, tools, announce)
    with store.read() as work:
        outage = outage_wish(work)
    return Desk(
        drafting=Drafting(store, tools, announce),
        stages=Stages(store, tools, announce),
        library=Library(store),
        session=Session(
            store, portal, vault, tools, portal_url=url, device_name=platform.node() or "máy trạm", announce=announce
        ),
        conflicts=Conflicts(store, tools, announce),
        notices=Notices(store, announce),
        waiting=Waiting(store, tools, announce),
        packages=Packages(store, tools, announce),
        exchange=Cycle(
            store,
            portal,
            vault=vault,
            clock=clock,
            chance=chance,
            announce=announce,
            merge=merging.merge_all,
            version=_version(),
        ).reading_ahead(at_once),
        pace=Pacer(clock, chance, outage=outage),
        transfers=Transfers(store, clock, announce),
        incoming=Incoming(store, clock, announce),
        archive=Archive(store, tools, announce, Reading(_text, _facts)),
        words=OwnWords(home),
        originals=OriginalFiles(home),
        relating=Relating(store),
        administered=portal,
        line=LineCheck(url, lambda: _way(home, vault), vault=vault, clock=clock, chance=chance, version=_version()),
    )


def _text(data: bytes) -> str:
    return read_text(data).text


def _facts(text: str) -> dict[str, str]:
    """What a legal document says of itself, by the fields of its kind."""
    found = extract(text).facts.plain
    return {("summary" if name == "trich_yeu" else name): value for name, value in found.items()}


def _way(home: Path, vault: Vault) -> Way:
    """As it is set now; the proxy's password is in the keyring like the member's tokens."""
    found = network(home)
    password = vault.read(PROXY) if found.proxy_user else None
    return Way(found.proxy or SYSTEM, found.certificates, found.proxy_user, password or "")


def _portal_url(store: Store, given: str | None) -> str:
    """The home's own portal, else `given`; a home that belongs to one portal never speaks to another."""
    with store.read() as work:
        account = work.feed.account()
    if account is not None:
        return account.portal_url
    if given is None:
        raise NotFound(Rule("not-signed-in"))
    return given.rstrip("/")


def _home_id(home: Path) -> str:
    """Names the home in the keyring; two homes never share a secret."""
    return hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]


def _seat(home: Path) -> str:
    """Names this machine and this folder: a copy of the home elsewhere has another."""
    return hashlib.sha256(f"{_machine()}\n{home.resolve()}".encode()).hexdigest()[:16]


def _machine() -> str:
    """What the operating system calls itself, or nothing: then only the folder tells."""
    if sys.platform == "win32":
        with OpenKey(HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, KEY_READ | KEY_WOW64_64KEY) as key:
            return str(QueryValueEx(key, "MachineGuid")[0])
    try:
        return Path("/etc/machine-id").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _version() -> str:
    try:
        return version("toasoan")
    except PackageNotFoundError:
        return "0"
