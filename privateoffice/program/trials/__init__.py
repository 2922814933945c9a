"""What `./office test` tries, in order."""
