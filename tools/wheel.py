"""A hatchling hook: no wheel without the browser code. An editable install may come before the assets."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsFirst(BuildHookInterface):
    """Refuses to build a wheel whose pages would have no script and no style."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Look for what `tools/assets.py` makes."""
        script = Path(self.root, "src/qinqing/web/static/build/app.js")
        if version == "standard" and not script.exists():
            raise FileNotFoundError(f"{script} is missing: run `make setup` first, it builds the assets")
