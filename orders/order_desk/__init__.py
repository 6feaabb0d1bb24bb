"""The order desk in the admin; the only place that imports wagtail-modeladmin.

Nobody edits an order field by field: what happens to one is done by services and leaves events.
"""
