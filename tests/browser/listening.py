"""The service of a test behind a socket, for a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.kit.web import Service


class Quiet(WSGIRequestHandler):
    """Its own log would hold whole addresses, and with them the secret of a link."""

    def log(self, *arguments: object) -> None: ...


@contextmanager
def listening(running: Service) -> Iterator[int]:
    """The port, until the block ends."""
    server = make_server("127.0.0.1", 0, running.client.application, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield int(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
