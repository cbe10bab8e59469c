"""The committee's calendar: what its year holds, past and to come, and what the office writes into it."""
