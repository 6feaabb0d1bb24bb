"""The shop under kills, lost messages and failing neighbors: `make chaos`.

Real processes, shoppers that speak plain HTTP, and a plan that a seed decides. When the storm is
over and time has passed, the records of shop, Stripe's stand-in and mail server are held against
each other. Nothing here is imported by the shop.
"""
