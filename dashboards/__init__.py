"""Data going out: method → results → pages, commands and documents."""
