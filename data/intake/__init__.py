"""What was sent and decided: the archive, the journal, and the log of both."""
