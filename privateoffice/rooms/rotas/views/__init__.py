"""The pages and acts of rotas."""
