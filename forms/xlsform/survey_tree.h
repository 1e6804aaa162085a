// SPDX-License-Identifier: Apache-2.0
//
// The survey sheet as a tree of questions, groups and repeats, with all that a row says, before it
// becomes XML. Texts and expressions are as the author wrote them: `${name}` is not resolved yet.
// Thread: built by one, then read only.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/xlsform/columns.h"
#include "forms/xlsform/types.h"

namespace vigil::forms::xlsform {

// Nested deeper than any form; recursion over the tree is bounded by it.
inline constexpr int kMaxNesting = 64;

// One language's version of a text.
struct Translation {
  std::string language;  // "" where the header names none
  std::string text;
  std::string_view header;  // the column it stands in
};

struct Text {
  std::vector<Translation> versions;
  [[nodiscard]] bool empty() const { return versions.empty(); }
  // True where some version names its language.
  [[nodiscard]] bool translated() const;
  void add(std::string_view language, std::string text, std::string_view header);
};

// In the order in which they are written.
enum class Medium { kImage, kBigImage, kAudio, kVideo };
inline constexpr std::array<std::string_view, 4> kMediumNames{"image", "big-image", "audio",
                                                              "video"};
using Media = std::array<Text, 4>;

// An attribute and the column it comes from.
struct Attribute {
  std::string name;
  std::string value;
  std::string_view header;
};

// Where a select's choices come from.
enum class ChoiceSource { kNone, kList, kFile, kRepeat, kSearch, kExternal };

struct SurveyNode;

// What happens when the question it hangs on changes (the trigger column of `target`).
struct Triggered {
  const SurveyNode* target = nullptr;
  bool set_geopoint = false;
};

// An entity that this container's meta block declares.
struct EntityDeclaration;

struct SurveyNode {
  enum class Kind { kRoot, kQuestion, kGroup, kRepeat };
  Kind kind = Kind::kQuestion;
  std::string name;
  int row = 0;
  const QuestionType* type = nullptr;  // questions only
  SurveyNode* parent = nullptr;
  int depth = 0;
  std::vector<std::unique_ptr<SurveyNode>> children;
  std::string path;  // "/data/group/name", set once the tree is whole

  Text label;
  Text hint;
  Text guidance;
  Media media;
  Text constraint_message;
  Text required_message;
  Text no_app_message;

  std::vector<Attribute> bind;      // relevant, required, calculate, ... and parameters' ones
  std::vector<Attribute> body;      // appearance, ...
  std::vector<Attribute> instance;  // attributes of the node in the instance
  Attribute default_value;
  Attribute trigger;
  Attribute choice_filter;
  Attribute repeat_count;
  std::vector<std::pair<std::string, std::string>> parameters;

  ChoiceSource choices = ChoiceSource::kNone;
  std::string list_name;        // of kList, kSearch, kExternal; of osm tags
  std::string file_name;        // of kFile
  std::string repeat_question;  // of kRepeat: the question whose answers are the choices
  std::string file_value;       // parameters value= and label=
  std::string file_label;

  bool generated = false;  // not a row of its own: "specify other", a repeat's count
  bool in_meta = false;    // audit
  bool is_source = false;  // one control of a vigil::sources question
  std::vector<Triggered> triggered;
  const EntityDeclaration* entity = nullptr;

  [[nodiscard]] bool is_container() const { return kind != Kind::kQuestion; }
  // nullptr where there is none.
  [[nodiscard]] const Attribute* bind_attribute(std::string_view attribute) const;
  [[nodiscard]] const std::string* parameter(std::string_view key) const;
  [[nodiscard]] std::string_view body_attribute(std::string_view attribute) const;
  void set_bind(std::string_view attribute, std::string value, std::string_view header);
  SurveyNode* add_child(std::unique_ptr<SurveyNode> child);
  [[nodiscard]] bool has_media() const;
  [[nodiscard]] bool inside_repeat() const;  // itself or an ancestor is a repeat
};

}  // namespace vigil::forms::xlsform
