#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/vectors/evidence and tests/vectors/trust/handover, one fault a file.

As make_log_and_trust.py: frozen, made without any code of Vigil's, the same every time. In
evidence, `expect` is "ok", the code of an error, or the first claim that does not hold; `code` is
what the comparison of the shown with the signed hashes gives, where it comes so far.
"""
import hashlib
import shutil

from make_log_and_trust import (LOG, OFFICE, OTHER_TABLET, OUTSIDER, RECIPIENTS, ROSTER_COMMENT, STRANGER, TABLET,
                                checkpoint, b64, device, leaf, node, recipient, roster_text, signed, tar, write)

SECRET = bytes(range(32))  # of the payload
ANSWERS_SECRET = bytes(range(32, 64))
ANSWERS = [("r1-/data/lawyer", "no"), ("r1-/data/judge", "yes"), ("visit/place", "IVS <7>")]
LIST = "evidence.json"


def short(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def answer_salt(ref):
    return short(ANSWERS_SECRET + ref.encode())


def answer_hash(ref, value, salt=None):
    return short((salt or answer_salt(ref)) + ref.encode() + b"\n" + value.encode())


def answers_json(answers):
    hashes = ",".join(f'"{h}"' for h in sorted(answer_hash(*a).hex() for a in answers))
    return f'{{"format":"vigil-answers-1","answers":[{hashes}]}}\n'.encode()


def member_salt(name):
    return short(SECRET + name.encode())


def members_json(members):
    hashes = ",".join(f'"{short(member_salt(n) + n.encode() + b"%c" % 10 + c).hex()}"' for n, c in members)
    return f'{{"format":"vigil-members-1","members":[{hashes}]}}\n'.encode()


PHOTO = ("photo.jpg", b"not really a photo")
MEMBERS = [("r1-submission.xml", b"<data/>"), PHOTO, ("answers.json", answers_json(ANSWERS)),
           ("answers.salt", ANSWERS_SECRET.hex().encode() + b"\n")]


def manifest_text(members=None, sequence=1):
    members = members or members_json(MEMBERS)
    previous = ("00" if sequence == 1 else "07") * 32
    return (f'{{"format":"vigil-bundle-1","device":"{TABLET.public()}","sequence":{sequence},'
            f'"previous":"{previous}","payloads":[{{"name":"payload.age","size_bytes":10440,'
            f'"digest":"{"5a" * 64}","members":"{short(members).hex()}","recipients":["{RECIPIENTS[0]}"]}}]}}\n').encode()


def file_row(name, payload="payload.age", salt=None):
    return f'{{"payload":"{payload}","name":"{name}","salt":"{(salt or member_salt(name)).hex()}"}}'


def answer_row(ref, value, payload="payload.age", salt=None):
    return f'{{"payload":"{payload}","ref":"{ref}","value":"{value}","salt":"{(salt or answer_salt(ref)).hex()}"}}'


def pack(manifest=None, signature=None, roster=None, roster_signature=None, receipt=None, members=None, restricted=None,
         files=None, rows=None, answers=None, bundle=None, text=None):
    """The archive's members. `files` are (name, content); `rows` and `answers` what evidence.json says."""
    manifest = manifest or manifest_text()
    files = [MEMBERS[2], PHOTO] if files is None else files
    rows = [file_row(n) for n, _ in files] if rows is None else rows
    answers = [answer_row(*ANSWERS[0]), answer_row(*ANSWERS[2])] if answers is None else answers
    text = text or (f'{{"format":"vigil-evidence-1","bundle":"{bundle or short(manifest).hex()}",'
                    f'"files":[{",".join(rows)}],"answers":[{",".join(answers)}]}}\n').encode()
    roster = roster or roster_text(policy=NO_QUORUM)
    made = [(LIST, text), ("manifest.json", manifest),
            ("manifest.json.minisig", signature or TABLET.sign(manifest, "vigil-bundle-1")), ("roster.json", roster),
            ("roster.json.minisig", roster_signature or OFFICE.sign(roster, ROSTER_COMMENT))]
    made += [("receipt", receipt)] if receipt else []
    made += [] if members == b"" else [("payload-members.json", members or members_json(MEMBERS))]
    made += [("restricted-members.json", restricted)] if restricted else []
    return made + [(f"file-{i + 1}", content) for i, (_, content) in enumerate(files)]


NO_QUORUM = '{"retention_days":30,"minimum_format":1,"witness_quorum":0,"panic_allowed":false}'


def receipt_for(manifest, key=LOG, entry=None, index=1):
    entry = entry or manifest + TABLET.sign(manifest, "vigil-bundle-1")
    first = leaf(b"another entry")
    text = checkpoint(2, node(first, leaf(entry)))
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{b64(first)}\n\n".encode() + signed(text, key.line(text))


