"""Tables of the field: phones (`devices`), what they sent (`records`)."""

from qinqing.field.models.devices import Device, Loss
from qinqing.field.models.records import Conflict, Receipt, ReceiptBook, Record

__all__ = ["Conflict", "Device", "Loss", "Receipt", "ReceiptBook", "Record"]
