"""Why a sheet is not read: each refusal names what the file is, or what is wrong with it, and the cure."""

SAVE_AS = "Open it in Excel, choose Save As, and save it as an Excel Workbook (.xlsx) or as CSV UTF-8 (.csv)."


class Refused(Exception):
    """The file is not read. `sentence` is fit to show, and crosses from the child process."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        super().__init__(sentence)


def unsafe(why: str) -> Refused:
    return Refused(
        f"This workbook is not safe to open: {why}. Nothing was read from it. "
        "Ask the sender to save it anew in Excel."
    )


def damaged(why: str = "") -> Refused:
    detail = f" ({why})" if why else ""
    return Refused(f"This workbook is damaged{detail}. Ask the sender for a whole copy.")


def too_big(what: str) -> Refused:
    return Refused(f"This workbook is too big to read: {what}. Split it, or save only the sheet that is needed.")


def other(what: str, cure: str = SAVE_AS) -> Refused:
    return Refused(f"This is {what}. {cure}")
