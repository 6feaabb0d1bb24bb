"""The proxy of `bin/neighbors`, under the name that these tests know."""

from bin.neighbors.proxy import Proxy

__all__ = ["Proxy"]
