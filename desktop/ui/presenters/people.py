"""What a member is called in the language of the window: the board's label, else what the portal wrote beside the act."""

from collections.abc import Mapping

from desktop.application.records import Step
from desktop.domain.board import Member
from desktop.domain.ids import MemberId
from desktop.ui.presenters.words import label

People = Mapping[MemberId, Member]


def actor(step: Step, people: People, lang: str) -> str:
    """Who took `step`."""
    member = people.get(MemberId(step.actor))
    return (label(member.label, lang) if member else "") or step.actor_label
