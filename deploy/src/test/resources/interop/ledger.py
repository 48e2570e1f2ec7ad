"""Sends messages to LedgerApp, connecting again until it works; then compares what both sides saw."""
import argparse, hashlib, json, os, random, sys, time
from mpgameserver import EllipticCurvePublicKey, RetryMode, UdpClient

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("host")
parser.add_argument("port", type=int)
parser.add_argument("--key", required=True)
parser.add_argument("--count", type=int, default=1000)
args = parser.parse_args()
key, attempts, answers = EllipticCurvePublicKey.fromPEM(open(args.key).read()), 0, [False]
while not answers[-1]:
    attempts, answers, client = attempts + 1, [], UdpClient(key)
    client.connect((args.host, args.port), callback=answers.append)
    while not answers:
        client.update()
        time.sleep(1 / 240)
print(f"connected, attempts {attempts}", flush=True)
sent, got, acked, report, asked, progress = set(), [], set(), None, False, time.monotonic()
digest = lambda message: hashlib.sha256(message).hexdigest()[:16]
while report is None and client.connected() and time.monotonic() - progress < 60:
    client.update()
    for _, message in client.getMessages():
        progress = time.monotonic()
        if message.startswith(b"REPORT"):
            report = json.loads(message[6:])
        else:
            got.append(digest(message))
    if len(sent) < args.count and len(sent) - len(acked) < 16:
        message = os.urandom(random.randint(1, 1400))
        if (name := digest(message)) not in sent:
            sent.add(name)  # each is unique; the library may tell of one ack more than once
            client.send(message, RetryMode.RETRY_ON_TIMEOUT, lambda ok, name=name: acked.add(name))
    elif not asked and (len(got) >= args.count // 10 or time.monotonic() - progress > 30):
        asked = client.send(b"REPORT", RetryMode.RETRY_ON_TIMEOUT) or True
    time.sleep(1 / 240)
seen = [sorted(report[side]) for side in ("received", "answered")] if report else [[], []]
print(f"sent {len(sent)}, acked {len(acked)}, answers {len(got)}, app saw {list(map(len, seen))}")
client.disconnect()
client.waitForDisconnect()
sys.exit(len(sent) != args.count or seen != [sorted(sent), sorted(got)])
