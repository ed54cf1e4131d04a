"""A theme of the portal at work: the `<main>` of entries, the pages around it, the one style sheet."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FALLBACK: Final = "chuan"
_NAME: Final = re.compile(r"[a-z0-9-]+")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{3,8}")
_FONT: Final = re.compile(r"[\w \"',.-]+")


@dataclass(frozen=True)
class Sheet:
    """The style sheet of a bundle; `mark` changes with its bytes."""

    data: bytes
    mark: str


@dataclass(frozen=True)
class Theme:
    """The folder of a theme; what it does not have of the pages around `<main>` comes from the standard theme."""

    folder: Path

    @property
    def site(self) -> Path:
        own = self.folder / "site"
        return own if own.is_dir() else self.folder.parent / FALLBACK / "site"

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """The pages' own words by language."""
        words: Mapping[str, Mapping[str, str]] = json.loads((self.site / "words.json").read_bytes())
        return words

    def main(self, context: Mapping[str, Any]) -> str:
        """`<main>…</main>` of an entry, byte for byte what a preview of the same content shows."""
        template = self._mains.select_template([f"main-{context['kind']}.html", "main-generic.html"])
        return template.render(**context)

    def page(self, name: str, *, lang: str, **values: object) -> str:
        """A whole page of the site in the language `lang`."""
        return self._pages.get_template(f"{name}.html").render(t=self.words[lang], lang=lang, **values)

    def sheet(self, parameters: Mapping[str, Any]) -> Sheet:
        """The theme's parameters as CSS variables, then its sheets: one file for every page."""
        parts = [variables(parameters), (self.folder / "main.css").read_text(encoding="utf-8")]
        parts += [path.read_text(encoding="utf-8") for path in sorted(self.site.glob("*.css"))]
        data = "\n".join(parts).encode()
        return Sheet(data, sha256(data).hexdigest()[:16])

    @cached_property
    def _mains(self) -> Environment:
        return _environment(self.folder)

    @cached_property
    def _pages(self) -> Environment:
        return _environment(self.site)


@cache
def theme_named(name: object, themes: Path) -> Theme:
    """The theme of that name in the folder `themes`; the standard one when it is not there."""
    known = isinstance(name, str) and _NAME.fullmatch(name) and (themes / name / "main.css").is_file()
    return Theme(themes / str(name) if known else themes / FALLBACK)


def variables(parameters: Mapping[str, Any]) -> str:
    """`--colour-accent`, `--font-body`, …; a value that is not plainly a colour or a list of fonts is left out."""
    found = [
        f"--{prefix}-{name}: {value};"
        for prefix, group, allowed in (("colour", "colours", _COLOUR), ("font", "fonts", _FONT))
        for name, value in parameters.get(group, {}).items()
        if isinstance(value, str) and _NAME.fullmatch(name) and allowed.fullmatch(value)
    ]
    return f":root {{ {' '.join(found)} }}"


def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
