"""Sheets from outside and for outside: foreign workbooks read in quarantine, our own written safely."""
