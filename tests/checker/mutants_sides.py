"""Bugs of the side drafts to be seeded: whom the portal tells of them, and when a client offers and forgets them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from desktop.domain.ids import EntryId
from desktop.sync import sides
from server_stub.core import feed
from server_stub.store import tables as t


def side_drafts_for_everybody(patch: pytest.MonkeyPatch) -> None:
    """The portal tells everybody of a text that its writer has not settled yet."""
    anybody = select(t.side_draft).where(t.side_draft.c.id.in_(bindparam("ids", expanding=True)))
    patch.setattr(feed, "_SIDE_DRAFTS", anybody)


def side_drafts_outlive(patch: pytest.MonkeyPatch) -> None:
    """What is settled stays with the portal as a side draft."""
    honest = sides._due

    def unforgotten(work: Any, rules: Any, new_id: Any) -> Mapping[EntryId, Any]:  # noqa: ANN401
        known = sides._read(work)
        due = honest(work, rules, new_id).items()
        return {entry_id: item for entry_id, item in due if entry_id not in known or item[1] is not None}

    patch.setattr(sides, "_due", unforgotten)
    patch.setattr(
        sides, "A_DAY", timedelta()
    )  # many are offered: few histories have a conflict, a day after it and its end


def lost_side_drafts_stay_lost(patch: pytest.MonkeyPatch) -> None:
    """A restored portal is not given the side drafts again that it lost."""
    patch.setattr(sides, "offer_again", lambda _work: None)


SIDES = {side_drafts_for_everybody: "side", side_drafts_outlive: "crowd", lost_side_drafts_stay_lost: "lost-side"}
