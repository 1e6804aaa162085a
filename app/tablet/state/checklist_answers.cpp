// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/checklist_answers.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "app/tablet/screens/dates.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/local_time.h"
#include "app/tablet/state/question_model.h"

namespace vigil::tablet {
namespace {

constexpr int kTryAgain_ms = 5000;

Reply at_card(const std::string& ref) {
  Reply reply;
  reply.at = ref;
  reply.reveal = "q." + ref + ".card";
  return reply;
}

// A time stands with the offset it was typed in.
std::string as_stored(const Clock& clock, const forms::NodeState& node, const std::string& value) {
  const bool moment = node.value_type == "dateTime" || node.value_type == "time";
  return moment ? with_offset(clock, value) : value;
}

}  // namespace

ChecklistAnswers::ChecklistAnswers(std::unique_ptr<visit::Checklist> checklist, const Clock& clock,
                                   const words::Words& words, const std::vector<Limit>& limits)
    : checklist_(std::move(checklist)), clock_(clock), words_(words), limits_(limits) {}

Status ChecklistAnswers::begin(std::string_view language, std::string_view interface_code) {
  const std::vector<std::string>& offered = session().form().languages();
  auto name = std::ranges::find(offered, language);
  if (name == offered.end()) {
    const std::string code = fmt::format("({})", interface_code);
    name = std::ranges::find_if(offered,
                                [&](const std::string& other) { return other.contains(code); });
  }
  Status begun;
  if (name != offered.end()) begun = set_language(*name);
  const auto moved = checklist_->clock_moved();
  if (!moved) begun = std::unexpected(moved.error());
  nodes_ = session().state();
  if (const Status read = read_unfinished(); !read) begun = read;
  return begun;
}

// As the vault has it: places move when a repeat instance goes.
Status ChecklistAnswers::read_unfinished() {
  VIGIL_ASSIGN(const auto typed, checklist_->unfinished());
  std::erase_if(unstored_, [](const auto& entry) { return !entry.second.storage; });
  for (const vault::Answer& each : typed)
    unstored_.try_emplace(each.ref, Unstored{each.value, "", false});
  return {};
}

ChecklistInput ChecklistAnswers::input() const {
  return {nodes_, flags_, unstored_, open_notes_, limits_, section_, search_, words_};
}

ChecklistModel ChecklistAnswers::model() {
  nodes_ = session().state();
  // Where the vault cannot say, those that are known: a note must not look gone.
  if (auto flags = checklist_->flags()) flags_ = std::move(*flags);
  for (auto& [ref, typed] : unstored_) {
    const auto node = std::ranges::find(nodes_, ref, &forms::NodeState::ref);
    if (node != nodes_.end() && !typed.storage) typed.message = why_unfinished(*node, typed.value);
  }
  ChecklistModel model = checklist_model(input());
  section_ = model.section;
  model.rail_open = rail_open_;
  return model;
}

std::string ChecklistAnswers::typed(const forms::NodeState& node) const {
  const auto typed = unstored_.find(node.ref);
  return typed == unstored_.end() ? node.value : typed->second.value;
}

Result<Reply> ChecklistAnswers::set(const std::string& ref, const std::string& value) {
  VIGIL_ASSIGN(const auto node, session().node(ref));
  if (is_unfinished(value)) return keep_typed(ref, value);
  const auto changed = checklist_->set(ref, as_stored(clock_, node, value));
  Reply reply;
  if (!changed) {
    // What could not be stored stays where it was typed, with the reason; what was tapped does not
    // look chosen.
    const std::string why = error_words(words_, changed.error());
    const bool storage = changed.error().kind != ErrorKind::kInvalid;
    if (!storage && node.control == "input") return keep_typed(ref, value);
    if (storage) reply.said = why;
    unstored_[ref] = {node.control == "input" ? value : node.value, why, storage};
    return reply;
  }
  // It went with the answer, unless that is the one there was.
  if (unstored_.erase(ref) > 0) VIGIL_TRY(checklist_->keep_unfinished(ref, ""));
  // There is room: what was not saved before is now, or still says so at its question.
  static_cast<void>(save_unsaved());
  reply.at = card_of(ref);
  reply.answered = true;
  reply.said = cleared_by(ref, *changed);
  if (value.empty() && !node.value.empty()) {
    reply.said = words_("The answer was cleared.");
    reply.undo = Undo{ref, node.value};
  }
  return reply;
}

Status ChecklistAnswers::save_unsaved() {
  for (auto typed = unstored_.begin(); typed != unstored_.end();) {
    auto& [ref, unsaved] = *typed;
    const auto node = session().node(ref);
    // What was tapped is tapped again.
    if (!unsaved.storage || !node || node->control != "input") {
      ++typed;
      continue;
    }
    const std::string value = as_stored(clock_, *node, unsaved.value);
    if (is_unfinished(unsaved.value) || !checklist_->check(ref, value)) {
      VIGIL_TRY(checklist_->keep_unfinished(ref, unsaved.value));
      unsaved.storage = false;
      ++typed;
      continue;
    }
    VIGIL_TRY(checklist_->set(ref, value));
    VIGIL_TRY(checklist_->keep_unfinished(ref, ""));
    typed = unstored_.erase(typed);
  }
  return {};
}

bool ChecklistAnswers::poll(std::int64_t now_ms, int& wake_ms) {
  const auto unsaved = [&] {
    return std::ranges::count_if(unstored_, [](const auto& each) { return each.second.storage; });
  };
  const auto before = unsaved();
  if (before == 0) {
    next_try_ms_ = 0;
    return false;
  }
  if (next_try_ms_ == 0) next_try_ms_ = now_ms + kTryAgain_ms;
  bool changed = false;
  if (now_ms >= next_try_ms_) {
    next_try_ms_ = now_ms + kTryAgain_ms;
    static_cast<void>(save_unsaved());
    changed = unsaved() != before;
  }
  wake_ms = static_cast<int>(next_try_ms_ - now_ms);
  return changed;
}

// No answer yet, and all the same on the medium before the next frame.
Reply ChecklistAnswers::keep_typed(const std::string& ref, const std::string& value) {
  Reply reply;
  reply.at = card_of(ref);
  const Status kept = checklist_->keep_unfinished(ref, value);
  Unstored& typed = unstored_[ref] = {value, "", !kept};
  if (!kept) reply.said = typed.message = error_words(words_, kept.error());
  return reply;
}

std::string ChecklistAnswers::why_unfinished(const forms::NodeState& node,
                                             const std::string& value) const {
  if (is_unfinished(value)) {
    if (node.value_type.starts_with("geo")) {
      return std::string(words_("This is not a whole place yet."));
    }
    return std::string(is_impossible(value) ? words_("There is no such date or time.")
                                            : words_("This is not a whole date or time yet."));
  }
  const Status wrong = checklist_->check(node.ref, value);
  return error_words(words_,
                     wrong ? Error{ErrorKind::kInvalid, "session.value_type", ""} : wrong.error());
}

// Answers that a change took away because their choices changed: nobody shall wonder later.
std::string ChecklistAnswers::cleared_by(const std::string& ref,
                                         const forms::Change& change) const {
  for (const forms::NodeState& node : change.changed) {
    if (node.ref == ref || !node.value.empty() || !node.relevant) continue;
    if (node.control != "select1" && node.control != "select" && node.control != "rank") continue;
    const auto before = std::ranges::find(nodes_, node.ref, &forms::NodeState::ref);
    if (before == nodes_.end() || before->value.empty() || !before->relevant) continue;
    return words::fill(words_("“{0}” was cleared: it has other choices now."), {node.label});
  }
  return {};
}

Result<Reply> ChecklistAnswers::set_now(const std::string& ref) {
  VIGIL_ASSIGN(const auto node, session().node(ref));
  return set(ref,
             value_of(digits_now(clock_), node.value_type != "time", node.value_type != "date"));
}

Result<Reply> ChecklistAnswers::undo(const Undo& earlier) {
  VIGIL_TRY(checklist_->undo(earlier.ref, earlier.value));
  if (unstored_.erase(earlier.ref) > 0) VIGIL_TRY(checklist_->keep_unfinished(earlier.ref, ""));
  return go_to(earlier.ref);
}

std::string ChecklistAnswers::note_of(std::string_view ref) const {
  const auto note = std::ranges::find_if(flags_, [&](const vault::Flag& flag) {
    return flag.ref == ref && flag.kind == vault::FlagKind::kNote;
  });
  return note == flags_.end() ? std::string() : note->text;
}

Status ChecklistAnswers::set_note(const std::string& ref, const std::string& text) {
  if (text.empty()) return checklist_->clear_flag(ref, vault::FlagKind::kNote);
  return checklist_->set_flag({ref, vault::FlagKind::kNote, text});
}

Status ChecklistAnswers::toggle_flag(const std::string& ref, vault::FlagKind kind) {
  const bool there = std::ranges::any_of(
      flags_, [&](const vault::Flag& flag) { return flag.ref == ref && flag.kind == kind; });
  return there ? checklist_->clear_flag(ref, kind) : checklist_->set_flag({ref, kind, ""});
}

// Whoever adds a cell goes on with its first question.
Result<Reply> ChecklistAnswers::add_repeat(const std::string& ref, bool like_last) {
  VIGIL_TRY(like_last ? checklist_->duplicate_repeat(ref) : checklist_->add_repeat(ref));
  Reply reply;
  if (const auto range = session().node(ref)) {
    reply.reveal = fmt::format("repeat.{}[{}]", ref, range->instances);
    reply.where = ui::Reveal::kAtTop;
  }
  return reply;
}

Status ChecklistAnswers::remove_repeat(const std::string& ref) {
  // What is in memory alone could not move with its instance.
  VIGIL_TRY(save_unsaved());
  VIGIL_TRY(checklist_->remove_repeat(ref));
  return read_unfinished();
}

Status ChecklistAnswers::set_language(const std::string& name) {
  VIGIL_TRY(checklist_->set_language(name));
  return {};
}

Reply ChecklistAnswers::open_section(std::size_t section) {
  section_ = section;
  rail_open_ = false;
  Reply reply;
  reply.at = "";
  return reply;
}

Reply ChecklistAnswers::jump(command::Jump::To to) {
  const std::vector<std::string> refs = to == command::Jump::To::kToMend ? refs_to_mend(input())
                                        : to == command::Jump::To::kMismatch
                                            ? refs_with_mismatch(input())
                                            : refs_for_later(input());
  if (refs.empty()) return {};
  auto next = std::ranges::find(refs, last_jump_[to]);
  if (next != refs.end()) ++next;
  const std::string& ref = next == refs.end() ? refs.front() : *next;
  last_jump_[to] = ref;
  section_ = section_of(input(), ref);
  rail_open_ = false;
  return at_card(ref);
}

Reply ChecklistAnswers::go_to(const std::string& ref) {
  const std::string card = card_of(ref);
  section_ = section_of(input(), card);
  return at_card(card);
}

Reply ChecklistAnswers::come_back(const std::string& position) {
  std::istringstream parts(position);
  std::size_t section = 0;
  std::string ref;
  parts >> section >> ref;
  const auto node = session().node(ref);
  if (node && node->relevant) return go_to(ref);
  return open_section(section);
}

Reply ChecklistAnswers::show_found(const std::string& ref) {
  search_.clear();
  rail_open_ = false;
  Reply reply = go_to(ref);
  reply.where = ui::Reveal::kAtTop;
  return reply;
}

}  // namespace vigil::tablet
