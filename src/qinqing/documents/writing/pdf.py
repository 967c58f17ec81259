"""A look at a .docx as PDF, drawn by the LibreOffice of the machine where there is one.

The .docx is the product: fonts are the office's own and not here, so the PDF shows what stands where, not the final look.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from qinqing.kernel.errors import Refused

_SECONDS = 60


def is_possible() -> bool:
    """Say whether this machine can draw PDF."""
    return _program() is not None


def write(docx: bytes) -> bytes:
    """Return the PDF of a .docx.

    Raises:
        Refused: `pdf_impossible`: no LibreOffice here, or it did not finish.
    """
    program = _program()
    if program is None:
        raise Refused(
            "pdf_impossible", "这台服务器没有安装 LibreOffice，看不了 PDF 预览，请下载 .docx 用 WPS 或 Word 打开。"
        )
    with tempfile.TemporaryDirectory(prefix="qinqing-paper-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(docx)
        # A profile of its own: two conversions at once would otherwise wait for each other's lock and one would fail.
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603  our own arguments
            return (Path(folder) / "paper.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as fault:
            raise Refused("pdf_impossible", "PDF 预览没有生成成功，请下载 .docx 用 WPS 或 Word 打开。") from fault


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")
