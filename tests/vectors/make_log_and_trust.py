#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/vectors/log and tests/vectors/trust, one fault a file.

The files are frozen: this program only shows how they came about. It shares no code with Vigil (it
signs with python3-cryptography and packs with GNU tar), so that both would have to be wrong in the
same way. Run it in this folder; the output is the same every time.

A file is `key: value` lines, an empty line, and the thing itself, byte for byte. `expect` is "ok" or
the code of the error.
"""
import base64
import hashlib
import os
import shutil
import struct
import subprocess
import tempfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECIPIENTS = [
    "age1tfdq4tl67f6la7hasncflfylnwtaudtkl02em665z7x42wpymprqmedfjy",
    "age1e6ujvlqv7r0s2we5s4hk6m7tytxkrhysr4rzmu7zahjerxpav4gsn8alm3",
    "age1ehck06snfyauy0udaajcptv7wpkefw6wt065sxrlng7kd9sud4ps4gygc3",
]


def b64(data):
    return base64.b64encode(data).decode()


def key_of(seed):
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return key, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def write(folder, name, expect, body, **header):
    if isinstance(body, str):
        body = body.encode()
    lines = [("expect", expect)] + [(k, v) for k, v in header.items()]
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{name}", "wb") as out:
        for key, value in lines:
            for one in value if isinstance(value, list) else [value]:
                out.write(f"{key}: {one}\n".encode())
        out.write(b"\n" + body)


# --- log ---------------------------------------------------------------------------------------


class NoteKey:
    def __init__(self, name, seed, kind=1):
        self.name, self.kind = name, kind
        self.key, self.point = key_of(seed)

    def id(self):
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.point).digest()[:4]

    def vkey(self):
        return f"{self.name}+{self.id().hex()}+{b64(bytes([self.kind]) + self.point)}"

    def line(self, text, time=None):
        if self.kind == 4:
            message = b"cosignature/v1\ntime %d\n" % time + text
            blob = struct.pack(">Q", time) + self.key.sign(message)
        else:
            blob = self.key.sign(text)
        return f"\u2014 {self.name} {b64(self.id() + blob)}\n".encode()


LOG = NoteKey("hub.example/log", 1)
STRANGER = NoteKey("hub.example/log", 2)
WITNESS = NoteKey("auditor-1", 3, 4)
OTHER_WITNESS = NoteKey("auditor-2", 4, 4)
ROOT = hashlib.sha256(b"root").digest()


def checkpoint(size=42, root=ROOT, origin="hub.example/log"):
    return f"{origin}\n{size}\n{b64(root)}\n".encode()


def signed(text, *lines):
    return text + b"\n" + b"".join(lines)


def note(name, expect, body, **header):
    write("log/note", name, expect, body, log=LOG.vkey(), **header)


def make_notes():
    text = checkpoint()
    line = LOG.line(text)
    good = signed(text, line)
    cosigned = WITNESS.line(text, 1700000000)
    note("ok", "ok", good)
    note("ok_size_zero", "ok", signed(checkpoint(0), LOG.line(checkpoint(0))))
    note("ok_cosigned", "ok", signed(text, line, cosigned), witness=WITNESS.vkey(), quorum=1)
    note("ok_witness_before_log", "ok", signed(text, cosigned, line), witness=WITNESS.vkey(), quorum=1)
    note("ok_unknown_signer_ignored", "ok", signed(text, line, OTHER_WITNESS.line(text, 1)))
    note("ok_same_name_other_key_ignored", "ok", signed(text, STRANGER.line(text), line))

    def bad(name, body, **header):
        note(name, "note.format", body, **header)

    bad("empty", b"")
    bad("no_blank_line", text + line)
    bad("no_signature", text + b"\n")
    bad("no_final_newline", good[:-1])
    bad("blank_line_at_end", good + b"\n")
    bad("text_after_signatures", good + b"more\n")
    bad("hyphen_for_dash", signed(text, line.replace("\u2014".encode(), b"-")))
    bad("dash_without_space", signed(text, line.replace("\u2014 ".encode(), "\u2014".encode())))
    bad("two_spaces", signed(text, line.replace("\u2014 ".encode(), "\u2014  ".encode())))
    bad("crlf", good.replace(b"\n", b"\r\n"))
    bad("tab_in_text", signed(b"\t" + text, LOG.line(b"\t" + text)))
    bad("not_utf8", signed(b"\xff" + text, LOG.line(b"\xff" + text)))
    bad("signature_not_base64", signed(text, line.replace(b" ", b" !", 2)))
    bad("signature_without_padding", signed(text, line.rstrip(b"=\n") + b"\n"))
    bad("signature_is_key_id_only", signed(text, f"\u2014 {LOG.name} {b64(LOG.id())}\n".encode()))
    bad("name_with_plus", signed(text, line.replace(b"hub.example/log", b"hub+log")))
    bad("too_many_signatures", signed(text, *[line] * 65))
    for name, other in {
        "size_leading_zero": b"hub.example/log\n042\n" + b64(ROOT).encode() + b"\n",
        "size_negative": b"hub.example/log\n-1\n" + b64(ROOT).encode() + b"\n",
        "size_hexadecimal": b"hub.example/log\n0x2a\n" + b64(ROOT).encode() + b"\n",
        "size_empty": b"hub.example/log\n\n" + b64(ROOT).encode() + b"\n",
        "size_past_63_bits": checkpoint(2**63),
        "size_past_64_bits": checkpoint(2**64),
        "root_short": checkpoint(root=ROOT[:31]),
        "root_long": checkpoint(root=ROOT + b"x"),
        "root_not_canonical": b"hub.example/log\n42\n" + b64(ROOT).encode()[:-2] + b"9=\n",
        "extension_line": text + b"extension\n",
        "two_lines_only": b"hub.example/log\n42\n",
        "origin_empty": checkpoint(origin=""),
    }.items():
        bad(name, signed(other, LOG.line(other)))

    def unsigned(name, body, **header):
        note(name, "note.signature", body, **header)

    unsigned("stranger", signed(text, STRANGER.line(text)))
    unsigned("witness_alone", signed(text, cosigned), witness=WITNESS.vkey())
    unsigned("text_changed", signed(checkpoint(43), line))
    flipped = LOG.key.sign(text)
    flipped = bytes([flipped[0] ^ 1]) + flipped[1:]
    unsigned("signature_flipped", signed(text, f"\u2014 {LOG.name} {b64(LOG.id() + flipped)}\n".encode()))
    unsigned("signature_short", signed(text, f"\u2014 {LOG.name} {b64(LOG.id() + LOG.key.sign(text)[:63])}\n".encode()))
    unsigned("signature_over_text_without_newline",
             signed(text, f"\u2014 {LOG.name} {b64(LOG.id() + LOG.key.sign(text[:-1]))}\n".encode()))
    unsigned("good_then_bad_by_the_log",
             signed(text, line, f"\u2014 {LOG.name} {b64(LOG.id() + flipped)}\n".encode()))
    unsigned("witness_of_other_text", signed(text, line, WITNESS.line(checkpoint(41), 1)), witness=WITNESS.vkey())
    moved = bytearray(base64.b64decode(cosigned.split()[-1]))
    moved[11] ^= 1
    unsigned("witness_time_changed", signed(text, line, f"\u2014 auditor-1 {b64(bytes(moved))}\n".encode()),
             witness=WITNESS.vkey())
    plain = b64(WITNESS.id() + WITNESS.key.sign(text))
    unsigned("witness_signs_as_a_log", signed(text, line, f"\u2014 auditor-1 {plain}\n".encode()),
             witness=WITNESS.vkey())
    elsewhere = checkpoint(origin="hub.example/other")
    note("of_another_origin", "note.origin", signed(elsewhere, LOG.line(elsewhere)))
    note("no_witness", "note.quorum", good, witness=WITNESS.vkey(), quorum=1)
    note("one_witness_of_two", "note.quorum", signed(text, line, cosigned),
         witness=[WITNESS.vkey(), OTHER_WITNESS.vkey()], quorum=2)
    note("one_witness_twice", "note.quorum", signed(text, line, cosigned, cosigned),
         witness=[WITNESS.vkey(), OTHER_WITNESS.vkey()], quorum=2)
    note("unknown_witness", "note.quorum", signed(text, line, cosigned), witness=OTHER_WITNESS.vkey(), quorum=1)


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def make_receipts():
    a, b, c = leaf(b"a"), leaf(b"b"), leaf(b"c")
    text = checkpoint(3, node(node(a, b), c))
    good_note = signed(text, LOG.line(text))
    start = b"c2sp.org/tlog-proof@v1\n"

    def proof(index, hashes, tail=good_note, first=start):
        return first + f"index {index}\n".encode() + b"".join(b64(h).encode() + b"\n" for h in hashes) + b"\n" + tail

    def receipt(name, expect, body, entry=b"b"):
        write("log/receipt", name, expect, body, log=LOG.vkey(), entry=entry.hex())

    good = proof(1, [a, c])
    receipt("ok", "ok", good)
    single = checkpoint(1, a)
    receipt("ok_only_entry", "ok", proof(0, [], signed(single, LOG.line(single))), b"a")
    receipt("ok_last_entry", "ok", proof(2, [node(a, b)]), b"c")

    def bad(name, body):
        receipt(name, "receipt.format", body)

    bad("empty", b"")
    bad("other_version", good.replace(b"@v1", b"@v2"))
    bad("extra_line", start + b"extra YQ==\n" + good[len(start):])
    bad("no_index", start + good[good.index(b"\n", len(start)) + 1:])
    bad("index_leading_zero", good.replace(b"index 1", b"index 01"))
    bad("index_negative", good.replace(b"index 1", b"index -1"))
    bad("index_empty", good.replace(b"index 1", b"index "))
    bad("hash_short", proof(1, [a[:31], c]))
    bad("hash_without_padding", good.replace(b64(a).encode(), b64(a).encode().rstrip(b"=")))
    bad("too_many_hashes", proof(1, [a] * 64))
    bad("no_blank_line", good.replace(b"\n\n", b"\n", 1))
    bad("cut_before_checkpoint", good[: good.index(b"\n\n") + 2])
    bad("cut_in_proof", good[: len(start) + 30])
    bad("crlf", good.replace(b"\n", b"\r\n"))
    for name, body in {
        "checkpoint_by_a_stranger": proof(1, [a, c], signed(text, STRANGER.line(text))),
        "checkpoint_changed": good.replace(b"\n3\n", b"\n4\n"),
        "checkpoint_cut": good[:-1],
        "two_blank_lines": good.replace(b"\n\n", b"\n\n\n", 1),
    }.items():
        receipt(name, "receipt.checkpoint", body)
    for name, body, entry in [
        ("of_another_entry", good, b"a"),
        ("index_of_another_entry", proof(0, [a, c]), b"b"),
        ("index_outside", proof(3, [a, c]), b"b"),
        ("proof_swapped", proof(1, [c, a]), b"b"),
        ("proof_short", proof(1, [a]), b"b"),
        ("proof_long", proof(1, [a, c, c]), b"b"),
        ("node_posed_as_entry", proof(0, [c]), a + b),
    ]:
        receipt(name, "receipt.proof", body, entry)


def make_keys():
    def key(name, expect, text):
        write("log/key", name, expect, text)

    good = LOG.vkey()
    key("ok_log", "ok", good)
    key("ok_witness", "ok", WITNESS.vkey())
    name, digest, body = good.split("+", 2)
    wrong = "00000000" if digest != "00000000" else "11111111"
    for case, text in {
        "empty": "",
        "no_name": good[len(name):],
        "name_with_space": good.replace("hub.example/log", "hub log"),
        "wrong_hash": f"{name}+{wrong}+{body}",
        "upper_case_hash": f"{name}+{digest.upper()}+{body}",
        "short_hash": f"{name}+{digest[1:]}+{body}",
        "unknown_type": NoteKey("hub.example/log", 1, 2).vkey(),
        "short_key": f"{name}+{digest}+{b64(bytes([1]) + LOG.point[:31])}",
        "with_needless_padding": good + "=",
        "newline": good + "\n",
        "renamed": good.replace("hub.example/log", "hub.example/lag"),
    }.items():
        key(case, "note.key", text)


# --- trust -------------------------------------------------------------------------------------


class Minisign:
    def __init__(self, seed):
        self.key, self.point = key_of(seed)
        self.number = bytes([seed]) * 8

    def public(self):
        return b64(b"Ed" + self.number + self.point)

    def sign(self, data, trusted, untrusted="signature by Vigil", kind=b"ED"):
        message = hashlib.blake2b(data).digest() if kind == b"ED" else data
        signature = self.key.sign(message)
        over = self.key.sign(signature + trusted.encode())
        return (f"untrusted comment: {untrusted}\n{b64(kind + self.number + signature)}\n"
                f"trusted comment: {trusted}\n{b64(over)}\n").encode()


OFFICE, OUTSIDER, TABLET, OTHER_TABLET = Minisign(11), Minisign(12), Minisign(13), Minisign(14)


def make_requests():
    comment = "vigil-request-1"

    def text(key=None, label="tablet-1", first="vigil-request-1"):
        return f"{first}\nkey {(key or TABLET).public()}\nlabel {label}\n".encode()

    def request(name, expect, body):
        write("trust/request", name, expect, body)

    good = text() + TABLET.sign(text(), comment)
    request("ok", "ok", good)

    def bad(name, body, sign=True):
        request(name, "request.format", body + (TABLET.sign(body, comment) if sign else b""))

    bad("empty", b"", False)
    bad("other_version", text(first="vigil-request-2"))
    bad("label_upper_case", text(label="Tablet-1"))
    bad("label_too_long", text(label="a" * 33))
    bad("label_empty", text(label=""))
    bad("label_with_space", text(label="anna ivanova"))
    bad("label_first", b"vigil-request-1\nlabel tablet-1\nkey " + TABLET.public().encode() + b"\n")
    bad("key_short", text().replace(TABLET.public().encode(), TABLET.public().encode()[:-4]))
    bad("crlf", text().replace(b"\n", b"\r\n"))
    bad("too_long", good + b"x" * 1024, False)
    for name, body in {
        "no_signature": text(),
        "extra_line": text() + b"more\n" + TABLET.sign(text() + b"more\n", comment),
        "signed_by_another": text() + OUTSIDER.sign(text(), comment),
        "key_swapped": text(OUTSIDER) + TABLET.sign(text(), comment),
        "label_changed": text(label="tablet-2") + TABLET.sign(text(), comment),
        "legacy_signature": text() + TABLET.sign(text(), comment, kind=b"Ed"),
        "made_for_another_purpose": text() + TABLET.sign(text(), "vigil-bundle-1"),
        "untrusted_comment_changed": text() + TABLET.sign(text(), comment, untrusted="hello"),
        "newline_at_end": good + b"\n",
        "signature_twice": good + TABLET.sign(text(), comment),
        "cut": good[:-1],
    }.items():
        request(name, "request.signature", body)


def roster_text(**change):
    parts = {
        "format": '"vigil-roster-1"',
        "version": "3",
        "office": '"demo"',
        "root": f'"{OFFICE.public()}"',
        "log": f'"{LOG.vkey()}"',
        "witnesses": f'["{WITNESS.vkey()}"]',
        "devices": f'[{device(TABLET, "tablet-1")}]',
        "recipients": f'[{recipient(0)},{recipient(1, "restricted")},{recipient(2, "recovery")}]',
        "policy": policy(),
    }
    parts.update(change)
    return ("{" + ",".join(f'"{k}":{v}' for k, v in parts.items() if v is not None) + "}\n").encode()


def device(key, label, role="tablet", first="1", rest=""):
    return f'{{"key":"{key.public()}","role":"{role}","label":"{label}","from_sequence":{first}{rest}}}'


def recipient(index, role="general", retired="false"):
    return f'{{"recipient":"{RECIPIENTS[index]}","role":"{role}","retired":{retired}}}'


def policy(days="30", form="1", quorum="1", panic="false"):
    return (f'{{"retention_days":{days},"minimum_format":{form},"witness_quorum":{quorum},'
            f'"panic_allowed":{panic}}}')


ROSTER_COMMENT = "vigil-roster-1 version 3"


def make_rosters():
    def roster(name, expect, text, signature=None, comment=ROSTER_COMMENT):
        signature = OFFICE.sign(text, comment) if signature is None else signature
        write("trust/roster", name, expect, text + signature, root=OFFICE.public(), roster_bytes=len(text))

    good = roster_text()
    roster("ok", "ok", good)
    roster("ok_revoked", "ok", roster_text(devices="[" + device(
        TABLET, "tablet-1", rest=',"revoked_after_sequence":41,"revoked_at_log_size":1000') + "," + device(
            OTHER_TABLET, "desk", role="office") + "]"))
    roster("ok_nobody_yet", "ok", roster_text(witnesses="[]", devices="[]", recipients="[]", policy=policy(quorum="0")))

    def unsigned(name, text, signature):
        roster(name, "roster.signature", text, signature)

    unsigned("stranger", good, OUTSIDER.sign(good, ROSTER_COMMENT))
    unsigned("no_signature", good, b"")
    unsigned("text_changed", good.replace(b"demo", b"dema"), OFFICE.sign(good, ROSTER_COMMENT))
    unsigned("legacy_signature", good, OFFICE.sign(good, ROSTER_COMMENT, kind=b"Ed"))
    unsigned("signed_for_another_version", good, OFFICE.sign(good, "vigil-roster-1 version 4"))
    unsigned("signed_as_a_kit", good, OFFICE.sign(good, "vigil-kit-1 roster version 3"))
    unsigned("untrusted_comment_changed", good, OFFICE.sign(good, ROSTER_COMMENT, untrusted="x"))
    unsigned("signature_with_more", good, OFFICE.sign(good, ROSTER_COMMENT) + b"\n")

    def bad(name, text, **kw):
        roster(name, "roster.format", text, **kw)

    bad("not_json", b"hello\n")
    bad("no_final_newline", good[:-1])
    bad("space_inside", good.replace(b":3", b": 3"))
    bad("two_newlines", good + b"\n")
    bad("byte_order_mark", b"\xef\xbb\xbf" + good)
    bad("other_format", roster_text(format='"vigil-roster-2"'))
    bad("version_zero", roster_text(version="0"))
    bad("version_float", roster_text(version="3.0"))
    bad("version_exponent", roster_text(version="3e0"))
    bad("version_as_text", roster_text(version='"3"'))
    bad("version_past_53_bits", roster_text(version=str(2**53 + 1)))
    bad("duplicate_member", good.replace(b'"version":3', b'"version":3,"version":3'))
    bad("unknown_member", good.replace(b'"office"', b'"extra":1,"office"'))
    bad("member_missing", roster_text(policy=None))
    bad("members_out_of_order", good.replace(b'"version":3,"office":"demo"', b'"office":"demo","version":3'))
    bad("null", roster_text(witnesses="null"))
    bad("escaped_slash", good.replace(b"hub.example/log", b"hub.example\\/log"))
    bad("office_upper_case", roster_text(office='"Demo"'))
    bad("office_empty", roster_text(office='""'))
    bad("root_not_a_key", roster_text(root='"RWQ"'))
    bad("log_not_a_key", roster_text(log='"hub"'))
    bad("log_is_a_witness_key", roster_text(log=f'"{OTHER_WITNESS.vkey()}"'))
    bad("witness_is_a_log_key", roster_text(witnesses=f'["{NoteKey("w", 5).vkey()}"]'))
    bad("witness_not_text", roster_text(witnesses="[1]"))
    bad("witness_shares_the_log_s_name", roster_text(witnesses=f'["{NoteKey("hub.example/log", 6, 4).vkey()}"]'))
    bad("more_witnesses_demanded_than_named", roster_text(policy=policy(quorum="2")))
    bad("device_role_unknown", roster_text(devices="[" + device(TABLET, "t", role="phone") + "]"))
    bad("device_label_with_space", roster_text(devices="[" + device(TABLET, "anna i") + "]"))
    bad("device_label_shared", roster_text(devices="[" + device(TABLET, "t") + "," + device(OTHER_TABLET, "t") + "]"))
    bad("device_from_zero", roster_text(devices="[" + device(TABLET, "t", first="0") + "]"))
    bad("device_revoked_negative", roster_text(devices="[" + device(TABLET, "t", rest=',"revoked_after_sequence":-1') + "]"))
    bad("device_log_size_without_revocation",
        roster_text(devices="[" + device(TABLET, "t", rest=',"revoked_at_log_size":1') + "]"))
    bad("recipient_role_unknown", roster_text(recipients="[" + recipient(0, "nurse") + "]"))
    bad("recipient_not_a_key", good.replace(b"age1tfd", b"age1tfe"))
    bad("recipient_upper_case", good.replace(RECIPIENTS[0].encode(), RECIPIENTS[0].upper().encode()))
    bad("retired_a_number", roster_text(recipients="[" + recipient(0, retired="0") + "]"))
    bad("policy_a_list", roster_text(policy="[]"))
    bad("retention_negative", roster_text(policy=policy(days="-1")))
    bad("too_deep", roster_text(witnesses="[[[[[]]]]]"))
    other_root = roster_text(root=f'"{OUTSIDER.public()}"')
    roster("names_another_root", "roster.root", other_root)
    reuse = {
        "device_is_the_root": dict(devices="[" + device(OFFICE, "t") + "]"),
        "device_twice": dict(devices="[" + device(TABLET, "t") + "," + device(TABLET, "u") + "]"),
        "witness_is_the_log": dict(witnesses=f'["{NoteKey("auditor-1", 1, 4).vkey()}"]'),
        "recipient_twice": dict(recipients="[" + recipient(0) + "," + recipient(0, "restricted") + "]"),
    }
    for name, change in reuse.items():
        roster(name, "roster.key_reuse", roster_text(**change))


def tar(members):
    folder = tempfile.mkdtemp()
    try:
        for name, content in members:
            with open(f"{folder}/{name}", "wb") as out:
                out.write(content)
            os.chmod(f"{folder}/{name}", 0o644)
        return subprocess.run(
            ["tar", "--format=ustar", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=0644", "-cf",
             "-", "-C", folder] + [name for name, _ in members], check=True, capture_output=True).stdout
    finally:
        shutil.rmtree(folder)


def make_kits():
    roster = roster_text()
    files = [("form-custody.xml", b"<form/>"), ("limits.csv", b"id,value\n")]
    roster_members = [("roster.json", roster), ("roster.json.minisig", OFFICE.sign(roster, ROSTER_COMMENT))]

    def listing(members, version=3, root=OFFICE, form="vigil-kit-1", hub=None):
        rows = ",".join(f'{{"name":"{n}","size":{len(c)},"blake2b":"{hashlib.blake2b(c).hexdigest()}"}}'
                        for n, c in members)
        return (f'{{"format":"{form}","root":"{root.public()}","roster_version":{version},'
                f'{"" if hub is None else chr(34) + "hub" + chr(34) + ":" + hub + ","}"files":[{rows}]}}\n').encode()

    def members(files=files, signer=OFFICE, version=3, comment=None, **kw):
        rest = roster_members + files
        text = listing(rest, version, **kw)
        comment = comment or f"vigil-kit-1 roster version {version}"
        return [("kit.json", text), ("kit.json.minisig", signer.sign(text, comment))] + rest

    def kit(name, expect, archive):
        write("trust/kit", name, expect, archive, root=OFFICE.public())

    good = members()
    kit("ok", "ok", tar(good))
    kit("ok_no_files", "ok", tar(members([])))
    kit("cut", "kit.archive", tar(good)[:-1])
    kit("longer", "kit.archive", tar(good) + b"\0" * 512)
    kit("empty", "kit.archive", b"")
    kit("without_roster", "kit.archive", tar(good[:2]))
    kit("out_of_place", "kit.archive", tar([good[2]] + good[:2] + good[3:]))
    kit("signed_by_a_stranger", "kit.signature", tar(members(signer=OUTSIDER)))
    kit("names_another_root", "kit.signature", tar(members(root=OUTSIDER)))
    kit("signed_as_a_roster", "kit.signature", tar(members(comment=ROSTER_COMMENT)))
    kit("signed_for_another_version", "kit.signature", tar(members(comment="vigil-kit-1 roster version 4")))
    kit("file_changed", "kit.files", tar(good[:4] + [("form-custody.xml", b"<fork/>"), good[5]]))
    kit("file_added", "kit.files", tar(good + [("places.csv", b"x")]))
    kit("file_left_out", "kit.files", tar(good[:5]))
    kit("files_not_in_order", "kit.files", tar(members(files[::-1])))
    kit("list_of_a_later_format", "kit.newer", tar(members(form="vigil-kit-3")))
    kit("list_of_another_thing", "kit.archive", tar(members(form="vigil-roster-1")))
    kit("for_another_roster_version", "kit.files", tar(members(version=4)))
    old = roster_text(version="2")
    swapped = good[:2] + [("roster.json", old), ("roster.json.minisig", OFFICE.sign(old, "vigil-roster-1 version 2"))]
    kit("roster_swapped", "kit.files", tar(swapped + good[4:]))
    make_kits_with_hub(kit, members)


def pin(byte):
    return "sha256//" + b64(bytes([byte]) * 32)


def hub(url="https://hub.example.org:8443", pins=None):
    listed = ",".join(f'"{one}"' for one in ([pin(1), pin(2)] if pins is None else pins))
    return f'{{"url":"{url}","pins":[{listed}]}}'


def make_kits_with_hub(kit, members):
    def with_hub(text, form="vigil-kit-2"):
        return tar(members(form=form, hub=text))

    kit("ok_hub", "ok", with_hub(hub()))
    kit("ok_hub_without_pin", "ok", with_hub(hub(pins=[])))
    kit("ok_hub_four_pins", "ok", with_hub(hub(pins=[pin(i) for i in range(4)])))
    kit("ok_hub_by_number", "ok", with_hub(hub("https://192.0.2.7")))
    kit("ok_hub_by_long_number", "ok", with_hub(hub("https://[2001:db8::7]:8443")))
    kit("ok_hub_without_tls", "ok", with_hub(hub("http://hub.example.org:8080", [])))
    kit("hub_in_the_first_format", "kit.files", with_hub(hub(), "vigil-kit-1"))
    kit("hub_missing", "kit.hub", with_hub(None))
    bad = {
        "hub_null": "null",
        "hub_a_text": '"https://hub.example.org"',
        "hub_without_pins_member": '{"url":"https://hub.example.org"}',
        "hub_members_in_other_order": '{"pins":[],"url":"https://hub.example.org"}',
        "hub_unknown_member": '{"url":"https://hub.example.org","pins":[],"path":"/"}',
        "hub_url_empty": hub(""),
        "hub_url_without_scheme": hub("hub.example.org"),
        "hub_url_ftp": hub("ftp://hub.example.org"),
        "hub_url_upper_case_scheme": hub("HTTPS://hub.example.org"),
        "hub_url_upper_case_host": hub("https://Hub.example.org"),
        "hub_url_without_host": hub("https://"),
        "hub_url_host_of_dots": hub("https://.example.org"),
        "hub_url_path": hub("https://hub.example.org/vigil"),
        "hub_url_slash": hub("https://hub.example.org/"),
        "hub_url_query": hub("https://hub.example.org?a=b"),
        "hub_url_user": hub("https://office@hub.example.org"),
        "hub_url_space": hub("https://hub.example.org "),
        "hub_url_not_ascii": hub("https://h\u00fcb.example.org"),
        "hub_url_port_empty": hub("https://hub.example.org:"),
        "hub_url_port_zero": hub("https://hub.example.org:0"),
        "hub_url_port_leading_zero": hub("https://hub.example.org:0443"),
        "hub_url_port_too_high": hub("https://hub.example.org:65536"),
        "hub_url_port_word": hub("https://hub.example.org:https"),
        "hub_url_bracket_open": hub("https://[2001:db8::7"),
        "hub_url_bracket_empty": hub("https://[]"),
        "hub_url_too_long": hub("https://" + "a" * 248),
        "hub_pin_empty": hub(pins=[""]),
        "hub_pin_without_prefix": hub(pins=[pin(1)[len("sha256//"):]]),
        "hub_pin_of_sha512": hub(pins=["sha512//" + b64(bytes(64))]),
        "hub_pin_short": hub(pins=["sha256//" + b64(bytes(31))]),
        "hub_pin_long": hub(pins=["sha256//" + b64(bytes(33))]),
        "hub_pin_without_padding": hub(pins=[pin(1).rstrip("=")]),
        "hub_pin_not_canonical": hub(pins=[pin(1)[:-2] + "F="]),
        "hub_pin_line": hub(pins=[pin(1) + ";" + pin(2)]),
        "hub_pin_twice": hub(pins=[pin(1), pin(1)]),
        "hub_pin_a_number": '{"url":"https://hub.example.org","pins":[7]}',
        "hub_five_pins": hub(pins=[pin(i) for i in range(5)]),
        "hub_pin_over_http": hub("http://hub.example.org", [pin(1)]),
    }
    for name, text in bad.items():
        # null is not of our JSON at all: the list falls before its hub is looked at
        kit(name, "kit.files" if text == "null" else "kit.hub", with_hub(text))


if __name__ == "__main__":
    for made in ("log/note", "log/receipt", "log/key", "trust/request", "trust/roster", "trust/kit"):
        shutil.rmtree(made, ignore_errors=True)
    make_notes()
    make_receipts()
    make_keys()
    make_requests()
    make_rosters()
    make_kits()
