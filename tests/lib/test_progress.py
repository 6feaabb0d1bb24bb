from io import StringIO

from shopsite.lib.progress import ProgressBar


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_one_line_that_moves_and_ends_when_all_is_done() -> None:
    terminal = Terminal()
    bar = ProgressBar(terminal, total=4)
    bar.show(2, "rows")
    bar.show(4, "rows")
    half, whole = "#" * 15 + "." * 15, "#" * 30
    assert terminal.getvalue() == (
        f"\r[{half}]  50 % 2/4 rows\033[K\r[{whole}] 100 % 4/4 rows\033[K\n"
    )


def test_a_file_gets_a_line_for_each_tenth() -> None:
    log = StringIO()
    bar = ProgressBar(log, total=1000)
    for done in range(1, 1001):
        bar.show(done)
    lines = log.getvalue().splitlines()
    assert len(lines) == 10
    assert (lines[0], lines[-1]) == (" 10 % 100/1000", "100 % 1000/1000")


def test_nothing_to_do_divides_by_nothing() -> None:
    log = StringIO()
    ProgressBar(log, total=0).show(0)
    assert log.getvalue() == ""
