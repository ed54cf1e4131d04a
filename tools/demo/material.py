"""Reads what the demo tells: members, articles (`articles/*.md`), the regulations' metadata, and the story itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.digest import Json
from resources import path

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Act:
    """A command in the story: `by` empty means the author gives it."""

    name: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Piece:
    """One entry of the demo: its author, its text, and what was done with it."""

    name: str
    kind: str
    lang: str
    author: str
    fields: Mapping[str, Json]
    acts: tuple[Act, ...]


def members() -> list[dict[str, Json]]:
    """The members as `resources/demo/` names them."""
    found: list[dict[str, Json]] = _read("members.json")
    return found


def pieces() -> list[Piece]:
    """Every entry of the demo, in the order of its story."""
    regulations: Mapping[str, Mapping[str, Json]] = _read("regulations.json")
    found: list[Piece] = []
    for item in _read("story.json"):
        acts = tuple(Act(*act) for act in item["acts"])
        if "regulation" in item:
            name = item["regulation"]
            body = path("texts", f"{name}.txt").read_text(encoding="utf-8")
            found.append(Piece(name, "legal-document", "vi", item["by"], {**regulations[name], "body": body}, acts))
        else:
            lang, fields = _article(item["article"])
            found.append(Piece(item["article"], "article", lang, item["by"], fields, acts))
    return found


def _article(name: str) -> tuple[str, dict[str, Json]]:
    """The language and fields of an article: lines `name: value`, a blank line, then the body in Markdown."""
    text = (_HERE / "articles" / f"{name}.md").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    lang = values.pop("lang", "vi")
    fields: dict[str, Json] = {**values, "body": body}
    if "source" in values:
        fields["source"] = {"name": values["source"]}
    if "urgent" in values:
        fields["urgent"] = values["urgent"] == "true"
    return lang, fields


def _read(name: str) -> Any:  # noqa: ANN401  our own files, whose shape each caller knows
    return json.loads((_HERE / name).read_text(encoding="utf-8"))
