"""Hatch's hook: before anything is built or installed, the assets stand where the package expects them.

A built sdist or wheel already holds them, so installing from one fetches nothing.
"""

import importlib.util
import shutil
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _assets(root: str):
    # Loaded by path, not by `import reception`: the build environment has none of Reception's own dependencies.
    spec = importlib.util.spec_from_file_location("build_assets", Path(root) / "reception" / "build_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class AssetsHook(BuildHookInterface):
    """Calls reception/build_assets.py."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """pip, where it will be needed to fetch npm: an isolated build has none of its own."""
        if shutil.which("npm") or _assets(self.root).assets_are_in_place():
            return []
        return ["pip"]

    def initialize(self, version: str, build_data: dict) -> None:
        """Put the assets in place; `version` is hatch's word for the kind of build."""
        _assets(self.root).put_assets()