def make_evidence():
    def evidence(name, expect, archive, code=None):
        write("evidence", name, expect, archive, root=OFFICE.public(), **({"code": code} if code else {}))

    good = pack()
    archive = tar(good)
    evidence("ok", "ok", archive)
    evidence("ok_receipt", "ok", tar(pack(receipt=receipt_for(manifest_text()))))
    evidence("ok_nothing_shown", "ok", tar(pack(files=[], answers=[])))
    evidence("ok_no_list_of_files", "ok", tar(pack(members=b"", files=[], answers=[])))

    def form(name, body):
        evidence(name, "evidence.format", body)

    def listed(name, old, new):
        text = good[0][1].replace(old, new)
        assert text != good[0][1], name
        form(name, tar(pack(text=text)))

    form("empty", b"")
    form("not_an_archive", b"hello\n")
    form("cut", archive[:-1])
    form("longer", archive + b"\0" * 512)
    form("list_missing", tar(good[1:]))
    form("list_not_first", tar([good[1], good[0]] + good[2:]))
    form("no_manifest", tar([good[0]] + good[2:]))
    form("no_signature", tar(good[:2] + good[3:]))
    form("no_roster", tar(good[:3] + good[4:]))
    form("no_roster_signature", tar(good[:4] + good[5:]))
    form("unknown_member", tar(good + [("more", b"x")]))
    form("file_left_out", tar(good[:-1]))
    form("file_not_listed", tar(good + [("file-3", b"x")]))
    form("files_out_of_order", tar(good[:-2] + [good[-1], good[-2]]))
    form("member_lists_out_of_order", tar(good[:5] + [("restricted-members.json", b"x\n"), good[5]] + good[6:]))
    form("receipt_empty", tar(good[:5] + [("receipt", b"")] + good[5:]))
    form("for_another_bundle", tar(pack(bundle="07" * 32)))
    listed("other_format", b"vigil-evidence-1", b"vigil-evidence-2")
    listed("list_spaced", b'"files":', b'"files": ')
    listed("list_without_newline", b"]}\n", b"]}")
    listed("list_has_more", b'"files":', b'"more":1,"files":')
    listed("list_key_twice", b'"answers":', b'"answers":[],"answers":')
    listed("payload_unknown", b'"payload":"payload.age"', b'"payload":"other.age"')
    listed("file_name_a_path", b"photo.jpg", b"../photo.jpg")
    listed("file_name_hidden", b"photo.jpg", b".photo.jpg")
    listed("salt_short", member_salt("photo.jpg").hex().encode(), member_salt("photo.jpg").hex().encode()[:-2])
    listed("salt_upper_case", member_salt("photo.jpg").hex().encode(), member_salt("photo.jpg").hex().upper().encode())
    listed("answer_salt_short", answer_salt("visit/place").hex().encode(), b"00")
    listed("ref_of_two_lines", b"visit/place", b"visit\\nplace")
    listed("answer_not_text", b'"value":"no"', b'"value":1')

    def claim(name, expect, **change):
        evidence(name, expect, tar(pack(**change)))

    roster = roster_text(policy=NO_QUORUM)
    claim("roster_of_a_stranger", "roster", roster_signature=OUTSIDER.sign(roster, ROSTER_COMMENT))
    claim("roster_signed_for_another_version", "roster", roster_signature=OFFICE.sign(roster, "vigil-roster-1 version 4"))
    claim("roster_names_another_root", "roster", roster=roster.replace(OFFICE.public().encode(), OUTSIDER.public().encode()))
    manifest = manifest_text()
    claim("signed_by_a_stranger", "signature", signature=OUTSIDER.sign(manifest, "vigil-bundle-1"))
    claim("signed_by_another_device", "signature",
          roster=roster_text(policy=NO_QUORUM, devices=f'[{device(TABLET, "tablet-1")},{device(OTHER_TABLET, "tablet-2")}]'),
          signature=OTHER_TABLET.sign(manifest, "vigil-bundle-1"))
    claim("signed_for_another_purpose", "signature", signature=TABLET.sign(manifest, "vigil-event-1"))
    claim("legacy_signature", "signature", signature=TABLET.sign(manifest, "vigil-bundle-1", kind=b"Ed"))
    claim("manifest_changed", "signature", manifest=manifest.replace(b"10440", b"10441"),
          signature=TABLET.sign(manifest, "vigil-bundle-1"))
    claim("before_enrolment", "author",
          roster=roster_text(policy=NO_QUORUM, devices=f'[{device(TABLET, "tablet-1", first="2")}]'))
    claim("after_revocation", "revocation", manifest=manifest_text(sequence=2), roster=roster_text(
        policy=NO_QUORUM, devices=f"""[{device(TABLET, "tablet-1", rest=',"revoked_after_sequence":1')}]"""))
    claim("receipt_by_another_log", "receipt", receipt=receipt_for(manifest, STRANGER))
    claim("receipt_of_another_bundle", "receipt", receipt=receipt_for(manifest, entry=b"another"))
    claim("receipt_for_another_place", "receipt", receipt=receipt_for(manifest, index=0))
    claim("receipt_unreadable", "receipt", receipt=b"hello\n")
    claim("receipt_without_the_quorum", "receipt", roster=roster_text(), receipt=receipt_for(manifest))

    def shown(name, code, **change):
        evidence(name, "members" if code == "evidence.members" else "shown", tar(pack(**change)), code)

    shown("members_not_signed", "evidence.members", members=members_json(MEMBERS[:2]))
    shown("members_of_a_payload_there_is_not", "evidence.members", restricted=members_json(MEMBERS))
    answers_file = MEMBERS[2]
    shown("file_changed", "evidence.file", files=[answers_file, ("photo.jpg", b"another photo")])
    shown("file_renamed", "evidence.file", files=[answers_file, ("other.jpg", PHOTO[1])])
    shown("file_salt_of_another", "evidence.file", files=[answers_file, PHOTO],
          rows=[file_row("answers.json"), file_row("photo.jpg", salt=member_salt("other"))])
    shown("file_twice", "evidence.file", files=[answers_file, PHOTO, PHOTO])
    shown("file_of_the_other_payload", "evidence.file", files=[answers_file, PHOTO],
          rows=[file_row("answers.json"), file_row("photo.jpg", payload="restricted.age")])
    shown("file_without_the_list", "evidence.file", members=b"")
    invented = [("r1-/data/lawyer", "yes")]
    shown("answers_made_later", "evidence.file", files=[("answers.json", answers_json(invented))],
          answers=[answer_row(*invented[0])])
    shown("answer_changed", "evidence.answer", answers=[answer_row("r1-/data/lawyer", "yes")])
    shown("answer_to_another_question", "evidence.answer", answers=[answer_row("r1-/data/judge", "no")])
    shown("answer_salt_of_another", "evidence.answer",
          answers=[answer_row("r1-/data/lawyer", "no", salt=answer_salt("visit/place"))])
    shown("answer_twice", "evidence.answer", answers=[answer_row(*ANSWERS[0])] * 2)
    shown("answer_of_the_other_payload", "evidence.answer", answers=[answer_row(*ANSWERS[0], payload="restricted.age")])
    shown("answer_without_the_list", "evidence.answer", files=[PHOTO])
    # The device itself signed an answers.json that is none.
    wild = [("answers.json", b"hello\n")]
    listing = members_json(wild)
    evidence("answers_unreadable", "shown", tar(pack(manifest=manifest_text(listing), members=listing, files=wild)),
             "answers.format")


