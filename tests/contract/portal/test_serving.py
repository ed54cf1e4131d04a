"""The socket the portal listens on."""

import asyncio
import socket

import pytest

from server_stub.serving import listen


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_answer_on_a_kept_connection_does_not_wait_to_be_acknowledged(host: str) -> None:
    """Head and body leave in two packets: with Nagle's algorithm the second waits 40 ms for the first."""

    async def nagle_is_off(listening: socket.socket) -> bool:
        found: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        async def accepted(_: asyncio.StreamReader, line: asyncio.StreamWriter) -> None:
            taken = line.get_extra_info("socket")
            found.set_result(bool(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            line.close()

        server = await asyncio.start_server(accepted, sock=listening)
        _, line = await asyncio.open_connection(*listening.getsockname()[:2])
        off = await found
        line.close()
        server.close()
        return off

    try:
        listening = listen(host, 0)
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with listening:
        assert asyncio.run(nagle_is_off(listening))
