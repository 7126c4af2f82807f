"""Seats used by offering: held before, newly planned, and free."""

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import (
    BLUE,
    LIST_ALL,
    ORANGE,
    PALE,
    ROW,
    WIDTH,
    Drawing,
    coloured,
    drawable,
    finished,
    whole_numbers,
)

SHARES = {"held": BLUE, "planned": ORANGE, "free": PALE}


def seats_chart(seats: pd.DataFrame, *, title: str, unit: str = "seats") -> Drawing:
    """Draw a bar for each offering (rows of `seats_frame` about one kind of thing), in the order of the calendar."""
    rows = (
        drawable(seats)
        .melt(id_vars=["offering", "start"], value_vars=list(SHARES), var_name="share", value_name="number")
        .assign(line=lambda frame: frame["offering"] + "  " + frame["start"].dt.strftime("%Y-%m-%d"))
    )
    rows["part"] = rows["share"].map({share: number for number, share in enumerate(SHARES)})
    chart = (
        alt.Chart(rows.drop(columns=["start", "offering"]))
        .mark_bar(height=ROW - 6, stroke="#8a8a8a", strokeWidth=0.4)
        .encode(
            x=alt.X("number:Q", title=unit.capitalize(), axis=whole_numbers(0, int(seats["places"].max()))),
            y=alt.Y("line:N", sort=list(dict.fromkeys(rows["line"])), axis=LIST_ALL),
            color=coloured("share", SHARES),
            order="part:Q",
        )
        .properties(width=WIDTH, height=alt.Step(ROW))
    )
    full = seats.loc[seats["free"] == 0, "offering"]
    used = int(seats["held"].sum() + seats["planned"].sum())
    told = f"{title}. {used} of {int(seats['places'].sum())} {unit} are used in {len(seats)} offerings. "
    told += f"Full: {', '.join(full)}." if len(full) else "None is full."
    below = (
        f"Held = taken before the plan; planned = new in it; free = left over. {len(full)} of {len(seats)} are full."
    )
    return finished(chart, title=title, below=below, told=told)
