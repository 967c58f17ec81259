"""Everything that brings photos and files in: whole ones from a form (`receive_upload`), pieces from a phone (`chunks`)."""

from qinqing.evidence.actions.uploads import claim, receive_upload

__all__ = ["claim", "receive_upload"]
