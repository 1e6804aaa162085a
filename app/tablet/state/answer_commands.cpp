// SPDX-License-Identifier: Apache-2.0
//
// Commands inside a checklist. Each returns with its change on the medium.
#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "app/tablet/screens/dates.h"
#include "app/tablet/state/app.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/overview.h"

namespace vigil::tablet {

ChecklistInput App::checklist_input() {
  return {nodes_, flags_, unstored_, open_notes_, limits_, section_, question_search_, words_};
}

// "+06:00" behind a time, as xsd:dateTime and the form's comparisons want it.
std::string App::with_offset(const std::string& value, Control control) const {
  if (value.empty() || is_unfinished(value) || control == Control::kDate) return value;
  const int offset = host_.clock.utc_offset_minutes(host_.clock.now());
  return fmt::format("{}{}{:02}:{:02}", value, offset < 0 ? '-' : '+', std::abs(offset) / 60,
                     std::abs(offset) % 60);
}

void App::set_answer(const std::string& ref, const std::string& value) {
  if (!checklist_) return;
  const auto node = checklist_->session().node(ref);
  if (!node) return say_error(node.error());
  const bool date = node->value_type == "date";
  const bool moment = node->value_type == "dateTime" || node->value_type == "time";
  unstored_.erase(ref);
  if (is_unfinished(value)) {
    const bool place = node->value_type.starts_with("geo");
    unstored_[ref] = {
        value,
        std::string(place                  ? words_("This is not a whole place yet.")
                    : is_impossible(value) ? words_("There is no such date or time.")
                                           : words_("This is not a whole date or time yet.")),
        false};
    return;
  }
  const std::string stored =
      moment ? with_offset(value, date ? Control::kDate : Control::kDateTime) : value;
  const auto changed = checklist_->set(ref, stored);
  if (!changed) {
    // What could not be stored stays where it was typed, with the reason; what was tapped does not
    // look chosen.
    const std::string why = error_words(words_, changed.error());
    if (changed.error().kind != ErrorKind::kInvalid) say(why);
    unstored_[ref] = {node->control == "input" ? value : node->value, why,
                      changed.error().kind != ErrorKind::kInvalid};
    return;
  }
  keep_position(card_ref(nodes_, ref));
  say_what_was_cleared(ref, *changed);
  if (value.empty() && !node->value.empty()) {
    say(std::string(words_("The answer was cleared.")), Undo{ref, node->value});
  } else if (toast_ && toast_->undo) {
    toast_.reset();
  }
}

void App::set_now(const std::string& ref) {
  if (!checklist_) return;
  const auto node = checklist_->session().node(ref);
  if (!node) return say_error(node.error());
  const WallTime now = host_.clock.now();
  const auto offset = std::chrono::minutes(host_.clock.utc_offset_minutes(now));
  const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(now.ms)};
  const auto local = moment + offset;
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day day(midnight);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - midnight).count();
  const MomentDigits digits = {
      fmt::format("{:02}{:02}{:04}", static_cast<unsigned>(day.day()),
                  static_cast<unsigned>(day.month()), static_cast<int>(day.year())),
      fmt::format("{:02}{:02}", minutes / 60, minutes % 60)};
  set_answer(ref, value_of(digits, node->value_type != "time", node->value_type != "date"));
}

void App::undo() {
  if (!checklist_ || !toast_ || !toast_->undo) return;
  const Undo earlier = *toast_->undo;
  toast_.reset();
  const auto changed = checklist_->undo(earlier.ref, earlier.value);
  if (!changed) say_error(changed.error());
}

void App::set_flag(const std::string& ref, vault::FlagKind kind, const std::string& text) {
  if (!checklist_) return;
  if (text.empty() && kind == vault::FlagKind::kNote) {
    report(checklist_->clear_flag(ref, kind));
  } else {
    report(checklist_->set_flag({ref, kind, text}));
  }
}

void App::toggle_flag(const std::string& ref, vault::FlagKind kind) {
  if (!checklist_) return;
  const bool there = std::ranges::any_of(
      flags_, [&](const vault::Flag& flag) { return flag.ref == ref && flag.kind == kind; });
  if (there) {
    report(checklist_->clear_flag(ref, kind));
  } else {
    set_flag(ref, kind, "");
  }
}

// On the page of a visit, where no checklist is open.
void App::toggle_urgent(std::int64_t record, const std::string& ref) {
  const auto flags = vault::flags(*vault_, vault::RecordId{record});
  if (!flags) return say_error(flags.error());
  for (vault::Flag flag : *flags) {
    if (flag.kind != vault::FlagKind::kFinding || flag.ref != ref) continue;
    flag.text = flag.text == kUrgent ? "" : kUrgent;
    report(vault::set_flag(*vault_, vault::RecordId{record}, flag));
  }
}

void App::jump(command::Jump::To to, ui::Kit& kit) {
  const ChecklistInput input = checklist_input();
  const std::vector<std::string> refs = to == command::Jump::To::kToMend ? refs_to_mend(input)
                                        : to == command::Jump::To::kMismatch
                                            ? refs_with_mismatch(input)
                                            : refs_for_later(input);
  if (refs.empty()) return;
  // Each tap goes to the one after the last.
  auto next = std::ranges::find(refs, last_jump_[to]);
  if (next != refs.end()) ++next;
  const std::string& ref = next == refs.end() ? refs.front() : *next;
  last_jump_[to] = ref;
  section_ = section_of(input, ref);
  rail_open_ = false;
  keep_position(ref);
  kit.reveal("q." + ref + ".card");
}

void App::show_question(const std::string& ref, ui::Kit& kit) {
  if (!checklist_) return;
  ui::wipe_text(question_search_);
  section_ = section_of(checklist_input(), ref);
  rail_open_ = false;
  keep_position(ref);
  kit.reveal("q." + ref + ".card", ui::Reveal::kAtTop);
}

void App::go_to(std::int64_t record, const std::string& ref, ui::Kit& kit) {
  const bool from_review = screen_ == Screen::kReview;
  open_record(record);
  if (!checklist_) return;
  from_review_ = from_review;
  const std::string card = card_ref(nodes_, ref);
  section_ = section_of(checklist_input(), card);
  keep_position(card);
  kit.reveal("q." + card + ".card");
}

// Whoever adds a cell goes on with its first question.
void App::add_repeat(const std::string& ref, bool like_last, ui::Kit& kit) {
  if (!checklist_) return;
  const auto change = like_last ? checklist_->duplicate_repeat(ref) : checklist_->add_repeat(ref);
  if (!change) return say_error(change.error());
  const auto range = checklist_->session().node(ref);
  if (range) kit.reveal(fmt::format("repeat.{}[{}]", ref, range->instances), ui::Reveal::kAtTop);
}

void App::repeat_changed(Result<forms::Change> change) {
  if (!change) say_error(change.error());
}

}  // namespace vigil::tablet
