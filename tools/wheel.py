"""A hatchling hook: no wheel without the browser code, and the towns' plans come along in it.

An editable install needs neither: it may come before the assets, and finds the plans in the checkout.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsFirst(BuildHookInterface):
    """Refuses to build a wheel whose pages would have no script and no style."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Look for what `tools/assets.py` makes, and put plans/ into the package."""
        if version != "standard":
            return
        script = Path(self.root, "src/qinqing/web/static/build/app.js")
        if not script.exists():
            raise FileNotFoundError(f"{script} is missing: run `make setup` first, it builds the assets")
        build_data["force_include"][str(Path(self.root, "plans"))] = "qinqing/plans"
