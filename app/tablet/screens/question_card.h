// SPDX-License-Identifier: Apache-2.0
//
// One question as it is drawn, with everything that belongs to it.
#pragma once

#include <string>
#include <vector>

#include "app/ui/controls.h"

namespace vigil::tablet {

enum class Control {
  kOne,
  kMany,
  kText,
  kMultiline,
  kInteger,
  kDecimal,
  kDate,
  kTime,
  kDateTime,
  kAcknowledge,
  kNote,    // words only
  kResult,  // calculated: large
  kFile,    // photo, sound: what is attached
};

struct QuestionRow {
  std::string ref;
  std::string source;  // its label; empty where the question is asked once
  std::string value;   // as stored, or as typed where it cannot be stored
  std::vector<ui::Option> options;
  std::string error;  // constraint, required, or why it cannot be stored
};

struct QuestionCard {
  std::string ref;
  std::string label;
  std::string hint;
  std::string standard;
  std::string guidance;
  Control control = Control::kText;
  bool required = false;
  bool readonly = false;
  std::vector<QuestionRow> rows;  // one, or one per source
  std::string mismatch;           // a sentence, where sources disagree
  std::string limit;              // a sentence about the limit beside a result
  bool limit_exceeded = false;
  bool later = false;
  bool finding = false;
  bool note_open = false;
  std::string note;
};

}  // namespace vigil::tablet
