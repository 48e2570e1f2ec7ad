"""Sends messages to an echo app with the unmodified mpgameserver client, and checks that each comes
back once, unchanged. Needs: pip install mpgameserver==0.2.4"""
import argparse, collections, math, os, random, sys, time
from mpgameserver import EllipticCurvePublicKey, RetryMode, UdpClient

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("host", nargs="?", default="127.0.0.1")
parser.add_argument("port", nargs="?", type=int, default=7772)
parser.add_argument("--key", required=True, help="PEM file with the gateway's public root key")
parser.add_argument("--count", type=int, default=1000, help="how many messages (1000)")
parser.add_argument("--max-size", type=int, default=100_000, help="the largest, in bytes (100000)")
args = parser.parse_args()

def random_size():  # log-uniform, less the sizes that this library's sender never gets rid of
    size = int(math.exp(random.uniform(0, math.log(args.max_size + 1))))
    stuck = size in (1433, 1434) or (size > 1434 and size % 1024 == 403)
    return random_size() if stuck else size

client = UdpClient(EllipticCurvePublicKey.fromPEM(open(args.key).read()))
client.connect((args.host, args.port), callback=lambda ok: ok or sys.exit("no answer"))
pending, sent, echoed, wrong, progress = collections.Counter(), 0, 0, 0, time.monotonic()
while echoed < args.count and time.monotonic() - progress < 30 and not wrong:
    try:  # it reads one datagram per update and sends at most one per 1/60 s
        client.update()
    except EllipticCurvePublicKey.InvalidSignature:
        sys.exit("refused: the gateway does not hold the pinned root key")
    for _, message in client.getMessages():
        wrong += pending[message] == 0
        pending[message] -= 1
        echoed, progress = echoed + 1, time.monotonic()
    if client.connected() and sent < args.count and sent - echoed < 8:  # few enough for its acks
        message, sent = os.urandom(random_size()), sent + 1
        pending[message] += 1
        client.send(message, retry=RetryMode.RETRY_ON_TIMEOUT)
    time.sleep(1 / 240)
client.disconnect()
client.waitForDisconnect()
print(f"sent {sent}, echoed {echoed}, missing {sent - echoed}, not as sent {wrong}")
sys.exit(echoed != args.count or wrong > 0)
