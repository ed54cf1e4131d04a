"""The navigation: whose move it is. My work, the board's queue, the content of the portal; each item with its count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.board import Member
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.ui.presenters.words import Translate, label

SYNC = "sync"
"""No list but the sync centre; what is counted there is what waits."""
HOT = frozenset({"returned", "conflicts", "cards"})


@dataclass(frozen=True)
class Item:
    """One place to go. `box` is that of `ListQuery`; `count` None: not known yet; `hot`: something is late or came back."""

    box: str
    label: str
    count: int | None = None
    hot: bool = False


@dataclass(frozen=True)
class Group:
    label: str
    items: tuple[Item, ...]


def groups(
    profile: Profile, kinds: Mapping[str, Kind], me: Member, *, lang: str, translate: Translate
) -> tuple[Group, ...]:
    """The groups for this member, without counts; steps and kinds are those of the portal profile."""
    mine = (
        Item("drafts", translate("Navigation", "Drafts")),
        Item("returned", translate("Navigation", "Returned to me")),
        Item("submitted", translate("Navigation", "Waiting for approval")),
        Item("published", translate("Navigation", "Published")),
    )
    queue = [Item(f"step:{step}", label(words, lang)) for step, words in gates(profile, me)]
    attention = [
        Item("conflicts", translate("Navigation", "Conflicts")),
        Item("cards", translate("Navigation", "To settle")),
        Item(SYNC, translate("Navigation", "Synchronisation")),
    ]
    content = [Item(f"kind:{kind}", label(kinds[kind].label, lang)) for kind in profile.kinds if kind in kinds]
    middle = translate("Navigation", "Board's queue") if queue else translate("Navigation", "Needs attention")
    return (
        Group(translate("Navigation", "My work"), mine),
        Group(middle, (*queue, *attention)),
        Group(translate("Navigation", "Content"), tuple(content)),
    )


def gates(profile: Profile, me: Member) -> Sequence[tuple[str, Mapping[str, str]]]:
    """The steps after entering that this member may take somewhere: id and the words for what waits there."""
    held = {grant.role for grant in me.grants}
    return [(step.id, step.waiting) for step in profile.steps[1:] if held & set(step.roles)]


def boxes(tree: Sequence[Group]) -> tuple[str, ...]:
    """Every box that wants a count, in order."""
    return tuple(item.box for group in tree for item in group.items if item.box != SYNC)


def counted(tree: Sequence[Group], counts: Mapping[str, int], urgent: Mapping[str, int]) -> tuple[Group, ...]:
    """The tree with its counts; `urgent` counts the urgent entries of a step's box."""

    def fill(item: Item) -> Item:
        count = counts.get(item.box)
        hot = bool(urgent.get(item.box)) or (item.box in HOT and bool(count))
        return Item(item.box, item.label, count, hot)

    return tuple(Group(group.label, tuple(fill(item) for item in group.items)) for group in tree)


def portal_name(profile: Profile, lang: str) -> str:
    """The portal's short name where the profile has one, for the narrow column."""
    portal = profile.raw.get("portal")
    short = portal.get("short") if isinstance(portal, dict) else None
    words = {key: str(text) for key, text in short.items()} if isinstance(short, dict) else profile.portal_name
    return label(words, lang)
