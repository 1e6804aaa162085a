// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/checklist_answers.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/tablet/screens/dates.h"
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/local_time.h"
#include "app/tablet/state/question_model.h"

namespace vigil::tablet {
namespace {

Reply at_card(const std::string& ref) {
  Reply reply;
  reply.at = ref;
  reply.reveal = "q." + ref + ".card";
  return reply;
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
  return begun;
}

ChecklistInput ChecklistAnswers::input() const {
  return {nodes_, flags_, unstored_, open_notes_, limits_, section_, search_, words_};
}

ChecklistModel ChecklistAnswers::model() {
  nodes_ = session().state();
  flags_ = checklist_->flags().value_or(std::vector<vault::Flag>());
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
  const bool moment = node.value_type == "dateTime" || node.value_type == "time";
  unstored_.erase(ref);
  if (is_unfinished(value)) {
    const bool place = node.value_type.starts_with("geo");
    unstored_[ref] = {
        value,
        std::string(place                  ? words_("This is not a whole place yet.")
                    : is_impossible(value) ? words_("There is no such date or time.")
                                           : words_("This is not a whole date or time yet.")),
        false};
    return Reply{};
  }
  const auto changed = checklist_->set(ref, moment ? with_offset(clock_, value) : value);
  Reply reply;
  if (!changed) {
    // What could not be stored stays where it was typed, with the reason; what was tapped does not
    // look chosen.
    const std::string why = error_words(words_, changed.error());
    const bool storage = changed.error().kind != ErrorKind::kInvalid;
    if (storage) reply.said = why;
    unstored_[ref] = {node.control == "input" ? value : node.value, why, storage};
    return reply;
  }
  reply.at = card_of(ref);
  reply.answered = true;
  reply.said = cleared_by(ref, *changed);
  if (value.empty() && !node.value.empty()) {
    reply.said = words_("The answer was cleared.");
    reply.undo = Undo{ref, node.value};
  }
  return reply;
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
  VIGIL_TRY(checklist_->remove_repeat(ref));
  return {};
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

Reply ChecklistAnswers::show_found(const std::string& ref) {
  search_.clear();
  rail_open_ = false;
  Reply reply = go_to(ref);
  reply.where = ui::Reveal::kAtTop;
  return reply;
}

}  // namespace vigil::tablet
