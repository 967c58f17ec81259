"""Make the Python environment: `python3 tools/environment.py run|dev|browser|peers`. Standard library only: it runs first of all.

`peers` is what `make bench` measures against; it has an environment of its own, .venv-peers, without our package.
Everything comes by hash from requirements/*.txt. uv installs, pip does where uv cannot be had. What is there already and
unchanged costs nothing: the digest of the lock files lies in .venv/.have.
A mirror set for pip (PIP_INDEX_URL, pip.conf) is used by uv as well.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run": ["run", "build"],
    "dev": ["run", "build", "dev"],
    "browser": ["run", "build", "dev", "browser"],
    "peers": ["peers"],
}
OLDEST = (3, 11)


def main() -> int:
    """Bring the environment up to what the named set needs."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"需要 Python 3.11 或更新版本，这里是 {sys.version.split()[0]}。可用 make PYTHON=/路径/python3.11 指定。"
        )
    wanted = sys.argv[1] if sys.argv[1:] else "dev"
    is_ours = wanted != "peers"
    venv = ROOT / (".venv" if is_ours else ".venv-peers")
    locks = [*LOCKS[wanted], *(["node"] if is_ours and not shutil.which("npm") else [])]
    files = [ROOT / "requirements" / f"{lock}.txt" for lock in locks]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in [*files, ROOT / "pyproject.toml"])).hexdigest()
    have = venv / ".have" / wanted
    if have.exists() and have.read_text() == digest:
        return 0
    _make_venv(venv)
    install = _installer(venv)
    hashed = [word for file in files for word in ("-r", str(file))]
    _call([*install, "--require-hashes", *hashed])
    if is_ours:
        # The package itself, in place; its build tool has just been installed by hash.
        _call([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    have.parent.mkdir(exist_ok=True)
    have.write_text(digest)
    return 0


def _make_venv(venv: Path) -> None:
    if (venv / "bin" / "python").exists():
        return
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)], check=False)
    if made.returncode != 0:
        shutil.rmtree(venv, ignore_errors=True)
        sys.exit("不能建立 Python 虚拟环境。Debian/Ubuntu 上请先安装 python3-venv（apt-get install python3-venv）。")


def _installer(venv: Path) -> list[str]:
    """Return the words of the install command: uv's, or pip's when uv cannot be had."""
    python = venv / "bin" / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-q"]
    uv = venv / "bin" / "uv"
    if not uv.exists():
        lock = ROOT / "requirements" / "uv.txt"
        words = [*pip, "install", "--require-hashes", "-r", str(lock)]
        subprocess.run(words, check=False, cwd=ROOT, capture_output=True)
    if not uv.exists():
        print("装不上 uv，改用 pip，会慢一些……", flush=True)
        return [*pip, "install"]
    mirror = subprocess.run([*pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    index = os.environ.get("PIP_INDEX_URL") or mirror.stdout.strip()
    if index:
        os.environ.setdefault("UV_DEFAULT_INDEX", index)
    return [str(uv), "pip", "install", "-q", "--python", str(python)]


def _call(command: list[str]) -> None:
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"安装没有完成（{' '.join(command[:4])} …）。请检查网络或软件源镜像后重试。")


if __name__ == "__main__":
    sys.exit(main())
