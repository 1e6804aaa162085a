// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/parameters.h"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

using Keys = std::vector<std::string_view>;

// Empty: the type takes no parameters, and they are left alone as other converters do.
Keys accepted_keys(const SurveyNode& node) {
  switch (node.type->special) {
    case Special::kRange:
      return {"end", "placeholder", "start", "step", "tick_interval", "tick_labelset"};
    case Special::kSelect:
    case Special::kRank:
    case Special::kSelectExternal:
      if (node.choices == ChoiceSource::kFile) return {"label", "randomize", "seed", "value"};
      return {"randomize", "seed"};
    case Special::kAudit:
      return {"identify-user",     "location-max-age", "location-min-interval",
              "location-priority", "track-changes",    "track-changes-reasons"};
    case Special::kGeopoint:
      return {"allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy"};
    case Special::kGeotrace:
    case Special::kGeoshape:
      return {"allow-mock-accuracy", "incremental", "reference-geometry"};
    case Special::kImage:
      return {"app", "max-pixels"};
    case Special::kAudio:
    case Special::kBackgroundAudio:
      return {"quality"};
    case Special::kText:
      return {"rows"};
    default:
      return {};
  }
}

// "key=value" pairs with spaces, commas or semicolons between; spaces may stand around the "=".
bool split(std::string_view cell, SurveyNode& node) {
  std::string spaced;
  for (const char c : cell) {
    if (c == '=') {
      spaced += " = ";
    } else {
      spaced += c == ',' || c == ';' ? ' ' : c;
    }
  }
  const std::vector<std::string_view> parts = words(spaced);
  if (parts.size() % 3 != 0) return false;
  for (std::size_t at = 0; at < parts.size(); at += 3) {
    if (parts[at] == "=" || parts[at + 1] != "=" || parts[at + 2] == "=") return false;
    const std::string key = lower_case(parts[at]);
    // What names a list, a column or a question is taken as it is written.
    const bool as_written = key == "value" || key == "label" || key == "reference-geometry" ||
                            key == "tick_labelset" || parts[at + 2].starts_with("${");
    const std::string value = as_written ? std::string(parts[at + 2]) : lower_case(parts[at + 2]);
    const auto known =
        std::ranges::find(node.parameters, key, &std::pair<std::string, std::string>::first);
    if (known == node.parameters.end()) {
      node.parameters.emplace_back(key, value);
    } else {
      known->second = value;
    }
  }
  return true;
}

class Checker {
 public:
  Checker(const Place& place, SurveyNode& node, Problems& problems)
      : place_(place), node_(node), problems_(problems) {}

  void check() {
    switch (node_.type->special) {
      case Special::kSelect:
      case Special::kRank:
        return check_select();
      case Special::kAudit:
        return check_audit();
      case Special::kGeopoint:
        return check_geopoint();
      case Special::kGeotrace:
      case Special::kGeoshape:
        return check_trace();
      case Special::kImage:
        return check_image();
      case Special::kAudio:
        if (one_of("quality", {"voice-only", "low", "normal", "external"})) copy_to_bind("quality");
        return;
      case Special::kBackgroundAudio:
        one_of("quality", {"voice-only", "low", "normal"});
        return;
      case Special::kText:
        if (is_integer("rows")) set_body("rows", *value("rows"));
        return;
      default:
        return;
    }
  }

 private:
  const std::string* value(std::string_view key) const { return node_.parameter(key); }

  void wrong(std::string_view key, std::string_view should) {
    problems_.error(place_, fmt::format("The parameter {} is \"{}\": it must be {}.", key,
                                        *value(key), should));
  }

  // Each check is true where the key is given and its value fits.
  bool one_of(std::string_view key, std::initializer_list<std::string_view> allowed) {
    const std::string* given = value(key);
    if (given == nullptr) return false;
    if (std::ranges::find(allowed, *given) != allowed.end()) return true;
    wrong(key, fmt::format("one of {}", fmt::join(allowed, ", ")));
    return false;
  }
  bool is_integer(std::string_view key) {
    long number = 0;
    if (value(key) == nullptr) return false;
    if (parse_integer(*value(key), number)) return true;
    wrong(key, "a whole number");
    return false;
  }
  bool is_number(std::string_view key) {
    double number = 0;
    if (value(key) == nullptr) return false;
    if (parse_number(*value(key), number)) return true;
    wrong(key, "a number");
    return false;
  }
  bool is_boolean(std::string_view key) {
    const std::string* given = value(key);
    if (given == nullptr) return false;
    if (yes_or_no(*given) != YesNo::kNeither) return true;
    wrong(key, "true or false");
    return false;
  }

  void copy_to_bind(std::string_view key) {
    node_.set_bind(fmt::format("odk:{}", key), *value(key), place_.column);
  }
  void set_body(std::string_view attribute, std::string text) {
    const auto found = std::ranges::find(node_.body, attribute, &Attribute::name);
    if (found != node_.body.end()) {
      found->value = std::move(text);
    } else {
      node_.body.push_back({std::string(attribute), std::move(text), place_.column});
    }
  }

