"""Text as it comes out of Chinese input methods."""


def wide(text: str) -> str:
    """Return ASCII letters, digits and signs in full width."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
