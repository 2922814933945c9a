"""The fields that a Word template for letters may name, and those that it must."""

NEEDED = ("text", "reference", "signed_by", "marking")
FIELDS = (
    *NEEDED,
    *("date", "to", "salutation", "subject", "close", "office", "address", "phone", "email", "handling"),
    *("enclosures", "copies"),
)
"""The fields that a template may name."""
