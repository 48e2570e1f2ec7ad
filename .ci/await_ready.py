"""Waits until a process answers that it is ready: await_ready.py URL PID LIMIT_MS"""
import subprocess
import sys
import time
import urllib.error
import urllib.request


def ready(url):
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def alive(pid):
    # A child that ended and was not waited for is a zombie, and still takes signals.
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return state.stdout.strip() != "" and not state.stdout.startswith("Z")


def main():
    url, pid, limit_ms = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    begun = time.monotonic()
    while alive(pid):
        served = ready(url)
        took_ms = int((time.monotonic() - begun) * 1000)
        if served and took_ms <= limit_ms:
            print(f"ready after {took_ms} ms")
            return 0
        if took_ms > limit_ms:
            print(f"{url} not ready within {limit_ms} ms")
            return 1
        time.sleep(0.02)
    print("the process ended before it was ready")
    return 1


sys.exit(main())
