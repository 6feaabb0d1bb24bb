"""Mail texts in the admin: the list, the editor's preview and the test mail."""
