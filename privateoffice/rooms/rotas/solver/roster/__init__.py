"""Rotas by the day: whole rosters as columns, priced by dynamic programming. See docs/rota-solver.md."""
