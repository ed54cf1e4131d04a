"""Answers that need no extractor: all of the truth, and a plain one that reads a few labels with regular expressions."""

import re
from typing import Any

from tests.legal_corpus.truth import Document


def perfect(document: Document) -> dict[str, Any]:
    truth = document.truth
    return {
        **{key: expected.value for key, expected in truth.scalars.items()},
        "structure": {name: expected.value for name, expected in truth.counts.items()},
        "can_cu": [
            {name: expected.value for name, expected in item.members.items()}
            for item in truth.bases
            if not item.optional
        ],
        "dieu_headings": [{name: expected.value for name, expected in item.members.items()} for item in truth.headings],
    }


def plain(text: str) -> dict[str, Any]:
    """Finds what stands after its label in a clean text, and nothing else."""
    number = re.search(r"(?m)^\W*Số ?: ?(\d+/\S+)", text)
    dated = re.search(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", text)
    headings = re.findall(r"(?m)^Điều (\d+)\. ?(.*)$", text)
    return {
        "so_hieu": number[1] if number else None,
        "ngay_ban_hanh": f"{dated[3]}-{int(dated[2]):02}-{int(dated[1]):02}" if dated else None,
        "dieu_headings": [{"so": number, "tieu_de": title or None} for number, title in headings],
        "structure": {"dieu": len(headings)},
    }
