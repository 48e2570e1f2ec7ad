"""
An implementation of docs/wire-protocol.md, written from that page alone to prove that it suffices.

    verify.py selftest                 both roles against each other
    verify.py vectors DIR              the recorded bytes of docs/wire-vectors
    verify.py echo HOST PORT KEY       a session with a running gateway whose app echoes

Needs Python 3.11 and the package `cryptography`. KEY is the gateway's public key, as text or a file
with it; as text it may begin with a dash, and then `--` stands before HOST.
"""

import argparse
import sys


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    modes = parser.add_subparsers(dest="mode", required=True)
    modes.add_parser("selftest")
    vectors = modes.add_parser("vectors")
    vectors.add_argument("directory")
    echo = modes.add_parser("echo")
    echo.add_argument("host")
    echo.add_argument("port", type=int)
    echo.add_argument("key")
    echo.add_argument("--count", type=int, default=100, help="messages, all ORDERED on channel 0")
    echo.add_argument("--size", type=int, default=200, help="bytes of each")
    echo.add_argument("--tcp", action="store_true", help="over TCP in place of UDP")
    echo.add_argument("--within", type=float, default=30, help="seconds until it gives up")
    arguments = parser.parse_args()
    if arguments.mode == "selftest":
        import selftest

        return selftest.run()
    if arguments.mode == "vectors":
        import vectors

        return vectors.run(arguments.directory)
    import echo

    return echo.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
