"""Pictures that lie on machines of strangers: asked for by us, past a guard, and never by a browser."""
