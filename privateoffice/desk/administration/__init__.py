"""Looking after the house: offices, roles, accounts, the staff directory, and cover."""
