#!/usr/bin/env python3
"""Checks an evidence bundle of ledger-276 without the ledger: Python 3.9 or later and its standard library, nothing else.

    python3 verify.py [bundle folder or .zip] [--seal held-seal.json] [--public-key key] [--json] [--lang fr|en]

Three verdicts: integrity (nothing altered, dropped, swapped, inserted), completeness (the tail is there, against a seal
that you hold), arithmetic (every share, balance and closing computed again). Exit code 0: no verdict is bad; 1: one is;
2: misused. It shares no code with the server whose log it checks: the forms it reads are described in the README files
of the bundle, RFC 8785 (canonical JSON), RFC 6962 (Merkle tree) and RFC 8032 (Ed25519). Memory does not grow with the log.
"""

import argparse
import base64
import binascii
import concurrent.futures
import contextlib
import datetime
import hashlib
import io
import json
import os
import re
import sqlite3
import sys
import time
import zipfile
from decimal import Decimal

FORMAT = "ledger-276-evidence"
VERSION = 1
FORM = b"stored-event.v1"
SEAL_CONTEXT = "ledger-276 seal v1\n"
FILES = {
    "manifest": "manifest.json",
    "events": "events.ndjson",
    "leaves": "leaves.txt",
    "seals": "seals.json",
    "balances": "balances.json",
    "keys": "public-keys.txt",
}
REPORTED_AT_MOST = 20
SAFE = 2**53 - 1


class Misused(Exception):
    """The command was called in a way it does not understand, or on something that is no bundle."""


class NotCanonical(ValueError):
    """The value has no canonical text."""


class Impossible(Exception):
    """An event that cannot follow what came before it."""


# ---------------------------------------------------------------------------------------------------------------- hashes


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def leaf_hash(content):
    """RFC 6962: a leaf is hashed behind a zero byte."""
    return sha256(b"\x00" + content)


class Tree:
    """The Merkle tree hash of RFC 6962 over leaf hashes; keeps as many hashes as the size has binary digits."""

    def __init__(self):
        self.size = 0
        self.subtrees = []

    def add(self, leaf):
        size = self.size
        while size & 1:
            leaf = hashlib.sha256(b"\x01" + self.subtrees.pop() + leaf).digest()
            size >>= 1
        self.subtrees.append(leaf)
        self.size += 1

    def root(self):
        if not self.subtrees:
            return sha256(b"").hex()
        right = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            right = sha256(b"\x01", left, right)
        return right.hex()


# ---------------------------------------------------------------------------------------------------------- Ed25519 (RFC 8032)

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def point_add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e1 = (y1 - x1) * (y2 - x2) % P
    e2 = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = e2 - e1, d - c, d + c, e2 + e1
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_negate(a):
    return (P - a[0], a[1], a[2], P - a[3])


def point_of(encoded):
    """The point of 32 bytes, or None."""
    y = int.from_bytes(encoded, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(public_key, message, signature):
    """Whether the signature of 64 bytes is that of the message under the key of 32 bytes (RFC 8032, 5.1.7)."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a = point_of(public_key)
    r = point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    # [s]B = R + [k]A, as [s]B + [k](-A) = R: both products at one go
    a = point_negate(a)
    both = point_add(BASE, a)
    sum_ = NEUTRAL
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        sum_ = point_add(sum_, sum_)
        of_s, of_k = s >> bit & 1, k >> bit & 1
        if of_s or of_k:
            sum_ = point_add(sum_, both if of_s and of_k else BASE if of_s else a)
    return point_equal(sum_, r)


# -------------------------------------------------------------------------------------------------------- canonical JSON

ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
DIGITS = bytes(48 if 48 <= byte <= 57 else 32 for byte in range(256))
LONG_NUMBER = b"0" * 16
BEYOND_16_BITS = re.compile(rb"[\xf0-\xf4]")


def is_unusual(line):
    """Whether the encoder above may write it otherwise than RFC 8785, or JavaScript may read it otherwise: take the long way."""
    return (
        b"\\u" in line
        or LONG_NUMBER in line.translate(DIGITS)
        or (not line.isascii() and BEYOND_16_BITS.search(line) is not None)
    )


class Fraction(Exception):
    """The text holds a number with a fraction or an exponent."""


def refuse_constant(name):
    raise NotCanonical(name + " is no JSON")


def stop_at_fraction(_text):
    raise Fraction


QUICK = json.JSONDecoder(parse_float=stop_at_fraction, parse_constant=refuse_constant)
EXACT = json.JSONDecoder(parse_constant=refuse_constant, parse_float=lambda text: number_of(float(text)))


def number_of(value):
    """As JavaScript has it: a number without a fraction is an integer."""
    if value in (float("inf"), float("-inf")):
        raise NotCanonical("beyond the numbers")
    if value == int(value):
        if abs(value) > SAFE:
            raise NotCanonical("beyond the integers that every reader keeps")
        return int(value)
    return value


def fraction_text(value):
    """A number as ECMAScript writes it (Number::toString), which RFC 8785 asks for."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent
    minus = "-" if sign else ""
    if 0 < point <= 21:
        return minus + text[:point] + "." + text[point:]
    if -6 < point <= 0:
        return minus + "0." + "0" * -point + text
    e = point - 1
    mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
    return minus + mantissa + "e" + ("+" if e > 0 else "-") + str(abs(e))


def canonical_slow(value):
    if isinstance(value, bool) or value is None:
        return ENCODER.encode(value)
    if isinstance(value, int):
        if abs(value) > SAFE:
            raise NotCanonical("beyond the integers that every reader keeps")
        return str(value)
    if isinstance(value, float):
        return fraction_text(value)
    if isinstance(value, str):
        value.encode("utf-8")
        return ENCODER.encode(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical_slow, value)) + "]"
    # the order of UTF-16 code units, not that of code points
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(canonical_slow(key) + ":" + canonical_slow(value[key]) for key in keys) + "}"


# ---------------------------------------------------------------------------------------------------------------- events

FIELDS = {"position", "stream", "revision", "id", "type", "recordedAt", "data", "metadata"}
INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z", re.ASCII)
POSITION = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
EPOCH = datetime.date(1970, 1, 1).toordinal()


class Event:
    """One line of events.ndjson; `canonical` holds the bytes of the form stored-event.v1."""

    __slots__ = ("canonical", "data", "id", "position", "revision", "stream", "type")


def milliseconds(text):
    match = INSTANT.fullmatch(text)
    if match is None:
        raise ValueError("recordedAt is no instant")
    year, month, day, hour, minute, second, fraction = map(int, match.groups())
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError("recordedAt is no instant")
    days = datetime.date(year, month, day).toordinal() - EPOCH
    return ((days * 24 + hour) * 60 + minute) * 60000 + second * 1000 + fraction


def event_of(line, hashed=True):
    """Reads one line. Raises ValueError when it is no event."""
    canonical = ENCODER.encode
    unusual = is_unusual(line)
    text = line.decode("utf-8")
    if not unusual:
        try:
            fields = QUICK.decode(text)
        except Fraction:
            unusual = True
    if unusual:
        fields = EXACT.decode(text)
        canonical = canonical_slow
    if not isinstance(fields, dict) or fields.keys() != FIELDS:
        raise ValueError("the fields of an event are " + ", ".join(sorted(FIELDS)))
    position, revision = fields["position"], fields["revision"]
    texts = (fields["id"], fields["stream"], fields["type"], fields["recordedAt"], position)
    if not all(type(text) is str for text in texts) or POSITION.fullmatch(position) is None or int(position) > SAFE:
        raise ValueError("a field is not of its kind")
    if type(revision) is not int or not 0 <= revision <= SAFE:
        raise ValueError("the revision is no count")
    if type(fields["data"]) is not dict or type(fields["metadata"]) is not dict:
        raise ValueError("data and metadata are objects")
    event = Event()
    event.position, event.revision, event.data = int(position), revision, fields["data"]
    event.id, event.stream, event.type = fields["id"], fields["stream"], fields["type"]
    at = milliseconds(fields["recordedAt"])
    if not hashed:
        return event
    parts = (
        FORM,
        event.id.encode(),
        event.stream.encode(),
        b"%d" % revision,
        event.type.encode(),
        b"%d" % at,
        canonical(event.data).encode(),
        canonical(fields["metadata"]).encode(),
    )
    event.canonical = b"".join([b"%b%b" % (len(part).to_bytes(4, "big"), part) for part in parts])
    return event


