"""Guards to be taken out of the portal and its site, each as one patch: the tests of a scenario must notice."""

from collections.abc import Callable

import pytest

from server_stub import auth
from server_stub.api import reading as bodies
from server_stub.core import (
    blobs,
    canonical,
    clean,
    command,
    file_types,
    history,
    passwords,
    strict_json,
    sync,
    tokens,
    workflow,
)
from server_stub.core.reading import Reader
from server_stub.portal import Portal
from server_stub.site import blobs as public_blobs
from server_stub.site import theme
from server_stub.store import engine
from server_stub.store import tables as t
from tests.checker.mutants import no_ledger
from tests.scenarios.removing import edit, swap


def closed_accounts_go_on(patch: pytest.MonkeyPatch) -> None:
    """An account that was closed is not looked at again."""
    edit(patch, auth.who_calls, "if not row.active:", "if False:")
    edit(patch, sync._begin, "if person is None or not person.active:", "if person is None:")


def first_passwords_open_all(patch: pytest.MonkeyPatch) -> None:
    """A first password need not be changed."""
    edit(patch, auth.who_calls, "if row.password_initial and not password_only:", "if False:")


def attempts_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    """Passwords may be guessed for ever."""
    edit(patch, auth._count_attempt, "if count >= MAX_FAILURES:", "if False:")


def any_password_will_do(patch: pytest.MonkeyPatch) -> None:
    """A weak password is taken."""
    swap(patch, passwords.weakness, lambda *_given, **_more: None)


def renewals_have_one_answer(patch: pytest.MonkeyPatch) -> None:
    """A renewal that is asked again with the same id ends the device."""
    patch.setattr(tokens, "REPEAT_MINUTES", -1)


def renewals_never_end(patch: pytest.MonkeyPatch) -> None:
    """A refresh token is good for ever."""
    edit(patch, tokens.rotate, "or row.expires <= now or row.session_expires <= now", "")


def renewals_may_be_stolen(patch: pytest.MonkeyPatch) -> None:
    """A refresh token is good a second time."""
    edit(patch, tokens.rotate, "if row.rotated_by is None:", "if True:")


def actors_are_believed(patch: pytest.MonkeyPatch) -> None:
    """A request is from whom it says."""
    edit(patch, sync._answer, "if given.actor != member:", "if False:")


def digests_are_keys(patch: pytest.MonkeyPatch) -> None:
    """Who knows the hash of a file may read it."""
    patch.setattr(Reader, "may_read_blob", lambda *_: True)


def files_are_not_missed(patch: pytest.MonkeyPatch) -> None:
    """A command does not wait for the files of its text."""
    swap(patch, command._lacking_blobs, lambda *_: [])


def sent_bytes_are_believed(patch: pytest.MonkeyPatch) -> None:
    """Nobody compares the bytes of a file that was sent with its name."""
    edit(patch, blobs.store_blob, "if digest(data) != sha256:", "if False:")


def drawings_are_pictures(patch: pytest.MonkeyPatch) -> None:
    """SVG is shown like a picture."""
    drawing = file_types.FileType("image/svg+xml", ("svg",), (((0, b"<svg"),),))
    patch.setattr(file_types, "TYPES", (drawing, *file_types.TYPES))
    patch.setattr(public_blobs, "IMAGES", file_types.IMAGES | {drawing.id})


def names_go_out_as_they_came(patch: pytest.MonkeyPatch) -> None:
    """The name of a file is written into a header as its author typed it."""
    disposition = property(lambda self: f'attachment; filename="{self.name}"')
    patch.setattr(public_blobs.PublicFile, "disposition", disposition)


def html_is_believed(patch: pytest.MonkeyPatch) -> None:
    """The portal takes any HTML."""
    swap(patch, clean.is_clean, lambda _html: True)


def templates_do_not_escape(patch: pytest.MonkeyPatch) -> None:
    """What people wrote is markup of the site's pages."""
    edit(patch, theme._environment, "autoescape=True", "autoescape=False")


def bombs_are_unpacked(patch: pytest.MonkeyPatch) -> None:
    """A packed body may be as large as it likes."""
    edit(patch, bodies._unpacked, "data, limit + 1", "data", also={"if len(found) > limit:": "if False:"})


def json_is_what_python_reads(patch: pytest.MonkeyPatch) -> None:
    """Keys twice, NaN, endless numbers and depths are read."""
    edit(
        patch, strict_json.parse, "object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer", "",
        also={"if _deeper_than(value, MAX_DEPTH):": "if False:"},
    )  # fmt: skip


def any_text_is_canonical(patch: pytest.MonkeyPatch) -> None:
    """Loose marks, control characters and lone surrogates are taken."""
    swap(patch, canonical.text_fault, lambda _text: None)


def authors_verify_themselves(patch: pytest.MonkeyPatch) -> None:
    """Who wrote a text may approve it although the profile keeps the two apart."""
    edit(patch, workflow._check_gate, "if holding.refusal is None and kept_apart:", "if False:")


def states_are_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """A command is carried out wherever the entry stands."""
    swap(patch, workflow._check_state, lambda *_: None)


def any_state_and_text_may_pass(patch: pytest.MonkeyPatch) -> None:
    """A command is carried out wherever the entry stands and whatever its text is."""
    swap(patch, workflow._check_state, lambda *_: None)
    swap(patch, workflow._check_revision, lambda *_: None)


def full_portals_are_busy(patch: pytest.MonkeyPatch) -> None:
    """A disk without room is an error like any other."""
    swap(patch, engine.disk_is_full, lambda _error: False)


def history_by_the_clock(patch: pytest.MonkeyPatch) -> None:
    """What happened to an entry is told in the order of the portal's clock."""
    by_time = history._OF.order_by(None).order_by(t.history.c.server_time)
    patch.setattr(history, "_OF", by_time)


def contacts_are_not_noted(patch: pytest.MonkeyPatch) -> None:
    """When a device was heard of is kept nowhere."""
    patch.setattr(Portal, "_note_contact", lambda *_: None)


def late_copies_count(patch: pytest.MonkeyPatch) -> None:
    """A copy of a request has its effect once more, wherever its entry stands by then."""
    no_ledger(patch)
    swap(patch, workflow._check_state, lambda *_: None)


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
