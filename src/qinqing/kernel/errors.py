"""What the system says when it will not do a thing: one family, a stable code and a sentence to act on."""


class Refused(Exception):  # noqa: N818  a refusal is an answer, not a fault
    """A press that the rules do not allow now.

    Args:
        code: stable, English, for scripts and tests ("extension_too_long").
        sentence: 中文 an official can act on.
        field: name of the input it belongs to; the page shows it beside that field.
    """

    status = 422

    def __init__(self, code: str, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """The actor's post does not carry this right."""

    status = 403

    def __init__(
        self, sentence: str = "您的岗位不能做这件事，请找有权限的同事办理。", *, code: str = "not_allowed"
    ) -> None:
        super().__init__(code, sentence)


class NotFound(Refused):
    """No such row, or not one this person may see: both answers are the same on purpose."""

    status = 404

    def __init__(self, sentence: str = "没有找到，或不在您的查看范围内。", *, code: str = "not_found") -> None:
        super().__init__(code, sentence)


class TooLate(Refused):
    """Somebody else pressed first; the sentence says who did what and when."""

    status = 409
