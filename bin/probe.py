"""Whether the web server of this container can serve shoppers; exits 1 when it cannot."""

import os
import sys
import urllib.request


def main() -> int:
    port = os.environ.get("PORT") or "8000"
    # Django answers only to the names it was given.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    address = f"http://127.0.0.1:{port}/readyz"
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4):
            return 0
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
