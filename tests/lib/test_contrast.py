import pytest

from shopsite.lib.contrast import can_be_read, contrast, mix, nearest_readable, text_on


def test_black_on_white_is_21_and_a_color_on_itself_is_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#2f5640", "#2f5640") == pytest.approx(1)


def test_it_does_not_matter_which_of_the_two_is_the_text() -> None:
    assert contrast("#777777", "#ffffff") == contrast("#ffffff", "#777777")


@pytest.mark.parametrize(
    ("color", "ratio"), [("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0), ("#0000ff", 8.59)]
)
def test_known_colors_on_white_have_the_ratio_that_wcag_gives(color: str, ratio: float) -> None:
    assert contrast(color, "#ffffff") == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("color", ["", "red", "#fff", "2f5640", "#2F5640", "#2f564g", "#2f5640;"])
def test_what_is_no_color_is_an_error(color: str) -> None:
    with pytest.raises(ValueError, match="is not a color"):
        contrast(color, "#ffffff")


def test_the_nearest_readable_color_is_the_color_itself_where_it_can_be_read() -> None:
    assert nearest_readable("#2f5640", "#fbf8f2") == "#2f5640"


@pytest.mark.parametrize(
    ("color", "background", "nearest"),
    [("#777777", "#ffffff", "#767676"), ("#e07a2f", "#ffffff", "#b16025")],
)
def test_a_pale_color_is_darkened_just_enough(color: str, background: str, nearest: str) -> None:
    assert nearest_readable(color, background) == nearest
    assert contrast(color, background) < 4.5 <= contrast(nearest, background)
    assert contrast(nearest, background) < 4.7


def test_a_dark_color_on_dark_paper_is_lightened() -> None:
    nearest = nearest_readable("#2f5640", "#181713")
    assert nearest is not None
    assert contrast(nearest, "#000000") > contrast("#2f5640", "#000000")
    assert can_be_read(nearest, "#181713")


def test_between_two_papers_that_lie_apart_nothing_can_be_read_on_both() -> None:
    assert nearest_readable("#888888", "#000000", "#ffffff", ratio=4.6) is None


def test_mixing_moves_each_channel_by_its_share() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#102030", "#ffffff", 0) == "#102030"
    assert mix("#102030", "#ffffff", 1) == "#ffffff"


def test_the_text_on_a_color_is_the_first_that_can_be_read_or_black_or_white() -> None:
    assert text_on("#2f5640", "#fbf8f2", "#ffffff") == "#fbf8f2"
    assert text_on("#777777", "#888888") == "#000000"
    assert text_on("#707070", "#888888") == "#ffffff"
