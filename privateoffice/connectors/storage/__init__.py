"""Where files lie on several machines: a bucket of an S3-style store."""
