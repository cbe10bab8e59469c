"""Our own commands as processes that begin with everything imported: to import it again for each takes longer than the test.

A *starter* imports what a command needs and then forks one process a request, which runs the module as ``python -m``
does: with arguments, environment, folder, umask and streams of its own, as a child of whoever asked. Whatever Popen
starts of ``-m`` and a module named here comes that way, with the same answers; all else starts as ever.

A starter has one thread and no module of tests. What only the start of an interpreter can take in (PYTHON…, LANG) must
be what it was for the starter, else the command starts cold; and it does in the tests that are marked ``cold``.
"""

from __future__ import annotations

import array
import atexit
import ctypes
import gc
import importlib
import json
import os
import platform
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "etl.__main__", "data.__main__", "dashboards.__main__", "etl.worker", "etl.reading.child",
    # What commands import late, when they need it:
    "typer.rich_utils", "alembic.command", "data.initial", "data.doctor.deep", "etl.annotate.rebuilding", "etl.annotate.marking", "etl.template",
    "etl.loading.rebuild", "etl.loading.recheck", "dashboards.results.ranking", "dashboards.results.scores",
    "dashboards.results.casualties", "dashboards.results.submissions",
)  # fmt: skip
STARTERS = {
    "etl": COMMANDS, "data": COMMANDS, "dashboards": COMMANDS, "etl.worker": COMMANDS,
    "tests.integration.step_by_step": COMMANDS,
    # Each of its own: their memory is limited, and measured by what they have imported.
    "etl.annotate.child": ("etl.annotate.child",),
    "etl.reading.child": ("etl.reading.child", "etl.reading.workbook"),
}  # fmt: skip
"""What is started warm → what its starter imports."""
_CHILDREN = frozenset({"etl.reading.child", "etl.annotate.child"})
MAY_DIFFER = frozenset(
    {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUNBUFFERED", "PYTHONHASHSEED"}
)
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""What forks must have no other; numpy, which openpyxl imports where it is there, starts some."""
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE_PARENT = 0x8000
_LENGTH = 8
_COLD_START = subprocess.Popen._execute_child  # type: ignore[attr-defined]

Starter = tuple[subprocess.Popen[bytes], socket.socket]


def _of_the_start(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that an interpreter takes in when it starts."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("PYTHON", "LC_", "LANG")) and name not in MAY_DIFFER
    }


class _Asked:
    """What Popen was asked to start, in the order in which it hands it on."""

    def __init__(
        self, args: Any, executable: Any, preexec: Any, _close: Any, passed: Any, cwd: Any, env: Any, _info: Any,
        _flags: Any, shell: Any, *rest: Any,
    ) -> None:  # fmt: skip
        self._pipes, (_restore, gid, gids, uid, self._umask, self._session, group) = rest[:6], rest[6:]
        self.args = args
        self.environment = dict(os.environ if env is None else env)
        self._cwd = os.fspath(cwd or Path.cwd())
        self.is_plain = not (executable or preexec or passed or shell or gid or gids or uid) and group == -1

    def is_module(self, modules: Container[str]) -> bool:
        """Whether it is our interpreter with one of these modules."""
        return isinstance(self.args, list) and self.args[:2] == [sys.executable, "-m"] and self.args[2] in modules

    def is_ours(self) -> bool:
        """Whether the module would be found in this checkout, and not in a copy of it that a test has changed."""
        path = [self._cwd, *self.environment.get("PYTHONPATH", "").split(os.pathsep)]
        found = next((one for one in path if one and (Path(one) / "etl").is_dir()), None)
        return found is not None and Path(found).resolve() == ROOT

    def wanted(self) -> dict[str, Any]:
        """What the new process must know."""
        return {
            "module": self.args[2], "arguments": [*map(str, self.args[3:])], "environment": self.environment,
            "cwd": self._cwd, "umask": _umask() if self._umask == -1 else self._umask, "session": self._session,
        }  # fmt: skip

    def streams(self) -> list[int]:
        """Its standard input, output and errors; ours where nothing else was said."""
        p2cread, _, _, c2pwrite, _, errwrite = self._pipes
        return [ours if one == -1 else one for ours, one in enumerate((p2cread, c2pwrite, errwrite))]

    def close_pipes(self, popen: Any) -> None:
        """Close the ends that are the new process's."""
        popen._close_pipe_fds(*self._pipes)


class Warm:
    """The starters of a test session, and Popen's way to them."""

    def __init__(self) -> None:
        self._starters: dict[tuple[str, ...], Starter] = {}
        self.cold = False
        self._one_at_a_time = threading.Lock()
        self._start_of = dict(os.environ)

    @contextmanager
    def attached(self) -> Iterator[Warm]:
        """Let Popen start what is warm from here on."""

        def start(popen: Any, args: Any, *more: Any) -> None:
            asked = _Asked(args, *more)
            if not self._is_warm(asked):
                _COLD_START(popen, args, *more)
                return
            try:
                popen.pid = self._ask(STARTERS[asked.args[2]], asked.wanted(), asked.streams())
                popen._child_created = True
            finally:
                asked.close_pipes(popen)

        subprocess.Popen._execute_child = start  # type: ignore[attr-defined]
        try:
            yield self
        finally:
            subprocess.Popen._execute_child = _COLD_START  # type: ignore[attr-defined]
            for process, ours in self._starters.values():
                ours.close()
                process.wait()

    def _is_warm(self, asked: _Asked) -> bool:
        return (
            not self.cold
            and platform.machine() in _CLONE
            and asked.is_plain
            and asked.is_module(STARTERS)
            and asked.is_ours()
            and _of_the_start(asked.environment) == _of_the_start(self._start_of)
        )

    def _ask(self, modules: tuple[str, ...], wanted: Mapping[str, Any], streams: Sequence[int]) -> int:
        """The process that a starter forks; as a child of this one, so that it is waited for as any other."""
        told = json.dumps(wanted).encode()
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))]
        with self._one_at_a_time:
            if modules not in self._starters:
                self._starters[modules] = self._started(modules)
            _process, ours = self._starters[modules]
            ours.sendmsg([len(told).to_bytes(_LENGTH, "big")], rights)
            ours.sendall(told)
            return int.from_bytes(_whole(ours, _LENGTH), "big")

    def _started(self, modules: tuple[str, ...]) -> Starter:
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-c", "from tests.warm import serve; import sys; serve(*sys.argv[1:])",
                 str(theirs.fileno()), *modules],
                cwd=ROOT, env={**self._start_of, "PYTHONPATH": str(ROOT), **_ONE_THREAD}, pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        return process, ours


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now


