"""Build what the browser needs into src/qinqing/web/static/build: third-party code from packages, ours minified.

Entries are the files directly in src/qinqing/web/static/js (and css/app.css): each becomes build/<name>. An entry
says `import "htmx.org"`; modules live in folders below. Writes for Chromium 78 (what office PCs still run).
The officers' offline client comes from client/ and lies in build/field: one module, a sheet, the parts it loads when asked,
and the service worker, which takes in exactly that folder. With `--if-changed` nothing happens while no source is newer than
the last build; `--types` checks the client's types with the same packages.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/qinqing/web/static"
BUILD = STATIC / "build"
CLIENT = ROOT / "client"
MODULES = ROOT / "node_modules"
TARGET = "es2020,chrome78"


def main() -> int:
    """Install the packages if the lock changed, then bundle, or check types."""
    if "--types" in sys.argv:
        return _types()
    if "--if-changed" in sys.argv and not _changed():
        return 0
    _install()
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    entries = sorted((STATIC / "js").glob("*.js"))
    if entries:
        _bundle(entries, "--format=iife")
    else:
        shutil.copyfile(MODULES / "htmx.org/dist/htmx.min.js", BUILD / "app.js")
    sheet = STATIC / "css/app.css"
    if sheet.exists():
        _bundle([sheet], "--external:*.woff2", "--external:*.svg")
    _field()
    if not (BUILD / "app.js").exists():
        sys.exit("tools/assets.py: build/app.js is missing: no src/qinqing/web/static/js/app.js?")
    (BUILD / ".built").touch()
    return 0


def _changed() -> bool:
    stamp = BUILD / ".built"
    if not stamp.exists():
        return True
    built = stamp.stat().st_mtime
    folders = (STATIC / "js", STATIC / "css", CLIENT)
    sources = [ROOT / "package-lock.json", Path(__file__), *(file for folder in folders for file in folder.rglob("*"))]
    return any(source.stat().st_mtime > built for source in sources)


def _install() -> None:
    lock, installed = ROOT / "package-lock.json", MODULES / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    # Install scripts stay off: nothing here needs them, and they are the usual way in for a bad package.
    subprocess.run(
        [_node("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=ROOT, check=True
    )
    installed.touch()


def _field() -> None:
    """Build the offline client. A part's name carries its digest: an old page never loads a new part."""
    into = BUILD / "field"
    parts = (
        "--format=esm",
        "--splitting",
        "--chunk-names=[name]-[hash]",
        "--jsx=automatic",
        "--jsx-import-source=preact",
    )
    _bundle([CLIENT / "src/main.tsx"], *parts, into=into)
    _bundle([CLIENT / "src/sw.ts"], "--format=iife", into=into)
    _bundle([CLIENT / "style/main.css"], "--external:*.svg", into=into)


def _types() -> int:
    _install()
    for project in ("tsconfig.json", "tsconfig.sw.json"):
        command = [_node("node"), str(MODULES / "typescript/bin/tsc"), "-p", str(CLIENT / project)]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return 1
    return 0


def _bundle(entries: list[Path], *options: str, into: Path = BUILD) -> None:
    esbuild = MODULES / "esbuild/bin/esbuild"
    common = [
        "--bundle",
        "--minify",
        f"--target={TARGET}",
        f"--outdir={into}",
        "--charset=utf8",
        "--log-level=warning",
    ]
    command = [_node("node"), str(esbuild), *map(str, entries), *common, "--legal-comments=eof", *options]
    subprocess.run(command, cwd=ROOT, check=True)


def _node(name: str) -> str:
    """Return the machine's node or npm, or the one that came as a Python package into this environment."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        sys.exit(f"tools/assets.py: no {name} on this machine; `make setup` installs one")
    return found


if __name__ == "__main__":
    sys.exit(main())
