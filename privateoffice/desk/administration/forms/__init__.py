"""What people may type about offices, people, roles and cover."""
