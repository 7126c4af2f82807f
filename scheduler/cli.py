"""The command line: starts the program, and stays quiet when Ctrl-C comes before there is anything to stop."""

import sys

STOPPED = 130


def main() -> None:
    """Run the program on the arguments of this process."""
    try:
        from scheduler.commands.program import program

        for stream in (sys.stdout, sys.stderr):
            # A screen that lacks a character shows an escape in its place: that is no reason to fail.
            getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
        program(prog_name="scheduler")
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