def make_handovers():
    comment = "vigil-handover-1"

    def line(old=OFFICE, new=OTHER_TABLET, form="vigil-handover-1"):
        return f'{{"format":"{form}","from":"{old.public()}","to":"{new.public()}"}}\n'.encode()

    def handover(name, expect, body):
        write("trust/handover", name, expect, body, root=OFFICE.public(), to=OTHER_TABLET.public())

    text = line()
    good = text + OFFICE.sign(text, comment)
    handover("ok", "ok", good)
    for name, body in {
        "stranger": text + OUTSIDER.sign(text, comment),
        "signed_by_the_new_root": text + OTHER_TABLET.sign(text, comment),
        "signed_as_a_roster": text + OFFICE.sign(text, ROSTER_COMMENT),
        "signed_as_a_kit": text + OFFICE.sign(text, "vigil-kit-1 roster version 3"),
        "legacy_signature": text + OFFICE.sign(text, comment, kind=b"Ed"),
        "untrusted_comment_changed": text + OFFICE.sign(text, comment, untrusted="x"),
        "to_changed": line(new=TABLET) + OFFICE.sign(text, comment),
        "no_signature": text,
        "signature_twice": good + OFFICE.sign(text, comment),
        "newline_at_end": good + b"\n",
        "cut": good[:-1],
        "crlf": good.replace(b"\n", b"\r\n"),
        "blank_line_first": b"\n" + good,
    }.items():
        handover(name, "handover.signature", body)
    key_less = f'{{"format":"vigil-handover-1","from":"{OFFICE.public()}","to":"RWQ"}}\n'.encode()
    turned = f'{{"format":"vigil-handover-1","to":"{OTHER_TABLET.public()}","from":"{OFFICE.public()}"}}\n'.encode()
    for name, body in {
        "not_json": b"hello\n",
        "other_format": line(form="vigil-handover-2"),
        "from_another_root": line(old=OUTSIDER),
        "to_itself": line(new=OFFICE),
        "to_no_key": key_less,
        "members_in_other_order": turned,
        "spaced": text.replace(b'"to":', b'"to": '),
        "unknown_member": text.replace(b'"to":', b'"more":1,"to":'),
        "key_twice": text.replace(b'"to":', f'"to":"{TABLET.public()}","to":'.encode()),
        "to_missing": f'{{"format":"vigil-handover-1","from":"{OFFICE.public()}"}}\n'.encode(),
        "null": text.replace(f'"{OTHER_TABLET.public()}"'.encode(), b"null"),
        "deep": text.replace(b'"to":', b'"more":[[1]],"to":'),
    }.items():
        handover(name, "handover.format", body + OFFICE.sign(body, comment))
    handover("empty", "handover.format", b"")
    handover("one_line_only", "handover.format", text[:-1])
    handover("too_long", "handover.format", good + b"x" * 4096)


if __name__ == "__main__":
    for made in ("evidence", "trust/handover"):
        shutil.rmtree(made, ignore_errors=True)
    make_evidence()
    make_handovers()
