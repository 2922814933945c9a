"""What each room declares of itself; closed once the program has started."""
