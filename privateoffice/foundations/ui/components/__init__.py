"""The components of the look: one class, one template, one tag of the same name for each."""
