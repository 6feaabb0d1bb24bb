"""A program of its own that plays Stripe Checkout on a developer's machine.

It speaks the HTTP API that stripe-python speaks, shows a hosted payment page, and posts signed
webhooks. No money moves, no other host is contacted, and it refuses live keys. It imports nothing
of the shop: the shop reaches it only through ``STRIPE_API_BASE`` and its webhook address.

Layers, from the bottom up:

* ``schema``: requests and objects are checked against stripe-python's own types;
* ``storage``: one SQLite file of JSON documents, events, deliveries and idempotency keys;
* ``rules``: what Stripe says of parameters in prose;
* ``resources``: pure builders of Stripe objects;
* ``services``: what happens: sessions are created, paid, refunded, disputed, expired;
* ``controls``: what a person or a test sets: faults of the API, how events are delivered;
* ``posting`` and ``webhooks``: one POST of an event, and the threads that deliver what is due;
* ``api``, ``control_api`` and ``pages``: the HTTP faces; ``server`` binds the port, ``testing``
  runs it in tests, where ``control_client`` sets the controls.
"""
