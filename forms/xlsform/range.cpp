// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "forms/xlsform/parameters.h"
#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

// Decimal fractions of an author's making: 0.6 is six steps of 0.1.
constexpr double kTolerance = 1e-9;

bool is_multiple(double value, double of) {
  const double ratio = value / of;
  return std::fabs(ratio - std::round(ratio)) < kTolerance;
}

class RangeChecker {
 public:
  RangeChecker(const SurveyNode& node, const FormModel& model, const Place& place,
               Problems& problems)
      : node_(node), model_(model), place_(place), problems_(problems) {}

  void check() {
    // Each is read, so that all that are wrong are named at once.
    bool numbers = number("start", start_);
    numbers = number("end", end_) && numbers;
    numbers = number("step", step_) && numbers;
    numbers = number("tick_interval", tick_interval_) && numbers;
    numbers = number("placeholder", placeholder_) && numbers;
    check_appearance();
    if (!numbers) return;
    span_ = std::fabs(end_ - start_);
    check_interval("step", step_);
    if (given("tick_interval")) check_interval("tick_interval", tick_interval_);
    if (step_ == 0) return;
    if (given("tick_interval") && !is_multiple(tick_interval_, step_)) {
      wrong("tick_interval must be a multiple of step");
    }
    if (given("placeholder")) check_placeholder();
    if (given("tick_labelset")) check_labels();
  }

 private:
  bool given(std::string_view key) const { return node_.parameter(key) != nullptr; }

  void wrong(const std::string& what) { problems_.error(place_, "In this range, " + what + "."); }

  bool number(std::string_view key, double& value) {
    const std::string* text = node_.parameter(key);
    if (text == nullptr || parse_number(*text, value)) return true;
    wrong(fmt::format("{} must be a number", key));
    return false;
  }

  void check_interval(std::string_view key, double value) {
    if (value == 0) wrong(fmt::format("{} must not be 0", key));
    if (std::fabs(value) > span_ && (given(key))) {
      wrong(fmt::format("{} must not be larger than from start to end", key));
    }
  }

  bool inside(double value) const {
    return value >= std::min(start_, end_) - kTolerance &&
           value <= std::max(start_, end_) + kTolerance;
  }

  void check_placeholder() {
    if (!inside(placeholder_)) wrong("placeholder must lie between start and end");
    if (!is_multiple(placeholder_ - start_, step_)) {
      wrong("placeholder must be start and some steps");
    }
  }

  void check_appearance() {
    if (!given("tick_interval") && !given("placeholder") && !given("tick_labelset")) return;
    for (const std::string_view word : words(node_.body_attribute("appearance"))) {
      if (word == "vertical" || word == "no-ticks") {
        no_ticks_ = no_ticks_ || word == "no-ticks";
        continue;
      }
      wrong(
          "tick_interval, placeholder and tick_labelset go only with the appearances vertical, "
          "no-ticks or none");
      return;
    }
  }

  void check_labels() {
    const std::string& name = *node_.parameter("tick_labelset");
    const ChoiceList* list = model_.list(name);
    if (list == nullptr) {
      wrong(
          fmt::format("tick_labelset names the list {}, which is not on the choices sheet", name));
      return;
    }
    std::set<double> values;
    for (const Choice& choice : list->choices) {
      double value = 0;
      if (!parse_number(choice.name, value)) {
        wrong("the choices of tick_labelset must all be numbers");
        return;
      }
      if (!inside(value)) {
        wrong("the choices of tick_labelset must lie between start and end");
        return;
      }
      if (!is_multiple(value - start_, given("tick_interval") ? tick_interval_ : step_)) {
        wrong("the choices of tick_labelset must be start and some steps or tick intervals");
        return;
      }
      values.insert(value);
    }
    if (no_ticks_ && values.size() > 2) {
      wrong("with the appearance no-ticks, tick_labelset has two choices: start and end");
    }
  }

  const SurveyNode& node_;
  const FormModel& model_;
  Place place_;
  Problems& problems_;
  double start_ = 1;
  double end_ = 10;
  double step_ = 1;
  double tick_interval_ = 0;
  double placeholder_ = 0;
  double span_ = 0;
  bool no_ticks_ = false;
};

}  // namespace

void check_range(const SurveyNode& node, const FormModel& model, const Place& place,
                 Problems& problems) {
  RangeChecker(node, model, place, problems).check();
}

}  // namespace vigil::forms::xlsform
