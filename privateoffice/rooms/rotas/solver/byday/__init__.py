"""Rotas whose people have several duties of a day each: put to the solver by the day, and its roster read back."""
