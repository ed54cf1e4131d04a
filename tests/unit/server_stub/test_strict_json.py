"""The reader that refuses what two readers could understand differently."""

import pytest

from server_stub.core.strict_json import MAX_DEPTH, BadJsonError, parse


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}', b'{"x":{"a":1,"a":1}}', b"NaN", b"[Infinity]", b"[-Infinity]", b"{", b"", b"\xff", b'"\\ud8"',
        b"1 2", b"[" * 5000 + b"]" * 5000, b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b"9" * 5000, b"{'a':1}", b"01",
    ],
    ids=lambda data: repr(data[:12]),
)  # fmt: skip
def test_refused(data: bytes) -> None:
    with pytest.raises(BadJsonError):
        parse(data)


def test_read() -> None:
    assert parse('{"ề":[1,-2,3.5,true,null,"đ"]}'.encode()) == {"ề": [1, -2, 3.5, True, None, "đ"]}
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None
