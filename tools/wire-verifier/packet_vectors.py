"""packets.json: sealed packets and their frames."""

import frames as f
from packets import Dropped, Opener, Sealer
from wire import Broken

MODES = ("ORDERED", "RELIABLE", "SEQUENCED", "UNRELIABLE")


def same(name, found, expected):
    assert found == expected, f"{name}: {found} is not {expected}"


def check(file, vector):
    """Raises AssertionError for a vector that is not as it should be."""
    packet, session_id = bytes.fromhex(vector["bytes"]), int(file["session id"], 16)
    sender = f.CLIENT if vector["reader"] == "gateway" else f.GATEWAY
    key = bytes.fromhex(
        file["client to gateway key" if sender == f.CLIENT else "gateway to client key"]
    )
    same("verdict", read(packet, key, session_id, sender, vector), vector["verdict"])
    if vector["verdict"] in ("opens", "broken"):
        sealer = Sealer(key, session_id, vector["number"])
        sealed = sealer.seal(bytes.fromhex(vector["frames"]), (packet[0] & 3) + 1)
        same("bytes", sealed.hex(), packet.hex())


def read(packet, key, session_id, sender, vector):
    opener = Opener(key, session_id)
    for number in vector["seen"]:
        opener.window.record(number)
    same("highest", opener.window.highest, vector["highest"])
    try:
        number, plain = opener.open(packet)
    except Dropped as why:
        return "unknown session" if "another session" in str(why) else "dropped"
    same("number", number, vector["number"])
    same("frames", plain.hex(), vector["frames"])
    try:
        decoded = f.decode_frames(plain, sender)
    except Broken:
        return "broken"
    described = [describe(frame) for frame in decoded]
    same("fields", [frame for frame in described if frame], vector["fields"])
    return "opens"


def positions(found):
    return {"up to": found.up_to, "ranges": [list(pair) for pair in found.ranges]}


def message(kind, frame, **more):
    numbered = {"mode": MODES[frame.mode], "channel": frame.channel, "number": frame.number}
    return {"kind": kind} | numbered | more | {"data": frame.data.hex()}


def channel(found):
    return {
        "channel": found.channel,
        "mode": MODES[found.mode],
        "first kept": found.first_kept,
        "next": found.next,
        "received": positions(found.received),
        "handled": positions(found.handled),
    }


def describe(frame):
    """A frame in the words of the vectors; None for what they leave out."""
    match frame:
        case f.Padding() | f.Skipped():
            return None
        case f.Ping():
            return {"kind": "PING"}
        case f.Ack(ranges, delay):
            return {"kind": "ACK", "delay": delay, "acknowledged": [list(r) for r in ranges]}
        case f.DeliveryAck(number, handled):
            return {"kind": "DELIVERY_ACK", "channel": number, "positions": positions(handled)}
        case f.Attach():
            parts = {"part": frame.part, "parts": frame.parts, "fresh": frame.fresh}
            counts = {"generation": frame.generation, "epoch": frame.epoch}
            channels = {"channels": [channel(found) for found in frame.channels]}
            return {"kind": "ATTACH"} | parts | counts | channels
        case f.Flow(limit):
            return {"kind": "FLOW", "limit": limit}
        case f.PathChallenge(data):
            return {"kind": "PATH_CHALLENGE", "bytes": data.hex()}
        case f.PathResponse(data):
            return {"kind": "PATH_RESPONSE", "bytes": data.hex()}
        case f.Close(code, reason):
            return {"kind": "CLOSE", "code": code, "reason": reason}
        case f.Token(sort, total, offset, data):
            place = {"sort": sort, "total": total, "offset": offset}
            return {"kind": "TOKEN"} | place | {"data": data.hex()}
        case f.Ticket(lifetime, ticket, gateways):
            where = {"ticket": ticket.hex(), "gateways": list(gateways)}
            return {"kind": "TICKET", "lifetime": lifetime} | where
        case f.Redirect(gateway, ticket):
            return {"kind": "REDIRECT", "gateway": gateway, "ticket": ticket.hex()}
        case f.Message():
            return message("MESSAGE", frame)
        case f.Fragment():
            return message("FRAGMENT", frame, total=frame.total, offset=frame.offset)
