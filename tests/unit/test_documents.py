"""What documents list is what the program has."""

from pathlib import Path

from data.settings import Settings

ROOT = Path(__file__).parents[2]


def test_every_setting_is_documented() -> None:
    """docs/settings.md has a line for each setting, with its description."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`SUPERVISION_{name.upper()}`" in text
        assert field.description in text
