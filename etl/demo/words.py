"""Chinese lists written as plain text: quotes and commas around every other character would hide them."""


def words(text: str) -> tuple[str, ...]:
    """The words between the blanks."""
    return tuple(text.split())
