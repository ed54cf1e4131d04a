"""The empty states: what belongs in a box, and the one button that starts it."""

from dataclasses import dataclass

from desktop.ui.presenters.words import Translate


@dataclass(frozen=True)
class Empty:
    """`action` names the action of the button, empty for none."""

    title: str
    text: str
    action: str = ""


def empty(box: str, *, searching: bool, translate: Translate) -> Empty:
    """What an empty list says."""
    if searching:
        return Empty(
            translate("Empty", "Nothing found"),
            translate("Empty", "Search looks at titles, numbers and texts; tone marks and đ may be left out."),
            "clear-search",
        )
    if box.startswith("step:"):
        text = translate("Empty", "Texts that wait for this step in your sections will stand here, the newest first.")
        return Empty(translate("Empty", "The queue is empty"), text, "sync")
    title, text, action = _texts(translate).get(box, _texts(translate)["all"])
    return Empty(title, text, action)


def nothing_open(translate: Translate) -> Empty:
    """The work area while no entry is open."""
    return Empty(
        translate("Empty", "Nothing is open"), translate("Empty", "Choose an entry in the list, or begin a new one.")
    )


def put_aside(translate: Translate) -> Empty:
    """The work area after a conflict was left for later."""
    return Empty(
        translate("Empty", "Left for later"),
        translate("Empty", "Both texts stay as they are. Choose the entry again (Enter in the list) to go on."),
    )


def _texts(translate: Translate) -> dict[str, tuple[str, str, str]]:
    return {
        "drafts": (
            translate("Empty", "No drafts"),
            translate(
                "Empty", "What you write stays here until you send it for verification. It works without a network."
            ),
            "compose",
        ),
        "returned": (
            translate("Empty", "Nothing came back"),
            translate("Empty", "A text that is returned to you stands here with the reason."),
            "",
        ),
        "submitted": (
            translate("Empty", "Nothing waits for approval"),
            translate("Empty", "What you sent stands here until it is published or returned."),
            "",
        ),
        "published": (
            translate("Empty", "Nothing of yours is published yet"),
            translate("Empty", "Your texts stand here once they are on the portal."),
            "compose",
        ),
        "conflicts": (
            translate("Empty", "No conflicts"),
            translate("Empty", "When two people write on the same text, both versions are kept and you decide here."),
            "",
        ),
        "cards": (
            translate("Empty", "Nothing to settle"),
            translate("Empty", "What the portal refuses is put here with the rule that says no; nothing is ever lost."),
            "",
        ),
        "all": (
            translate("Empty", "Nothing here yet"),
            translate("Empty", "Entries of this kind stand here once they are written or published."),
            "compose",
        ),
    }
