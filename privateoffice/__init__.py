"""Private Office: one Django program with many rooms. See docs/architecture.md."""
