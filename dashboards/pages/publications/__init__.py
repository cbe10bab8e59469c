"""What was published and whether it still stands; when what can be published; whether a document is true."""
