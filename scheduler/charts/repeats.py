"""The Pareto curve of repeats: how many waits so many added sessions cover."""

import pandas as pd

from scheduler.charts.available import alt
from scheduler.charts.drawing import BLUE, GREY, INK, RED, WIDTH, Drawing, drawable, finished, whole_numbers


def curve_chart(curve: pd.DataFrame, *, title: str) -> Drawing:
    """Draw waits covered by sessions added (rows of `curve_frame`), with what is proved possible at most."""
    waiting = int(drawable(curve)["waiting"].max())
    sessions = alt.X(
        "sessions:Q",
        title="Sessions added",
        axis=whole_numbers(0, int(curve["sessions"].max()), grid=False),
        scale=alt.Scale(padding=14, nice=False),
    )
    covered = alt.Y(
        "covered:Q", title="Waits covered", scale=alt.Scale(domain=[0, waiting + 1]), axis=whole_numbers(0, waiting)
    )
    base = alt.Chart(curve)
    layers = [
        alt.Chart(pd.DataFrame({"waiting": [waiting]})).mark_rule(color=GREY, strokeDash=[5, 3]).encode(y="waiting:Q"),
        base.mark_area(color=RED, opacity=0.18).encode(x=sessions, y=covered, y2="bound:Q"),
        base.mark_line(color=BLUE, strokeWidth=2).encode(x=sessions, y=covered),
        base.mark_point(size=70, filled=True, color=BLUE, opacity=1).encode(x=sessions, y=covered),
        base.mark_text(dy=-11, fontSize=11, color=INK).encode(x=sessions, y=covered, text="covered:Q"),
    ]
    best = curve.iloc[-1]
    proved = int(curve["proved"].sum())
    told = f"{title}. {int(best['covered'])} of {waiting} waits are covered by {int(best['sessions'])} added sessions; "
    told += ", ".join(f"{row.covered} by {row.sessions}" for row in curve.itertuples()) + "."
    below = f"Dashed: all {waiting} waits. {proved} of {len(curve)} points are proved best; red shows what is open."
    return finished(alt.layer(*layers).properties(width=WIDTH, height=260), title=title, below=below, told=told)
