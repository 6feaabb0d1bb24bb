"""The desk's page of what is kept about a customer."""
