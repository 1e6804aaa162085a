#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a long checklist and a script of answers, for `vigilctl form bench`.

usage: generate_form.py QUESTIONS FOLDER [lists]  ->  FOLDER/form/{survey,choices,settings}.csv, FOLDER/operations.jsonl
The shape is that of a heavy real form: 20 sections, three in ten questions relevant only after another
answer, one in five calculated in chains, one cascading choice from 500 items a section, and a repeat of nine
fields that the script grows to 200 instances; with "lists" also look-ups in lists of 1,000 and 20,000 items.
The same arguments give the same files."""
import csv
import json
import os
import random
import sys

SECTIONS = 20
ITEMS = 500
INSTANCES = 200
LISTS = {"place": 1000, "village": 20000} if sys.argv[3:] == ["lists"] else {}
COLUMNS = ["type", "name", "label::English (en)", "label::Русский (ru)", "relevant", "constraint",
           "constraint_message::English (en)", "required", "calculation", "choice_filter"]


def survey(questions, answerable):
    draw = random.Random(7)
    rows = []

    def add(kind, name="", label="", **more):
        rows.append([kind, name, label, label and "Вопрос: " + label] +
                    [more.get(key, "") for key in
                     ("relevant", "constraint", "message", "required", "calculation", "choice_filter")])

    number = 0
    for section in range(SECTIONS):
        add("begin_group", f"s{section}", f"Section {section + 1}")
        if section == 0:
            add("select_one region", "region", "Region")
            answerable.append(("/data/s0/region", ["r0", "r1", "r2", "r3"]))
        chosen, counted, chain = [], [], ""
        for place in range(questions // SECTIONS):
            number += 1
            name, ref, kind = f"q{number}", f"/data/s{section}/q{number}", place % 10
            label = f"Is the standard met, question {number}?"
            if kind in (4, 9):
                text = f"if(${{{draw.choice(chosen)}}} = 'yes', 1, 0)" + (f" + ${{{chain}}}" if chain else "")
                add("calculate", name, calculation=text)
                chain = name
                continue
            more = {}
            if kind in (1, 3, 6) and chosen:
                more["relevant"] = f"${{{draw.choice(chosen)}}} = 'yes'"
            if kind in (0, 3):
                add("select_one answer", name, label, required="yes" if kind == 0 else "", **more)
                chosen.append(name)
                answerable.append((ref, ["yes", "no", "not_seen"]))
            elif kind in (1, 6):
                add("integer", name, label, constraint=". >= 0 and . <= 120", message="0 to 120", **more)
                counted.append(name)
                answerable.append((ref, [str(n) for n in range(0, 120, 11)]))
            elif kind == 2:
                add("select_multiple problem", name, label)
                answerable.append((ref, ["a", "a b", "b c d", ""]))
            elif kind == 8 and section > 0 and place < 10:
                add("select_one town", name, label, choice_filter="region = ${region}")
                answerable.append((ref, ["t0", "t4", "t8"]))
            elif kind == 7:
                add("decimal", name, label)
                answerable.append((ref, ["0.5", "12.25"]))
            else:
                add("text", name, label)
                answerable.append((ref, ["", "a note", "the cell was cold and wet " * 4]))
        add("calculate", f"sum{section}", calculation=f"${{{chain}}}")
        add("end_group")
    for name in LISTS:
        add("text", f"{name}_code", f"Code of the {name}")
        add("calculate", f"{name}_name", calculation=f"instance('{name}')/root/item[name = ${{{name}_code}}]/label")
        add(f"select_one {name}", f"{name}_chosen", f"The {name}", relevant=f"${{{name}_code}} = 'none'")
    add("begin_repeat", "person", "Person")
    add("text", "p_code", "Code")
    add("select_one answer", "p_consent", "Consent?", required="yes")
    add("integer", "p_age", "Age", relevant="${p_consent} = 'yes'", constraint=". >= 0 and . <= 120")
    add("calculate", "p_minor", calculation="if(${p_age} != '' and ${p_age} < 18, 1, 0)")
    add("calculate", "p_place", calculation="position(..)")
    add("text", "p_adult", "Trusted adult", relevant="${p_minor} = 1")
    add("select_multiple problem", "p_problem", "Problems")
    add("calculate", "p_count", calculation="count-selected(${p_problem})")
    add("text", "p_note", "Note", relevant="${p_count} > 1")
    add("end_repeat")
    add("calculate", "people", calculation="count(${person})")
    add("calculate", "minors", calculation="sum(${p_minor})")
    return rows


def operations(answerable):
    draw = random.Random(11)

    def fill(phase, ref, value):
        return {"phase": phase, "op": "set", "ref": ref, "value": value}

    script = []
    for _ in range(500):
        ref, values = draw.choice(answerable)
        script.append(fill("flat", ref, draw.choice(values)))
    for name, items in LISTS.items():
        script += [fill(f"look_up_{items}", f"/data/{name}_code", f"{name[0]}{draw.randrange(items)}")
                   for _ in range(300)]
    for person in range(1, INSTANCES + 1):
        if person > 1:
            script.append({"phase": "repeat_add", "op": "add_repeat", "ref": "/data/person"})
        here = f"/data/person[{person}]"
        for name, value in (("p_code", f"K-{person}"), ("p_consent", "yes"), ("p_age", str(person % 60)),
                            ("p_problem", "a b c"[:1 + 2 * (person % 3)])):
            script.append(fill("repeat_fill", f"{here}/{name}", value))
    for _ in range(300):
        here = f"/data/person[{draw.randrange(1, INSTANCES + 1)}]"
        name, values = draw.choice([("p_age", ["5", "17", "44"]), ("p_consent", ["yes", "no"]),
                                    ("p_problem", ["a", "a b"])])
        script.append(fill("repeat_edit", f"{here}/{name}", draw.choice(values)))
    return script


def main():
    questions, folder = int(sys.argv[1]), sys.argv[2]
    form = os.path.join(folder, "form")
    os.makedirs(form, exist_ok=True)
    answerable = []

    def write(name, rows):
        with open(os.path.join(form, name), "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    write("survey.csv", [COLUMNS] + survey(questions, answerable))
    choices = [["list_name", "name", "label::English (en)", "label::Русский (ru)", "region"]]
    choices += [["answer", n, l, r, ""] for n, l, r in (("yes", "Yes", "Да"), ("no", "No", "Нет"),
                                                         ("not_seen", "Not seen", "Не видели"))]
    choices += [["problem", n, f"Problem {n}", f"Проблема {n}", ""] for n in "abcdef"]
    choices += [["region", f"r{n}", f"Region {n}", f"Область {n}", ""] for n in range(4)]
    choices += [["town", f"t{n}", f"Town {n}", f"Город {n}", f"r{n % 4}"] for n in range(ITEMS)]
    for name, items in LISTS.items():
        choices += [[name, f"{name[0]}{n}", f"The {name} {n}", f"Место {n}", ""] for n in range(items)]
    write("choices.csv", choices)
    write("settings.csv", [["form_title", "form_id", "version", "default_language"],
                           [f"Bench {questions}", f"bench{questions}", "1", "English (en)"]])
    with open(os.path.join(folder, "operations.jsonl"), "w", encoding="utf-8") as file:
        for operation in operations(answerable):
            file.write(json.dumps(operation, ensure_ascii=False) + "\n")


main()
