// SPDX-License-Identifier: Apache-2.0
//
// Headers of the sheets and what they mean: aliases, `label::English (en)`, `bind::x`, `body::x`.
// Pure functions over values.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forms/xlsform/problems.h"
#include "forms/xlsform/workbook.h"

namespace vigil::forms::xlsform {

// Where a column's value goes.
enum class Slot {
  kPlain,      // type, name, label, default, ...
  kBind,       // an attribute of <bind>
  kBody,       // an attribute of the control
  kInstance,   // an attribute of the node in the instance
  kMedia,      // image, big-image, audio, video
  kVigil,      // vigil::sources, ::sensitivity, ::standard, ::limit
  kAttribute,  // settings: attribute::x of the instance's root
  kUnknown,    // not ours: ignored in survey, a child element of the item in choices
};

struct Column {
  Slot slot = Slot::kUnknown;
  std::string key;       // the canonical name: "relevant", "jr:constraintMsg", "label"
  std::string language;  // "" where the header names none
  std::string header;    // as the author wrote it
};

enum class SheetKind { kSurvey, kChoices, kSettings, kExternalChoices, kEntities, kOsm };
[[nodiscard]] std::string_view sheet_name(SheetKind kind);

// A sheet whose header row is understood. `rows` does not hold the header and points into the
// workbook.
// How the white space of a cell is read. The survey sheet makes runs of spaces one unless
// clean_text_values says no; the other sheets keep what stands between the first and last word.
enum class Spacing { kSingle, kAsWritten };

struct Table {
  SheetKind kind = SheetKind::kSurvey;
  Spacing spacing = Spacing::kSingle;
  std::vector<Column> columns;
  std::span<const SheetRow> rows;

  [[nodiscard]] bool has(Slot slot, std::string_view key) const;
  [[nodiscard]] std::string clean(std::string_view cell) const;
  // The cell, cleaned (trimmed, spaced as above, straight quotation marks); "" where there is none.
  [[nodiscard]] std::string cell(const SheetRow& row, Slot slot, std::string_view key) const;
  [[nodiscard]] Place place(const SheetRow& row, Slot slot, std::string_view key) const;
};

// Reads the header. Reports columns that mean the same and, in survey and choices, missing ones.
[[nodiscard]] Table read_table(const Sheet& sheet, SheetKind kind, Problems& problems);

[[nodiscard]] std::string cleaned(std::string_view cell, Spacing spacing = Spacing::kSingle);

}  // namespace vigil::forms::xlsform
