// SPDX-License-Identifier: Apache-2.0
//
// The type column: every name and alias of the XLSForm specification and what it becomes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::forms::xlsform {

enum class Control { kNone, kInput, kUpload, kTrigger, kSelectOne, kSelectMany, kRank, kRange };

// Types that need more than a control and a bind.
enum class Special {
  kNone,
  kText,
  kNote,
  kCalculate,
  kMetadata,  // preloaded, without a control
  kHidden,
  kImage,
  kAudio,
  kGeopoint,
  kGeotrace,
  kGeoshape,
  kRange,
  kRank,
  kSelect,
  kSelectExternal,
  kOsm,
  kAudit,
  kStartGeopoint,
  kBackgroundGeopoint,
  kBackgroundAudio,
  kCsvExternal,
  kXmlExternal,
};

struct QuestionType {
  std::string_view name;
  Control control = Control::kNone;
  std::string_view bind_type;  // "" where there is no type attribute
  Special special = Special::kNone;
  std::string_view preload;         // jr:preload
  std::string_view preload_params;  // jr:preloadParams
  std::string_view mediatype;
  std::string_view hint;
  std::string_view constraint;
};

// nullptr where the name is not a type. Groups and selects are parsed by parse_type.
[[nodiscard]] const QuestionType* find_question_type(std::string_view name);

// The whole type cell.
struct ParsedType {
  enum class Kind {
    kUnknown,
    kQuestion,
    kSelect,
    kSelectFromFile,
    kBeginGroup,
    kEndGroup,
    kBeginRepeat,
    kEndRepeat,
    kBeginLoop,
    kEndLoop,
  };
  Kind kind = Kind::kUnknown;
  const QuestionType* type = nullptr;  // kQuestion, kSelect, kSelectFromFile
  std::string list_name;               // of selects, loops and osm; the file name from a file
  bool or_other = false;
};
[[nodiscard]] ParsedType parse_type(std::string_view cell);

// Everything the type column may begin with: to find what was meant.
[[nodiscard]] std::vector<std::string_view> known_type_names();

}  // namespace vigil::forms::xlsform
