"""Foreign bytes are read here: in a child process with a ceiling on time and memory."""
