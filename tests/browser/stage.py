"""Sets the stage for pages that the demo's content does not have: orders in states that take a
while, a landing page without header, a product that is gone. `python -m tests.browser.stage` in the
shop's environment; writes where each of them is to standard output, as JSON.
"""

import json
import sys

import django


def main() -> None:
    django.setup()
    # Models cannot be imported before Django is set up.
    from tests.browser.stage_sets import build_stage

    json.dump(build_stage(), sys.stdout)


if __name__ == "__main__":
    main()
