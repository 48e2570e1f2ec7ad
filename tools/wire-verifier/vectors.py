"""The recorded bytes of docs/wire-vectors: read to a verdict, and written anew from fields."""

import json
import pathlib

import handshake_vectors
import packet_vectors

READERS = {"handshake.json": handshake_vectors.check, "packets.json": packet_vectors.check}


def run(directory):
    """Prints what was checked; returns 1 when a vector is not as it should be."""
    checked, failed = [], []
    for path in sorted(pathlib.Path(directory).glob("*.json")):
        file = json.loads(path.read_text())
        names = [vector["name"] for vector in file["vectors"]]
        for vector in file["vectors"]:
            try:
                READERS[path.name](file, vector)
            except (AssertionError, KeyError) as wrong:
                failed.append(f"{path.name}: {vector['name']}: {wrong!r}")
        checked.append(f"{len(names)} in {path.name}")
    print(
        "\n".join(failed)
        if failed
        else f"vectors ok: {', '.join(checked)}" if checked else "no vectors"
    )
    return 1 if failed or not checked else 0
