"""Which links a browser may fetch as soon as somebody points at them: products and stories.

They are the same for everybody and change nothing, unlike the cart, the checkout and an order. An
address with a question is left out: filters and pages of a list have no end. The rules stand in
each page, because a file of their own would be one more thing to wait for on a first visit. They
are data and run nothing; the policy for scripts lets exactly these in, by their digest.
"""

import base64
import hashlib
import json

RULES = {
    "prefetch": [
        {
            "where": {
                "and": [
                    {"href_matches": ["/shop/*", "/stories/*"]},
                    {"not": {"href_matches": r"/*\?*=*"}},
                ]
            },
            "eagerness": "moderate",
        }
    ]
}
RULES_TEXT = json.dumps(RULES, separators=(",", ":"))
_digest = hashlib.sha256(RULES_TEXT.encode()).digest()
CSP_SOURCE = f"'sha256-{base64.b64encode(_digest).decode()}'"
