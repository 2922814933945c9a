"""Mailboxes on an IMAP server, over the standard library's own client and nothing heavier."""
