"""handshake.json: the clear packets."""

import clear
from handshake import ClientHandshake, GatewayHandshake, Refused, respond
from noise import DoesNotOpen
from packets import Dropped

# Fields by their names in the document.
INIT_FIELDS = {
    "lowest version": "lowest_version",
    "highest version": "highest_version",
    "features": "features",
    "largest packet": "largest_packet",
    "idle timeout": "idle_timeout_ms",
    "credit": "credit",
    "largest message": "largest_message",
}
RESPONSE_FIELDS = {name: INIT_FIELDS[name] for name in list(INIT_FIELDS)[2:]}


def same(name, found, expected):
    assert found == expected, f"{name}: {found} is not {expected}"


class Scene:
    """The keys of the file, and both ends."""

    def __init__(self, file):
        self.keys = file["gateway keys"]
        self.ephemerals = [
            bytes.fromhex(file[f"{end} ephemeral"]["private"]) for end in ("client", "gateway")
        ]
        self.gateway = GatewayHandshake(
            *(bytes.fromhex(key["private"]) for key in self.keys.values())
        )

    def client(self, key_id=None, fields=()):
        """A client with the key of this id, by default the first, and these fields in INIT."""
        key = next(k for k in self.keys.values() if key_id in (None, k["key id"]))
        payload = clear.InitPayload(
            **{INIT_FIELDS[n]: v for n, v in dict(fields).items() if n in INIT_FIELDS}
        )
        return ClientHandshake(
            bytes.fromhex(key["public"]), payload=payload, ephemeral=self.ephemerals[0]
        )


def check(file, vector):
    """Raises AssertionError for a vector that is not as it should be."""
    scene, packet, fields = Scene(file), bytes.fromhex(vector["bytes"]), vector.get("fields", {})
    read = at_gateway if vector["reader"] == "gateway" else at_client
    try:
        verdict = read(scene, packet, fields)
    except Dropped:
        verdict = "dropped"
    except DoesNotOpen:
        verdict = "does not open"
    same("verdict", verdict, vector["verdict"])


def at_gateway(scene, packet, fields):
    answer = scene.gateway.read(packet)
    if clear.read_header(answer).kind == clear.REFUSE:
        same("answer", answer.hex(), fields["answer"])
        return f"refuse {clear.read_refuse(answer).reason}"
    header, (_, message1) = clear.read_header(packet), clear.read_init(packet)
    _, payload = scene.gateway.open(header, message1)
    for name, attribute in INIT_FIELDS.items():
        same(name, getattr(payload, attribute), fields.get(name, getattr(payload, attribute)))
    if fields:
        same("bytes", scene.client(fields["key id"], fields).init().hex(), packet.hex())
    return "opens"


def at_client(scene, packet, fields):
    if packet[:5] == clear.Header(clear.RESET, 0).encode()[:5]:
        return reset(packet, fields)
    client = scene.client()
    try:
        session = client.read(packet)
    except Refused:
        answer = clear.FullPayload(fields["retry after"])
        same("bytes", answered(scene, answer)[0].hex(), packet.hex())
        return "full"
    if session:
        return accepted(scene, client, packet, fields)
    if client.cookies:
        same("cookie", clear.read_cookie(packet)[0].hex(), fields["cookie"])
        same("answer", client.init().hex(), fields["answer"])
        same(
            "bytes",
            clear.cookie(client.key_id, client.cookie, client.message1[:8]).hex(),
            packet.hex(),
        )
        return "cookie"
    for name in ("reason", "lowest version", "highest version"):
        found = getattr(client.refused, name.replace(" ", "_"))
        same(name, found, fields.get(name, found))
    header = clear.Header(clear.REFUSE, client.key_id)
    same("bytes", client.refused.encode(header).hex(), packet.hex())
    return f"refused {client.refused.reason}"


def answered(scene, answer):
    """RESPONSE with this payload, and the gateway's Noise state behind it."""
    packet = scene.client().init()
    header, (_, message1) = clear.read_header(packet), clear.read_init(packet)
    noise, _ = scene.gateway.open(header, message1, scene.ephemerals[1])
    return respond(noise, header, answer), noise


def accepted(scene, client, packet, fields):
    session_id, token = int(fields["session id"], 16), bytes.fromhex(fields["reset token"])
    numbers = {attribute: fields[name] for name, attribute in RESPONSE_FIELDS.items()}
    expected = clear.ResponsePayload(session_id, token, **numbers)
    same("payload", client.answer, expected)
    written, noise = answered(scene, expected)
    same("bytes", written.hex(), packet.hex())
    for role in (client.noise, noise):
        keys = [key.hex() for key in role.split()]
        same("keys", keys, [fields["client to gateway key"], fields["gateway to client key"]])
        same("handshake hash", role.hash().hex(), fields["handshake hash"])
    return "accepted"


# The vectors of RESET are for the session that the vector RESPONSE gives.
SESSION = {"session id": "0311223344556677", "reset token": "54dfd1d5414523c307ddb1bb9990a4fc"}


def reset(packet, fields):
    expected = clear.reset(int(SESSION["session id"], 16), bytes.fromhex(SESSION["reset token"]))
    if packet != expected:
        raise Dropped("not our RESET")
    same("fields", {name: fields[name] for name in SESSION}, SESSION)
    return "reset"
