"""stripe-python's own types, used as the schema of what comes in and what goes out."""
