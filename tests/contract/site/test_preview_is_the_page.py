"""What a writer sees beside the text is the published page's `<main>`, byte for byte: the client's code against the portal's."""

import json

import resources
from desktop.domain.kind import Kind
from desktop.domain.profile import profile_from_json
from desktop.editor.text.pages import LiveTexts, Pages, Written
from desktop.wiring import renderer
from tests.contract.site.conftest import Site, law


def test_the_live_preview_is_the_published_main(site: Site) -> None:
    content = law()
    schema = json.loads(resources.path("contract", "kinds", "legal-document.json").read_text(encoding="utf-8"))
    profile = json.loads(resources.path("profiles", "generic.json").read_text(encoding="utf-8"))
    kind = Kind("legal-document", schema)
    pages, texts = Pages(renderer(), profile_from_json(profile), {"legal-document": kind}, "chuan"), LiveTexts()
    body = content["fields"]["body"]
    content["html"] = {"body": renderer().render(body, "legal")}  # as a put is frozen
    shown = ""
    for typed in (body[: len(body) // 2], body):  # half of it first: what is kept of that is used again
        written = Written("legal-document", "vi", {**content["fields"], "body": typed}, content["attachments"], "body")
        shown = pages.live(written, texts).main
    entry_id, _ = site.house.published(content)
    assert site.get(f"/van-ban/{entry_id}").main == shown
