"""Mailboxes of Microsoft 365 over Microsoft Graph: own calls by httpx, tokens by msal, and nothing heavier."""
