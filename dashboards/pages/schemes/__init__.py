"""Schemes: which holds, what it says, drafts with their effect on past periods, and every version with who decided it."""
