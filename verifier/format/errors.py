"""The one error of the codecs: input that is not what its specification asks for."""


class FormatError(ValueError):
    """Input refused by a codec.

    `code` is stable and stands in the table of `verifier.codes`; `detail` is one sentence for a person.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
