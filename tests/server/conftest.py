"""Real servers in a test's own folder, stopped when it is over."""

import pytest

from tests.outside import Server


@pytest.fixture
def serve(tmp_path):
    """Starts a server with the settings given, as `tests.outside.Server` takes them."""
    servers = []

    def start(**parts) -> Server:
        servers.append(Server(tmp_path, **parts))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
