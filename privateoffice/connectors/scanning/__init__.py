"""Looking for viruses: one question to a ClamAV daemon for each file."""
