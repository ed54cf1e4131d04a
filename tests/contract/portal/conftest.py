"""One portal per test module and place: the application behind a real socket, on SQLite, on PostgreSQL and with its blobs on S3."""

from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer

from server_stub.store.bucket import BucketFiles
from tests.contract.portal.served import open_wire, served
from tests.contract.portal.wire import Wire
from tests.support.postgres import new_database


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """An S3 server (moto's, on loopback), as the place of blobs that a portal is told."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        host, port = server.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "portal")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "portal")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield "s3://toasoan/portal"
    server.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql", pytest.param("s3", marks=pytest.mark.full)])
def wire(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    url = new_database() if request.param == "postgresql" else ""
    place = tmp_path_factory.mktemp("portal")
    more = {}
    if request.param == "s3":
        more["blobs"] = f"{request.getfixturevalue('s3')}/{place.name}"  # a folder of the bucket for each
        BucketFiles(more["blobs"]).make_place()
    wire = open_wire(place / "p.epoch", url)
    with served(wire, **more):
        yield wire