def _whole(connection: socket.socket, size: int) -> bytes:
    taken = b""
    while len(taken) < size:
        part = connection.recv(size - len(taken))
        if not part:
            raise EOFError("the starter is gone")
        taken += part
    return taken


def serve(handle: str, *modules: str) -> None:
    """The starter's side: import, then fork for each request."""
    for module in modules:
        importlib.import_module(module)
    gc.freeze()  # a process that looks through what it shares has it copied
    connection = socket.socket(fileno=int(handle))
    while True:
        head, streams, _flags, _address = socket.recv_fds(connection, _LENGTH, 3)
        if len(head) < _LENGTH:
            return
        wanted = json.loads(_whole(connection, int.from_bytes(head, "big")).decode())
        pid = _forked()
        if pid == 0:
            _become(wanted, streams)
        for stream in streams:
            os.close(stream)
        connection.sendall(pid.to_bytes(_LENGTH, "big"))


def _forked() -> int:
    """As os.fork, but that the new process is a child of this one's parent."""
    call = ctypes.PyDLL(None, use_errno=True).syscall
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = int(call(_CLONE[platform.machine()], _CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0))
    (ctypes.pythonapi.PyOS_AfterFork_Child if pid == 0 else ctypes.pythonapi.PyOS_AfterFork_Parent)()
    if pid < 0:
        raise OSError(ctypes.get_errno(), "clone")
    return pid


def _become(wanted: Mapping[str, Any], streams: Sequence[int]) -> NoReturn:
    """Be the process that was wanted: run its module to the end, as an interpreter would that was started for it."""
    for place, stream in enumerate(streams):
        os.dup2(stream, place, inheritable=True)
    os.closerange(3, 1024)
    if wanted["session"]:
        os.setsid()
    os.umask(wanted["umask"])
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    sys.path[0] = wanted["cwd"]
    sys.argv = [wanted["module"], *wanted["arguments"]]
    for name in [wanted["module"], *sys.modules]:
        if name.endswith(".__main__") or (name == wanted["module"] and not hasattr(sys.modules.get(name), "__path__")):
            sys.modules.pop(name, None)  # it is run, not imported
    subprocess.Popen._execute_child = _starting_children(_COLD_START)  # type: ignore[attr-defined]
    os._exit(_run(wanted["module"]))


def _run(module: str) -> int:
    """The exit code. What is imported is not taken apart at the end: that alone takes as long as most commands."""
    code: Any = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  # as an interpreter does with what nobody caught
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)  # noqa: T201  # as an interpreter does
        code = 1
    try:
        sys.stdout.flush()
    except OSError:
        return 120
    sys.stderr.flush()
    return code or 0


def _starting_children(cold_start: Any) -> Any:
    """Popen's way within a command: what reads and marks workbooks is forked from the command itself, which has imported it."""

    def start(popen: Any, args: Any, *more: Any) -> None:
        asked = _Asked(args, *more)
        if not (asked.is_plain and asked.is_module(_CHILDREN) and threading.active_count() == 1):
            cold_start(popen, args, *more)
            return
        try:
            popen.pid = os.fork()
            if popen.pid == 0:
                _become(asked.wanted(), asked.streams())
            popen._child_created = True
        finally:
            asked.close_pipes(popen)

    return start
