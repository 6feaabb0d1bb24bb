"""A TCP proxy in front of a server, which fails as servers and networks do."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit, urlunsplit


class Proxy:
    """Passes bytes on until it is told to refuse connections or to hang.

    `refuse` also cuts the connections there are, as the end of a server does. While it hangs,
    connections are accepted and nothing is answered, also on those that were open before. Without
    `listens_at` the machine chooses a port.
    """

    def __init__(self, host: str, port: int, *, listens_at: int = 0) -> None:
        self._target = (host, port)
        self._flows = threading.Event()
        self._flows.set()
        self._sockets: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.port = listens_at
        self.open()

    def through(self, url: str) -> str:
        """The address of the server with the proxy's host and port instead."""
        parts = urlsplit(url)
        login = parts.netloc.rpartition("@")[0]
        netloc = f"{login}@127.0.0.1:{self.port}" if login else f"127.0.0.1:{self.port}"
        return urlunsplit(parts._replace(netloc=netloc))

    def open(self) -> None:
        """Passes everything on, as at the beginning."""
        self._flows.set()
        if self._listener is not None:
            return
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Ends the connections there are; new ones are accepted."""
        for connection in list(self._sockets):
            _close(connection)

    def hang(self) -> None:
        self._flows.clear()

    def refuse(self) -> None:
        if self._listener is not None:
            _close(self._listener)
            self._listener = None
        self.cut()
        self._flows.set()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._sockets.add(client)
        self._flows.wait()
        try:
            server = socket.create_connection(self._target)
        except OSError:
            _close(client)
            return
        self._sockets.add(server)
        threading.Thread(target=self._pump, args=(server, client), daemon=True).start()
        self._pump(client, server)
        self._sockets -= {client, server}

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
        _close(source)
        _close(target)


def _close(connection: socket.socket) -> None:
    # A thread that waits in accept or recv is woken by shutdown, not by close.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
