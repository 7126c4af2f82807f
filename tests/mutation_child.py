"""What runs in a child process of the mutation: one test alone, watched; or a changed module, tried by some tests."""

import functools
import gc
import importlib
import json
import os
import resource
import signal
import struct
import sys
import time
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

NOTICED = 1
MEMORY = 4 << 30
"""Bytes that a child may ask for: a change can make something endless."""
TIMES, MORE = 10, 1.0
"""A test that takes so many times its time, and so many seconds more, has noticed something endless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How long a test takes, and which lines of which modules it reaches."""

    test: str
    seconds: float
    lines: dict[str, list[int]] = field(default_factory=dict)
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The place of the test that noticed a change, if any did, and the processor time that it took."""

    noticed: int | None
    seconds: float


class Ending:
    """A plugin that ends the process where a test fails: what follows a failure is of no interest."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """End where something was raised."""
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            os._exit(NOTICED)


def _in_child(work: Callable[[int], None]) -> tuple[int, bytes, float]:
    """Run some work in a child that writes to a pipe; return how it ended, what it wrote, and its processor time."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _quiet()
            work(writing)
        except BaseException:  # noqa: BLE001 - whatever goes wrong, the change was noticed
            os._exit(NOTICED)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), told, used.ru_utime + used.ru_stime


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def looked_at(item: pytest.Item, files: Mapping[str, str]) -> Looked:
    """Run a test in a child of its own, and return the lines that it reaches of some files, each under its module's name."""
    lines: dict[str, set[int]] = {name: set() for name in files.values()}

    def local(frame: types.FrameType, _event: str, _argument: Any) -> Any:  # noqa: ANN401 - as Python calls it
        lines[files[frame.f_code.co_filename]].add(frame.f_lineno)
        return local

    def watch(frame: types.FrameType, event: str, argument: Any) -> Any:  # noqa: ANN401 - as Python calls it
        return local(frame, event, argument) if frame.f_code.co_filename in files else None

    def work(pipe: int) -> None:
        started = time.process_time()
        item.config.pluginmanager.register(Ending())
        sys.settrace(watch)
        runtestprotocol(item, log=False, nextitem=None)
        sys.settrace(None)
        told = {"seconds": time.process_time() - started, "lines": {name: sorted(each) for name, each in lines.items()}}
        with os.fdopen(pipe, "w", encoding="utf-8") as file:
            json.dump(told, file)

    code, told, seconds = _in_child(work)
    return Looked(test=item.nodeid, **json.loads(told)) if code == 0 else Looked(
        test=item.nodeid, seconds=seconds, failed=True
    )  # fmt: skip


def tried(module: str, source: str, order: Sequence[tuple[int, pytest.Item, float]], spent: float) -> Tried:
    """Put a changed module in place, and run tests until one fails, or takes far longer than it does, or time is spent."""
    caches = _caches()

    def work(pipe: int) -> None:
        os.write(pipe, struct.pack("i", order[0][0]))
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, MORE)
        put(module, source)
        for cache in caches:
            cache.cache_clear()
        order[0][1].config.pluginmanager.register(Ending())
        started = time.process_time()
        for place, item, seconds in order:
            if time.process_time() - started > spent:
                break
            os.write(pipe, struct.pack("i", place))
            signal.setitimer(signal.ITIMER_PROF, TIMES * seconds + MORE)
            runtestprotocol(item, log=False, nextitem=None)

    code, told, seconds = _in_child(work)
    (last,) = struct.unpack("i", told[-4:])
    return Tried(noticed=None if code == 0 else last, seconds=seconds)


@functools.cache
def _caches() -> list["functools._lru_cache_wrapper[object]"]:
    """Return what remembers answers of the modules: a child forgets them, and nothing comes from before the change."""
    kind = type(_caches)
    found = [each for each in gc.get_objects() if isinstance(each, kind)]
    gc.freeze()
    return [each for each in found if (each.__module__ or "").partition(".")[0] in {"models", "scheduler", "tests"}
            and each.__module__ != __name__]  # fmt: skip


def put(name: str, source: str) -> None:
    """Give every function of a module the changed module's code: whoever has taken hold of a function has the changed one."""
    module = importlib.import_module(name)
    changed = types.ModuleType(name)
    changed.__dict__.update(__file__=module.__file__, __package__=module.__package__)
    sys.modules[name] = changed
    exec(compile(source, str(module.__file__), "exec"), changed.__dict__)  # noqa: S102 - that is what it is for
    sys.modules[name] = module
    for mine, other in _pairs(vars(module), vars(changed), name):
        mine.__code__ = other.__code__


def _pairs(
    mine: Mapping[str, object], others: Mapping[str, object], module: str
) -> Iterator[tuple[types.FunctionType, types.FunctionType]]:
    """Yield each function of a module or a class with its changed form."""
    for name, value in mine.items():
        if isinstance(value, type) and value.__module__ == module:
            yield from _pairs(vars(value), vars(others[name]), module)
            continue
        function, other = _function(value), _function(others.get(name))
        if function and other and function.__module__ == module and Path(function.__code__.co_filename).is_absolute():
            yield function, other


def _function(value: object) -> types.FunctionType | None:
    """Return the function inside a property, a method of a class, or what remembers or wraps it."""
    for name in ("fget", "func", "__func__", "__wrapped__"):
        inner = getattr(value, name, None)
        if isinstance(inner, types.FunctionType):
            return _function(inner)
    return value if isinstance(value, types.FunctionType) else None
