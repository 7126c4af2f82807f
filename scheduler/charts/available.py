"""The drawing libraries, or one sentence that says how to get them; every chart takes them from here."""

try:
    import altair as alt
    import vl_convert
except ImportError as error:
    raise ImportError('charts need more packages: pip install "cohort-scheduler[notebooks]"') from error

__all__ = ["alt", "vl_convert"]
