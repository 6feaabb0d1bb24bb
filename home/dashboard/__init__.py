"""The first page of the admin: what waits for the person who looks at it."""
