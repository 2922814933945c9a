"""Sending over SMTP: one message handed to one server, and what the server said of each recipient."""
