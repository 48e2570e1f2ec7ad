"""Many clients in one process, updated in turn; each checks that its messages come back once."""
import argparse, collections, os, random, sys, time
from mpgameserver import EllipticCurvePublicKey, RetryMode, UdpClient

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("host")
parser.add_argument("port", type=int)
parser.add_argument("--key", required=True)
for option in "--clients", "--count":
    parser.add_argument(option, type=int, required=True)
args = parser.parse_args()
key = EllipticCurvePublicKey.fromPEM(open(args.key).read())

class Player:
    def __init__(self):
        self.client, self.pending = UdpClient(key), collections.Counter()
        self.sent = self.echoed = self.wrong = 0
        self.client.connect((args.host, args.port), callback=lambda ok: ok or sys.exit("no answer"))

    def step(self):
        self.client.update()
        for _, message in self.client.getMessages():
            self.wrong += self.pending[message] == 0
            self.pending[message] -= 1
            self.echoed += 1
        if self.client.connected() and self.sent < args.count and self.sent - self.echoed < 8:
            message, self.sent = os.urandom(random.randint(1, 1400)), self.sent + 1
            self.pending[message] += 1
            self.client.send(message, RetryMode.RETRY_ON_TIMEOUT)
        return self.echoed

players, give_up, done = [Player() for _ in range(args.clients)], time.monotonic() + 300, 0
while done < args.clients * args.count and time.monotonic() < give_up:
    done = sum(player.step() for player in players)
    time.sleep(1 / 480)
wrong = sum(player.wrong for player in players)
for player in players:
    player.client.disconnect()
    player.client.waitForDisconnect()
print(f"{args.clients} clients: echoed {done}, not as sent {wrong}")
sys.exit(done != args.clients * args.count or wrong > 0)
