"""Photos and files of field records: kept once by their digest, received in resumable chunks or from a form."""
