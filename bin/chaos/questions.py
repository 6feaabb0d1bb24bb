"""What the database is asked after a run, in its own words. Amounts come in minor units."""

ORDERS = """
SELECT number, status, (total * 100)::int AS total,
  (SELECT count(*) FROM orders_invoice i WHERE i.order_id = o.id) AS invoices,
  (SELECT count(*) FROM orders_outgoingemail m
    WHERE m.order_id = o.id AND m.kind = 'order_confirmation') AS confirmations,
  (SELECT count(*) FROM orders_outgoingemail m
    WHERE m.order_id = o.id AND m.kind = 'order_confirmation' AND m.state = 'sent') AS sent
FROM orders_order o ORDER BY id
"""
PAYMENTS = """
SELECT o.number AS "order", p.payment_intent AS intent, (p.amount * 100)::int AS amount
FROM orders_payment p JOIN orders_order o ON o.id = p.order_id ORDER BY p.id
"""
REFUNDS = """
SELECT o.number AS "order", p.payment_intent AS intent, (r.amount * 100)::int AS amount
FROM orders_refund r JOIN orders_payment p ON p.id = r.payment_id
JOIN orders_order o ON o.id = r.order_id
WHERE r.state NOT IN ('failed', 'canceled') ORDER BY r.id
"""
# Nothing is shipped in a run: what is paid holds all its pieces, and what ended none.
STOCK = """
SELECT v.sku, s.on_hand, s.allocated,
  (SELECT coalesce(sum(m.on_hand_change), 0) FROM products_stockmovement m
    WHERE m.record_id = s.id AND m.reason = 'opening')::int AS opening,
  (SELECT coalesce(sum(CASE WHEN o.status = 'review' THEN l.allocated ELSE l.quantity END), 0)
    FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
    WHERE l.variant_id = v.id AND o.status IN ('paid', 'review'))::int AS held,
  (SELECT coalesce(sum(l.quantity), 0) FROM orders_orderline l
    JOIN orders_order o ON o.id = l.order_id
    WHERE l.variant_id = v.id AND o.status IN
      ('paid', 'partly_shipped', 'shipped', 'delivered'))::int AS sold
FROM products_stockrecord s JOIN products_productvariant v ON v.id = s.variant_id ORDER BY v.id
"""
# What waits while the clock goes on, and is nothing for a person to see to.
WAITING = {
    "orders that await payment": """
        SELECT count(*) FROM orders_order WHERE status IN ('awaiting_payment', 'processing')""",
    "payment attempts without an end": """
        SELECT count(*) FROM orders_paymentattempt WHERE state IN ('new', 'open')""",
    "mails that are not sent": """
        SELECT count(*) FROM orders_outgoingemail WHERE state <> 'sent'""",
    "events that are not taken in": """
        SELECT count(*) FROM checkout_webhookevent WHERE state IN ('received', 'failed')""",
    "refunds that Stripe was not asked for": """
        SELECT count(*) FROM orders_refund WHERE stripe_id IS NULL""",
}
