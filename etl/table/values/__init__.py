"""What cells say: days, numbers, amounts, numbers of documents, credit codes."""
