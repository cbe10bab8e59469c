"""Tip-offs, sanctions and crackdowns: from receipt to the reward that is paid, counted; single cases for who handles them alone."""
