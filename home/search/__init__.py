"""The search of the shop: products, stories, collections and landing pages in one result."""