  void check_select() {
    is_boolean("randomize");
    if (const std::string* seed = value("seed")) {
      double number = 0;
      const bool reference =
          seed->starts_with("${") && seed->ends_with('}') && seed->find('}') == seed->size() - 1;
      if (!reference && !parse_number(*seed, number)) {
        wrong("seed", "a number or a reference to another question, like ${name}");
      }
      if (value("randomize") == nullptr) {
        problems_.error(place_, "The parameter seed needs randomize=true beside it.");
      }
    }
    for (const std::string_view key : {"value", "label"}) {
      const std::string* given = value(key);
      if (given == nullptr) continue;
      if (!is_xml_name(*given)) {
        wrong(key,
              "a name: a letter or _ first, then letters, digits, underscores, hyphens or periods");
      }
      (key == "value" ? node_.file_value : node_.file_label) = *given;
    }
  }

  void check_audit() {
    const bool any_location = value("location-priority") != nullptr ||
                              value("location-min-interval") != nullptr ||
                              value("location-max-age") != nullptr;
    if (any_location &&
        (value("location-priority") == nullptr || value("location-min-interval") == nullptr ||
         value("location-max-age") == nullptr)) {
      problems_.error(place_,
                      "An audit that logs places needs location-priority, location-min-interval "
                      "and location-max-age together.");
    }
    if (is_integer("location-max-age")) copy_to_bind("location-max-age");
    if (is_integer("location-min-interval")) copy_to_bind("location-min-interval");
    if (one_of("location-priority", {"no-power", "low-power", "balanced", "high-accuracy"})) {
      copy_to_bind("location-priority");
    }
    check_intervals();
    if (one_of("track-changes", {"true", "false"})) copy_to_bind("track-changes");
    if (one_of("identify-user", {"true", "false"})) copy_to_bind("identify-user");
    if (one_of("track-changes-reasons", {"on-form-edit"})) copy_to_bind("track-changes-reasons");
  }

  void check_intervals() {
    long interval = 0;
    long age = 0;
    const std::string* interval_text = value("location-min-interval");
    const std::string* age_text = value("location-max-age");
    const bool has_interval = interval_text != nullptr && parse_integer(*interval_text, interval);
    const bool has_age = age_text != nullptr && parse_integer(*age_text, age);
    if (has_interval && interval < 0) wrong("location-min-interval", "zero or more seconds");
    if (has_age && age < 0) wrong("location-max-age", "zero or more seconds");
    if (has_interval && has_age && age < interval) {
      wrong("location-max-age", "at least location-min-interval");
    }
  }

  void check_geopoint() {
    check_mock_accuracy();
    if (is_number("capture-accuracy")) set_body("accuracyThreshold", *value("capture-accuracy"));
    if (is_number("warning-accuracy")) {
      set_body("unacceptableAccuracyThreshold", *value("warning-accuracy"));
    }
  }

  void check_trace() {
    check_mock_accuracy();
    const std::string* incremental = value("incremental");
    if (incremental == nullptr) return;
    if (yes_or_no(*incremental) == YesNo::kYes) {
      set_body("incremental", "true");
    } else {
      wrong("incremental", "true, or left out");
    }
  }

  void check_mock_accuracy() {
    if (one_of("allow-mock-accuracy", {"true", "false"})) copy_to_bind("allow-mock-accuracy");
  }

  void check_image() {
    if (is_integer("max-pixels")) {
      node_.set_bind("orx:max-pixels", *value("max-pixels"), place_.column);
    }
    const std::string* app = value("app");
    const std::string_view appearance = node_.body_attribute("appearance");
    // Only the camera's own appearances can call another program.
    if (app == nullptr || (!appearance.empty() && appearance != "annotate")) return;
    bool fits = app->find('.') != std::string::npos;
    std::string dotted = *app;
    std::ranges::replace(dotted, '.', ' ');
    const std::vector<std::string_view> segments = words(dotted);
    for (const std::string_view segment : segments) {
      fits = fits && is_name_start(segment.front()) && segment.front() != '_' &&
             std::ranges::all_of(
                 segment, [](char c) { return is_name_character(c) && c != '-' && c != '.'; });
    }
    fits = fits && static_cast<std::size_t>(std::ranges::count(*app, '.')) + 1 == segments.size();
    if (fits) {
      set_body("intent", *app);
    } else {
      wrong("app", "the name of an Android package, like org.example.camera");
    }
  }

  Place place_;
  SurveyNode& node_;
  Problems& problems_;
};

}  // namespace

void read_parameters(std::string_view cell, const Place& place, SurveyNode& node,
                     Problems& problems) {
  if (cell.empty()) return;
  if (!split(cell, node)) {
    node.parameters.clear();
    problems.error(place, "Parameters are written key=value, with a space between them.");
    return;
  }
  const Keys accepted = node.type == nullptr ? Keys() : accepted_keys(node);
  if (accepted.empty()) {
    node.parameters.clear();
    return;
  }
  bool known = true;
  for (const auto& [key, value] : node.parameters) {
    if (std::ranges::find(accepted, key) != accepted.end()) continue;
    known = false;
    const std::string meant = nearest_name(key, accepted);
    problems.error(place, fmt::format("This type of question has no parameter {}{} It takes {}.",
                                      key, meant.empty() ? "." : ", was " + meant + " meant?",
                                      fmt::join(accepted, ", ")));
  }
  if (known) Checker(place, node, problems).check();
}

}  // namespace vigil::forms::xlsform
