"""A small Microsoft Graph that keeps state: mailboxes, delta, drafts, sending, tokens, throttling, subscriptions.

Its behaviour is our reading of Microsoft's public documentation and has not been compared with the real service.
"""
