"""Runs the offline verifier on many bundles, one after the other: a job a line on the standard input, an answer a line."""

import importlib.util
import json
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


def manifest(files):
    empty = {"treeSize": 0, "rootHash": ""}
    files.setdefault("manifest.json", json.dumps({"format": verify.FORMAT, "version": verify.VERSION, "events": 0,
                                                  "head": empty, "writers": "one", "files": {}}))  # fmt: skip
    files.setdefault("seals.json", "[]")
    files.setdefault("public-keys.txt", "")


def lines(job):
    """What the check of events alone finds in each of many pairs of lines."""
    answers = []
    for pair in job["pairs"]:
        files = {"events.ndjson": "\n".join(pair["events"]), "leaves.txt": "\n".join(pair["leaves"])}
        manifest(files)
        check = verify.LogCheck(verify.MemoryBundle({name: text.encode() for name, text in files.items()}))
        check.check_events()
        answers.append([[finding["code"], finding["line"]] for finding in check.integrity.in_order()])
    return answers


def bundle(job):
    """The whole report on a bundle."""
    files = verify.MemoryBundle({name: text.encode() for name, text in job["files"].items()})
    log = verify.LogCheck(files, job.get("held"), tuple(job.get("keys", ()))).run()
    arithmetic = verify.Arithmetic(files).run()
    return verify.report_of(log.verdicts(), arithmetic.verdicts(), log.events, 0, [])


def signature(job):
    """Whether each of some signatures, in hexadecimal, is good."""
    return [verify.ed25519_verify(*(bytes.fromhex(text) for text in one)) for one in job["signatures"]]


def texts(job):
    """The canonical text of each of some JSON texts, or null."""
    answers = []
    for text in job["texts"]:
        try:
            answers.append(verify.canonical_slow(verify.EXACT.decode(text)))
        except ValueError:
            answers.append(None)
    return answers


JOBS = {"lines": lines, "bundle": bundle, "signature": signature, "texts": texts}
for line in sys.stdin:
    job = json.loads(line)
    try:
        answer = {"answer": JOBS[job["job"]](job)}
    except verify.Misused as misused:
        answer = {"misused": misused.args}
    print(json.dumps(answer), flush=True)