# ---------------------------------------------------------------------------------------------------------------- bundle


class Bundle:
    """A folder or a zip file, read file by file."""

    def __init__(self, path):
        self.path = path
        self.zip = None
        if os.path.isdir(path):
            return
        if not zipfile.is_zipfile(path):
            raise Misused("not-a-bundle", path)
        self.zip = zipfile.ZipFile(path)
        names = self.zip.namelist()
        if len(names) != len(set(names)):
            raise Misused("not-a-bundle", path)

    def has(self, name):
        return name in self.zip.namelist() if self.zip else os.path.isfile(os.path.join(self.path, name))

    def open(self, name):
        if not self.has(name):
            raise Misused("no-file", name)
        return self.zip.open(name) if self.zip else open(os.path.join(self.path, name), "rb", buffering=1 << 20)

    def text(self, name):
        with self.open(name) as file:
            return file.read().decode("utf-8")

    def json(self, name):
        try:
            return EXACT.decode(self.text(name))
        except ValueError as error:
            raise Misused("not-json", name) from error

    def lines(self, name, tell=None):
        """The lines without their ends; `tell` is called with the bytes read so far, now and then."""
        read = 0
        with self.open(name) as file:
            for number, line in enumerate(file, 1):
                if tell and not number & 2047:
                    tell(read)
                read += len(line)
                yield line.rstrip(b"\r\n")


class MemoryBundle(Bundle):
    """The same, of files that are in memory: bytes by name."""

    def __init__(self, files):
        self.files, self.path = files, "memory"

    def has(self, name):
        return name in self.files

    @contextlib.contextmanager
    def open(self, name):
        if not self.has(name):
            raise Misused("no-file", name)
        yield io.BytesIO(self.files[name])


