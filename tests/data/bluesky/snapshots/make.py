"""Writes earlier.car and later.car: one account's repository at two moments, between which it unfollowed somebody and
unblocked somebody, and wrote a post. By the specification of repositories, in the standard library alone: python3 make.py"""

import datetime
import hashlib

OWNER = "did:plc:mara2222222222222222222"
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"


def cbor(value):
    def head(major, number):
        for size, short in ((24, None), (1 << 8, 24), (1 << 16, 25)):
            if number < size:
                low = number if short is None else short
                extra = b"" if short is None else number.to_bytes(1 if short == 24 else 2, "big")
                return bytes([major << 5 | low]) + extra
        raise ValueError(number)

    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, tuple):  # a link
        return b"\xd8\x2a" + cbor(b"\0" + value[0])
    keys = sorted(value, key=lambda key: (len(key), key))
    return head(5, len(value)) + b"".join(cbor(key) + cbor(value[key]) for key in keys)


def tid(text):
    micros = int(datetime.datetime.fromisoformat(text).timestamp()) * 1_000_000
    number = micros << 10
    return "".join(LETTERS[number >> 5 * at & 31] for at in range(12, -1, -1))


def repository(rev, records):
    blocks = []

    def add(value):
        data = cbor(value)
        cid = b"\x01\x71\x12\x20" + hashlib.sha256(data).digest()
        blocks.append((cid, data))
        return (cid,)

    entries, before = [], b""
    for key, record in sorted(records.items()):
        key = key.encode()
        digest = int.from_bytes(hashlib.sha256(key).digest(), "big")
        assert 256 - digest.bit_length() < 2, "all keys must lie in the lowest layer of the tree"
        shared = next((at for at, (a, b) in enumerate(zip(before, key)) if a != b), 0)
        entries.append({"p": shared, "k": key[shared:], "v": add(record), "t": None})
        before = key
    data = add({"l": None, "e": entries})
    root = add({"did": OWNER, "version": 3, "data": data, "rev": tid(rev), "prev": None, "sig": b"\0" * 64})

    def section(content):
        length, out = len(content), b""
        while 127 < length:
            out, length = out + bytes([length & 127 | 128]), length >> 7
        return out + bytes([length]) + content

    blocks.reverse()
    return section(cbor({"roots": [root], "version": 1})) + b"".join(section(cid + data) for cid, data in blocks)


def records(*wanted):
    def subject(collection, name, at):
        key = f"app.bsky.{collection}/{tid(at)}"
        return key, {"$type": f"app.bsky.{collection}", "subject": f"did:plc:{name}", "createdAt": at}

    def reply(name, at):
        parent = {"uri": f"at://did:plc:{name}/app.bsky.feed.post/{tid('2024-01-01T00:00:00+00:00')}", "cid": "x"}
        post = {"$type": "app.bsky.feed.post", "text": "x", "createdAt": at, "reply": {"root": parent, "parent": parent}}
        return f"app.bsky.feed.post/{tid(at)}", post

    every = {
        "ann": subject("graph.follow", "ann", "2024-01-02T10:00:00+00:00"),
        "ben": subject("graph.follow", "ben", "2024-01-03T10:00:05+00:00"),
        "dee": subject("graph.block", "dee", "2024-01-04T10:00:00+00:00"),
        "old": reply("ann", "2024-02-01T10:00:00+00:00"),
        "new": reply("ben", "2025-02-01T10:00:03+00:00"),
    }
    return dict(every[name] for name in wanted)


if __name__ == "__main__":
    for name, rev, wanted in (
        ("earlier", "2024-03-01T12:00:00+00:00", ("ann", "ben", "dee", "old")),
        ("later", "2025-03-01T12:00:00+00:00", ("ben", "old", "new")),
    ):
        with open(f"{name}.car", "wb") as file:
            file.write(repository(rev, records(*wanted)))
