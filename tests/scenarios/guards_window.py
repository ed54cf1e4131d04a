"""Guards to be taken out of the window, its editor and its preview, each as one patch: the tests of a scenario must notice."""

from collections.abc import Callable

import pytest

from desktop.application import exporting
from desktop.editor.text import sanitise
from desktop.editor.widgets import preview_page, preview_scheme
from desktop.editor.widgets.settling import Settling
from desktop.ui import plain_label
from desktop.ui.document.autosave import Autosave
from desktop.ui.presenters import row
from desktop.ui.work_area import WorkArea
from tests.scenarios.removing import edit, swap


def typing_waits_for_a_pause(patch: pytest.MonkeyPatch) -> None:
    """What is typed is in memory alone until the entry is left."""
    edit(patch, Settling.changed, "self._timer.start(SETTLE_MS)", "pass")


def words_are_cut_in_two(patch: pytest.MonkeyPatch) -> None:
    """What is typed is written also in the middle of a composition."""
    edit(patch, Settling._on_timeout, "if self._composing:", "if False:")


def refusals_look_saved(patch: pytest.MonkeyPatch) -> None:
    """The window says "saved" of what the disk refused."""
    edit(patch, Autosave._fail, "self._tell(Saved.FAILED, self._at)", "self._tell(Saved.KEPT, self._at)")


def html_is_not_cleaned(patch: pytest.MonkeyPatch) -> None:
    """What a text holds of HTML is shown and published as it is."""
    swap(patch, sanitise.clean, lambda html: sanitise.Cleaned(html, stable=True))


def previews_reach_out(patch: pytest.MonkeyPatch) -> None:
    """The preview's page may run scripts and load from anywhere."""
    patch.setattr(preview_page, "_OFF", ())
    patch.setattr(preview_page.OnlyOurs, "interceptRequest", lambda *_: None)
    patch.setattr(preview_scheme, "POLICY", "default-src * 'unsafe-inline' data: file:")


def any_link_is_offered(patch: pytest.MonkeyPatch) -> None:
    """A link to a file or a script is offered like one to a page."""
    edit(patch, preview_page.PreviewPage._offer, 'if url.scheme() in {"http", "https", "mailto", "tel"}:', "if True:")


def drawings_are_pictures_here(patch: pytest.MonkeyPatch) -> None:
    """The preview shows SVG."""
    patch.setattr(preview_scheme, "_PICTURES", (*preview_scheme._PICTURES, (b"<svg", b"image/svg+xml")))


def words_are_markup(patch: pytest.MonkeyPatch) -> None:
    """Labels guess whether what they show is markup."""
    edit(
        patch,
        plain_label.PlainLabel.__init__,
        "super().__init__(parent)",
        "QLabel.__init__(self, parent)",
        also={"Qt.TextFormat.PlainText": "Qt.TextFormat.AutoText"},
    )


def exports_hold_what_is_named_alone(patch: pytest.MonkeyPatch) -> None:
    """An export of all that is unsent looks for nothing."""
    swap(patch, exporting._is_unsent, lambda _document: False)


def own_publications_are_believed(patch: pytest.MonkeyPatch) -> None:
    """What was approved here for the last time looks public before the portal has said so."""
    edit(patch, row.pill, 'case "published" if shown.waiting:', 'case "published" if False:')


def another_language_shows_what_was_shown(patch: pytest.MonkeyPatch) -> None:
    """Another language shows the document as it was shown last, not as it was written since."""
    edit(patch, WorkArea.retranslate, "self._fetch()", "self._document and self._show(self._document)")


def questions_outlive_their_entry(patch: pytest.MonkeyPatch) -> None:
    """What was asked about one entry stays open over the next."""
    edit(patch, WorkArea._show, "self._ask.dismiss()", "pass")


def commands_keep_the_keys(patch: pytest.MonkeyPatch) -> None:
    """A command for an entry that was left on the way never gives the keyboard back."""
    edit(patch, WorkArea._show, "if self._answered or self._commanded not in {None, document.entry_id}:", "if False:")


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
