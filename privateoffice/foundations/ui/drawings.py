"""Small drawings made on the server: a bar or line chart, with its table under it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 420, 110
TOP, FOOT = 14, 90  # between these two the values are drawn


@dataclass(frozen=True)
class Point:
    """One value in place: where its bar or dot stands, and where its words stand."""

    label: str
    value: float
    words: str
    x: float
    middle: float
    y: float
    is_last: bool
    is_tall: bool

    @property
    def width(self) -> float:
        return round((self.middle - self.x) * 2, 1)

    @property
    def height(self) -> float:
        return round(FOOT - self.y, 1)

    @property
    def words_y(self) -> float:
        return round(self.y + 16 if self.is_tall else self.y - 4, 1)


@dataclass(frozen=True)
class Chart:
    """One message over a few values. `points` are (label, value); `unit` is said with each value in words.

    `form` is bar or line. `aim` draws one dashed line. `head` and `column` name the table's two columns.
    """

    title: str
    points: Sequence[tuple[str, float]]
    unit: str = ""
    aim: float | None = None
    form: str = "bar"
    note: str = ""
    head: str = "When"
    column: str = "Value"
    least: float | None = field(default=None)

    @property
    def floor(self) -> float:
        return 0 if self.least is None else self.least

    @property
    def ceiling(self) -> float:
        values = [value for _, value in self.points] + ([self.aim] if self.aim is not None else [])
        return max([*values, self.floor + 1])

    def height_of(self, value: float) -> float:
        share = (max(value, self.floor) - self.floor) / (self.ceiling - self.floor)
        return round(FOOT - share * (FOOT - TOP), 1)

    @property
    def placed(self) -> list[Point]:
        step = WIDTH / max(len(self.points), 1)
        return [
            Point(
                label=label,
                value=value,
                words=f"{value:g}",
                x=round(step * place + step * 0.18, 1),
                middle=round(step * place + step / 2, 1),
                y=self.height_of(value),
                is_last=place == len(self.points) - 1,
                is_tall=FOOT - self.height_of(value) >= 20,
            )
            for place, (label, value) in enumerate(self.points)
        ]

    @property
    def path(self) -> str:
        return "M" + " L".join(f"{point.middle} {point.y}" for point in self.placed)

    @property
    def aim_y(self) -> float | None:
        return None if self.aim is None else self.height_of(self.aim)

    @property
    def sentence(self) -> str:
        said = ", ".join(f"{label} {value:g}" for label, value in self.points)
        return f"{self.title}: {said}{' ' + self.unit if self.unit else ''}."
