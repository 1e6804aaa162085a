// SPDX-License-Identifier: Apache-2.0
//
// Random forms and random operations on them, for the property tests. The same seed gives the same
// form and the same operations.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "forms/session/session.h"

namespace vigil::forms {

class RandomForm {
 public:
  explicit RandomForm(std::uint32_t seed);

  [[nodiscard]] const std::string& xml() const { return xml_; }
  // The same form as a workbook of Markdown tables.
  [[nodiscard]] const std::string& workbook() const { return workbook_; }
  // One random operation; operations that the session refuses are part of the game.
  void operate(FormSession& session);

 private:
  struct Node {
    std::string path;    // generic
    std::string repeat;  // path of the nearest repeat, "" outside
    std::string type;    // int, string, select1, select, date
  };

  struct Row {
    std::string type, name, label, relevant, required, constraint, readonly, calculation, value,
        trigger, filter, count, bind_type;
  };

  [[nodiscard]] std::size_t pick(std::size_t count) { return random_() % count; }
  [[nodiscard]] bool chance(std::size_t percent) { return pick(100) < percent; }
  // "${name}", as a workbook has it, and what an expression at `from` makes of it.
  [[nodiscard]] static std::string reference(const Node& to);
  [[nodiscard]] std::string resolved(const std::string& from, const std::string& text) const;
  // An earlier node that an expression in `repeat` may read as one value; nullptr when none.
  [[nodiscard]] const Node* earlier(const std::string& repeat);
  [[nodiscard]] std::string condition(const std::string& repeat);
  [[nodiscard]] std::string calculation(const std::string& repeat);
  void build_group(const std::string& path, const std::string& repeat, std::size_t depth);
  void build_question(const std::string& path, const std::string& repeat);
  void write_question(const Row& own, const std::string& parent, const std::string& type,
                      bool sets);
  void row(const Row& row);
  void add_leaf(const Row& row);
  void bind(const std::string& path, const std::string& attributes);

  std::mt19937 random_;
  std::size_t next_ = 0;
  std::vector<Node> nodes_;
  std::vector<std::string> repeats_;
  std::string pattern_;  // the instance as it reads inside a repeat's template
  std::string instance_, binds_, body_, xml_, survey_, workbook_;
};

}  // namespace vigil::forms
