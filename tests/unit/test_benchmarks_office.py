"""What the benchmarks measure with is what they say: texts of the right size that the portal takes, bytes that are counted."""

import socket
import threading

from benchmarks.counting import counted
from benchmarks.office import content, put, words
from benchmarks.sampling import Samples
from benchmarks.search import keystrokes
from desktop.domain.fold import fold
from server_stub.core.canonical import canonical, digest, revision_id
from server_stub.core.clean import is_clean


def test_an_entry_is_two_hundred_and_fifty_words_of_the_regulations_and_always_the_same() -> None:
    made = content(7)
    assert made == content(7) != content(8)
    body = made["fields"]["body"].split()
    assert len(body) == 250
    assert set(body) <= set(words())
    assert is_clean(made["html"]["body"])


def test_an_operation_has_the_id_of_its_text() -> None:
    made = put(7)
    assert made["rid"] == revision_id([], digest(canonical(made["content"])), op_id=made["op_id"])
    assert len({put(number)["op_id"] for number in range(200)}) == 200


def test_each_keystroke_is_typed_with_its_marks_and_without() -> None:
    typed = keystrokes()
    assert {fold(text) for text in typed} <= set(typed)
    assert any(fold(text) != text.lower() for text in typed)
    assert len(typed) > 500


def test_the_bytes_each_way_are_counted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as portal:

        def answer() -> None:
            near, _ = portal.accept()
            with near:
                near.sendall(near.recv(100) * 2)

        threading.Thread(target=answer, daemon=True).start()
        with counted(portal.getsockname()[1]) as line, socket.create_connection(("127.0.0.1", line.port)) as client:
            client.sendall(b"hello")
            got = b""
            while part := client.recv(100):
                got += part
        assert got == b"hellohello"
        assert (line.sent, line.received) == (5, 10)


def test_samples_are_shares_of_all() -> None:
    samples = Samples()
    samples.take(None)
    assert samples.count == 1
    assert samples.told() == {"own": {}, "whole": {}}
