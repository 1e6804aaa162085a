// SPDX-License-Identifier: Apache-2.0
//
// Checklists as tables for spreadsheet programs: all answers one below the other, or, as ODK
// Central lays them out, a row a checklist and a table for each repeat. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/office/reading.h"
#include "app/words/words.h"

namespace vigil::ctl {

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // as long as `columns` or shorter
};

// RFC 4180, every field quoted. What a spreadsheet program would run as a formula is defused by an
// apostrophe.
[[nodiscard]] std::string csv_text(const Table& table);

// Takes out what is more sensitive than `sensitivity`: answers, and the notes that hang on them. A
// note on a question per source goes with its most sensitive cell, one on no question at all.
void keep_up_to(office::SentChecklist& sent, int sensitivity);

// A row an answer, then a row an answer that breaks the form's rules (its message as value), then a
// row a note or finding: visit, record, form, code, section, question,
// value, value_label, ref, tablet, bundle_number.
[[nodiscard]] Table answers_table(const std::vector<office::SentChecklist>& checklists,
                                  const words::Words& words);

// By name: "police-custody" with a row a checklist and KEY, its instance's id;
// "police-custody-cell" with a row an instance of the repeat, KEY, and PARENT_KEY, the KEY of the
// row it belongs to. Columns are the questions' names with those of their groups, "lawyer-told".
[[nodiscard]] std::map<std::string, Table> central_tables(
    const std::vector<office::SentChecklist>& checklists);

}  // namespace vigil::ctl
