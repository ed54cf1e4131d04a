"""What a file is by the ending of its name: it says in which order files go to the portal, and nothing else."""

from enum import Enum

_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
_SOUND_AND_VIDEO = frozenset({"mp4", "mov", "webm", "mkv", "avi", "mp3", "m4a", "ogg", "wav"})


class Media(Enum):
    PICTURE = "picture"
    DOCUMENT = "document"
    VIDEO = "video"

    @property
    def rank(self) -> int:
        """What a reader misses first goes first."""
        return (Media.PICTURE, Media.DOCUMENT, Media.VIDEO).index(self)


def media_of(name: str) -> Media:
    ending = name.rpartition(".")[2].lower()
    if ending in _PICTURES:
        return Media.PICTURE
    return Media.VIDEO if ending in _SOUND_AND_VIDEO else Media.DOCUMENT
