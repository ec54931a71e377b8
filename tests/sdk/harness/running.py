"""Processes that end with the tests, and ports that nobody uses."""

import contextlib
import socket
import time


def free_ports(count):
    """All are held until the last is found, so that no two are the same."""
    with contextlib.ExitStack() as held:
        ports = []
        for _ in range(count):
            one = held.enter_context(socket.socket())
            one.bind(("127.0.0.1", 0))
            ports.append(one.getsockname()[1])
        return ports


def accepts(process, ports, seconds=30):
    """Waits until the process listens on all ports; false if it ended instead."""
    late = time.monotonic() + seconds
    waiting = list(ports)
    while waiting:
        if process.poll() is not None:
            return False
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", waiting[0]), 1).close()
            waiting.pop(0)
            continue
        assert time.monotonic() < late, "a server does not start"
        time.sleep(0.01)
    return process.poll() is None


def stop(process, seconds=15):
    """Asks it to end, as systemd does; true if it did so by itself."""
    process.terminate()
    try:
        return process.wait(seconds) in (0, -15)
    except Exception:
        process.kill()
        process.wait()
        return False


def until(holds, seconds=30, pause=0.05):
    """What `holds` answers as soon as it is true; tests wait for conditions, never for seconds."""
    late = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < late, "this does not come about"
        time.sleep(pause)
    return answer
