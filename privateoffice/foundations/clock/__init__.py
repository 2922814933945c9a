"""The one clock of the house: now, closing times, working days, promises, and how a moment is said."""
