"""The pages of administration, of the staff directory and of cover."""
