"""Mail: foreign files read, our own messages written, a mailbox that needs no server."""
