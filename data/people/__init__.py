"""Who may come in and what each may see and do."""
