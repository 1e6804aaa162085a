// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/ledger.h"

#include <algorithm>
#include <sstream>

#include "app/tablet/state/question_model.h"
#include "app/visit/checklist.h"
#include "core/vault/attachments.h"
#include "core/vault/visits.h"

namespace vigil::test {

using tablet::Control;

void Ledger::see(std::string_view position, const tablet::ChecklistModel& shown,
                 const ui::Tree& tree) {
  std::istringstream words{std::string(position)};
  std::int64_t visit = 0;
  std::int64_t record = 0;
  if (shown.sections.empty() || !(words >> visit >> record)) return;
  visit_of_[record] = visit;
  const std::string& key = shown.sections[shown.section].key;
  if (record != last_record_ || key != last_section_) leave();
  last_record_ = record;
  last_section_ = key;
  typing_.clear();
  for (const ui::Item& item : tree.items) {
    if (item.focused && item.role == ui::Role::kField) typing_ = item.key;
  }
  Section section;
  for (const tablet::Block& block : shown.blocks) {
    const auto* const card = std::get_if<tablet::QuestionCard>(&block);
    if (card == nullptr || card->control == Control::kNote) continue;
    Marks marks{card->note, card->later, card->finding, {}};
    for (const tablet::BesidePhoto& photo : card->photos) marks.photos.push_back(photo.name);
    section.cards[card->ref] = std::move(marks);
    for (const tablet::QuestionRow& row : card->rows) {
      // What the screen calls wrong or not saved is not promised.
      if (!row.error.empty()) continue;
      section.rows[row.ref] = {row.value, card->control == Control::kResult};
    }
  }
  records_[record][key] = std::move(section);
}

void Ledger::see_marks(const tablet::MediaModel& shown) {
  if (shown.page != tablet::MediaPage::kBodyMap || !shown.error.empty()) return;
  records_[last_record_][last_section_].rows[shown.ref].value = tablet::text_of(shown.marks);
}

void Ledger::leave() {
  if (typing_.empty()) return;
  Section& section = records_[last_record_][last_section_];
  const auto is_typed = [&](const auto& entry) { return typing_.starts_with("q." + entry.first); };
  std::erase_if(section.rows, is_typed);
  std::erase_if(section.cards, is_typed);
  typing_.clear();
}

std::vector<std::string> Ledger::missing_in(vault::Vault& vault, const Clock& clock) {
  std::vector<std::string> missing;
  for (auto entry = records_.begin(); entry != records_.end();) {
    const std::int64_t record = entry->first;
    if (vault::record(vault, vault::RecordId{record})) {
      compare(vault, clock, record, entry->second, missing);
      ++entry;
      continue;
    }
    if (std::string why = gone(vault, record); !why.empty()) missing.push_back(std::move(why));
    entry = records_.erase(entry);
  }
  return missing;
}

std::string Ledger::gone(vault::Vault& vault, std::int64_t record) const {
  const std::int64_t id = visit_of_.at(record);
  const auto visit = vault::visit(vault, vault::VisitId{id});
  if (visit && visit->state == vault::VisitState::kOpen) {
    return "checklist " + std::to_string(record) + " is gone from an open visit";
  }
  const bool expected = visit || erased_.contains(id);
  return expected ? "" : "visit " + std::to_string(id) + " is gone and nobody erased it";
}

void Ledger::compare(vault::Vault& vault, const Clock& clock, std::int64_t record,
                     const Sections& sections, std::vector<std::string>& missing) {
  const vault::RecordId id{record};
  const auto answers = vault::answers(vault, id);
  const auto flags = vault::flags(vault, id);
  const auto files = vault::attachments(vault, id);
  const auto checklist = visit::Checklist::resume(vault, clock, id);
  if (!answers || !flags || !files || !checklist) {
    missing.push_back("checklist " + std::to_string(record) + " does not open");
    return;
  }
  const auto in_vault = [&](const std::string& ref) {
    const auto found = std::ranges::find(*answers, ref, &vault::Answer::ref);
    return found == answers->end() ? std::string() : found->value;
  };
  const auto flag = [&](const std::string& ref, vault::FlagKind kind) {
    return std::ranges::find_if(
        *flags, [&](const vault::Flag& one) { return one.ref == ref && one.kind == kind; });
  };
  const auto differ = [&](const std::string& ref, const std::string& shown,
                          const std::string& kept) {
    missing.push_back("checklist " + std::to_string(record) + ", " + ref + ": shown \"" + shown +
                      "\", in the vault \"" + kept + "\"");
  };
  for (const auto& [key, section] : sections) {
    const bool in_sight = record == last_record_ && key == last_section_;
    for (const auto& [ref, row] : section.rows) {
      // From another section a rule may have folded it in or computed it again meanwhile.
      const auto node = (*checklist)->session().node(ref);
      if (!in_sight && (row.calculated || (node && !node->relevant))) continue;
      ++compared_;
      if (in_vault(ref) != row.value) differ(ref, row.value, in_vault(ref));
    }
    for (const auto& [ref, marks] : section.cards) {
      const auto node = (*checklist)->session().node(ref);
      if (!in_sight && node && !node->relevant) continue;
      const auto note = flag(ref, vault::FlagKind::kNote);
      const std::string kept = note == flags->end() ? "" : tablet::note_words(note->text);
      if (kept != marks.note) differ(ref + " (note)", marks.note, kept);
      if ((flag(ref, vault::FlagKind::kLater) != flags->end()) != marks.later) {
        differ(ref + " (later)", marks.later ? "yes" : "no", marks.later ? "no" : "yes");
      }
      if ((flag(ref, vault::FlagKind::kFinding) != flags->end()) != marks.finding) {
        differ(ref + " (finding)", marks.finding ? "yes" : "no", marks.finding ? "no" : "yes");
      }
      for (const std::string& photo : marks.photos) {
        const bool there = std::ranges::any_of(*files, [&](const vault::Attachment& file) {
          return file.name == photo && file.complete;
        });
        if (!there) differ(ref + " (photo)", photo, "");
      }
    }
  }
}

}  // namespace vigil::test
