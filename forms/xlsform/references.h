// SPDX-License-Identifier: Apache-2.0
//
// `${name}` becomes a path. Between nodes of the same repeat the path is relative, so that it means
// the instance at hand; elsewhere it is absolute. One thread at a time.
#pragma once

#include <string>
#include <string_view>

#include "forms/xlsform/form_model.h"

namespace vigil::forms::xlsform {

// Where a text or an expression stands.
struct Context {
  Place place;
  // Paths are relative to it; nullptr: all paths are absolute (choices, settings).
  const SurveyNode* node = nullptr;
  // How much deeper than `node` it is evaluated (an entity's attributes lie below meta/entity).
  int extra_steps = 0;
  // It is the filter of an itemset: `.` is the item, so relative paths begin at current().
  bool filter = false;
  // The filter picks instances of this repeat: its own questions are reached from the item.
  const SurveyNode* items = nullptr;
};

class References {
 public:
  References(const FormModel& model, Problems& problems) : model_(model), problems_(problems) {}

  // The expression with each ${name} replaced. Unknown, ambiguous and malformed references are
  // reported, with the nearest name.
  [[nodiscard]] std::string expression(std::string_view text, const Context& context);
  // XML content: the text escaped, each ${name} an <output>.
  [[nodiscard]] std::string markup(std::string_view text, const Context& context);

  // The node called `name` ("name" or, below a question asked per source, "name/staff"); nullptr
  // where there is none or several, which is reported.
  [[nodiscard]] const SurveyNode* find(std::string_view name, const Place& place);
  // From the context to the node, without spaces around.
  [[nodiscard]] std::string path_to(const SurveyNode& target, const Context& context,
                                    bool in_predicate) const;
  [[nodiscard]] bool uses_last_saved() const { return uses_last_saved_; }

 private:
  // The parts of a text with outputs in it.
  class Pieces {
   public:
    void add_text(std::string_view text);
    void add_output(std::string_view path);
    [[nodiscard]] std::string markup() &&;

   private:
    std::string out_;
    int count_ = 0;
    bool text_first_ = false;
    bool last_is_text_ = false;
  };
  void add_pieces(std::string_view text, const Context& context, Pieces& pieces);
  [[nodiscard]] std::string resolved(std::string_view reference, const Context& context,
                                     bool in_predicate, bool absolute);
  const FormModel& model_;
  Problems& problems_;
  bool uses_last_saved_ = false;
};

// Splits at "${...}": calls on_text(text) and on_reference(inside, whole). False where a "${" has
// no name and "}" after it.
template <typename OnText, typename OnReference>
bool scan_references(std::string_view text, const OnText& on_text,
                     const OnReference& on_reference) {
  bool well_formed = true;
  std::size_t done = 0;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) return false;
    on_text(text.substr(done, at - done));
    if (!on_reference(text.substr(at + 2, end - at - 2))) well_formed = false;
    done = end + 1;
    at = done;
  }
  on_text(text.substr(done));
  return well_formed;
}

// Follows brackets and calls through an expression, to know what a reference stands in.
class Surroundings {
 public:
  void read(std::string_view text);
  [[nodiscard]] bool in_predicate() const;
  [[nodiscard]] bool in_indexed_repeat() const;
  // indexed-repeat() takes the question and the repeats as they are, and computes the indexes.
  [[nodiscard]] bool wants_absolute() const;

 private:
  struct Frame {
    char open = '(';
    bool indexed_repeat = false;
    int argument = 0;
  };
  void read(char c);

  std::vector<Frame> frames_;
  std::string before_;  // text read so far, outside of quotation marks
  char quote_ = '\0';
};

// True for what may stand between "${" and "}".
[[nodiscard]] bool is_reference(std::string_view inside);

// The question names in `${a}, ${b}`; reports what is not such a list.
[[nodiscard]] std::vector<std::string> reference_list(std::string_view text, const Place& place,
                                                      Problems& problems);

}  // namespace vigil::forms::xlsform