class Kept:
    """A table of texts and values that may be larger than memory: the newest here, the rest in a temporary database."""

    AT_MOST = 40_000

    def __init__(self, name):
        self.near = {}
        self.name = name
        self.far = None

    def get(self, key):
        value = self.near.get(key)
        if value is not None or self.far is None:
            return value
        row = self.far.execute(f"SELECT value FROM {self.name} WHERE key = ?", (key,)).fetchone()
        return None if row is None else json.loads(row[0])

    def set(self, key, value):
        self.near[key] = value
        if len(self.near) > self.AT_MOST:
            self.spill()

    def spill(self):
        if self.far is None:
            self.far = temporary_database()
            self.far.execute(f"CREATE TABLE {self.name} (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        # the half that was written first
        old = [(key, self.near[key]) for key, _ in zip(list(self.near), range(self.AT_MOST // 2))]
        rows = sorted((key, ENCODER.encode(value)) for key, value in old)
        self.far.executemany(f"INSERT OR REPLACE INTO {self.name} VALUES (?, ?)", rows)
        for key, _ in old:
            del self.near[key]


class Seen:
    """Ids, each with the line where it stands: which comes again, and where first? Flat in memory."""

    AT_MOST = 100_000

    def __init__(self):
        self.near = {}
        self.twice = None
        self.far = None

    def add(self, key, line):
        if self.near.setdefault(key, line) != line and self.twice is None:
            self.twice = line
        if len(self.near) > self.AT_MOST:
            self.spill()

    def spill(self):
        if self.far is None:
            self.far = temporary_database()
            self.far.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER, again INTEGER) WITHOUT ROWID")
        self.far.executemany(
            "INSERT INTO seen VALUES (?, ?, NULL) ON CONFLICT (key) DO UPDATE"
            " SET again = min(coalesce(again, excluded.line), excluded.line)",
            sorted(self.near.items()),
        )
        self.near = {}

    def first_twice(self):
        if self.far is None:
            return self.twice
        self.spill()
        found = [self.twice, self.far.execute("SELECT min(again) FROM seen").fetchone()[0]]
        return min((line for line in found if line is not None), default=None)


def temporary_database():
    """In a file of its own that is gone when it is closed."""
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -32768")
    # one transaction for ever: a commit looks at every page that was changed
    database.execute("BEGIN")
    return database


# --------------------------------------------------------------------------------------------------------------- findings


class Findings:
    """What is wrong, by verdict; the first twenty in the order of the log are reported."""

    def __init__(self):
        self.list = []
        self.count = 0

    def add(self, code, event=None, line=None, **more):
        self.count += 1
        if len(self.list) >= REPORTED_AT_MOST:
            return
        finding = {"code": code, "line": line}
        if event is not None:
            finding.update(position=event.position, stream=event.stream, revision=event.revision, type=event.type)
        finding.update(more)
        self.list.append(finding)

    def in_order(self):
        return sorted(self.list, key=lambda finding: (finding["line"] is None, finding["line"] or 0))


# --------------------------------------------------------------------------------- integrity and completeness: the log

LEAF = re.compile(rb"([1-9][0-9]{0,15}) ([0-9a-f]{64})")
SEAL_FIELDS = {"number", "treeSize", "rootHash", "previousSealHash", "sealedAt", "publicKey", "signature"}


def leaf_of(text):
    """The position and the hash of a line of leaves.txt; None twice where it has none."""
    match = LEAF.fullmatch(text)
    return (None, None) if match is None else (int(match[1]), match[2])


def read_event(text):
    """The event of a line and its leaf hash, in hexadecimal; None twice for what is no event."""
    if text is None:
        return None, None
    try:
        event = event_of(text)
    except (ValueError, RecursionError, OverflowError):
        return None, None
    return event, hashlib.sha256(b"\x00" + event.canonical).hexdigest().encode()


def base64_of(text, length):
    """The bytes, or None: one text for each value."""
    try:
        found = base64.b64decode(text, validate=True)
    except (ValueError, TypeError, binascii.Error):
        return None
    return found if len(found) == length and base64.b64encode(found).decode() == text else None


def is_seal(seal):
    if type(seal) is not dict or seal.keys() != SEAL_FIELDS:
        return False
    counts = (seal["number"], seal["treeSize"])
    texts = (seal["rootHash"], seal["sealedAt"], seal["publicKey"], seal["signature"])
    chained = seal["previousSealHash"] is None or type(seal["previousSealHash"]) is str
    return chained and all(type(count) is int and count >= 0 for count in counts) and all(type(t) is str for t in texts)


def is_signed(seal):
    """Whether the key that the seal names has signed it."""
    key, signature = base64_of(seal["publicKey"], 32), base64_of(seal["signature"], 64)
    if key is None or signature is None:
        return False
    unsigned = {name: value for name, value in seal.items() if name != "signature"}
    return ed25519_verify(key, (SEAL_CONTEXT + canonical_slow(unsigned)).encode(), signature)


def seal_hash(seal):
    return sha256(canonical_slow(seal).encode()).hex()


class LogCheck:
    """Holds every event against its leaf hash, the leaf hashes against the signed seals, the tail against a seal held."""

    def __init__(self, bundle, held=None, trusted=(), tell=None):
        self.bundle = bundle
        self.held = held
        self.tell = tell
        self.manifest = manifest_of(bundle)
        self.seals = bundle.json(FILES["seals"])
        if type(self.seals) is not list:
            raise Misused("not-json", FILES["seals"])
        self.keys = trusted or ([held["publicKey"]] if held else bundle.text(FILES["keys"]).split())
        self.integrity = Findings()
        self.completeness = Findings()
        self.claims = []  # of closings: (size, root, line, event)
        self.seal_events = {}  # by number: (line, event)
        self.events = 0
        self.leaves = 0
        self.last_hash = None
        self.wanted = None
        self.whole = True  # no event differs from its leaf

    def run(self):
        self.check_events()
        self.check_leaves(self.signed_seals())
        self.check_held()
        self.check_files()
        return self

    def check_events(self):
        """Event by event, up to the first that is not what its leaf says."""
        events = self.bundle.lines(FILES["events"], self.tell)
        leaves = self.bundle.lines(FILES["leaves"])
        revisions, ids = Kept("revisions"), Seen()
        for text in events:
            self.events += 1
            event, hashed = read_event(text)
            leaf = next(leaves, b"")
            position, expected = leaf_of(leaf)
            if hashed is None or hashed != expected:
                self.name_difference(event, hashed, leaf, next(events, None), next(leaves, b""))
                break
            self.last_hash = hashed
            before = revisions.get(event.stream)
            due = 0 if before is None else before + 1
            if event.position != position:
                self.integrity.add("POSITION", event, self.events, expected=position)
            elif event.revision != due:
                self.integrity.add("REVISION", event, self.events, expected=due)
            revisions.set(event.stream, event.revision)
            ids.add(event.id, self.events)
            self.note(event)
        twice = ids.first_twice()
        if twice is not None:
            self.integrity.add("ID_TWICE", None, twice)
        text = None
        for text in events:
            self.events += 1
        if text is not None:
            self.last_hash = read_event(text)[1]

    def name_difference(self, event, hashed, leaf, next_text, next_leaf):
        """Says what happened at a line: it was altered, dropped, swapped with another, or inserted."""
        line = self.events
        self.whole = False
        position, expected = leaf_of(leaf)
        following, following_hash = read_event(next_text)
        expected_next = leaf_of(next_leaf)[1]
        self.last_hash = hashed
        if next_text is not None:
            self.events += 1
            self.last_hash = following_hash
        if expected is None:
            return self.integrity.add("INSERTED" if leaf == b"" else "LEAVES_UNREADABLE", event, line)
        if following_hash is not None and following_hash == expected:
            if hashed is not None and hashed == expected_next:
                return self.integrity.add("SWAPPED", event, line, otherLine=line + 1)
            return self.integrity.add("INSERTED", event, line)
        if hashed is not None and hashed == expected_next:
            return self.integrity.add("DROPPED", None, line, lastLine=line, position=position)
        follows = following_hash is not None and following_hash == expected_next
        self.integrity.add("ALTERED" if event else "UNREADABLE", event, line)
        if hashed is not None:
            self.wanted = (hashed, line, follows, position)

    def place_difference(self, line):
        """The event that stands on the wrong line was found further down in the list of leaves."""
        _, wrong, follows, position = self.wanted
        self.wanted = None
        finding = next(one for one in self.integrity.list if one["code"] == "ALTERED" and one["line"] == wrong)
        if line > wrong and follows:
            finding.update(code="SWAPPED", otherLine=line)
        elif line > wrong:
            finding.clear()
            finding.update(code="DROPPED", line=wrong, lastLine=line - 1, position=position)

    def note(self, event):
        """What seals and closings say of the log before them is looked at when the leaves are counted."""
        data, line = event.data, self.events
        if event.type == "LogSealed.v1":
            number = data.get("number")
            listed = self.seals[number - 1] if type(number) is int and 1 <= number <= len(self.seals) else None
            if number in self.seal_events or listed != data:
                self.integrity.add("SEALS_FILE", event, line)
            elif is_seal(data) and data["treeSize"] >= line:
                self.integrity.add("SEAL_TOO_WIDE", event, line)
            if type(number) is int:
                self.seal_events[number] = (line, event)
        elif event.type in ("ExerciceClosingProposed.v1", "ExerciceClosed.v2"):
            seal = data.get("seal")
            size, root = (seal.get("treeSize"), seal.get("rootHash")) if type(seal) is dict else (None, None)
            if type(size) is not int or not 0 < size < line or type(root) is not str:
                self.integrity.add("CLOSING_SEAL", event, line)
            else:
                self.claims.append((size, root, line, event))

    def signed_seals(self):
        """The seals that hold: by number, chained, signed by a key that is trusted."""
        good, before = [], None
        for number, seal in enumerate(self.seals, 1):
            line, event = self.seal_events.get(number, (None, None))
            if not is_seal(seal) or seal["number"] != number:
                self.integrity.add("SEALS_FILE", event, line, number=number)
                return good
            if self.whole and event is None and self.events > seal["treeSize"]:
                self.integrity.add("SEALS_FILE", None, None, number=number)
            chained = seal["previousSealHash"] == (None if before is None else seal_hash(before))
            if not chained or seal["treeSize"] <= (0 if before is None else before["treeSize"]):
                self.integrity.add("SEAL_CHAIN", event, line, number=number)
            before = seal
            if seal["publicKey"] not in self.keys:
                self.integrity.add("SEAL_KEY", event, line, number=number)
            elif not is_signed(seal):
                self.integrity.add("SEAL_SIGNATURE", event, line, number=number)
            else:
                good.append(seal)
        return good

    def check_leaves(self, seals):
        """The tree over the leaves has, at every size that somebody vouches for, the root that is vouched for."""
        points = [(seal["treeSize"], seal["rootHash"], "seal", seal) for seal in seals]
        points += [(size, root, "closing", (line, event)) for size, root, line, event in self.claims]
        head = self.manifest["head"]
        points.append((head["treeSize"], head["rootHash"], "manifest", None))
        if self.held:
            points.append((self.held["treeSize"], self.held["rootHash"], "held", None))
        points.sort(key=lambda point: point[0])
        tree, judged, leaf, at = Tree(), [], None, 0
        while at < len(points) and points[at][0] == 0:
            judged.append((points[at], points[at][1] == tree.root(), 0))
            at += 1
        for text in self.bundle.lines(FILES["leaves"]):
            position, leaf = leaf_of(text)
            if leaf is None:
                self.integrity.add("LEAVES_UNREADABLE", None, tree.size + 1)
                break
            tree.add(binascii.unhexlify(leaf))
            if self.wanted and leaf == self.wanted[0]:
                self.place_difference(tree.size)
            while at < len(points) and points[at][0] == tree.size:
                judged.append((points[at], points[at][1] == tree.root(), position))
                at += 1
        self.leaves = tree.size
        self.judge(judged)
        if self.events < self.leaves and self.last_hash != leaf:
            self.completeness.add("TAIL_CUT", None, self.events + 1, expected=self.leaves)
        else:
            beyond = [point for point in points[at:] if point[2] != "closing"]
            if beyond:
                self.completeness.add("TAIL_CUT", None, self.leaves + 1, expected=beyond[-1][0])
        if self.manifest["events"] != head["treeSize"]:
            self.integrity.add("MANIFEST_HEAD")

    def judge(self, judged):
        # a signed seal that holds vouches for everything before it: then whoever says otherwise is wrong
        vouched = max((size for (size, _, kind, _), good, _ in judged if good and kind in ("seal", "held")), default=0)
        good_before, told = 0, False
        for (size, _, kind, whose), good, position in judged:
            if good:
                if kind != "manifest":
                    good_before = max(good_before, size)
                if kind == "closing" and whose[1].data.get("atPosition") != str(position):
                    self.integrity.add("CLOSING_SEAL", whose[1], whose[0])
                continue
            if kind == "manifest":
                self.integrity.add("MANIFEST_HEAD")
            elif kind == "held":
                self.completeness.add("HISTORY_REWRITTEN", None, good_before + 1, lastLine=size)
            elif size <= vouched:
                line, event = whose if kind == "closing" else self.seal_events.get(whose["number"], (None, None))
                self.integrity.add("CLOSING_SEAL" if kind == "closing" else "SEAL_ROOT", event, line)
            elif not told:
                told = True
                self.integrity.add("LEAVES_DIFFER", None, good_before + 1, lastLine=size)

    def check_held(self):
        """The seal that the auditor kept: is it one, and is it of this log?"""
        if not self.held:
            return
        number = self.held["number"]
        if not is_signed(self.held):
            self.completeness.add("HELD_SEAL_SIGNATURE", number=number)
        elif number > len(self.seals):
            self.completeness.add("HELD_SEAL_MISSING", number=number)
        elif self.seals[number - 1] != self.held:
            self.completeness.add("HELD_SEAL_OTHER", number=number)

    def check_files(self):
        """The bytes of every file; where an event was named, its file is known to differ."""
        named = not self.whole or self.completeness.count > 0
        for name, said in self.manifest["files"].items():
            if not self.bundle.has(name):
                self.integrity.add("FILE_MISSING", file=name)
                continue
            if name == FILES["events"] and named:
                continue
            digest, size = hashlib.sha256(), 0
            with self.bundle.open(name) as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    digest.update(block)
                    size += len(block)
            if digest.hexdigest() != said["sha256"] or size != said["bytes"]:
                self.integrity.add("FILE_CHANGED", file=name)

    def verdicts(self):
        sealed = max((seal["treeSize"] for seal in self.seals if is_seal(seal)), default=0)
        complete = "bad" if self.completeness.count else "good" if self.held else "open"
        return {
            "integrity": verdict("bad" if self.integrity.count else "good", self.integrity, sealedEvents=sealed),
            "completeness": verdict(
                complete, self.completeness, vouchedEvents=self.held["treeSize"] if self.held else sealed
            ),
        }


def verdict(word, findings, **more):
    return {"verdict": word, **more, "count": findings.count, "findings": findings.in_order()}


def manifest_of(bundle):
    """Raises Misused for what is no manifest of this format."""
    manifest = bundle.json(FILES["manifest"])
    try:
        good = (
            manifest["format"] == FORMAT
            and type(manifest["version"]) is int
            and type(manifest["events"]) is int
            and type(manifest["head"]["treeSize"]) is int
            and type(manifest["head"]["rootHash"]) is str
            and manifest["writers"] in ("one", "several")
            and all(type(f["sha256"]) is str and type(f["bytes"]) is int for f in manifest["files"].values())
        )
    except (KeyError, TypeError, AttributeError):
        good = False
    if not good:
        raise Misused("not-a-bundle", bundle.path)
    if manifest["version"] != VERSION:
        raise Misused("other-version", manifest["version"])
    return manifest


# ------------------------------------------------------------------------------------------------------------ arithmetic

COLUMNS = (
    "grantedShareCents",
    "shareDueCents",
    "disbursedCents",
    "recoveredCents",
    "contributedCents",
    "receivedCents",
    "calledCents",
)
GRANTED, DUE, DISBURSED, RECOVERED, CONTRIBUTED, RECEIVED, CALLED = range(7)
# what a column adds to the position: disbursed - recovered + contributed - received - due
EFFECT = (0, -1, 1, -1, 1, -1, 0)

# types that move no money, and are right or wrong without any arithmetic
WITHOUT_MONEY = frozenset(
    f"{name}.v1"
    for name in (
        "FunderRegistered FunderRenamed ContactOfficeNamed CeilingSet SchemeClosed ScaleAgreed InstructionTransferred"
        " GrantSuspended GrantResumed GrantCancelled GrantClosed PaymentProposed ApprovalReasonGiven PaymentRefused"
        " ContractSigned ContractAmended ContractDenounced SubContractConcluded SchemeAttached SchemeDetached CperPartNoted"
        " BudgetSet BudgetLifted ReferralAnswered ReferralRevised DecisionOpened DeliberationRecorded DeliberationWithdrawn"
        " ReconciliationOpened PartnerLinesTaken LinesMatched LedgerCompared MatchMade MatchUndone ReconciliationClosed"
        " DocumentRegistered DocumentWithdrawn LogSealed"
    ).split()
)


def apportion(amount, weights, net, tie_rank):
    """The shares and the order of who takes extra cents first. Rules R9 (equal weights) and R10."""
    parties = range(len(weights))
    if len(set(weights)) <= 1:
        order = sorted(parties, key=lambda party: (net[party], tie_rank[party]))
        shares = [amount // len(weights)] * len(weights)
        for party in order[: amount % len(weights)]:
            shares[party] += 1
        return shares, order
    total, borne = sum(weights), sum(net)
    shares = [amount * weight // total for weight in weights]
    deficits = [weights[p] * (borne + amount) - total * (net[p] + shares[p]) for p in parties]
    order = sorted(parties, key=lambda party: (-deficits[party], tie_rank[party]))
    extra = amount - sum(shares)
    for party in order:
        if extra and amount * weights[party] % total:
            shares[party] += 1
            extra -= 1
    return shares, order


def apportion_recovery(amount, remaining, order):
    """What is given back of each share: in proportion to what is still borne, largest remainders first. Rule R11."""
    if amount == 0:
        return [0] * len(remaining)
    total = sum(remaining)
    rank = {party: k for k, party in enumerate(order)}
    back = [amount * cents // total for cents in remaining]
    parties = sorted(range(len(remaining)), key=lambda p: (-(amount * remaining[p] % total), rank.get(p, len(rank))))
    for party in parties[: amount - sum(back)]:
        back[party] += 1
    return back


def signed_cents(shares, sign=1):
    return [(share["funderId"], sign * share["amountCents"]) for share in shares]


class Arithmetic:
    """Folds the log from nothing: every split, balance, position and closing is computed again and compared."""

    def __init__(self, bundle, tell=None):
        self.bundle = bundle
        self.tell = tell
        self.several = manifest_of(bundle)["writers"] == "several"
        self.shown = bundle.json(FILES["balances"])
        self.findings = Findings()
        self.schemes = {}
        self.grants = Kept("grants")
        self.payments = Kept("payments")
        self.contributions = Kept("contributions")
        self.net = {}
        self.balances = {}
        self.exercices = {}
        self.line = 0
        self.event = None
        self.count = 0
        self.late = 0
        self.compared = False

    def run(self):
        for text in self.bundle.lines(FILES["events"], self.tell):
            self.line += 1
            try:
                self.event = event_of(text, hashed=False)
            except (ValueError, RecursionError, OverflowError):
                self.event = None
                self.wrong("EVENT_UNREADABLE")
                continue
            try:
                self.take(self.event.type, self.event.data)
            except Impossible as impossible:
                self.wrong("EVENT_UNKNOWN", impossible.args[0])
            except (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError) as error:
                self.wrong("EVENT_UNKNOWN", type(error).__name__ + ": " + str(error))
            if self.shown["position"] == str(self.event.position):
                self.compare_shown()
        self.event = None
        if not self.compared and self.shown["position"] != "0":
            self.line = None
            self.wrong("SHOWN_BALANCE", "position " + self.shown["position"])
        return self

    def wrong(self, code, *detail):
        self.findings.add(code, self.event, self.line, detail=" ".join(map(str, detail)))

    def take(self, kind, data):
        check = self.CHECKS.get(kind)
        if check is not None:
            check(self, data)
        elif kind not in WITHOUT_MONEY:
            raise Impossible("type " + kind)
        moves = self.moves(kind, data)
        if moves is not None:
            self.move(data, moves)
        self.total(kind, data)

    # schemes and their keys

    def scheme_opened(self, data):
        key = self.key_of(1, data["splitKey"], data["tieOrder"], data["openedOn"], "all-payments")
        self.schemes[data["schemeId"]] = [key]

    def split_key_agreed(self, data):
        keys = self.schemes.get(data["schemeId"])
        if keys is None:
            raise Impossible("key before scheme")
        keys.append(
            self.key_of(data["version"], data["splitKey"], data["tieOrder"], data["effectiveFrom"], data["appliesTo"])
        )

    def of_scheme(self, data):
        if data["schemeId"] not in self.schemes:
            raise Impossible("before its scheme")

    @staticmethod
    def key_of(version, parts, tie_order, since, applies_to):
        funders = [part["funderId"] for part in parts]
        rank = {funder: k for k, funder in reversed(list(enumerate(tie_order)))}
        return {
            "version": version,
            "funders": funders,
            "weights": [part["weight"] for part in parts],
            "rank": [rank.get(funder, -1) for funder in funders],
            "since": since,
            "for_all": applies_to == "all-payments",
        }

    # grants

    def grant_awarded(self, data):
        self.grants.set(data["grantId"], [data["keyVersion"], []])
        self.planned(data)

    def grant_amended(self, data):
        _, before = self.grants.get(data["grantId"]) or [1, []]
        shares = [share["amountCents"] for share in data["plannedShares"]]
        due = [cents - (before[k] if k < len(before) else 0) for k, cents in enumerate(shares)]
        changes = [share["amountCents"] for share in data["plannedShareChanges"]]
        if changes != due:
            self.wrong("SHARES_RULE", data["grantId"], changes, "≠", due)
        self.planned(data)

    def planned(self, data):
        keys = self.schemes.get(data["schemeId"], [])
        grant = self.grants.get(data["grantId"])
        version = 1 if grant is None else grant[0]
        shares = [share["amountCents"] for share in data["plannedShares"]]
        if grant is not None:
            self.grants.set(data["grantId"], [version, shares])
        if not 1 <= version <= len(keys):
            return self.wrong("SPLIT_KEY", data["grantId"], "key", version)
        key = keys[version - 1]
        computed, _ = apportion(data["amountCents"], key["weights"], [0] * len(key["weights"]), key["rank"])
        if shares != computed:
            self.wrong("SHARES_RULE", data["grantId"], shares, "≠", computed)

    # payments

    def payment_recorded(self, data):
        self.count += 1
        payment_id, amount, split = data["paymentId"], data["amountCents"], data["split"]
        funders = [share["funderId"] for share in data["shares"]]
        shares = [share["amountCents"] for share in data["shares"]]
        order = [funders.index(funder) if funder in funders else -1 for funder in split["order"]]
        if self.payments.get(payment_id) is not None:
            self.wrong("PAYMENT_TWICE", payment_id)
        self.payments.set(payment_id, [funders, order, shares, shares])
        if sum(shares) != amount:
            self.wrong("SHARES_SUM", payment_id, sum(shares), "≠", amount)
        keys = self.schemes.get(data["schemeId"])
        if keys is None:
            return self.wrong("SPLIT_KEY", payment_id, "scheme", data["schemeId"])
        of_grant, _ = self.grants.get(data["grantId"]) or [1, []]
        later = [k for k in keys if k["version"] > of_grant and k["for_all"] and k["since"] <= data["paidOn"]]
        if not later and not 1 <= of_grant <= len(keys):
            raise Impossible(f"{payment_id}: no key {of_grant}")
        key = later[-1] if later else keys[of_grant - 1]
        if key["version"] != split["keyVersion"]:
            return self.wrong("SPLIT_KEY", payment_id, split["keyVersion"], "≠", key["version"])
        computed, ranked = apportion(amount, key["weights"], split["seenCents"], key["rank"])
        if computed != shares or funders != key["funders"] or [key["funders"][p] for p in ranked] != split["order"]:
            self.wrong("SHARES_RULE", payment_id, shares, "≠", computed)
        totals = [self.net.get((data["schemeId"], key["version"], funder), 0) for funder in funders]
        if totals != split["seenCents"]:
            self.late += 1
            if not self.several:
                self.wrong("SEEN_TOTALS", payment_id, split["seenCents"], "≠", totals)

    def given_back(self, data):
        self.mirror(data, reissued=False)

    def reissued(self, data):
        self.mirror(data, reissued=True)

    def mirror(self, data, reissued):
        payment = self.payments.get(data["paymentId"])
        if payment is None:
            return self.wrong("GIVEN_BACK", data["paymentId"], "?")
        funders, order, shares, _ = payment
        found = [share["amountCents"] for share in data["shares"]]
        if found != shares or [share["funderId"] for share in data["shares"]] != funders:
            self.wrong("GIVEN_BACK", data["paymentId"], found, "≠", shares)
        self.payments.set(data["paymentId"], [funders, order, shares, shares if reissued else [0] * len(shares)])

    def recovery_recorded(self, data):
        payment = self.payments.get(data["paymentId"])
        if payment is None:
            return self.wrong("GIVEN_BACK", data["paymentId"], "?")
        funders, order, shares, remaining = payment
        if data["amountCents"] > sum(remaining):
            return self.wrong("GIVEN_BACK", data["recoveryId"], data["amountCents"], ">", sum(remaining))
        back = apportion_recovery(data["amountCents"], remaining, order)
        found = [share["amountCents"] for share in data["shares"]]
        if found != back or data["seenCents"] != remaining:
            self.wrong("GIVEN_BACK", data["recoveryId"], found, "≠", back)
        left = [cents - given for cents, given in zip(remaining, back)]
        self.payments.set(data["paymentId"], [funders, order, shares, left])

    # between the funders

    def called(self, data):
        """Shares of the lines, less the credit taken, plus the credit left, is what is called; the payer calls nothing of itself."""
        due = {}
        for line in data["lines"]:
            for funder, cents in signed_cents(line["shares"], line["sign"]):
                due[funder] = due.get(funder, 0) + cents
        for name, sign in (("broughtForward", -1), ("carriedForward", 1), ("called", 0)):
            for funder, cents in signed_cents(data[name], sign):
                due[funder] = due.get(funder, 0) + cents
        if data["payer"] in due:
            due[data["payer"]] = 0
        called = dict.fromkeys(due, 0)
        for funder, cents in signed_cents(data["called"]):
            called[funder] += cents
        for funder, cents in due.items():
            if called[funder] != cents:
                self.wrong("SETTLEMENT", data["callId"], funder, called[funder], "≠", cents)

    def contributed(self, data):
        self.contributions.set(data["contributionId"], [data[name] for name in CONTRIBUTION])

    def contribution_reversed(self, data):
        given = self.contributions.get(data["contributionId"])
        self.contributions.set(data["contributionId"], [])
        found = [data[name] for name in CONTRIBUTION]
        if given != found:
            self.wrong("SETTLEMENT", data["contributionId"], found, "≠", given)

    # what an event moves

    def moves(self, kind, data):
        """A list of (funder, column, cents), or None for an event without money."""
        if kind in ("PaymentRecorded.v1", "PaymentReissued.v1", "PaymentReversed.v1", "PaymentReturned.v1"):
            sign = 1 if kind in ("PaymentRecorded.v1", "PaymentReissued.v1") else -1
            till = [(data["paidBy"], DISBURSED, sign * data["amountCents"])]
            return till + [(funder, DUE, cents) for funder, cents in signed_cents(data["shares"], sign)]
        if kind == "RecoveryRecorded.v1":
            till = [(data["recoveredBy"], RECOVERED, data["amountCents"])]
            return till + [(funder, DUE, cents) for funder, cents in signed_cents(data["shares"], -1)]
        if kind == "GrantAwarded.v1":
            return [(funder, GRANTED, cents) for funder, cents in signed_cents(data["plannedShares"])]
        if kind == "GrantAmended.v1":
            return [(funder, GRANTED, cents) for funder, cents in signed_cents(data["plannedShareChanges"])]
        if kind in ("FundingCallIssued.v1", "FundingCallIssued.v2"):
            return [(funder, CALLED, cents) for funder, cents in signed_cents(data["called"])]
        if kind in ("ContributionRecorded.v1", "ContributionReversed.v1"):
            cents = data["amountCents"] if kind == "ContributionRecorded.v1" else -data["amountCents"]
            return [(data["from"], CONTRIBUTED, cents), (data["to"], RECEIVED, cents)]
        return None

    def move(self, data, moves):
        scheme, exercice, positions = data["schemeId"], data["exercice"], 0
        for funder, column, cents in moves:
            row = self.balances.get((scheme, exercice, funder))
            if row is None:
                row = self.balances[scheme, exercice, funder] = [0] * 7
            row[column] += cents
            positions += EFFECT[column] * cents
        if moves and self.exercices.get(exercice, OPEN)["status"] in ("closed", "reopening"):
            self.wrong("AFTER_CLOSING", exercice)
        if positions != 0:
            self.wrong("POSITIONS_SUM", positions)

    def total(self, kind, data):
        """The net shares under each key, which the next split stands on."""
        sign = TOTALS.get(kind)
        if sign is None:
            return
        version = data["split"]["keyVersion"] if kind == "PaymentRecorded.v1" else data["keyVersion"]
        for funder, cents in signed_cents(data["shares"], sign):
            key = (data["schemeId"], version, funder)
            self.net[key] = self.net.get(key, 0) + cents

    # balances

    def compare_shown(self):
        self.compared = True
        seen = set()
        for row in self.shown["rows"]:
            key = (row["schemeId"], row["exercice"], row["funderId"])
            seen.add(key)
            replayed = self.balances.get(key, [0] * 7)
            for column, cents in zip(COLUMNS, replayed):
                if row[column] != cents:
                    self.wrong("SHOWN_BALANCE", *key, column, row[column], "≠", cents)
            if row["positionCents"] != position_of(replayed):
                self.wrong("SHOWN_BALANCE", *key, "positionCents", row["positionCents"], "≠", position_of(replayed))
        for key in self.balances:
            if key not in seen:
                self.wrong("SHOWN_BALANCE", *key)

    # closings

    def proposed(self, data):
        state = self.state(data)
        self.step(data, state["status"] == "open" and data["ordinal"] == state["closings"] + 1, status="proposed",
                  proposed=data, signatures=[])  # fmt: skip

    def countersigned(self, data):
        before = self.state(data)
        good = before["status"] == "proposed"
        signed = data["countersignedBy"]
        self.step(data, good, signatures=before.get("signatures", []) + [signed])
        if not good:
            return
        proposed, funder = before["proposed"], signed["funderId"]
        if data["atPosition"] != proposed["atPosition"] or data["rootHash"] != proposed["seal"]["rootHash"]:
            self.wrong("SIGNATURES", data["exercice"], funder)
        if funder not in proposed["expected"]:
            self.wrong("SIGNATURES", data["exercice"], funder)
        if any(signature["funderId"] == funder for signature in before["signatures"]):
            self.wrong("SIGNATURES", data["exercice"], funder)

    def back_to_open(self, data):
        self.step(data, self.state(data)["status"] == "proposed", status="open", closings=data["ordinal"] - 1)

    def closed_alone(self, data):
        before = self.state(data)
        self.step(data, before["status"] == "open", status="closed", closings=before["closings"] + 1)
        self.closing_totals(data)

    def closed(self, data):
        before = self.state(data)
        self.step(data, before["status"] == "proposed", status="closed", closings=data["ordinal"])
        self.closing_totals(data)
        self.closing_carried(data)
        self.closing_signatures(data, before)

    def reopening_proposed(self, data):
        self.step(data, self.state(data)["status"] == "closed", status="reopening")

    def reopening_refused(self, data):
        self.step(data, self.state(data)["status"] == "reopening", status="closed")

    def reopened(self, data):
        self.step(data, self.state(data)["status"] == "reopening", status="open")
        if data["proposedBy"]["actor"] == data["countersignedBy"]["actor"]:
            self.wrong("SIGNATURES", data["exercice"])

    def state(self, data):
        return self.exercices.get(data["exercice"], OPEN)

    def step(self, data, possible, **change):
        state = self.state(data)
        if possible:
            self.exercices[data["exercice"]] = {**state, **change}
        else:
            self.wrong("CLOSING_LIFE", data["exercice"], state["status"])

    def closing_totals(self, data):
        replayed = {}
        for (scheme, exercice, funder), row in self.balances.items():
            if exercice == data["exercice"] and any(row):
                replayed[scheme, funder] = {**dict(zip(COLUMNS, row)), "positionCents": position_of(row)}
        self.compare_closing(data["totals"], replayed, data["exercice"])

    def closing_carried(self, data):
        sums = {}
        for (scheme, exercice, funder), row in self.balances.items():
            if exercice <= data["exercice"]:
                sums[scheme, funder] = sums.get((scheme, funder), 0) + position_of(row)
        replayed = {key: {"positionCents": cents} for key, cents in sums.items() if cents}
        self.compare_closing(data["carriedOver"], replayed, data["exercice"])

    def compare_closing(self, stored, replayed, exercice):
        listed = set()
        for row in stored:
            key = (row["schemeId"], row["funderId"])
            listed.add(key)
            for column, cents in row.items():
                if column not in ("schemeId", "funderId") and cents != replayed.get(key, {}).get(column, 0):
                    self.wrong("CLOSING", exercice, *key, column, cents, "≠", replayed.get(key, {}).get(column, 0))
        for key in replayed:
            if key not in listed:
                self.wrong("CLOSING", exercice, *key)

    def closing_signatures(self, data, before):
        exercice, proposer, signatures = data["exercice"], data["proposedBy"], data["signatures"]
        own, signed_by = proposer["funderId"], [signature["funderId"] for signature in signatures]
        moved = {
            row["funderId"]
            for row in data["totals"]
            if row["funderId"] != own and any(v != 0 for n, v in row.items() if n not in ("schemeId", "funderId"))
        }
        for funder in data["expected"]:
            if funder not in signed_by:
                self.wrong("SIGNATURES", exercice, funder)
        if data["expected"] != (sorted(moved) or [own]):
            self.wrong("SIGNATURES", exercice, data["expected"])
        for signatory in [proposer, *signatures]:
            if not signatory["actor"].startswith(signatory["funderId"] + "/"):
                self.wrong("SIGNATURES", exercice, signatory["actor"])
        for signature in signatures:
            if signature["actor"] == proposer["actor"]:
                self.wrong("SIGNATURES", exercice, signature["actor"])
        if before["status"] != "proposed":
            return
        if {name: value for name, value in data.items() if name != "signatures"} != before["proposed"]:
            self.wrong("CLOSING", exercice, "≠")
        if signatures != before["signatures"]:
            self.wrong("SIGNATURES", exercice)

    CHECKS = {
        "SchemeOpened.v1": scheme_opened,
        "SplitKeyAgreed.v1": split_key_agreed,
        "CeilingSet.v1": of_scheme,
        "SchemeClosed.v1": of_scheme,
        "GrantAwarded.v1": grant_awarded,
        "GrantAmended.v1": grant_amended,
        "PaymentRecorded.v1": payment_recorded,
        "PaymentReversed.v1": given_back,
        "PaymentReturned.v1": given_back,
        "PaymentReissued.v1": reissued,
        "RecoveryRecorded.v1": recovery_recorded,
        "ExerciceClosingProposed.v1": proposed,
        "ExerciceClosingCountersigned.v1": countersigned,
        "ExerciceClosingRefused.v1": back_to_open,
        "ExerciceClosingWithdrawn.v1": back_to_open,
        "ExerciceClosed.v1": closed_alone,
        "ExerciceClosed.v2": closed,
        "ExerciceReopeningProposed.v1": reopening_proposed,
        "ExerciceReopeningRefused.v1": reopening_refused,
        "ExerciceReopened.v1": reopened,
        "FundingCallIssued.v1": called,
        "FundingCallIssued.v2": called,
        "ContributionRecorded.v1": contributed,
        "ContributionReversed.v1": contribution_reversed,
    }

    def verdicts(self):
        word = "bad" if self.findings.count else "good"
        return {"arithmetic": verdict(word, self.findings, payments=self.count, lateTotals=self.late)}


CONTRIBUTION = ("schemeId", "from", "to", "amountCents")
OPEN = {"status": "open", "closings": 0}
TOTALS = {
    "PaymentRecorded.v1": 1,
    "PaymentReissued.v1": 1,
    "PaymentReversed.v1": -1,
    "PaymentReturned.v1": -1,
    "RecoveryRecorded.v1": -1,
}


def position_of(row):
    return sum(effect * cents for effect, cents in zip(EFFECT, row))


# ----------------------------------------------------------------------------------------------------------------- texts

TEXTS = {
    "fr": {
        "integrity": "Intégrité",
        "completeness": "Complétude",
        "arithmetic": "Arithmétique",
        "good": "BON",
        "bad": "MAUVAIS",
        "open": "NON ÉTABLIE",
        "first": "Premier événement en cause : ",
        "where": "ligne {line}",
        "event": "ligne {line}, position {position}, flux {stream}, révision {revision}, {type}",
        "key": "Clé de scellement : empreinte {fingerprint}. Comparez-la avec celle que vous tenez d’une autre source.",
        "no-key": "Aucun scellement dans ce journal : les empreintes valent ce que vaut le manifeste.",
        "events": "{events} événements, {payments} versements recalculés, {seconds} s.",
        "integrity-good": "rien n’a été modifié, ôté, permuté ni inséré ; les {sealedEvents} premiers événements sont sous scellement signé.",
        "completeness-good": "le scellement que vous détenez couvre les {vouchedEvents} premiers événements, et tous sont là.",
        "completeness-open": "sans un scellement que vous détenez (--seal), rien ne prouve que la fin n’a pas été coupée ; le dernier scellement du journal couvre {vouchedEvents} événements.",
        "arithmetic-good": "chaque quote-part, chaque solde et chaque clôture se recalcule au centime ; la somme des positions est nulle.",
        "late": "{lateTotals} versements répartis sur des totaux en retard sur le journal (plusieurs serveurs).",
        "more": "et {more} autre(s).",
        "progress": "vérification : {percent} %",
        "not-a-bundle": "{0} n’est pas un dossier de preuves de ce format",
        "other-version": "ce dossier est du format {0}, que ce vérificateur ne connaît pas",
        "no-file": "il manque {0}",
        "not-json": "{0} n’est pas lisible",
        "not-a-seal": "{0} n’est pas un scellement",
        "not-a-key": "{0} n’est pas une clé publique Ed25519 en base64",
        "ALTERED": "l’événement a été modifié",
        "UNREADABLE": "la ligne n’est pas un événement",
        "DROPPED": "l’événement de la position {position} a été ôté (lignes {line} à {lastLine} du journal d’origine)",
        "SWAPPED": "l’événement a été permuté avec celui de la ligne {otherLine}",
        "INSERTED": "l’événement a été inséré",
        "POSITION": "la position n’est pas celle de l’empreinte, {expected}",
        "REVISION": "la révision {expected} de ce flux était attendue : un événement manque",
        "ID_TWICE": "l’identifiant de l’événement est déjà pris",
        "LEAVES_UNREADABLE": "leaves.txt : ligne illisible",
        "LEAVES_DIFFER": "leaves.txt et les événements ont été refaits : entre les lignes {line} et {lastLine}, ce n’est plus le journal scellé",
        "SEALS_FILE": "seals.json et les scellements du journal ne concordent pas",
        "SEAL_TOO_WIDE": "le scellement couvre plus que ce qui le précède",
        "SEAL_CHAIN": "le scellement n° {number} n’est pas chaîné au précédent",
        "SEAL_KEY": "le scellement n° {number} est d’une autre clé",
        "SEAL_SIGNATURE": "la signature du scellement n° {number} est fausse",
        "SEAL_ROOT": "l’empreinte du scellement n’est pas celle du journal",
        "CLOSING_SEAL": "le scellement de la clôture n’est pas celui du journal",
        "MANIFEST_HEAD": "l’empreinte ou le compte du manifeste n’est pas celui de leaves.txt",
        "FILE_MISSING": "il manque {file}",
        "FILE_CHANGED": "{file} n’est pas le fichier que décrit le manifeste",
        "TAIL_CUT": "la fin est coupée à partir de la ligne {line} : {expected} événements étaient attendus",
        "HISTORY_REWRITTEN": "l’histoire a été réécrite entre les lignes {line} et {lastLine} : ce n’est pas celle du scellement détenu",
        "HELD_SEAL_SIGNATURE": "la signature du scellement détenu (n° {number}) est fausse",
        "HELD_SEAL_MISSING": "le journal n’a pas de scellement n° {number}",
        "HELD_SEAL_OTHER": "le journal a un autre scellement n° {number}",
        "EVENT_UNREADABLE": "la ligne n’est pas un événement",
        "EVENT_UNKNOWN": "événement que ce vérificateur ne sait pas rejouer : {detail}",
        "SHARES_SUM": "les quotes-parts ne font pas la somme : {detail}",
        "SHARES_RULE": "les quotes-parts ne sont pas celles de la règle : {detail}",
        "SPLIT_KEY": "la clé de répartition n’est pas celle en vigueur : {detail}",
        "SEEN_TOTALS": "les totaux vus ne sont pas ceux du journal : {detail}",
        "GIVEN_BACK": "ce qui est rendu n’est pas ce que dit la règle : {detail}",
        "SETTLEMENT": "un appel ou l’annulation d’une contribution ne concorde pas : {detail}",
        "PAYMENT_TWICE": "le versement est enregistré deux fois : {detail}",
        "POSITIONS_SUM": "la somme des positions change de {detail} centimes",
        "AFTER_CLOSING": "l’exercice {detail} était clos",
        "CLOSING": "la clôture ne se rejoue pas : {detail}",
        "CLOSING_LIFE": "cette étape de clôture ne peut pas suivre la précédente : {detail}",
        "SIGNATURES": "signatures de clôture : {detail}",
        "SHOWN_BALANCE": "balances.json : {detail}",
    },
    "en": {
        "integrity": "Integrity",
        "completeness": "Completeness",
        "arithmetic": "Arithmetic",
        "good": "GOOD",
        "bad": "BAD",
        "open": "NOT ESTABLISHED",
        "first": "First event concerned: ",
        "where": "line {line}",
        "event": "line {line}, position {position}, stream {stream}, revision {revision}, {type}",
        "key": "Sealing key: fingerprint {fingerprint}. Compare it with the one you have from elsewhere.",
        "no-key": "No seal in this log: the hashes are worth what the manifest is worth.",
        "events": "{events} events, {payments} payments computed again, {seconds} s.",
        "integrity-good": "nothing was altered, dropped, swapped or inserted; the first {sealedEvents} events are under a signed seal.",
        "completeness-good": "the seal that you hold covers the first {vouchedEvents} events, and all of them are there.",
        "completeness-open": "without a seal that you hold (--seal) nothing proves that the tail was not cut; the last seal in the log covers {vouchedEvents} events.",
        "arithmetic-good": "every share, every balance and every closing computes to the cent; the positions sum to zero.",
        "late": "{lateTotals} payments split on totals that were behind the log (several servers).",
        "more": "and {more} more.",
        "progress": "verification: {percent} %",
        "not-a-bundle": "{0} is no evidence bundle of this format",
        "other-version": "the bundle is of format {0}, which this verifier does not know",
        "no-file": "{0} is missing",
        "not-json": "{0} cannot be read",
        "not-a-seal": "{0} is no seal",
        "not-a-key": "{0} is no public Ed25519 key in base64",
        "ALTERED": "the event was altered",
        "UNREADABLE": "the line is no event",
        "DROPPED": "the event of position {position} was dropped (lines {line} to {lastLine} of the original log)",
        "SWAPPED": "the event was swapped with the one of line {otherLine}",
        "INSERTED": "the event was inserted",
        "POSITION": "the position is not that of the leaf, {expected}",
        "REVISION": "revision {expected} of this stream was due: an event is missing",
        "ID_TWICE": "the event’s id is taken already",
        "LEAVES_UNREADABLE": "leaves.txt: the line cannot be read",
        "LEAVES_DIFFER": "leaves.txt and the events were made anew: between lines {line} and {lastLine} this is not the sealed log",
        "SEALS_FILE": "seals.json and the seals in the log do not agree",
        "SEAL_TOO_WIDE": "the seal covers more than stands before it",
        "SEAL_CHAIN": "seal {number} is not chained to the one before",
        "SEAL_KEY": "seal {number} is of another key",
        "SEAL_SIGNATURE": "the signature of seal {number} is wrong",
        "SEAL_ROOT": "the root hash of the seal is not that of the log",
        "CLOSING_SEAL": "the seal of the closing is not that of the log",
        "MANIFEST_HEAD": "the head or the count of the manifest is not that of leaves.txt",
        "FILE_MISSING": "{file} is missing",
        "FILE_CHANGED": "{file} is not the file that the manifest describes",
        "TAIL_CUT": "the tail is cut from line {line} on: {expected} events were due",
        "HISTORY_REWRITTEN": "history was rewritten between lines {line} and {lastLine}: it is not that of the seal held",
        "HELD_SEAL_SIGNATURE": "the signature of the seal held (number {number}) is wrong",
        "HELD_SEAL_MISSING": "the log has no seal number {number}",
        "HELD_SEAL_OTHER": "the log has another seal number {number}",
        "EVENT_UNREADABLE": "the line is no event",
        "EVENT_UNKNOWN": "an event that this verifier cannot replay: {detail}",
        "SHARES_SUM": "the shares do not make the sum: {detail}",
        "SHARES_RULE": "the shares are not those of the rule: {detail}",
        "SPLIT_KEY": "the split key is not the one in force: {detail}",
        "SEEN_TOTALS": "the totals seen are not those of the log: {detail}",
        "GIVEN_BACK": "what is given back is not what the rule says: {detail}",
        "SETTLEMENT": "a call or the reversal of a contribution does not agree: {detail}",
        "PAYMENT_TWICE": "the payment is recorded twice: {detail}",
        "POSITIONS_SUM": "the sum of the positions changes by {detail} cents",
        "AFTER_CLOSING": "exercice {detail} was closed",
        "CLOSING": "the closing does not replay: {detail}",
        "CLOSING_LIFE": "this step of a closing cannot follow the one before: {detail}",
        "SIGNATURES": "signatures of a closing: {detail}",
        "SHOWN_BALANCE": "balances.json: {detail}",
    },
}


def sentence(finding, texts):
    where = ""
    if finding["line"] is not None:
        where = texts["event" if "stream" in finding else "where"].format(**finding) + " : "
    return f"{where}{texts[finding['code']].format(**finding)} ({finding['code']})"


def printed(report, texts):
    lines = [texts["events"].format(**report)]
    lines += [texts["key"].format(fingerprint=one) for one in report["fingerprints"]] or [texts["no-key"]]
    for name in ("integrity", "completeness", "arithmetic"):
        judged = report["verdicts"][name]
        lines.append("")
        lines.append(f"{texts[name]} : {texts[judged['verdict']]}")
        why = texts.get(name + "-" + judged["verdict"])
        lines += ["  " + why.format(**judged)] if why else []
        if judged.get("lateTotals"):
            lines.append("  " + texts["late"].format(**judged))
        lines += ["  ✗ " + sentence(finding, texts) for finding in judged["findings"]]
        more = judged["count"] - len(judged["findings"])
        lines += ["  " + texts["more"].format(more=more)] if more else []
    first = report["first"]
    if first is not None:
        lines += ["", texts["first"] + texts["event" if "stream" in first else "where"].format(**first)]
    return "\n".join(lines)


# ------------------------------------------------------------------------------------------------------------------ main

SIDE_BY_SIDE_FROM = 20_000


def progress(bundle, text, every=3.0):
    """Tells the error stream how far the log is read, now and then."""
    total = manifest_of(bundle)["files"][FILES["events"]]["bytes"] or 1
    last = [time.monotonic()]

    def tell(read):
        now = time.monotonic()
        if now - last[0] >= every:
            last[0] = now
            print(text.format(percent=min(99, read * 100 // total)), file=sys.stderr, flush=True)

    return tell


def check_log(path, held, keys, text):
    bundle = Bundle(path)
    check = LogCheck(bundle, held, keys, progress(bundle, text)).run()
    return check.verdicts(), check.events


def check_arithmetic(path):
    return Arithmetic(Bundle(path)).run().verdicts()


RANGES = ("LEAVES_DIFFER", "HISTORY_REWRITTEN")


def report_of(log, arithmetic, events, seconds, fingerprints):
    verdicts = {**log, **arithmetic}
    found = [finding for one in verdicts.values() for finding in one["findings"] if finding["line"] is not None]
    return {
        "format": FORMAT,
        "version": VERSION,
        "events": events,
        "payments": verdicts["arithmetic"]["payments"],
        "seconds": seconds,
        "fingerprints": fingerprints,
        "verdicts": verdicts,
        # an event that is named comes before events of which one is meant
        "first": min(found, key=lambda one: (one["code"] in RANGES, one["line"]), default=None),
    }


def check(path, held=None, keys=(), text="{percent} %"):
    """The report on a bundle: both halves side by side where the log is long."""
    started = time.monotonic()
    bundle = Bundle(path)
    if manifest_of(bundle)["events"] < SIDE_BY_SIDE_FROM:
        (log, events), arithmetic = check_log(path, held, keys, text), check_arithmetic(path)
    else:
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            half = pool.submit(check_log, path, held, keys, text)
            other = pool.submit(check_arithmetic, path)
            (log, events), arithmetic = half.result(), other.result()
    keys_inside = [base64_of(text, 32) for text in bundle.text(FILES["keys"]).split()]
    fingerprints = [sha256(key).hex() for key in keys_inside if key is not None]
    return report_of(log, arithmetic, events, round(time.monotonic() - started, 1), fingerprints)


def held_seal(path):
    """A seal that was kept: its data, or the whole event that holds it."""
    try:
        with open(path, "rb") as file:
            seal = EXACT.decode(file.read().decode("utf-8"))
    except (OSError, ValueError) as error:
        raise Misused("not-a-seal", path) from error
    if type(seal) is dict and seal.keys() == FIELDS:
        seal = seal["data"]
    if not is_seal(seal):
        raise Misused("not-a-seal", path)
    return seal


def trusted_keys(text):
    """A key as base64, or a file that holds them, one a line."""
    keys = [text]
    if os.path.isfile(text):
        with open(text, encoding="utf-8") as file:
            keys = file.read().split()
    if not keys or any(base64_of(key, 32) is None for key in keys):
        raise Misused("not-a-key", text)
    return keys


def main(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.add_argument("bundle", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--seal", metavar="FILE")
    parser.add_argument("--public-key", metavar="KEY")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=["fr", "en"], default="fr")
    given = parser.parse_args(words)
    texts = TEXTS[given.lang]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    try:
        held = held_seal(given.seal) if given.seal else None
        keys = trusted_keys(given.public_key) if given.public_key else ()
        report = check(given.bundle, held, keys, texts["progress"])
    except Misused as misused:
        print(texts[misused.args[0]].format(*misused.args[1:]), file=sys.stderr)
        return 2
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report, ensure_ascii=False, indent=2) if given.json else printed(report, texts))
    return 1 if any(one["verdict"] == "bad" for one in report["verdicts"].values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
