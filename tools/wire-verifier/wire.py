"""Notation of the document: integers, varints, texts, and what is broken."""

MAX_VARINT = 2**62 - 1


class Broken(Exception):
    """Bytes that break a rule of the document; says which."""


def require(holds, rule):
    if not holds:
        raise Broken(rule)


def u(size, value):
    return value.to_bytes(size, "big")


def varint(value):
    """The shortest form."""
    for exponent in range(4):
        size = 1 << exponent
        if value < 1 << (8 * size - 2):
            return (value | exponent << (8 * size - 2)).to_bytes(size, "big")
    raise ValueError(f"{value} is above 2^62 - 1")


def text(value):
    encoded = value.encode()
    return varint(len(encoded)) + encoded


class Reader:
    """Takes fields off the front; every one that is not there whole is broken."""

    def __init__(self, data):
        self._data, self._at = data, 0

    def left(self):
        return len(self._data) - self._at

    def bytes(self, size):
        require(size <= self.left(), "fields end behind the bytes")
        self._at += size
        return self._data[self._at - size : self._at]

    def skip_zeros(self):
        """How many zero bytes stood next."""
        rest = self._data[self._at :]
        zeros = len(rest) - len(rest.lstrip(b"\0"))
        self._at += zeros
        return zeros

    def u(self, size):
        return int.from_bytes(self.bytes(size), "big")

    def varint(self):
        """Any form, the shortest or not."""
        first = self.u(1)
        value = first & 0x3F
        for _ in range((1 << (first >> 6)) - 1):
            value = value << 8 | self.u(1)
        return value

    def varint_to(self, limit, name):
        value = self.varint()
        require(value <= limit, f"{name} is {value}, at most {limit}")
        return value

    def sized(self, limit, name):
        return self.bytes(self.varint_to(limit, name))

    def text(self, limit, name):
        try:
            return self.sized(limit, name).decode()
        except UnicodeDecodeError:
            raise Broken(f"{name} is no UTF-8") from None
