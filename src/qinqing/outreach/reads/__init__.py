"""Everything fetched about the other contacts with enterprises, one file a topic; `bundle_part` is what the phones take along."""

from qinqing.outreach.reads.bundle import bundle_part

__all__ = ["bundle_part"]
