// SPDX-License-Identifier: Apache-2.0
//
// A monkey at the screen: taps, holds, types, swipes and waits, at random from a seed, and prefers
// what it has touched least. It keeps count of what it saw and touched.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>

#include "app/tablet/screens/model.h"
#include "tests/app/tablet/robot.h"

namespace vigil::test {

class Monkey {
 public:
  explicit Monkey(unsigned seed) : random_(seed) {}

  [[nodiscard]] std::size_t below(std::size_t limit) { return random_() % limit; }
  // One thing done to the screen. `about_to_hold` is told the key of what is about to be held.
  void step(Robot& robot, const std::function<void(std::string_view key)>& about_to_hold);
  // Takes down which screens, pages and dialogs are up.
  void look(const tablet::Model& model, const ui::Tree& tree);

  // How often each was seen; those that never were, too.
  [[nodiscard]] const std::map<std::string, int>& seen() const { return seen_; }
  // By kind: without refs and numbers.
  [[nodiscard]] const std::map<std::string, int>& touched() const { return touched_; }
  void print() const;

 private:
  void touch_something(Robot& robot, const std::function<void(std::string_view)>& about_to_hold);
  void press(Robot& robot);
  void scroll(Robot& robot, float lines);
  [[nodiscard]] const ui::Item* bring(Robot& robot, const std::string& key);

  std::mt19937 random_;
  std::map<std::string, int> seen_;
  std::map<std::string, int> touched_;
};

// "q.*.now" for "q./data/case/arrest.now", "record.N.open" for "record.12.open".
[[nodiscard]] std::string kind_of(const ui::Item& item);
// All that look() can name.
[[nodiscard]] const std::vector<std::string>& all_screens();

}  // namespace vigil::test
