"""One transaction over everything a home keeps: the repositories of `desktop.application.ports` on one connection."""

from collections.abc import Collection

from desktop.domain.ids import EntryId, Rid
from desktop.store.answers import AnswerRows
from desktop.store.blob_files import BlobFiles
from desktop.store.blobs import BlobRows
from desktop.store.board import BoardRows
from desktop.store.cards import CardRows
from desktop.store.drafts import DraftRows
from desktop.store.entries import EntryRows
from desktop.store.feed import FeedRows
from desktop.store.line import Line
from desktop.store.lists import ListRows
from desktop.store.past import PastRows
from desktop.store.queue import QueueRows
from desktop.store.revisions import RevisionRows


class SqlWork:
    """Good until its transaction ends."""

    def __init__(self, connection: Line, files: BlobFiles) -> None:
        self.entries = EntryRows(connection)
        self.revisions = RevisionRows(connection)
        self.drafts = DraftRows(connection)
        self.past = PastRows(connection)
        self.queue = QueueRows(connection)
        self.answers = AnswerRows(connection)
        self.cards = CardRows(connection)
        self.board = BoardRows(connection)
        self.feed = FeedRows(connection)
        self.lists = ListRows(connection)
        self.blobs = BlobRows(connection, files)

    def look_up(self, entry_ids: Collection[EntryId], rids: Collection[Rid] = ()) -> None:
        """Read at once what is here of these entries and texts, which are about to be worked on."""
        for rows in (self.entries, self.drafts, self.queue, self.cards):
            rows.look_up(entry_ids)
        self.revisions.look_up(rids)

    def flush(self) -> None:
        """Write what was put and waits: before the transaction ends."""
        # Texts first: for each one that comes after an entry which names it, SQLite looks through all entries.
        for rows in (self.revisions, self.entries, self.lists):
            rows.flush()
