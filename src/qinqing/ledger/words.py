"""Words of the ledger: how a digest is made."""

from qinqing.kernel.choices import Words


class Algorithm(Words):
    """The digest algorithm stored beside each digest, so that an old entry verifies after a change of machine."""

    SM3 = "sm3", "国密 SM3"
    SHA256 = "sha256", "SHA-256"
