"""Draws the states of an order into ARCHITECTURE.md, from the table in orders/status.py.

python -m bin.order_states
"""

import re

from bin.demo_environment import ROOT
from orders.status import draw_transitions

PAGE = ROOT / "ARCHITECTURE.md"
DIAGRAM = re.compile(r"```mermaid\n.*?\n```", re.DOTALL)


def main() -> None:
    fence = f"```mermaid\n{draw_transitions()}\n```"
    text, number = DIAGRAM.subn(lambda _match: fence, PAGE.read_text("utf-8"))
    if number != 1:
        raise SystemExit(f"{PAGE} has {number} diagrams; one is expected.")
    PAGE.write_text(text, "utf-8")
    print(f"The diagram in {PAGE.name} shows the table.")


if __name__ == "__main__":
    main()
