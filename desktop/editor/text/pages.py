"""The page of an entry as the portal shows it, for the preview and for paper: from a stored text or from what is being typed.

Pure and thread-safe: called in the pool.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self, cast

import resources
from desktop.domain.digest import Json
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.domain.revision import Content
from desktop.editor.text.html_text import Heading, contents
from desktop.editor.text.incremental import Live, LiveRenderer
from desktop.editor.text.live_page import LivePage, Shell, live_page
from desktop.editor.text.page import page_context, render_main, theme_css

DEFAULT_THEME = "chuan"


class Renderer(Protocol):
    """Markdown to the sanitised HTML that is published."""

    def render(self, text: str, dialect: Literal["prose", "legal"]) -> str: ...


@dataclass(frozen=True)
class Written:
    """An entry as it stands on the screen; `body`: the field of its long text, "" for none."""

    kind: str
    lang: str
    fields: Mapping[str, Json]
    attachments: Sequence[Mapping[str, Json]]
    body: str


class LiveTexts:
    """The long texts of one open entry, each with what it was rendered to last."""

    def __init__(self) -> None:
        self._renderers: dict[tuple[str, str], LiveRenderer] = {}
        self.shell = Shell()

    def render(self, name: str, dialect: str, *, text: str) -> Live:
        return self._renderers.setdefault(
            (name, dialect), LiveRenderer(cast("Literal['prose', 'legal']", dialect))
        ).render(text)


@dataclass(frozen=True)
class Pages:
    """`theme` is the theme id of the bundle; `profile` and kinds are those in force."""

    renderer: Renderer
    profile: Profile
    kinds: Mapping[str, Kind]
    theme: str

    @classmethod
    def by(cls, bundle: Mapping[str, Json], renderer: Renderer, *, profile: Profile, kinds: Mapping[str, Kind]) -> Self:
        """In the theme of a bundle."""
        return cls(renderer, profile, kinds, _theme_id(bundle))

    def stored(self, content: Content) -> str:
        """The `<main>` of a revision: its HTML is the one that was approved, never rendered again."""
        return render_main(self._context(content, contents), self.theme)

    def typed(
        self, kind_id: str, lang: str, *, fields: Mapping[str, Json], attachments: Sequence[Mapping[str, Json]] = ()
    ) -> str:
        """The `<main>` of a draft as it will be."""
        kind = self.kinds.get(kind_id)
        html = (
            {field.name: self._render(fields.get(field.name), field.dialect) for field in kind.fields} if kind else {}
        )
        made = {name: text for name, text in html.items() if text}
        return self.stored(Content(kind_id, lang, fields, made, tuple(attachments)))

    def live(self, written: Written, texts: LiveTexts) -> LivePage:
        """As `typed`, byte for byte, for a draft that is being written: `body` stands in pieces, the rest is told apart."""
        kind = self.kinds.get(written.kind)
        rendered = {
            field.name: texts.render(field.name, field.dialect, text=str(written.fields.get(field.name) or ""))
            for field in (kind.fields if kind else ())
            if field.dialect is not None
        }
        html = {name: live.html for name, live in rendered.items()}
        known = {text: rendered[name].headings for name, text in html.items()}
        made = {name: text for name, text in html.items() if text}
        content = Content(written.kind, written.lang, written.fields, made, tuple(written.attachments))
        context = self._context(content, known.__getitem__)
        return live_page(context, self.theme, field=written.body, live=rendered.get(written.body), shell=texts.shell)

    def _context(self, content: Content, headings: Callable[[str], Iterable[Heading]]) -> dict[str, Json]:
        kind = self.kinds.get(content.kind)
        context = page_context(content.as_json(), kind.schema if kind else {}, self.profile.raw, headings=headings)
        if context["source"] is None and self.profile.require_source.get(content.kind):
            context["attribution"] = None  # no such text is ever published: nothing to quote yet
        return context

    def _render(self, value: Json, dialect: str | None) -> str:
        if not isinstance(value, str) or dialect is None:
            return ""
        return self.renderer.render(value, cast("Literal['prose', 'legal']", dialect))


def page_of_text(text: str, dialect: Literal["prose", "legal"], *, title: str, lang: str, renderer: Renderer) -> str:
    """The `<main>` of a text that is no entry. A heading that it begins with is its title."""
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("# "):
        title, text = first[2:].strip(), rest
    html = renderer.render(text, dialect)
    schema: dict[str, Json] = {"properties": {"title": {"x-search": "title"}, "body": {"x-markdown": dialect}}}
    content: dict[str, Json] = {
        "kind": "legal-document" if dialect == "legal" else "article", "lang": lang, "fields": {"title": title},
        "html": {"body": html},
    }  # fmt: skip
    return render_main(page_context(content, schema, {}), DEFAULT_THEME)


def sheets_of(bundle: Mapping[str, Json]) -> dict[str, str]:
    """The style sheets of the preview by path: the bundle's colours and fonts, the theme, the marks of a comparison."""
    theme = bundle.get("theme")
    main = resources.path("themes", _theme_id(bundle), "main.css").read_text(encoding="utf-8")
    marks = resources.path("styles", "compare.css").read_text(encoding="utf-8")
    return {"/theme.css": theme_css(theme if isinstance(theme, dict) else {}), "/main.css": main, "/compare.css": marks}


def _theme_id(bundle: Mapping[str, Json]) -> str:
    theme = bundle.get("theme")
    name = theme.get("id") if isinstance(theme, dict) else None
    if isinstance(name, str) and resources.path("themes", name).is_dir():
        return name
    return DEFAULT_THEME
